#include <algorithm>

#include "agentcore/act/live.h"

/// Runs whose journal or definition can no longer be read: they stop alone, and what they left in doubt
/// is settled by a person without them.
namespace handrail::act {

using decide::Event;
using decide::EventKind;
using decide::IntentState;

namespace {

InboxRow ticketOf(const RunSummary& run)
{
    InboxRow told;
    told.id = run.id + "-0";
    told.kind = HandoffKind::Escalation;
    told.title = "A run of " + run.agent + " stopped: it can no longer be read, so what it did last is not known";
    told.run = run.id;
    told.agent = run.agent;
    told.step = run.step;
    told.risk = Risk::Critical;
    told.unknown = true;
    return told;
}

}  // namespace

/// A run that can no longer be read stops alone, and a person is told: nothing else knows what it did last.
void Driver::stopUnreadable(const RunId& id, const Failure& why, Millis now)
{
    auto row = doors_.store->run(id);
    if (!row || !*row) return;
    Event event;
    event.time = now;
    event.run = id;
    event.kind = EventKind::RunEnded;
    event.data = {{"state", word(RunStatus::Stopped)}, {"code", why.code}, {"message", why.message}};
    batch_.events.push_back(std::move(event));
    store::RunRow stopped = **row;
    InboxRow told = ticketOf(stopped.summary);
    told.created = now;
    stopped.summary.status = RunStatus::Stopped;
    stopped.summary.error = why;
    stopped.summary.handoffs.push_back(told.id);
    stopped.live = false;
    stopped.due = 0;
    batch_.runs.push_back(std::move(stopped));
    batch_.handoffs.push_back(std::move(told));
}

/// What a person says of it counts for every intent that it left open under a key that runs share.
void Driver::settleUnreadable(const RunId& id, const Decision& decision, const Failure& why, Reply<HandoffId> reply)
{
    if (decision.handoff != id + "-0") return reply(why);
    if (decision.verb != Verb::Settle || !decision.settlement) {
        return reply(failure("U102", "The run of this ticket can no longer be read; only its doubt can be settled.", {}, "Possible now: settle."));
    }
    auto row = doors_.store->run(id);
    auto intents = doors_.store->openIntents(id);
    if (!row || !*row || !intents) return reply(!row ? row.failure() : !intents ? intents.failure() : why);
    Event event;
    event.time = doors_.clock->now();
    event.run = id;
    event.kind = EventKind::Decided;
    event.data = {{"handoff", decision.handoff}, {"verb", word(decision.verb)}, {"who", decision.who}, {"reason", decision.reason},
                  {"settlement", word(*decision.settlement)}, {"reference", decision.reference}};
    batch_.events.push_back(std::move(event));
    batch_.stillOpen.push_back(decision.handoff);
    if (*decision.settlement != Settlement::CannotTell) {
        const bool happened = *decision.settlement == Settlement::Happened;
        for (auto& intent : *intents) {
            intent.state = happened ? IntentState::Done : IntentState::Refused;
            if (happened) intent.result = {{"reference", decision.reference}, {"settled_by", decision.who}};
            batch_.intents.push_back(std::move(intent));
        }
        InboxRow told = ticketOf((*row)->summary);
        told.state = HandoffState::Decided;
        batch_.handoffs.push_back(std::move(told));
        std::erase((*row)->summary.handoffs, decision.handoff);
        batch_.runs.push_back(**row);
        touched_.insert(decision.handoff);
    }
    afterwards_.push_back([reply, handoff = decision.handoff](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(handoff);
    });
    schedule();
}

}  // namespace handrail::act
