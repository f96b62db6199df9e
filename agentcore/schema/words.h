#pragma once

#include <string>

#include "agentcore/json.h"

namespace handrail::schema {

/// "a string", "a number", "true or false", …
std::string typeOf(const Json& value);
/// The wanted types of a set of TypeBits: "a string or null".
std::string wantedTypes(unsigned types);
/// A value in a sentence: canonical, and cut where it grows long.
std::string shown(const Json& value);
/// "1 element", "2 elements"
std::string counted(std::size_t count, const char* noun);

}  // namespace handrail::schema
