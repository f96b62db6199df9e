#pragma once

#include "agentcore/tools/tool.h"

namespace handrail::tools {

Outcome<Prepared> prepareCommand(const Invocation& invocation);
Answer interpretCommand(const Invocation& invocation, const wire::Reply& reply);

/// The argument list with its parameters in place; each parameter stays one argument.
Outcome<std::vector<std::string>> commandArguments(const Tool& tool, const Json& params);

}  // namespace handrail::tools
