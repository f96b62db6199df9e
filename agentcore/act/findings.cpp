#include "agentcore/act/live.h"

#include <algorithm>

/// Tickets of no run: what the watch has found, kept in the same journal and inbox as everything else.
namespace handrail::act {

void Driver::file(const decide::Finding& finding)
{
    if (halted_) return;
    decide::Event event = decide::findingEvent(finding, doors_.clock->now());
    InboxRow row = decide::findingRow(event);
    // Whoever has it keeps it when it comes up again; it is no longer out of the way then.
    if (const auto known = rowNow(row.id); known && known->state == HandoffState::Open) row.assignee = known->assignee;
    touched_.insert(row.id);
    batch_.handoffs.push_back(std::move(row));
    batch_.events.push_back(std::move(event));
    schedule();
}

/// A handoff's row as it will be once this turn is on disk. U105 when there is none.
Outcome<InboxRow> Driver::rowNow(const HandoffId& id)
{
    const auto meant = std::find_if(batch_.handoffs.rbegin(), batch_.handoffs.rend(), [&](const InboxRow& row) { return row.id == id; });
    if (meant != batch_.handoffs.rend()) return *meant;
    auto row = doors_.store->handoff(id);
    if (!row) return row.failure();
    if (!*row) return failure("U105", "There is no handoff " + id + ".", {}, "List what waits with: handrail inbox");
    return **row;
}

void Driver::countUp(const std::string& cause, int count)
{
    if (halted_) return;
    batch_.counts.emplace_back(cause, count);
    schedule();
}

void Driver::noteFinding(const Decision& decision, Reply<HandoffId> reply)
{
    auto row = rowNow(decision.handoff);
    if (!row) return reply(row.failure());
    if (row->state != HandoffState::Open) return reply(failure("A105", "This was closed already."));
    auto noted = decide::noteFinding(decision, doors_.clock->now());
    if (!noted) return reply(noted.failure());
    row->state = HandoffState::Decided;
    touched_.insert(row->id);
    batch_.stillOpen.push_back(row->id);
    batch_.handoffs.push_back(*row);
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
    auto row = rowNow(tending.handoff);
    if (!row) return reply(row.failure());
    Live* run = nullptr;
    if (!row->run.empty()) {
        auto known = live(row->run);
        if (!known) return reply(known.failure());
        run = *known;
        // Its run may know more than the row says yet.
        if (const auto* record = run->state.handoff(row->id)) *row = decide::rowOf(*run->definition, run->state, *record);
    }
    auto event = decide::decideTending(*row, tending, doors_.clock->now());
    if (!event) return reply(event.failure());
    if (run) {
        absorb(*run, event.take());
    } else {
        if (tending.assignee) row->assignee = *tending.assignee;
        if (tending.snoozeUntil) row->snoozedUntil = numberOf(event->data, "snoozed_until");
        touched_.insert(row->id);
        batch_.handoffs.push_back(*row);
        batch_.events.push_back(event.take());
    }
    afterwards_.push_back([reply, id = tending.handoff](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(id);
    });
    schedule();
}

}  // namespace handrail::act
