#include "agentcore/decide/tending.h"

#include <algorithm>

namespace handrail::decide {

Outcome<Event> decideTending(const InboxRow& row, const Tending& tending, Millis now)
{
    if (row.state != HandoffState::Open) return failure("A105", "This is no longer open, so there is nothing to take or to put off.");
    if (!tending.assignee && !tending.snoozeUntil) return failure("U101", "Say who is to have it, or until when it is put off.");
    Event event;
    event.time = now;
    event.run = row.run;
    event.step = row.step;
    event.kind = EventKind::Tended;
    event.data = {{"handoff", row.id}, {"who", tending.who}};
    if (tending.assignee) event.data["assignee"] = *tending.assignee;
    if (!tending.snoozeUntil) return event;
    const Millis latest = latestSnooze(row);
    // What is put off must come back while somebody still knows of it.
    constexpr Millis longest = 86'400'000;
    Millis until = std::min(*tending.snoozeUntil, now + longest);
    // An instant that is over wakes it at once.
    if (until > now && latest > 0) {
        if (latest <= now) {
            return failure("U104", "It runs out at " + rfc3339(row.decideBy) + ", too soon to put it off.", {}, "Decide it now, or hand it to somebody.");
        }
        until = std::min(until, latest);
    }
    event.data["snoozed_until"] = until > now ? until : 0;
    return event;
}

std::optional<CallMade> callMadeBy(const Definition& definition, const RunState& state, const Event& event)
{
    const bool isDone = event.kind == EventKind::Judged && textOf(event.data, "purpose") == word(Purpose::Act) &&
                        textOf(event.data, "verdict") == "done";
    if (!isDone || !state.call) return std::nullopt;
    const Tool& tool = *definition.tool(state.call->tool);
    if (tool.gate.empty()) return std::nullopt;
    return CallMade{definition.name, tool.name, state.id, event.step, state.call->params, event.time};
}

}  // namespace handrail::decide
