#include "agentcore/tools/tool.h"

#include "agentcore/tools/commandtool.h"
#include "agentcore/tools/httptool.h"
#include "agentcore/tools/secrets.h"

namespace handrail::tools {
namespace {

Json redactedJson(const Json& value, const Secrets& secrets)
{
    if (value.is_string()) return redacted(value.get<std::string>(), secrets);
    if (value.is_array()) {
        Json copy = Json::array();
        for (const auto& item : value) copy.push_back(redactedJson(item, secrets));
        return copy;
    }
    if (!value.is_object()) return value;
    Json copy = Json::object();
    for (const auto& [name, item] : value.items()) copy[redacted(name, secrets)] = redactedJson(item, secrets);
    return copy;
}

}  // namespace

Outcome<Prepared> prepare(const Invocation& invocation)
{
    return invocation.tool->request ? prepareHttp(invocation) : prepareCommand(invocation);
}

std::string requestLine(const Definition& definition, const Tool& tool, const Json& params)
{
    if (tool.request) {
        const auto address = httpAddress(definition, tool, params);
        return address ? tool.request->method + " " + *address : std::string();
    }
    const auto arguments = commandArguments(tool, params);
    std::string line;
    if (!arguments) return line;
    for (const auto& argument : *arguments) line += (line.empty() ? "" : " ") + argument;
    return line;
}

Answer interpret(const Invocation& invocation, const Prepared& prepared, const wire::Reply& reply, Millis now)
{
    Answer answer = invocation.tool->request ? interpretHttp(invocation, reply, now) : interpretCommand(invocation, reply);
    if (prepared.secrets.empty()) return answer;
    answer.result = redactedJson(answer.result, prepared.secrets);
    answer.message = redacted(answer.message, prepared.secrets);
    answer.retryNote = redacted(answer.retryNote, prepared.secrets);
    return answer;
}

}  // namespace handrail::tools
