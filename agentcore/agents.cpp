#include "agentcore/agents.h"

#include "agentcore/store/agents.h"

namespace handrail {
namespace {

const char* kindOf(const Tool& tool)
{
    if (tool.isModel) return "model";
    if (!tool.mcp.empty()) return "mcp";
    return tool.command.empty() ? "http" : "command";
}

std::string requestOf(const Definition& definition, const Tool& tool)
{
    if (!tool.command.empty()) return tool.command.front();
    if (!tool.mcp.empty()) return tool.mcp;
    const auto server = definition.servers.find(tool.server);
    if (!tool.request || server == definition.servers.end()) return {};
    return tool.request->method + " " + server->second.url + tool.request->path;
}

ToolView viewOf(const Definition& definition, const Tool& tool)
{
    ToolView view;
    view.agent = definition.name;
    view.tool = tool.name;
    view.description = tool.description;
    view.kind = kindOf(tool);
    view.server = tool.server;
    view.host = tool.host;
    view.request = requestOf(definition, tool);
    view.effect = tool.effect;
    view.critical = tool.critical;
    view.timeout = tool.timeout;
    view.attempts = tool.retry.attempts;
    view.base = tool.retry.base;
    view.cap = tool.retry.cap;
    view.on = tool.retry.on;
    view.gate = tool.gate;
    view.fourEyes = definition.approvals.fourEyes.count(tool.gate) > 0;
    const auto hold = definition.approvals.hold.find(tool.gate);
    view.hold = hold == definition.approvals.hold.end() ? 0 : hold->second;
    view.cache = tool.fallback ? tool.fallback->cache : 0;
    view.readOnly = tool.fallback ? tool.fallback->readOnly : std::string();
    view.inFlight = tool.hostRule.inFlight;
    view.failuresInARow = tool.hostRule.failuresInARow;
    view.open = tool.hostRule.open;
    return view;
}

}  // namespace

AgentView viewOf(const Definition& definition, const std::string& text)
{
    AgentView view;
    view.name = definition.name;
    view.version = definition.version;
    view.environment = definition.environment;
    view.description = definition.description;
    view.text = text;
    view.input = definition.inputSource;
    for (const auto& [name, tool] : definition.tools) view.tools.push_back(viewOf(definition, tool));
    if (definition.planner) {
        for (const auto& model : definition.planner->models) view.tools.push_back(viewOf(definition, model.call));
    }
    for (const auto& notifier : definition.notify) view.notifiers.push_back(notifier.label());
    return view;
}

Outcome<std::vector<AgentView>> knownAgents(const std::string& folder)
{
    auto rows = store::newestDefinitions(folder);
    if (!rows) return rows.failure();
    std::vector<AgentView> agents;
    for (const auto& row : *rows) {
        const auto parsed = parseDefinition(row.text, row.name);
        if (parsed.definition) {
            agents.push_back(viewOf(*parsed.definition, row.text));
            continue;
        }
        AgentView view;
        view.name = row.name;
        view.version = row.version;
        view.text = row.text;
        view.unreadable = parsed.mistakes.empty() ? failure("R103", "This definition can no longer be read.") : parsed.mistakes.front();
        agents.push_back(std::move(view));
    }
    return agents;
}

}  // namespace handrail
