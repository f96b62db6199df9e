#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

/// The Model Context Protocol's messages: read, made and understood. Pure. Both eras: the older ones open
/// with `initialize`, the newer one tells its version with every request.
namespace handrail::tools::mcp {

inline constexpr std::string_view modern = "2026-07-28";
inline constexpr std::string_view newestLegacy = "2025-11-25";
bool isLegacy(const std::string& version);

/// One message of a server. A request is told from an answer by its method, never by its id: servers
/// number their own requests, and those numbers may equal ours.
struct Message {
    enum class Kind { Request, Notification, Result, Error };
    Kind kind = Kind::Notification;
    Json id;
    std::string method;
    Json body;  ///< params, result or error
};

/// Reads one message, or a batch of them. T609 for anything else, T111 for what is too large or too deep.
Outcome<std::vector<Message>> readMessages(const std::string& text);

/// What the client says of itself, in each era's place.
Json clientInfo();
Json capabilities();

std::string request(std::int64_t id, const std::string& method, Json params, bool isModern);
std::string notification(const std::string& method, const Json& params);
std::string answer(const Json& id, const Json& result);
std::string refusal(const Json& id, int code, const std::string& message);

/// A tool as its server tells of it. What it says is shown and compared, never believed in our favour.
struct ToldTool {
    std::string name;
    Json definition;        ///< title, description, schemas, annotations
    std::string digest;     ///< SHA-256 of it
    bool tellsWrite = false;  ///< says by itself that it changes something (readOnlyHint false, destructiveHint true)
    std::vector<std::pair<std::string, std::string>> headers;  ///< JSON Pointer into the arguments -> name of its Mcp-Param header
    std::string headerFault;  ///< why it cannot be called over HTTP; empty: it can
};

/// The tools of one page of tools/list; T609 when it is no such page.
Outcome<std::vector<ToldTool>> readTools(const Json& result);

/// What differs between two definitions of a tool, in words: "its description, its parameters".
std::string differences(const Json& before, const Json& now);

/// A header's value as the protocol wants it: plain where that is safe, else Base64 in its marks.
std::string headerValue(const std::string& text);

/// The Mcp-Param headers of a call: each annotated argument that is there and not null.
std::vector<std::pair<std::string, std::string>> paramHeaders(const ToldTool& tool, const Json& arguments);

}  // namespace handrail::tools::mcp
