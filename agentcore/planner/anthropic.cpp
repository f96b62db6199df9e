#include "agentcore/planner/prompt.h"
#include "agentcore/planner/services.h"

namespace handrail::planner {
namespace {

constexpr int mostTokens = 4'096;
constexpr int mostTokensSimplified = 1'024;

Json toolsOf(const std::vector<Offered>& offered)
{
    Json tools = Json::array();
    for (const auto& tool : offered) {
        tools.push_back({{"name", tool.name}, {"description", tool.description}, {"input_schema", tool.parameters}});
    }
    return tools;
}

Json textBlock(const std::string& text) { return {{"type", "text"}, {"text", text}}; }

/// Roles take turns: what the program says between two answers is one message.
Json turnsOf(const std::vector<Offered>& offered, const Model& model, const Conversation& conversation)
{
    const History history = historyFor(model, conversation);
    std::string goal = goalText(conversation);
    if (history.leftOut > 0) goal += "\n(" + std::to_string(history.leftOut) + " earlier reads are not shown.)";
    Json messages = Json::array({{{"role", "user"}, {"content", Json::array({textBlock(goal)})}}});
    int number = 0;
    for (const auto& turn : history.turns) {
        const std::string id = "call_" + std::to_string(++number);
        std::string name = turn.tool;
        for (const auto& tool : offered) {
            if (tool.tool == turn.tool) name = tool.name;
        }
        const Json use = {{"type", "tool_use"}, {"id", id}, {"name", name}, {"input", turn.arguments}};
        const Json result = {{"type", "tool_result"}, {"tool_use_id", id}, {"content", resultText(model, conversation, turn)}};
        messages.push_back({{"role", "assistant"}, {"content", Json::array({use})}});
        messages.push_back({{"role", "user"}, {"content", Json::array({result})}});
    }
    const std::string closing = closingText(conversation);
    if (!closing.empty()) messages.back()["content"].push_back(textBlock(closing));
    return messages;
}

Reading readContent(const Definition& definition, const Json& body)
{
    std::vector<const Json*> calls;
    std::string said;
    const auto content = body.find("content");
    if (content != body.end() && content->is_array()) {
        for (const auto& block : *content) {
            if (textOf(block, "type") == "tool_use") calls.push_back(&block);
            if (textOf(block, "type") == "text") said += textOf(block, "text");
        }
    }
    said = cutText(said, 2'000);
    const std::string end = textOf(body, "stop_reason");
    if (end == "max_tokens") return unusable("M102", "The answer broke off at the model's output limit.", said);
    if (end == "refusal") return unusable("M108", "The model declined" + (said.empty() ? std::string(".") : ": " + cutText(said, 500)), said);
    if (end == "model_context_window_exceeded") return unusable("M107", "The conversation is longer than the model can take.", said);
    if (calls.empty()) return unusable("M101", "The answer holds no tool call.", said);
    if (calls.size() > 1) {
        return unusable("M104", "It holds " + std::to_string(calls.size()) + " calls at once; one step is proposed at a time.", said);
    }
    Reading reading = readCall(definition, textOf(*calls.front(), "name"), calls.front()->value("input", Json()));
    reading.said = said;
    return reading;
}

}  // namespace

Request anthropicRequest(const Definition& definition, const Model& model, const Conversation& conversation)
{
    const auto offered = offeredTools(definition, model.simplified);
    Request request;
    request.url = model.url + "/v1/messages";
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("anthropic-version", "2023-06-01");
    if (!model.key.empty()) request.headers.emplace_back("x-api-key", model.key);
    request.body = dump({{"model", model.model},
                         {"max_tokens", model.simplified ? mostTokensSimplified : mostTokens},
                         {"system", systemText(definition, model, conversation)},
                         {"messages", turnsOf(offered, model, conversation)},
                         {"tools", toolsOf(offered)},
                         {"tool_choice", {{"type", "any"}, {"disable_parallel_tool_use", true}}}});
    return request;
}

Reading readAnthropic(const Definition& definition, const Json& body)
{
    Reading reading = readContent(definition, body);
    const auto usage = body.find("usage");
    if (usage != body.end() && usage->is_object()) {
        reading.tokensIn = numberOf(*usage, "input_tokens", -1);
        reading.tokensOut = numberOf(*usage, "output_tokens", -1);
    }
    return reading;
}

}  // namespace handrail::planner
