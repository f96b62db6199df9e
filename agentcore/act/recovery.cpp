#include "agentcore/act/live.h"
#include "agentcore/decide/next.h"

/// How the driver comes by its runs: from the store, after a crash, and after a commit that was refused.
namespace handrail::act {

using decide::Event;
using decide::EventKind;

void Driver::keepNote(const std::string& name, const std::string& text)
{
    batch_.notes.emplace_back(name, text);
    schedule();
}

void Driver::recover(bool isClockInDoubt)
{
    drivesAll_ = true;
    auto ids = doors_.store->liveRuns();
    if (!ids) return halt(ids.failure());
    if (isClockInDoubt) {
        auto asking = doors_.store->askingRuns();
        if (!asking) return halt(asking.failure());
        ids->insert(ids->end(), asking->begin(), asking->end());
    }
    const Millis now = doors_.clock->now();
    for (const auto& id : *ids) {
        auto run = live(id);
        if (!run) {
            stopUnreadable(id, run.failure(), now);
            continue;
        }
        recovered_.push_back(id);
        Event event;
        event.time = now;
        event.run = id;
        event.kind = EventKind::Recovered;
        if (isClockInDoubt) event.data = {{"code", "R104"}};
        absorb(**run, std::move(event));
        const decide::Call* call = (*run)->state.active();
        if (call && call->phase == decide::CallPhase::Dispatched) absorb(**run, decide::lostEvent((*run)->state, now));
    }
    schedule();
}

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
    InboxRow told;
    told.id = id + "-0";
    told.kind = HandoffKind::Escalation;
    told.title = "A run of " + stopped.summary.agent + " stopped: it can no longer be read, so what it did last is not known";
    told.run = id;
    told.agent = stopped.summary.agent;
    told.step = stopped.summary.step;
    told.risk = Risk::Critical;
    told.unknown = true;
    told.created = now;
    stopped.summary.status = RunStatus::Stopped;
    stopped.summary.error = why;
    stopped.summary.handoffs.push_back(told.id);
    stopped.live = false;
    stopped.due = 0;
    batch_.runs.push_back(std::move(stopped));
    batch_.handoffs.push_back(std::move(told));
}

void Driver::whenRecovered(Reply<std::vector<RunSummary>> reply)
{
    recoveryWaiters_.push_back(std::move(reply));
    timer_.start(0);
}

Outcome<Driver::Live*> Driver::live(const RunId& id)
{
    if (const auto found = runs_.find(id); found != runs_.end()) return found->second.get();
    auto run = load(id);
    if (!run) return run.failure();
    Live* raw = run->get();
    runs_[id] = run.take();
    return raw;
}

/// A run as its journal has it, and nothing of what this process has under way for it.
Outcome<std::unique_ptr<Driver::Live>> Driver::load(const RunId& id)
{
    auto row = doors_.store->run(id);
    if (!row) return row.failure();
    if (!*row) return failure("U105", "There is no run " + id + ".", {}, "List the runs with: handrail runs");
    auto parsed = definitions_.get((*row)->definition, [this](const std::string& digest) { return doors_.store->definition(digest); });
    if (!parsed) return parsed.failure();
    auto events = doors_.store->events(id);
    if (!events) return events.failure();
    auto run = std::make_unique<Live>();
    run->id = id;
    run->definition = *parsed;
    for (const auto& event : *events) decide::fold(run->state, event);
    return run;
}

/// Back to what the journal says. A call under way stays; one whose answer went with the batch is lost.
void Driver::reload(const RunId& id)
{
    const auto found = runs_.find(id);
    if (found == runs_.end()) return;
    auto fresh = halted_ ? Outcome<std::unique_ptr<Live>>(*halted_) : load(id);
    if (!fresh) return forget(id);
    Live& old = *found->second;
    Live& run = **fresh;
    const decide::Call* call = run.state.active();
    const bool isUnderWay = call && call->phase == decide::CallPhase::Dispatched;
    if (isUnderWay && old.attempt && !old.isUnsent) {
        run.attempt = std::move(old.attempt);
        run.place = std::move(old.place);
    }
    run.isQueued = old.isQueued;
    run.wake = old.wake;
    found->second = fresh.take();
    if (isUnderWay && !run.attempt) absorb(run, decide::lostEvent(run.state, doors_.clock->now()));
}

}  // namespace handrail::act
