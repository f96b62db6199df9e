#pragma once

#include "agentcore/tools/tool.h"

namespace handrail::tools {

Outcome<Prepared> prepareHttp(const Invocation& invocation);
Answer interpretHttp(const Invocation& invocation, const wire::Reply& reply, Millis now);

/// "https://host/path?query" with its parameters in place, without secrets.
Outcome<std::string> httpAddress(const Definition& definition, const Tool& tool, const Json& params);

/// Percent-encodes all but unreserved characters (RFC 3986).
std::string percentEncoded(const std::string& text);

}  // namespace handrail::tools
