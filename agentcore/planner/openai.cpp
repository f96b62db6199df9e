#include "agentcore/planner/prompt.h"
#include "agentcore/planner/services.h"

namespace handrail::planner {
namespace {

Json toolsFor(const Definition& definition, bool isSimplified)
{
    Json tools = Json::array();
    for (const auto& offered : offeredTools(definition, isSimplified)) {
        tools.push_back({{"type", "function"},
                         {"function", {{"name", offered.name}, {"description", offered.description}, {"parameters", offered.parameters}}}});
    }
    return tools;
}

std::string shownName(const Definition& definition, const std::string& tool)
{
    for (const auto& offered : offeredTools(definition, true)) {
        if (offered.tool == tool) return offered.name;
    }
    return tool;
}

Json messagesFor(const Definition& definition, const Model& model, const Conversation& conversation)
{
    const History history = historyFor(model, conversation);
    std::string goal = goalText(conversation);
    if (history.leftOut > 0) goal += "\n(" + std::to_string(history.leftOut) + " earlier reads are not shown.)";
    Json messages = Json::array();
    messages.push_back({{"role", "system"}, {"content", systemText(definition, model, conversation)}});
    messages.push_back({{"role", "user"}, {"content", goal}});
    int number = 0;
    for (const auto& turn : history.turns) {
        const std::string id = "call_" + std::to_string(++number);
        const Json function = {{"name", shownName(definition, turn.tool)}, {"arguments", dump(turn.arguments)}};
        messages.push_back({{"role", "assistant"}, {"content", ""},
                            {"tool_calls", Json::array({{{"id", id}, {"type", "function"}, {"function", function}}})}});
        messages.push_back({{"role", "tool"}, {"tool_call_id", id}, {"content", resultText(model, conversation, turn)}});
    }
    const std::string closing = closingText(conversation);
    if (!closing.empty()) messages.push_back({{"role", "user"}, {"content", closing}});
    return messages;
}

std::string contentText(const Json& message)
{
    const auto content = message.find("content");
    if (content == message.end()) return {};
    if (content->is_string()) return cutText(content->get<std::string>(), 2'000);
    std::string text;
    if (!content->is_array()) return text;
    for (const auto& part : *content) text += textOf(part, "text");
    return cutText(text, 2'000);
}

void readUsage(const Json& body, Reading& reading)
{
    const auto usage = body.find("usage");
    if (usage == body.end() || !usage->is_object()) return;
    reading.tokensIn = numberOf(*usage, "prompt_tokens", -1);
    reading.tokensOut = numberOf(*usage, "completion_tokens", -1);
}

Reading readMessage(const Definition& definition, const Json& choice)
{
    const auto found = choice.find("message");
    if (found == choice.end() || !found->is_object()) return unusable("M101", "The answer holds no message.");
    const Json& message = *found;
    const std::string said = contentText(message);
    const std::string end = textOf(choice, "finish_reason");
    // A call that was cut off is never used, even where what is there can be read.
    if (end == "length") return unusable("M102", "The answer broke off at the model's output limit.", said);
    const std::string refusal = textOf(message, "refusal");
    if (!refusal.empty()) return unusable("M108", "The model declined: " + cutText(refusal, 500), refusal);
    if (end == "content_filter") return unusable("M108", "The service's content filter stopped the answer.", said);
    const auto calls = message.find("tool_calls");
    if (calls == message.end() || !calls->is_array() || calls->empty()) {
        return unusable("M101", "The answer holds no tool call.", said);
    }
    if (calls->size() > 1) {
        return unusable("M104", "It holds " + std::to_string(calls->size()) + " calls at once; one step is proposed at a time.", said);
    }
    const auto function = calls->front().find("function");
    if (function == calls->front().end() || !function->is_object()) return unusable("M103", "The tool call names no function.", said);
    Reading reading = readCall(definition, textOf(*function, "name"), function->value("arguments", Json()));
    reading.said = said;
    return reading;
}

}  // namespace

Request openAiRequest(const Definition& definition, const Model& model, const Conversation& conversation)
{
    Request request;
    request.url = model.url + "/chat/completions";
    request.headers.emplace_back("Content-Type", "application/json");
    if (!model.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + model.key);
    request.body = dump({{"model", model.model},
                         {"messages", messagesFor(definition, model, conversation)},
                         {"tools", toolsFor(definition, model.simplified)},
                         {"tool_choice", "required"},
                         {"parallel_tool_calls", false}});
    return request;
}

Reading readOpenAi(const Definition& definition, const Json& body)
{
    const auto choices = body.find("choices");
    const bool isThere = choices != body.end() && choices->is_array() && !choices->empty() && choices->front().is_object();
    Reading reading = isThere ? readMessage(definition, choices->front()) : unusable("M101", "The answer holds no choice.");
    readUsage(body, reading);
    return reading;
}

}  // namespace handrail::planner
