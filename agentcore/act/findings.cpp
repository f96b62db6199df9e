#include "agentcore/act/live.h"

/// Tickets of no run: what the watch has found, kept in the same journal and inbox as everything else.
namespace handrail::act {

void Driver::file(const decide::Finding& finding)
{
    if (halted_) return;
    decide::Event event = decide::findingEvent(finding, doors_.clock->now());
    InboxRow row = decide::findingRow(event);
    // Whoever has it keeps it when it comes up again; it is no longer out of the way then.
    if (auto known = doors_.store->handoff(row.id); known && *known && (*known)->state == HandoffState::Open) row.assignee = (*known)->assignee;
    touched_.insert(row.id);
    batch_.handoffs.push_back(std::move(row));
    batch_.events.push_back(std::move(event));
    schedule();
}

void Driver::countUp(const std::string& cause, int count)
{
    if (halted_) return;
    batch_.counts.emplace_back(cause, count);
    schedule();
}

void Driver::noteFinding(const Decision& decision, Reply<HandoffId> reply)
{
    auto row = doors_.store->handoff(decision.handoff);
    if (!row) return reply(row.failure());
    if (!*row) return reply(failure("U105", "There is no handoff " + decision.handoff + ".", {}, "List what waits with: handrail inbox"));
    if ((*row)->state != HandoffState::Open) return reply(failure("A105", "This was closed already."));
    auto noted = decide::noteFinding(decision, doors_.clock->now());
    if (!noted) return reply(noted.failure());
    (*row)->state = HandoffState::Decided;
    touched_.insert((*row)->id);
    batch_.stillOpen.push_back((*row)->id);
    batch_.handoffs.push_back(**row);
    batch_.events.push_back(noted.take());
    afterwards_.push_back([reply, id = decision.handoff](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(id);
    });
    schedule();
}

void Driver::tend(const Tending& tending, Reply<HandoffId> reply)
{
    if (halted_) return reply(*halted_);
    auto row = doors_.store->handoff(tending.handoff);
    if (!row) return reply(row.failure());
    if (!*row) return reply(failure("U105", "There is no handoff " + tending.handoff + ".", {}, "List what waits with: handrail inbox"));
    auto event = decide::decideTending(**row, tending, doors_.clock->now());
    if (!event) return reply(event.failure());
    if (!(*row)->run.empty()) {
        auto run = live((*row)->run);
        if (!run) return reply(run.failure());
        absorb(**run, event.take());
    } else {
        if (tending.assignee) (*row)->assignee = *tending.assignee;
        if (tending.snoozeUntil) (*row)->snoozedUntil = numberOf(event->data, "snoozed_until");
        touched_.insert((*row)->id);
        batch_.handoffs.push_back(**row);
        batch_.events.push_back(event.take());
    }
    afterwards_.push_back([reply, id = tending.handoff](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(id);
    });
    schedule();
}

}  // namespace handrail::act
