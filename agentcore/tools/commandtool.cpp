#include "agentcore/tools/commandtool.h"

#include "agentcore/tools/databasecode.h"
#include "agentcore/tools/pattern.h"

namespace handrail::tools {

Outcome<std::vector<std::string>> commandArguments(const Tool& tool, const Json& params)
{
    std::vector<std::string> arguments;
    std::set<std::string> used;
    for (const auto& pattern : tool.command) {
        auto argument = filledPattern(pattern, params, [](const std::string& text) { return text; }, used);
        if (!argument) return argument.failure();
        if (argument->find('\0') != std::string::npos) return failure("U102", "An argument would hold a zero byte.", pattern);
        // A whole argument that a parameter fills must not turn into an option.
        const bool isWhole = pattern.size() > 2 && pattern.front() == '{' && pattern.find('}') == pattern.size() - 1;
        if (isWhole && !argument->empty() && argument->front() == '-') {
            return failure("U102", "The parameter in " + pattern + " would be read as an option: \"" + shortened(*argument, 40) + "\".");
        }
        arguments.push_back(argument.take());
    }
    return arguments;
}

Outcome<Prepared> prepareCommand(const Invocation& invocation)
{
    auto arguments = commandArguments(*invocation.tool, invocation.params);
    if (!arguments) return arguments.failure();
    Prepared prepared;
    wire::CommandRequest request;
    for (const auto& argument : *arguments) prepared.line += (prepared.line.empty() ? "" : " ") + argument;
    request.arguments = arguments.take();
    request.environment = {{"LC_ALL", "C.UTF-8"}};
    request.limit = invocation.limit;
    prepared.request = std::move(request);
    return prepared;
}

Answer interpretCommand(const Invocation& invocation, const wire::Reply& reply)
{
    Answer answer;
    if (reply.status != 0) {
        answer.code = "T611";
        answer.inner = databaseCodeIn(reply.errors);
        const std::string words = shortened(reply.errors.substr(0, reply.errors.find('\n')));
        answer.message = "The command ended with status " + std::to_string(reply.status) + (words.empty() ? "." : ": " + words);
        return answer;
    }
    if (!invocation.tool->result) {
        answer.result = {{"text", Json::parse(dump(Json(reply.body)), nullptr, false)}};
        return answer;
    }
    if (reply.body.empty()) {
        answer.code = "T603";
        answer.message = "The command wrote nothing, but a result was expected.";
        return answer;
    }
    auto parsed = parseJson(reply.body);
    if (!parsed) {
        answer.code = "T601";
        answer.message = "The command's output is not the JSON that was expected: " + parsed.failure().message;
        return answer;
    }
    answer.result = parsed.take();
    const auto mismatches = invocation.tool->result->check(answer.result, 1);
    if (!mismatches.empty()) {
        answer.code = "T601";
        answer.message = "The command's output does not have the declared shape: " + mismatches.front().at + " " + mismatches.front().message + ".";
    }
    return answer;
}

}  // namespace handrail::tools
