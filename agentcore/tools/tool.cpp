#include "agentcore/tools/tool.h"

#include "agentcore/tools/commandtool.h"
#include "agentcore/tools/httptool.h"
#include "agentcore/tools/mcptool.h"
#include "agentcore/tools/secrets.h"

namespace handrail::tools {
Outcome<Prepared> prepare(const Invocation& invocation)
{
    if (!invocation.tool->mcp.empty()) return prepareMcp(invocation);
    return invocation.tool->request ? prepareHttp(invocation) : prepareCommand(invocation);
}

std::string requestLine(const Definition& definition, const Tool& tool, const Json& params)
{
    if (!tool.mcp.empty()) return mcpLine(tool, params);
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
    const bool isMcp = !invocation.tool->mcp.empty();
    Answer answer = isMcp                      ? interpretMcp(invocation, reply, now)
                    : invocation.tool->request ? interpretHttp(invocation, reply, now)
                                               : interpretCommand(invocation, reply);
    if (prepared.secrets.empty()) return answer;
    answer.result = redactedJson(answer.result, prepared.secrets);
    answer.message = redacted(answer.message, prepared.secrets);
    answer.retryNote = redacted(answer.retryNote, prepared.secrets);
    return answer;
}

}  // namespace handrail::tools
