#pragma once

#include <span>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

namespace handrail::replay {

/// What a person may have said that gave this Decided event. The journal does not keep every word of a
/// decision (whether a mode was named, how much was to be undone), so these are the few that it can have
/// been; the first fits most. `state` is as it was before.
std::vector<Decision> decisionsFor(const Definition& definition, const decide::RunState& state, const decide::Event& decided);

/// The changes that make `to` of `from` by RFC 7396.
Json mergePatch(const Json& from, const Json& to);

}  // namespace handrail::replay
