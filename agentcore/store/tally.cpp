#include "agentcore/store/tally.h"

#include "agentcore/decide/runstate.h"

namespace handrail::store {

using decide::EventKind;

std::int64_t dayOf(Millis instant)
{
    return instant >= 0 ? instant / dayLength : (instant - dayLength + 1) / dayLength;
}

void Tally::call(const decide::Event& event, std::int64_t day)
{
    const std::string tool = textOf(event.data, "tool");
    const Code code = textOf(event.data, "code");
    ++counters[{day, "calls", tool, {}}];
    counters[{day, "call_ms", tool, {}}] += numberOf(event.data, "took_ms");
    if (!code.empty()) ++counters[{day, "errors", tool, code}];
    const std::string fallback = textOf(event.data, "fallback");
    if (!fallback.empty()) ++counters[{day, "fallbacks", fallback, code.empty() ? "success" : "failure"}];
}

/// A cached result is there or not; of another path its own call tells.
void Tally::fallback(const decide::Event& event, std::int64_t day)
{
    const std::string kind = textOf(event.data, "kind");
    ++counters[{day, "fallbacks", kind, "used"}];
    if (event.data.contains("success")) ++counters[{day, "fallbacks", kind, truthOf(event.data, "success") ? "success" : "failure"}];
}

/// A planner goes over to its next model. What that one says is judged, too: usable, or not.
void Tally::model(const decide::Event& event, std::int64_t day)
{
    const std::string verdict = textOf(event.data, "verdict");
    if (textOf(event.data, "purpose") != decide::word(decide::Purpose::Plan)) return;
    const bool isUseless = verdict == "backup" || verdict == "refused";
    if (truthOf(event.data, "backup") && (isUseless || verdict == "done")) ++counters[{day, "fallbacks", "model", isUseless ? "failure" : "success"}];
    if (verdict == "backup") ++counters[{day, "fallbacks", "model", "used"}];
}

void Tally::add(const decide::Event& event)
{
    const std::int64_t day = dayOf(event.time);
    upTo_ = event.seq;
    ++events;
    switch (event.kind) {
    case EventKind::RunStarted: ++counters[{day, "runs_started", textOf(event.data, "agent"), {}}]; return;
    case EventKind::RunEnded: ++counters[{day, "runs_ended", textOf(event.data, "state"), {}}]; return;
    case EventKind::Answered:
    case EventKind::Lost: return call(event, day);
    case EventKind::Dispatched:
        if (event.attempt > 1) ++retries[{day, event.run}];
        return;
    case EventKind::FallbackUsed: return fallback(event, day);
    case EventKind::Judged: return model(event, day);
    case EventKind::Reused: ++counters[{day, "reused", {}, {}}]; return;
    case EventKind::Asked:
        // An early ticket that goes away by itself asked nobody; one that stays is asked again.
        if (!truthOf(event.data, "watching")) ++counters[{day, "handoffs", textOf(event.data, "kind"), {}}];
        return;
    case EventKind::Decided: answers.push_back({textOf(event.data, "handoff"), event.time, textOf(event.data, "verb")}); return;
    case EventKind::Expired: answers.push_back({textOf(event.data, "handoff"), event.time, "expired"}); return;
    default: return;
    }
}

}  // namespace handrail::store
