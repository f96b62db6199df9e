#pragma once

#include <string>
#include <variant>

#include "agentcore/definition/definition.h"
#include "agentcore/failure.h"
#include "agentcore/json.h"
#include "agentcore/tools/mcp.h"
#include "agentcore/wire/wire.h"

/// How a tool of a definition becomes bytes, and how a reply becomes a result. Both are plain
/// functions: what is sent is settled before anything is sent. A new kind of tool is one more file
/// like commandtool.cpp and one more line in `prepare` and `interpret`.
namespace handrail::tools {

/// One call of one tool, as the journal has it.
struct Invocation {
    const Definition* definition = nullptr;
    const Tool* tool = nullptr;
    Json params;
    std::string key;      ///< idempotency key; empty for reads
    Millis limit = 0;
    std::string traceparent = {};  ///< W3C Trace Context of this attempt; empty: none is told
    std::string poll = {};  ///< not the call itself, but a look at its state: path and query on its server
    bool looks = false;     ///< not the call itself, but a look at the tool's definition (MCP)
    Json pinned = nullptr;  ///< the definition that was consented to, as McpCall::told has it (MCP)
    Json asked = nullptr;   ///< what an earlier attempt was asked (MCP)
    std::optional<std::string> guidance = {};  ///< a person's answer to it (MCP)
};

/// A request ready for the wire, with its secrets in place, and how to keep them out of any text.
struct Prepared {
    std::variant<wire::HttpRequest, wire::CommandRequest, McpRequest> request;
    std::string line;   ///< for people: "POST https://…/refunds", no secret in it
    std::vector<std::pair<std::string, std::string>> secrets;  ///< value -> "[secret:NAME]"
};

/// Builds the request. A parameter that a template needs and is not there is U101; one that would
/// not stay a single segment or argument is U102; a secret that cannot be read is U101.
Outcome<Prepared> prepare(const Invocation& invocation);

/// The same line for people without reading any secret; empty when it cannot be made.
std::string requestLine(const Definition& definition, const Tool& tool, const Json& params);

/// What a reply means. `code` is empty for a usable result; else it is the failure's code and
/// `message` its sentence. `result` may be there even then (an error's body), redacted.
struct Answer {
    Code code;
    std::string message;
    Json result;
    Millis retryAfter = -1;  ///< what the server asked for, from now; -1: nothing usable
    std::string retryNote;
    std::string poll;        ///< 202: where its state can be read, path and query on the same server
    Code inner;              ///< T606, T611: what the error inside names, an HTTP status or a database's SQLSTATE, as a code
    bool replayed = false;   ///< the server said that this is a stored reply ("Idempotent-Replayed: true")
};

/// Reads a reply: transport code, HTTP status (429q, 409i, 422k told from the body), JSON, the tool's
/// `result` schema (T601), an empty body (T603), a command's exit (T611). `now` is for Retry-After
/// dates. Secrets of `prepared` that a reply echoes are replaced.
Answer interpret(const Invocation& invocation, const Prepared& prepared, const wire::Reply& reply, Millis now);

}  // namespace handrail::tools
