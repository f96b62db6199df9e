#include "app/demoshop/scriptedmodel.h"

#include <optional>
#include <string>
#include <vector>

#include "app/demoshop/books.h"

namespace handrail::demoshop {
namespace {

constexpr const char* name = "scripted (no model, a script of the demo)";

/// What a model is told, as far as the script needs it.
struct Told {
    Json input = Json::object();
    std::vector<Json> results;
};

/// What stands between the marks of data; of a result, the line after the outcome.
Json dataIn(const std::string& text, bool isResult)
{
    const auto begin = text.find("<data>");
    const auto end = text.rfind("</data>");
    if (begin == std::string::npos || end == std::string::npos || end < begin) return Json();
    std::string data = text.substr(begin + 6, end - begin - 6);
    if (isResult) data = data.find('\n') == std::string::npos ? "null" : data.substr(data.find('\n') + 1);
    return Json::parse(data, nullptr, false);
}

std::string textOf(const Json& content)
{
    if (content.is_string()) return content.get<std::string>();
    return content.is_array() && !content.empty() && content.front().is_object() ? content.front().value("text", std::string()) : std::string();
}

Told toldIn(const Json& request)
{
    Told told;
    for (const auto& message : request.value("messages", Json::array())) {
        const Json content = message.value("content", Json());
        const std::string role = message.value("role", std::string());
        const bool isGoal = role == "user" && textOf(content).rfind("Goal: ", 0) == 0;
        if (isGoal) told.input = dataIn(textOf(content), false);
        if (role == "tool") told.results.push_back(dataIn(textOf(content), true));
        if (role != "user" || !content.is_array()) continue;
        for (const auto& block : content) {
            if (block.value("type", std::string()) == "tool_result") told.results.push_back(dataIn(block.value("content", std::string()), true));
        }
    }
    return told;
}

struct Call {
    std::string tool;
    Json arguments;
};

/// One step on: look, refund, finish; or what the complaint makes of it. Nothing: it only talks.
std::optional<Call> nextCall(const Told& told, bool isFirstModel)
{
    const std::string complaint = told.input.value("complaint", std::string());
    const auto says = [&](const char* words) { return complaint.find(words) != std::string::npos; };
    if (isFirstModel && says("long story")) return std::nullopt;
    const double confidence = says("not sure") ? 0.55 : 0.93;
    const Json order = told.input.value("order_id", Json());
    if (told.results.empty() || says("look again")) {
        return Call{"find_order", {{"order_id", order}, {"_why", "(scripted) The order has to be known first."}, {"_confidence", 0.97}}};
    }
    if (told.results.size() > 1) return Call{"_finish", {{"summary", "(scripted) The order was found and its buyer was refunded."}}};
    const Json found = told.results.front().is_object() ? told.results.front() : Json::object();
    return Call{"refund", {{"order_id", order}, {"amount", says("at once") ? Json("900.00") : found.value("total", Json())},
                           {"currency", found.value("currency", Json())}, {"recipient", found.value("buyer", Json())},
                           {"_why", "(scripted) The order is not what was ordered, so its price goes back."}, {"_confidence", confidence}}};
}

Json chatReply(const std::optional<Call>& call)
{
    Json message = {{"role", "assistant"}, {"content", call ? "" : "(scripted) Let me tell you how I would go about it."}};
    if (call) {
        const Json function = {{"name", call->tool}, {"arguments", call->arguments.dump()}};
        message["tool_calls"] = Json::array({{{"id", "call_scripted"}, {"type", "function"}, {"function", function}}});
    }
    return {{"object", "chat.completion"}, {"model", name}, {"usage", {{"prompt_tokens", 0}, {"completion_tokens", 0}}},
            {"choices", Json::array({{{"index", 0}, {"finish_reason", call ? "tool_calls" : "stop"}, {"message", message}}})}};
}

Json messageReply(const std::optional<Call>& call)
{
    Json content = Json::array();
    if (call) content.push_back({{"type", "tool_use"}, {"id", "toolu_scripted"}, {"name", call->tool}, {"input", call->arguments}});
    return {{"type", "message"}, {"role", "assistant"}, {"model", name}, {"content", content},
            {"stop_reason", call ? "tool_use" : "end_turn"}, {"usage", {{"input_tokens", 0}, {"output_tokens", 0}}}};
}

}  // namespace

void addScriptedModel(httplib::Server& server)
{
    const auto answer = [](bool isChat) {
        return [isChat](const httplib::Request& request, httplib::Response& response) {
            const Json body = Json::parse(request.body, nullptr, false);
            const bool isUsable = body.is_object() && body.value("messages", Json()).is_array();
            const auto call = isUsable ? nextCall(toldIn(body), isChat) : std::nullopt;
            if (!isUsable) response.status = 400;
            const Json error = {{"error", {{"type", "invalid_request_error"}, {"message", "The body must hold messages."}}}};
            response.set_content((!isUsable ? error : isChat ? chatReply(call) : messageReply(call)).dump(), "application/json");
        };
    };
    server.Post("/scripted-model/v1/chat/completions", answer(true));
    server.Post("/scripted-model/v1/messages", answer(false));
}

}  // namespace handrail::demoshop
