#pragma once

#include <string_view>

#include "agentcore/json.h"

namespace handrail::definition {

/// resources/schemas/agent-definition.schema.json as it was when the library was built.
std::string_view publishedSchemaText();
const Json& publishedSchema();

}  // namespace handrail::definition
