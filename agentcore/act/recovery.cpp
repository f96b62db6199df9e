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

void Driver::recover()
{
    drivesAll_ = true;
    isStoreDueKnown_ = false;
    auto ids = doors_.store->liveRuns();
    if (!ids) return halt(ids.failure());
    const bool isClockInDoubt = std::exchange(doors_.isClockInDoubt, false);
    if (isClockInDoubt) {
        auto waiting = doors_.store->waitingRuns();
        if (!waiting) return halt(waiting.failure());
        ids->insert(ids->end(), waiting->begin(), waiting->end());
    }
    if (!doors_.clockNote.empty()) keepNote("clock", std::exchange(doors_.clockNote, {}));
    const Millis now = doors_.clock->now();
    for (const auto& id : *ids) {
        recovered_.insert(id);
        if (runs_.count(id) > 0 && !isClockInDoubt) continue;
        auto run = load(id);
        if (!run) {
            stopUnreadable(id, run.failure(), now);
            continue;
        }
        Live& taken = **run;
        runs_[id] = run.take();
        takeOver(taken, isClockInDoubt);
    }
    schedule();
}

/// No process has driven it meanwhile: that time was not running time, and a call under way is lost.
void Driver::takeOver(Live& run, bool isClockInDoubt)
{
    Event event;
    event.time = doors_.clock->now();
    event.run = run.id;
    event.kind = EventKind::Recovered;
    if (isClockInDoubt) event.data = {{"code", "R104"}};
    absorb(run, std::move(event));
    const decide::Call* call = run.state.active();
    if (call && call->phase == decide::CallPhase::Dispatched) absorb(run, decide::lostEvent(run.state, doors_.clock->now()));
}

void Driver::whenRecovered(Reply<std::vector<RunSummary>> reply)
{
    if (halted_) return reply(*halted_);
    recoveryWaiters_.push_back(std::move(reply));
    recover();
    if (!halted_) timer_.start(0);
}

Outcome<Driver::Live*> Driver::live(const RunId& id)
{
    if (const auto found = runs_.find(id); found != runs_.end()) return found->second.get();
    auto run = load(id);
    if (!run) return run.failure();
    Live* raw = run->get();
    runs_[id] = run.take();
    const decide::Call* call = raw->state.active();
    const bool isUnderWay = call && call->phase == decide::CallPhase::Dispatched;
    if (raw->state.status == RunStatus::Running || isUnderWay) takeOver(*raw, false);
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
