#include "agentcore/act/live.h"
#include "agentcore/decide/pins.h"

/// What was agreed to of MCP servers' tools: in each run by its journal, between runs by a note in the store.
namespace handrail::act {
namespace {

std::string noteOf(const Definition& definition, const Tool& tool)
{
    return "mcp/" + definition.servers.at(tool.server).identity + "/" + tool.mcp;
}

}  // namespace

/// A definition that became the agreed one is where other runs start from.
void Driver::notePins(const Live& run, const decide::Event& event)
{
    for (const auto& [name, told] : decide::agreedBy(run.state, event)) {
        const Tool* tool = run.definition->tool(name);
        if (tool && !tool->mcp.empty()) batch_.notes.emplace_back(noteOf(*run.definition, *tool), dump(told));
    }
}

/// What a call to an MCP server goes by beside its arguments; false when the store cannot say.
bool Driver::prepareForMcp(const Live& run, tools::Invocation& invocation)
{
    const decide::Call& call = *run.state.active();
    const Tool& tool = *invocation.tool;
    invocation.looks = call.purpose == decide::Purpose::Look;
    auto note = doors_.store->note(noteOf(*run.definition, tool));
    if (!note) {
        halt(note.failure());
        return false;
    }
    if (auto kept = parseJson(*note)) invocation.pinned = kept.take();
    // The run's own journal counts, also where another run has agreed to something newer.
    const std::string own = decide::pinOf(run.state, tool);
    if (!own.empty() && textOf(invocation.pinned, "digest") != own) invocation.pinned = {{"digest", own}};
    const bool isAct = call.purpose == decide::Purpose::Act && run.state.at < static_cast<int>(run.state.steps.size());
    if (!isAct) return true;
    const auto& step = run.state.steps[static_cast<std::size_t>(run.state.at)];
    if (step.asked.is_null() || step.guidance.empty()) return true;
    invocation.asked = step.asked;
    invocation.guidance = step.guidance;
    return true;
}

}  // namespace handrail::act
