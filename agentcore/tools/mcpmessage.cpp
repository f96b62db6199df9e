#include "agentcore/tools/mcpmessage.h"

#include <algorithm>
#include <array>

#include <QByteArray>

#include "agentcore/tools/pattern.h"

namespace handrail::tools::mcp {
namespace {

constexpr JsonLimits messageLimits{4 << 20, 72};
constexpr std::size_t mostInBatch = 100;
constexpr std::array<std::string_view, 4> legacy{"2024-11-05", "2025-03-26", "2025-06-18", newestLegacy};

Failure violation(const std::string& why) { return failure("T609", "The server broke the protocol: " + why); }

Outcome<Message> readOne(const Json& value)
{
    if (!value.is_object() || textOf(value, "jsonrpc") != "2.0") return violation("a message is not JSON-RPC 2.0.");
    Message message;
    message.id = value.value("id", Json());
    message.method = textOf(value, "method");
    const bool hasId = message.id.is_string() || message.id.is_number_integer();
    if (!message.method.empty()) {
        message.kind = hasId ? Message::Kind::Request : Message::Kind::Notification;
        message.body = value.value("params", Json::object());
        if (!message.body.is_object()) return violation("the parameters of \"" + shortened(message.method, 40) + "\" are none.");
        return message;
    }
    const auto result = value.find("result");
    const auto error = value.find("error");
    if (result != value.end() && result->is_object() && error == value.end() && hasId) {
        message.kind = Message::Kind::Result;
        message.body = *result;
        return message;
    }
    if (error != value.end() && error->is_object() && result == value.end()) {
        message.kind = Message::Kind::Error;
        message.body = *error;
        return message;
    }
    return violation("a message is neither a request nor an answer.");
}

std::string line(Json message)
{
    message["jsonrpc"] = "2.0";
    return dump(message);
}

}  // namespace

bool isLegacy(const std::string& version) { return std::find(legacy.begin(), legacy.end(), version) != legacy.end(); }

Outcome<std::vector<Message>> readMessages(const std::string& text)
{
    auto parsed = parseJson(text, messageLimits);
    if (!parsed && parsed.failure().code == "U109") return failure("T111", "The server sent a message that is too large or too deep.");
    if (!parsed) return violation("\"" + shortened(text, 80) + "\" is no message of it.");
    std::vector<Message> messages;
    const bool isBatch = parsed->is_array();
    if (isBatch && (parsed->empty() || parsed->size() > mostInBatch)) return violation("a batch has too many or no messages.");
    const Json batch = isBatch ? parsed.take() : Json::array({parsed.take()});
    for (const auto& value : batch) {
        auto message = readOne(value);
        if (!message) return message.failure();
        messages.push_back(message.take());
    }
    return messages;
}

Json clientInfo() { return {{"name", "handrail"}, {"version", HANDRAIL_VERSION}}; }

Json capabilities() { return {{"elicitation", Json::object()}}; }

std::string request(std::int64_t id, const std::string& method, Json params, bool isModern)
{
    if (isModern) {
        params["_meta"]["io.modelcontextprotocol/protocolVersion"] = modern;
        params["_meta"]["io.modelcontextprotocol/clientInfo"] = clientInfo();
        params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = capabilities();
    }
    return line({{"id", id}, {"method", method}, {"params", std::move(params)}});
}

std::string notification(const std::string& method, const Json& params)
{
    Json message = {{"method", method}};
    if (!params.empty()) message["params"] = params;
    return line(std::move(message));
}

std::string answer(const Json& id, const Json& result) { return line({{"id", id}, {"result", result}}); }

std::string refusal(const Json& id, int code, const std::string& message)
{
    return line({{"id", id}, {"error", {{"code", code}, {"message", message}}}});
}

std::string headerValue(const std::string& text)
{
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    const bool hasEdge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    const bool looksEncoded = text.starts_with("=?base64?");
    if (isPlain && !hasEdge && !looksEncoded) return text;
    return "=?base64?" + QByteArray::fromStdString(text).toBase64().toStdString() + "?=";
}

std::vector<std::pair<std::string, std::string>> paramHeaders(const ToldTool& tool, const Json& arguments)
{
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto& [pointer, name] : tool.headers) {
        const Json* value = at(arguments, pointer);
        if (!value || value->is_null() || value->is_structured()) continue;
        headers.emplace_back("Mcp-Param-" + name, headerValue(value->is_string() ? value->get<std::string>() : canonical(*value)));
    }
    return headers;
}

}  // namespace handrail::tools::mcp
