#pragma once

#include <optional>
#include <vector>

#include "agentcore/definition/definition.h"

namespace handrail::decide {

/// The parameters of each call that a step makes: its arguments, or where the tool makes a call for each
/// record, the arguments without the list, plus one element of it. U101, U102: there is no such list.
Outcome<std::vector<Json>> recordsOf(const Tool& tool, const Json& arguments);

/// The first way in which a call's parameters do not fit the tool's schema: U101 missing, U104 out of its limits, U102 else.
std::optional<Failure> mismatchOf(const Tool& tool, const std::vector<Json>& records);

}  // namespace handrail::decide
