#include "agentcore/act/intents.h"

namespace handrail::act {

using decide::Event;
using decide::EventKind;
using decide::IntentRow;
using decide::IntentState;

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

}  // namespace

std::optional<IntentRow> intentAfter(const decide::RunState& state, const Event& event, const std::optional<decide::Call>& before)
{
    const bool isMade = event.kind == EventKind::Intent;
    // Nothing of a dropped call can have acted: one that may have is never dropped.
    const bool isDropped = event.kind == EventKind::RunEnded && before && !before->inDoubt && before->phase != decide::CallPhase::Doubt;
    if (decide::isProbe(decide::purposeFrom(textOf(event.data, "purpose")))) return std::nullopt;
    if (!isMade && !isDropped && event.kind != EventKind::Judged) return std::nullopt;
    const auto& call = isMade ? state.call : before;
    if (!call || call->key.empty()) return std::nullopt;

    IntentRow row;
    row.key = call->key;
    row.digest = call->digest;
    row.run = state.id;
    row.step = isDropped ? state.stepAtWork() : event.step;
    row.firstUsed = call->firstSent > 0 ? call->firstSent : event.time;
    if (isDropped) {
        row.state = IntentState::Refused;
    } else if (!isMade) {
        const auto after = stateAfter(textOf(event.data, "verdict"));
        if (!after) return std::nullopt;
        row.state = *after;
        if (*after == IntentState::Done) row.result = event.data.value("result", Json());
    }
    return row;
}

}  // namespace handrail::act
