#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/chooser.h"
#include "agentcore/decide/pins.h"
#include "agentcore/decide/ticket.h"

namespace handrail::decide {

void Chooser::chooseUndo()
{
    const Undoing& undoing = *state_.undoing;
    if (undoing.remaining.empty()) {
        Json undone = Json::array();
        for (const int number : undoing.undone) {
            undone.push_back(state_.stepId(static_cast<std::size_t>(state_.effects[static_cast<std::size_t>(number)].step)));
        }
        say(EventKind::UndoEnded, {{"undone", undone}});
        if (undoing.then == "abort") endRun(RunStatus::Aborted, "W109", "The run was undone and ended by a person.");
        return;
    }
    const EffectDone& effect = state_.effects[static_cast<std::size_t>(undoing.remaining.front())];
    const Tool& tool = *def_.tool(effect.tool);
    const Step& step = stepOf(def_, state_, static_cast<std::size_t>(effect.step));
    if (tool.undo->within > 0 && now_ > effect.at + tool.undo->within) {
        return undoFails("U106", "The time in which \"" + step.title + "\" could be undone is over.");
    }
    const Tool& compensation = *def_.tool(tool.undo->tool);
    auto filled = fillForCall(tool.undo->with, state_, effect.params, effect.result);
    if (!filled) return undoFails(filled.failure().code, filled.failure().message);
    // What its server tells of it belongs to what is approved, as with every other call.
    if (needsLook(state_, compensation)) {
        makeCall(Purpose::Look, compensation, Json::object(), effect.number, {}, 0);
        for (auto& event : out_) event.step = step.id;
        return;
    }
    std::string key;
    if (compensation.isWrite()) {
        // The effect's own key is part of it: two equal effects are undone by two calls.
        Json bound = *filled;
        key = intentKey(compensation, {{"params", bound}, {"undoes", effect.key}}, state_.id, step.id, Purpose::Undo);
        const auto prior = priorOf(compensation, Purpose::Undo, key);
        if (prior && prior->state == IntentState::Done) {
            say(EventKind::EffectUndone, {{"effect", effect.number}});
            out_.back().step = step.id;
            return;
        }
        if (state_.isRolledBack && !isOwnAndOver(prior)) {
            doubtAfterRollback(Purpose::Undo, compensation, *filled, effect.number, key);
            for (auto& event : out_) event.step = step.id;
            return;
        }
    }
    if (isUndoApproved(effect, compensation, *filled)) makeCall(Purpose::Undo, compensation, *filled, effect.number, key, 0);
    else say(EventKind::Asked, undoRequest(def_, state_, now_, effect, *filled));
    for (auto& event : out_) event.step = step.id;
}

/// A compensation acts on the world as every other tool does: its gate asks a person, too.
bool Chooser::isUndoApproved(const EffectDone& effect, const Tool& compensation, const Json& params)
{
    if (compensation.gate.empty() || allowedBy(def_, compensation, {params})) return true;
    const HandoffRecord* given = state_.handoff(state_.undoing->consent);
    return given && now_ <= state_.undoing->executeBy && given->digest == undoDigest(def_, state_, effect, params);
}

void Chooser::undoFails(const Code& code, const std::string& message)
{
    fileTicket("W108", "Undoing stopped: " + message + " (" + code + ")." + remainder(def_, state_), false);
    out_.back().data["cause"] = code;
}

std::optional<Millis> due(const Definition& definition, const RunState& state)
{
    std::optional<Millis> earliest;
    const auto consider = [&](Millis instant) {
        if (instant > 0 && (!earliest || instant < *earliest)) earliest = instant;
    };
    for (const auto& handoff : state.handoffs) {
        if (handoff.state == HandoffState::Open && !handoff.unknown && !state.isFrozen(handoff)) consider(handoff.decideBy);
    }
    if (state.isEnded()) return earliest;
    if (!state.hasUnknown() && !state.undoing) consider(state.created + definition.limits.age);
    if (state.status != RunStatus::Running) return earliest;
    const Call* call = state.active();
    if (call && call->phase == CallPhase::Waiting) consider(call->until);
    if (call && (call->phase == CallPhase::Doubt || call->phase == CallPhase::Polled)) consider(call->until);
    consider(state.heldUntil);
    if (!call && state.at < static_cast<int>(state.steps.size())) {
        const auto& step = state.steps[static_cast<std::size_t>(state.at)];
        consider(step.attachUntil);
        if (!step.consumed) consider(step.holdUntil);
        consider(state.updated + std::max<Millis>(0, definition.limits.run - state.ran));
    }
    return earliest;
}

}  // namespace handrail::decide
