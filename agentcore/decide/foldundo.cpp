#include <algorithm>

#include "agentcore/decide/foldcall.h"

namespace handrail::decide {
namespace {

void undoStarted(RunState& state, const Json& data)
{
    Undoing undoing;
    for (const auto& number : data.value("effects", Json::array())) undoing.remaining.push_back(number.get<int>());
    undoing.who = textOf(data, "who");
    undoing.then = textOf(data, "then");
    undoing.statusBefore = fromWord<RunStatus>(textOf(data, "state_before")).value_or(RunStatus::Running);
    state.undoing = std::move(undoing);
    state.status = RunStatus::Running;
    state.dropCall();
}

void effectUndone(RunState& state, const Json& data)
{
    state.call.reset();
    const int number = static_cast<int>(numberOf(data, "effect", -1));
    if (number < 0 || number >= static_cast<int>(state.effects.size())) return;
    EffectDone& effect = state.effects[static_cast<std::size_t>(number)];
    effect.undone = true;
    if (state.undoing) {
        std::erase(state.undoing->remaining, number);
        state.undoing->undone.push_back(number);
        state.undoing->consent.clear();
    }
    const bool all = std::all_of(state.effects.begin(), state.effects.end(), [&](const EffectDone& other) {
        return other.step != effect.step || other.undone;
    });
    if (all) state.steps[static_cast<std::size_t>(effect.step)].status = StepStatus::Undone;
}

}  // namespace

void foldUndo(RunState& state, const Event& event)
{
    if (event.kind == EventKind::UndoStarted) return undoStarted(state, event.data);
    if (event.kind == EventKind::EffectUndone) return effectUndone(state, event.data);
    if (event.kind != EventKind::UndoEnded || !state.undoing) return;
    state.status = state.undoing->statusBefore;
    state.undoing.reset();
    // A pause that came meanwhile begins now.
    if (state.status == RunStatus::Running && !state.pausedBy.empty()) state.goOn();
}

}  // namespace handrail::decide
