#pragma once

#include "agentcore/tools/tool.h"

namespace handrail::tools {

Outcome<Prepared> prepareMcp(const Invocation& invocation);

/// A result is structuredContent, else the text blocks: read as JSON where the tool declares a result that
/// they fit, else {"text": …}. isError is T606, an internal error of the server T500 (it may have acted).
Answer interpretMcp(const Invocation& invocation, const wire::Reply& reply, Millis now);

/// "files: list_directory {…}"
std::string mcpLine(const Tool& tool, const Json& params);

}  // namespace handrail::tools
