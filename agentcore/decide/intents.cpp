#include "agentcore/decide/intents.h"

namespace handrail::decide {
namespace {

/// What a verdict makes of an intent; nullopt: it stands as it stood.
std::optional<IntentState> stateAfter(const std::string& verdict)
{
    if (verdict == "retry" || verdict == "poll") return std::nullopt;
    if (verdict == "done") return IntentState::Done;
    if (verdict == "unknown" || verdict == "happened") return IntentState::Unknown;
    if (verdict == "resend") return IntentState::Open;
    return IntentState::Refused;
}

std::optional<IntentRow> made(const RunState& state, const Event& event)
{
    IntentRow row;
    row.key = textOf(event.data, "key");
    if (row.key.empty()) return std::nullopt;
    row.digest = textOf(event.data, "digest");
    row.run = state.id;
    row.step = event.step;
    row.firstUsed = numberOf(event.data, "first_used", event.time);
    return row;
}

/// The effect's own intent: done, and taken back since. Its key must never stand for a second one.
std::optional<IntentRow> undone(const RunState& state, const Event& event)
{
    const auto number = numberOf(event.data, "effect", -1);
    if (number < 0 || number >= static_cast<Millis>(state.effects.size())) return std::nullopt;
    const EffectDone& effect = state.effects[static_cast<std::size_t>(number)];
    const auto kept = state.intents.find(effect.key);
    if (kept == state.intents.end()) return std::nullopt;
    IntentRow row = kept->second;
    row.state = IntentState::Undone;
    row.result = effect.result;
    return row;
}

}  // namespace

std::optional<IntentRow> intentBy(const RunState& state, const Event& event)
{
    const bool isJudged = event.kind == EventKind::Judged;
    const bool isEnd = event.kind == EventKind::RunEnded;
    if (event.kind == EventKind::Intent) return made(state, event);
    if (event.kind == EventKind::EffectUndone) return undone(state, event);
    if ((!isJudged && !isEnd) || !state.call || state.call->key.empty()) return std::nullopt;
    const Call& call = *state.call;
    IntentRow row;
    if (isJudged) {
        if (isProbe(purposeFrom(textOf(event.data, "purpose")))) return std::nullopt;
        const auto after = stateAfter(textOf(event.data, "verdict"));
        if (!after) return std::nullopt;
        row.state = *after;
        if (*after == IntentState::Done) row.result = event.data.contains("result") ? event.data["result"] : call.answer.value("result", Json());
    } else {
        // Nothing of a dropped call can have acted: one that may have is never dropped.
        if (call.mayHaveActed()) return std::nullopt;
        row.state = IntentState::Refused;
    }
    row.key = call.key;
    row.digest = call.digest;
    row.run = state.id;
    row.step = isEnd ? state.stepAtWork() : event.step;
    row.firstUsed = call.firstSent > 0 ? call.firstSent : event.time;
    return row;
}

std::optional<Claim> claimBy(const Event& event)
{
    if (event.kind == EventKind::RunEnded) return Claim{{}, event.run, {}, {}, true};
    const std::string resource = event.kind == EventKind::StepPrepared ? textOf(event.data, "resource") : std::string();
    if (resource.empty()) return std::nullopt;
    return Claim{resource, event.run, event.step, textOf(event.data, "ends"), false};
}

bool isShared(const Tool& tool, Purpose purpose) { return purpose == Purpose::Act && !tool.businessKey.empty(); }

bool isShared(const Definition& definition, const RunState& state, const Event& event)
{
    if (event.kind == EventKind::Intent) {
        return isShared(*definition.tool(textOf(event.data, "tool")), purposeFrom(textOf(event.data, "purpose")));
    }
    if (event.kind == EventKind::EffectUndone) {
        const auto number = static_cast<std::size_t>(numberOf(event.data, "effect"));
        return isShared(*definition.tool(state.effects[number].tool), Purpose::Act);
    }
    return state.call && isShared(*definition.tool(state.call->tool), state.call->purpose);
}

}  // namespace handrail::decide
