#include "agentcore/store/tally.h"

#include <algorithm>

#include "agentcore/decide/runstate.h"

namespace handrail::store {

using decide::EventKind;

namespace {

std::int64_t partOf(Millis instant, Millis length) { return instant >= 0 ? instant / length : (instant - length + 1) / length; }

}  // namespace

std::int64_t dayOf(Millis instant) { return partOf(instant, dayLength); }
std::int64_t slotOf(Millis instant) { return partOf(instant, slotLength); }

void Tally::count(Millis at, const std::string& name, const std::string& of, const std::string& as, std::int64_t by, Seq seq, const RunId& run)
{
    const CounterKey key{dayOf(at), name, of, as};
    counters[key] += by;
    if (const auto slot = slotOf(at); slot >= oldestSlot()) recent[{slot, name, of, as}] += by;
    if (run.empty()) return;
    auto& newest = runs[key];
    if (!newest.empty() && newest.back().second == run) newest.back().first = seq;
    else newest.emplace_back(seq, run);
    if (newest.size() > runsKept) newest.pop_front();
}

void Tally::call(const decide::Event& event)
{
    const std::string tool = textOf(event.data, "tool");
    const Code code = textOf(event.data, "code");
    count(event.time, "calls", tool, {});
    count(event.time, "call_ms", tool, {}, numberOf(event.data, "took_ms"));
    if (!code.empty()) count(event.time, "errors", tool, code, 1, event.seq, event.run);
    if (event.data.contains("tokens_in") || event.data.contains("tokens_out")) {
        const std::string model = textOf(event.data, "model");
        count(event.time, "tokens", model, "calls");
        for (const auto& [member, as] : {std::pair("tokens_in", "in"), std::pair("tokens_out", "out")}) {
            count(event.time, "tokens", model, as, std::max<std::int64_t>(0, numberOf(event.data, member)));
        }
    }
    const std::string fallback = textOf(event.data, "fallback");
    if (!fallback.empty()) count(event.time, "fallbacks", fallback, code.empty() ? "success" : "failure", 1, event.seq, event.run);
}

/// A cached result is there or not; of another path its own call tells.
void Tally::fallback(const decide::Event& event)
{
    const std::string kind = textOf(event.data, "kind");
    count(event.time, "fallbacks", kind, "used", 1, event.seq, event.run);
    if (event.data.contains("success")) count(event.time, "fallbacks", kind, truthOf(event.data, "success") ? "success" : "failure", 1, event.seq, event.run);
}

/// A planner goes over to its next model. What that one says is judged, too: usable, or not.
void Tally::model(const decide::Event& event)
{
    const std::string verdict = textOf(event.data, "verdict");
    if (textOf(event.data, "purpose") != decide::word(decide::Purpose::Plan)) return;
    const auto one = [&](const char* as) { count(event.time, "fallbacks", "model", as, 1, event.seq, event.run); };
    const bool isUseless = verdict == "backup" || verdict == "refused";
    if (truthOf(event.data, "backup") && (isUseless || verdict == "done")) one(isUseless ? "failure" : "success");
    if (verdict == "backup") one("used");
}

void Tally::add(const decide::Event& event)
{
    upTo_ = event.seq;
    ++events;
    if (const auto slot = slotOf(event.time); slot > newest_) {
        newest_ = slot;
        recent.erase(recent.begin(), recent.lower_bound({oldestSlot(), {}, {}, {}}));
    }
    const auto named = [&](const char* name, const std::string& of, const std::string& as = {}) { count(event.time, name, of, as, 1, event.seq, event.run); };
    switch (event.kind) {
    case EventKind::RunStarted: return count(event.time, "runs_started", textOf(event.data, "agent"), {});
    case EventKind::RunEnded: return named("runs_ended", textOf(event.data, "state"));
    case EventKind::Answered:
    case EventKind::Lost: return call(event);
    case EventKind::Dispatched:
        if (event.attempt > 1) {
            auto& retry = retries[{slotOf(event.time), event.run}];
            ++retry.count;
            retry.seq = event.seq;
        }
        return;
    case EventKind::FallbackUsed: return fallback(event);
    case EventKind::Judged: return model(event);
    case EventKind::Reused: return named("reused", {});
    case EventKind::Asked:
        // An early ticket that goes away by itself asked nobody; one that stays is asked again.
        if (!truthOf(event.data, "watching")) named("handoffs", textOf(event.data, "kind"));
        return;
    case EventKind::Decided: answers.push_back({textOf(event.data, "handoff"), event.time, textOf(event.data, "verb"), event.seq, event.run}); return;
    case EventKind::Expired: answers.push_back({textOf(event.data, "handoff"), event.time, "expired", event.seq, event.run}); return;
    default: return;
    }
}

}  // namespace handrail::store
