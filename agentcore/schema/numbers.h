#pragma once

#include "agentcore/json.h"

namespace handrail::schema {

/// 3, 3.0 and 3e2 are whole.
bool isWhole(const Json& number);

/// Whether one number is a multiple of another as both are written in decimal: 0.07 is one of 0.01,
/// though no quotient of doubles says so.
bool isMultiple(const Json& number, const Json& of);

}  // namespace handrail::schema
