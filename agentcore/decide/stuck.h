#pragma once

#include <optional>
#include <vector>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// Whether a run that plans for itself goes on without getting on. Looked for among the steps since a
/// person's last word.
namespace handrail::decide {

/// After the step at work was done with this result: W103 the same call and result three times, W104 a
/// cycle of two to six calls three times, W105 five steps in a row without any change.
std::optional<Failure> stuckAfter(const Definition& definition, const RunState& state, const Json& result);

/// Before a proposed write: W103 it was made before and stands, W104 it would go back to what an earlier
/// one set before another changed it. A second one would act twice.
std::optional<Failure> repeatedWrite(const Tool& tool, const RunState& state, const std::vector<Json>& records);

/// M110: a person has already let go of this very call, so it is not proposed once more as if nothing had
/// been said.
std::optional<Failure> contradiction(const RunState& state, const std::string& tool, const Json& arguments);

}  // namespace handrail::decide
