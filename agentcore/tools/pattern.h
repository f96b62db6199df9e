#pragma once

#include <functional>
#include <set>
#include <string>

#include "agentcore/failure.h"
#include "agentcore/json.h"

namespace handrail::tools {

/// Fills the {name}s of a path or an argument from parameters; `encode` is applied to each value and
/// `used` gets their names. U101 for a missing one, U102 for one that is no single value.
Outcome<std::string> filledPattern(const std::string& pattern, const Json& params,
                                   const std::function<std::string(const std::string&)>& encode,
                                   std::set<std::string>& used);

/// A single value as text: strings as they are, numbers and truths canonically. U102 for the rest.
Outcome<std::string> scalarText(const std::string& name, const Json& value);

/// Foreign text, cut to a length that a person can read, valid UTF-8, one line.
std::string shortened(const std::string& text, std::size_t most = 300);


}  // namespace handrail::tools
