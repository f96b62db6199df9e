#include "agentcore/tools/mcptool.h"

#include "agentcore/tools/httptool.h"
#include "agentcore/tools/pattern.h"
#include "agentcore/tools/secrets.h"

namespace handrail::tools {
namespace {

constexpr JsonLimits replyLimits{16 << 20, 80};
constexpr JsonLimits resultLimits{1 << 20, 64};

/// The text blocks of a result, and what stands beside them that is no text.
Json textsOf(const Json& result)
{
    std::string text;
    Json others = Json::array();
    for (const auto& block : result.value("content", Json::array())) {
        const std::string type = block.is_object() ? textOf(block, "type") : std::string();
        if (type == "text") text += (text.empty() ? "" : "\n") + textOf(block, "text");
        else if (type == "resource_link") others.push_back("resource_link " + textOf(block, "uri"));
        else others.push_back(type + " " + (block.is_object() ? textOf(block, "mimeType") : std::string()));
    }
    Json texts = {{"text", text}};
    if (!others.empty()) texts["left_out"] = others;
    return texts;
}

/// Too much of it is no result, whatever it says.
bool fitsLimits(const Json& value) { return parseJson(dump(value), resultLimits).ok(); }

void readResult(const Invocation& invocation, const Json& result, Answer& answer)
{
    const auto& expected = invocation.tool->result;
    const auto structured = result.find("structuredContent");
    const bool isStructured = structured != result.end() && !structured->is_null();
    answer.result = isStructured ? *structured : textsOf(result);
    if (!fitsLimits(answer.result)) {
        answer.result = Json();
        answer.code = "T111";
        answer.message = codeInfo("T111").sentence;
        return;
    }
    if (!expected) return;
    if (!isStructured) {
        const std::string text = textOf(answer.result, "text");
        if (text.empty() && !answer.result.contains("left_out")) {
            answer.code = "T603";
            answer.message = "The tool answered with nothing, but a result was expected.";
            return;
        }
        auto parsed = parseJson(text, resultLimits);
        if (parsed && (expected->fits(*parsed) || !expected->fits(answer.result))) answer.result = parsed.take();
    }
    const auto mismatches = expected->check(answer.result, 1);
    if (mismatches.empty()) return;
    const auto& first = mismatches.front();
    answer.code = "T601";
    answer.message = "The tool's answer does not have the declared shape: " + (first.at.empty() ? std::string("it") : first.at) + " " + first.message + ".";
}

/// What an error of the protocol means for the call. The server's own faults leave open what was done before.
void readError(const Json& error, Answer& answer)
{
    const auto code = numberOf(error, "code");
    const std::string words = shortened(textOf(error, "message"));
    answer.message = "The server answered with error " + std::to_string(code) + (words.empty() ? "." : ": " + words);
    const bool isRefusal = code == -32601 || code == -32602 || code == -32042 || code == -32021;
    const bool isOurs = code == -32600 || code == -32700 || code == -32020 || code == -32022;
    constexpr int cancelled = -32800;
    answer.code = isRefusal ? "T606" : isOurs ? "T609" : code == cancelled ? "W109" : "T500";
}

void readQuestion(const Json& asks, Answer& answer)
{
    // Where the server failed as well, what it may have done by then counts for more.
    if (answer.code.empty()) answer.code = "T606";
    answer.message = "The tool asks before it goes on: \"" + shortened(textOf(asks, "question")) + "\"";
    std::string fields;
    const Json requests = asks.value("requests", Json::object());
    for (const auto& [key, request] : requests.items()) {
        const Json* properties = at(request, "/params/requestedSchema/properties");
        if (!properties || !properties->is_object()) continue;
        for (const auto& [name, field] : properties->items()) {
            fields += (fields.empty() ? "" : ", ") + shortened(name, 60) + " (" + (field.is_object() ? shortened(textOf(field, "type", "text"), 20) : "text") + ")";
        }
    }
    if (!fields.empty()) answer.message += " It wants: " + shortened(fields, 400) + ".";
    answer.message += " Answer with text where it asks for one thing, else with a JSON object.";
}

}  // namespace

std::string mcpLine(const Tool& tool, const Json& params)
{
    return tool.server + ": " + tool.mcp + " " + shortened(dump(params), 300);
}

Outcome<Prepared> prepareMcp(const Invocation& invocation)
{
    const Tool& tool = *invocation.tool;
    const Server& server = invocation.definition->servers.at(tool.server);
    Outcome<Prepared> outcome{Prepared()};
    Prepared& prepared = *outcome;
    auto& request = prepared.request.emplace<McpRequest>();
    request.server = server.identity;
    request.command = server.command;
    auto url = withSecrets(server.url, prepared.secrets);
    if (!url) return url.failure();
    request.url = url.take();
    request.allowPrivate = server.allowPrivate;
    for (const auto& [name, value] : server.headers) {
        auto filled = withSecrets(value, prepared.secrets);
        if (!filled) return filled.failure();
        if (filled->find_first_of("\r\n") != std::string::npos) return failure("U102", "The header \"" + name + "\" would hold a line break.");
        request.headers.emplace_back(name, filled.take());
    }
    request.tool = tool.mcp;
    request.arguments = invocation.params.is_object() ? invocation.params : Json::object();
    if (!tool.keyParam.empty() && !invocation.key.empty()) request.arguments[tool.keyParam] = invocation.key;
    request.looks = invocation.looks;
    request.pinned = invocation.pinned;
    request.asked = invocation.asked;
    request.guidance = invocation.guidance;
    request.limit = invocation.limit;
    prepared.line = mcpLine(tool, invocation.params);
    return outcome;
}

Answer interpretMcp(const Invocation& invocation, const wire::Reply& reply, Millis now)
{
    auto body = parseJson(reply.body, replyLimits);
    const bool isForgotten = body && body->is_object() && body->contains("forgotten");
    const bool isStatus = reply.status >= 400 && !isForgotten;
    if (isStatus || !body || !body->is_object()) return interpretHttp(invocation, reply, now);
    Answer answer;
    const Json asks = body->value("asks", Json());
    if (isForgotten) {
        // As "too early": refused before anything was done, and worth another attempt.
        answer.code = "T425";
        answer.message = reply.note;
    } else if (const auto error = body->find("error"); error != body->end()) {
        readError(*error, answer);
    } else if (const auto result = body->find("result"); result != body->end()) {
        const bool isError = truthOf(*result, "isError");
        const std::string words = shortened(textOf(textsOf(*result), "text"));
        if (!isError && !invocation.looks) readResult(invocation, *result, answer);
        if (!isError) return answer;
        answer.code = "T606";
        answer.result = textsOf(*result);
        answer.message = "The tool reports an error" + (words.empty() ? "." : ": " + words);
    }
    if (asks.is_null()) return answer;
    const std::string before = answer.message;
    readQuestion(asks, answer);
    if (!before.empty()) answer.message += " " + before;
    return answer;
}

}  // namespace handrail::tools
