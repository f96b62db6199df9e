#include "agentcore/planner/conversation.h"

#include <algorithm>

#include "agentcore/definition/reference.h"

namespace handrail::planner {
namespace {

std::string howOf(StepStatus status)
{
    switch (status) {
    case StepStatus::Done:
    case StepStatus::Failed:
    case StepStatus::Skipped:
    case StepStatus::Undone:
    case StepStatus::Unknown: return word(status);
    case StepStatus::Planned:
    case StepStatus::Running:
    case StepStatus::Waiting: break;
    }
    return "not done";
}

Turn turnOf(const Step& step, const decide::StepState& state, const Tool& tool)
{
    Turn turn;
    turn.tool = step.tool;
    turn.arguments = state.arguments.is_object() ? state.arguments : step.with;
    turn.how = howOf(state.status);
    turn.result = state.result;
    if (state.error && state.status != StepStatus::Done) turn.note = state.error->message;
    turn.isEffect = tool.isWrite() && state.status != StepStatus::Skipped;
    return turn;
}

/// A result is worth what the weakest tool is worth that it may have come from.
bool doesGround(const Definition& definition, const Tool& tool, const decide::StepState& step)
{
    if (!tool.grounds) return false;
    return step.stoodIn != decide::StoodIn::Reader || definition.tool(tool.fallback->readOnly)->grounds;
}

}  // namespace

Conversation conversationOf(const Definition& definition, const decide::RunState& state)
{
    Conversation told;
    told.input = state.input();
    const auto goal = fill(definition.planner->goal, [&](const std::string& root) { return root == "input" ? &told.input : nullptr; });
    if (goal) told.goal = goal->is_string() ? goal->get<std::string>() : dump(*goal);
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        const Step& step = decide::stepOf(definition, state, i);
        told.turns.push_back(turnOf(step, state.steps[i], *definition.tool(step.tool)));
    }
    told.guidance = state.planning.guidance;
    told.objection = state.planning.objection;
    told.stepsLeft = std::max(0, definition.limits.steps - state.prepared);
    told.isCompacted = state.planning.isCompacted;
    return told;
}

Sources sourcesOf(const Definition& definition, const decide::RunState& state)
{
    Sources sources{state.input()};
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        const auto& step = state.steps[i];
        const Tool& tool = *definition.tool(decide::stepOf(definition, state, i).tool);
        if (step.status == StepStatus::Done && doesGround(definition, tool, step)) sources.push_back(step.result);
    }
    sources.insert(sources.end(), state.planning.told.begin(), state.planning.told.end());
    return sources;
}

}  // namespace handrail::planner
