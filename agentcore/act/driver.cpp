#include "agentcore/act/driver.h"

#include <algorithm>
#include <limits>

#include "agentcore/act/live.h"
#include "agentcore/decide/cache.h"
#include "agentcore/decide/decision.h"
#include "agentcore/decide/intents.h"
#include "agentcore/decide/next.h"
#include "agentcore/decide/quorum.h"
#include "agentcore/decide/ticket.h"
#include "agentcore/decide/view.h"

namespace handrail::act {

using decide::Event;
using decide::EventKind;
using decide::IntentRow;
using decide::IntentState;

namespace {

constexpr Millis never = std::numeric_limits<Millis>::max();
constexpr int mostChoices = 10'000;   ///< more events than this in one turn of one run is a defect
constexpr Millis projectEvery = 250;  ///< how old the row of a run that goes on may be
constexpr Millis idle = 60'000;       ///< the longest sleep between two looks at the clock

}  // namespace

/// What next() may ask about the world outside its run: the store, and what this turn is about to write.
class Driver::StoreFacts final : public decide::Facts {
public:
    explicit StoreFacts(Driver& driver) : driver_(driver) {}

    std::optional<IntentRow> intent(const std::string& key) override
    {
        const auto& pending = driver_.batch_.intents;
        const auto found = std::find_if(pending.rbegin(), pending.rend(), [&](const auto& row) { return row.key == key; });
        if (found != pending.rend()) return *found;
        auto row = driver_.doors_.store->intent(key);
        if (!row) {
            // Without an answer nothing may be sent: an open intent of nobody blocks the call.
            driver_.halt(row.failure());
            IntentRow blocked;
            blocked.key = key;
            blocked.state = IntentState::Open;
            return blocked;
        }
        return *row;
    }

    std::optional<decide::CachedResult> cached(const std::string& key) override
    {
        const auto& pending = driver_.batch_.cached;
        const auto found = std::find_if(pending.rbegin(), pending.rend(), [&](const auto& row) { return row.key == key; });
        if (found != pending.rend()) return *found;
        auto row = driver_.doors_.store->cached(key);
        if (!row) driver_.halt(row.failure());
        return row ? *row : std::nullopt;
    }

    std::vector<std::string> exposed(const std::string& agent, const std::string& gate, const std::string& currency, Millis since) override
    {
        auto rows = driver_.doors_.store->exposed(agent, gate, currency, since);
        if (!rows) driver_.halt(rows.failure());
        std::map<std::string, decide::ExposedRow> known;
        if (rows) for (auto& row : *rows) known[row.id] = std::move(row);
        for (const auto& row : driver_.batch_.exposed) {
            if (row.agent == agent && row.gate == gate && row.currency == currency) known[row.id] = row;
        }
        std::vector<std::string> amounts;
        for (const auto& [id, row] : known) {
            if (row.counts) amounts.push_back(row.amount);
        }
        return amounts;
    }

    std::vector<decide::Claim> claims(const std::string& resource) override
    {
        auto rows = driver_.doors_.store->claims(resource);
        if (!rows) driver_.halt(rows.failure());
        std::map<RunId, decide::Claim> known;
        if (rows) for (auto& row : *rows) known[row.run] = std::move(row);
        for (const auto& claim : driver_.batch_.claims) {
            if (claim.isGone) known.erase(claim.run);
            else if (claim.resource == resource) known[claim.run] = claim;
        }
        std::vector<decide::Claim> list;
        for (auto& [run, claim] : known) list.push_back(std::move(claim));
        return list;
    }

    decide::Admission admit(const Tool& tool, decide::Lane lane, bool isRetry, Millis now) override
    {
        return driver_.limits_.admit(tool, lane, isRetry, now);
    }

    double draw() override { return static_cast<double>(driver_.doors_.random() >> 11) * 0x1.0p-53; }

private:
    Driver& driver_;
};

Driver::Driver(Doors doors, QObject* parent) : QObject(parent), doors_(std::move(doors)), servers_(*doors_.wire, *doors_.clock), limits_(doors_.callsInAll)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Driver::turn);
}

Driver::~Driver() = default;

RunId Driver::newRunId()
{
    static constexpr char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    RunId id;
    for (std::uint64_t bits = doors_.random(); id.size() < 10; bits >>= 5) id += letters[bits & 31];
    return id;
}

void Driver::start(const StartRequest& request, Reply<RunId> reply)
{
    if (halted_) return reply(*halted_);
    const auto parsed = definitions_.parse(request.definition, request.path);
    if (!parsed.definition) return reply(parsed.mistakes.front());
    if (auto wrong = checkInput(*parsed.definition, request.input)) return reply(*wrong);
    const auto trace = traceFor(request);
    if (!trace) return reply(trace.failure());

    auto run = std::make_unique<Live>();
    run->id = newRunId();
    run->definition = parsed.definition;
    batch_.definitions.push_back({parsed.definition->digest, parsed.definition->name, parsed.definition->version,
                                  dump(parsed.definition->source)});
    Json steps = Json::array();
    for (const auto& step : parsed.definition->plan) steps.push_back(step.id);
    Event event;
    event.time = doors_.clock->now();
    event.run = run->id;
    event.kind = EventKind::RunStarted;
    event.data = {{"agent", parsed.definition->name}, {"version", parsed.definition->version},
                  {"definition", parsed.definition->digest}, {"input", request.input},
                  {"user", request.user}, {"steps", steps}, {"trace", trace->trace}};
    if (!trace->parent.empty()) event.data["parent"] = trace->parent;
    Live& live = *run;
    runs_[live.id] = std::move(run);
    absorb(live, std::move(event));
    afterwards_.push_back([reply, id = live.id](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(id);
    });
    schedule();
}

void Driver::decide(const Decision& decision, Reply<HandoffId> reply)
{
    if (halted_) return reply(*halted_);
    auto owner = doors_.store->runOfHandoff(decision.handoff);
    if (!owner) return reply(owner.failure());
    if (!*owner) return reply(failure("U105", "There is no handoff " + decision.handoff + ".", {}, "List what waits with: handrail inbox"));
    if ((*owner)->empty()) return noteFinding(decision, std::move(reply));
    auto run = live(**owner);
    if (!run) return settleUnreadable(**owner, decision, run.failure(), std::move(reply));
    const Millis now = doors_.clock->now();
    const bool isDrivenHere = (*run)->state.status == RunStatus::Running;
    const auto* record = (*run)->state.handoff(decision.handoff);
    const bool isTakenBack = record && record->state == HandoffState::Decided;
    auto events = decide::decideDecision(*(*run)->definition, (*run)->state, decision, now);
    if (!events) {
        // A refused click is part of the story too.
        absorb(**run, decide::refusedDecision((*run)->state, decision, events.failure(), now));
        afterwards_.push_back([reply, why = events.failure()](std::optional<Failure>) { reply(why); });
    } else {
        for (auto& event : *events) absorb(**run, std::move(event));
        if (!isTakenBack) batch_.stillOpen.push_back(decision.handoff);
        if (!decision.drive && !isDrivenHere) held_.insert((*run)->id);
        afterwards_.push_back([reply, id = decision.handoff](std::optional<Failure> failed) {
            if (failed) reply(*failed);
            else reply(id);
        });
    }
    schedule();
}

void Driver::abort(const RunId& id, const std::string& who, const std::string& reason, Reply<RunId> reply)
{
    meddle(decide::decideAbort, id, who, reason, std::move(reply));
}

void Driver::pause(const RunId& id, const std::string& who, const std::string& reason, Reply<RunId> reply)
{
    meddle(decide::decidePause, id, who, reason, std::move(reply));
}

void Driver::meddle(Meddling decided, const RunId& id, const std::string& who, const std::string& reason, Reply<RunId> reply)
{
    if (halted_) return reply(*halted_);
    auto run = live(id);
    if (!run) return reply(run.failure());
    auto events = decided((*run)->state, who, reason, doors_.clock->now());
    if (!events) return reply(events.failure());
    for (auto& event : *events) absorb(**run, std::move(event));
    // Whoever stops it or lets it stand has it looked at, also where somebody else left it to a later turn.
    held_.erase(id);
    afterwards_.push_back([reply, id](std::optional<Failure> failed) {
        if (failed) reply(*failed);
        else reply(id);
    });
    schedule();
}

void Driver::whenStopped(const RunId& run, Reply<RunSummary> reply)
{
    waiters_.emplace_back(run, std::move(reply));
    timer_.start(0);
}

void Driver::absorb(Live& run, Event event)
{
    const HandoffId heldBefore = decide::heldHandoff(run.state);
    const bool stoodStill = run.state.standsStill();
    auto intent = decide::intentBy(run.state, event);
    if (intent) {
        if (auto row = decide::exposedBy(*run.definition, run.state, event, *intent)) batch_.exposed.push_back(std::move(*row));
    }
    if (intent && decide::isShared(*run.definition, run.state, event)) batch_.intents.push_back(std::move(*intent));
    if (auto kept = decide::cacheBy(*run.definition, run.state, event)) batch_.cached.push_back(std::move(*kept));
    if (auto claim = decide::claimBy(event)) batch_.claims.push_back(std::move(*claim));
    if (auto call = decide::callMadeBy(*run.definition, run.state, event)) batch_.calls.push_back(std::move(*call));
    notePins(run, event);
    notePause(run, event);
    decide::fold(run.state, event);
    noteLimits(run, event);
    // Its row says that it can be stopped, and until when.
    const HandoffId heldNow = decide::heldHandoff(run.state);
    if (heldNow != heldBefore || stoodStill != run.state.standsStill()) {
        for (const auto& held : {heldBefore, heldNow}) {
            if (!held.empty()) touched_.insert(held);
        }
    }
    const bool isOfHandoff = event.kind == EventKind::Asked || event.kind == EventKind::Decided || event.kind == EventKind::Expired || event.kind == EventKind::Tended;
    if (isOfHandoff) {
        touched_.insert(textOf(event.data, "handoff"));
    }
    if (event.kind == EventKind::Withdrawn) {
        for (const auto& id : event.data.value("handoffs", Json::array())) touched_.insert(id.get<std::string>());
    }
    batch_.events.push_back(std::move(event));
    dirty_.insert(run.id);
}

void Driver::turn()
{
    if (halted_) return;
    loadIsolated();
    loadDue();
    chooseAll();
    if (!batch_.isEmpty() && !commit()) return;
    answerWaiters();
    schedule();
    // Whatever was decided has left by now.
    if (dirty_.empty() && batch_.isEmpty()) doors_.store->rest();
}

/// Runs whose instant has come: those in memory by their own index, parked ones as the store says.
void Driver::loadDue()
{
    const Millis now = doors_.clock->now();
    while (!wakes_.empty() && wakes_.begin()->first <= now) {
        const RunId id = wakes_.begin()->second;
        wakes_.erase(wakes_.begin());
        if (const auto found = runs_.find(id); found != runs_.end()) {
            found->second->wake = 0;
            dirty_.insert(id);
        }
    }
    if (!drivesAll_ || storeDue_ > now) return;
    auto due = doors_.store->dueRuns(now, 256);
    if (!due) return halt(due.failure());
    for (const auto& id : *due) {
        auto run = live(id);
        if (!run) stopUnreadable(id, run.failure(), now);
        else if ((*run)->quietUntil <= now) dirty_.insert(id);
    }
    isStoreDueKnown_ = false;
}

void Driver::chooseAll()
{
    // What one run chooses may concern another one.
    std::set<RunId> chosen;
    while (chosen.size() < dirty_.size()) {
        std::vector<RunId> now;
        std::set_difference(dirty_.begin(), dirty_.end(), chosen.begin(), chosen.end(), std::back_inserter(now));
        for (const auto& id : now) {
            const auto found = runs_.find(id);
            if (found != runs_.end()) choose(*found->second);
            chosen.insert(id);
        }
    }
}

void Driver::choose(Live& run)
{
    StoreFacts facts(*this);
    const Millis now = doors_.clock->now();
    const bool isHeld = held_.count(run.id) > 0;
    for (int i = 0; i < mostChoices && !halted_ && !isHeld; ++i) {
        auto events = decide::next(*run.definition, run.state, now, facts);
        if (events.empty()) break;
        for (auto& event : events) absorb(run, std::move(event));
    }
    const auto due = decide::due(*run.definition, run.state);
    run.quietUntil = due && *due <= now ? now + 1000 : 0;
    if (run.state.heldUntil > now) queue(run);
    project(run, due ? std::max(*due, run.quietUntil) : 0);
    const Millis wake = due ? std::max(*due, run.quietUntil) : never;
    setWake(run, std::min(wake, run.isStale ? run.projectedAt + projectEvery : never));
}

void Driver::setWake(Live& run, Millis at)
{
    if (run.wake > 0) wakes_.erase({run.wake, run.id});
    run.wake = at == never ? 0 : at;
    if (run.wake > 0) wakes_.insert({run.wake, run.id});
}

/// Out of memory: what it is now stands in the store.
void Driver::forget(const RunId& id)
{
    const auto found = runs_.find(id);
    if (found == runs_.end()) return;
    setWake(*found->second, never);
    runs_.erase(found);
}

/// The rows that lists read, written in the commit that changes them. How far a run is that simply goes
/// on is told a few times a second: after a crash its journal says it anyway.
void Driver::project(Live& run, Millis due)
{
    const Millis now = doors_.clock->now();
    const decide::Call* call = run.state.active();
    const bool isSending = call && call->phase == decide::CallPhase::Dispatched;
    const bool goesOn = isSending && run.state.status == RunStatus::Running && run.projected == RunStatus::Running;
    const bool isHeld = held_.count(run.id) > 0;
    const auto isTouched = [this](const auto& handoff) { return touched_.count(handoff.id) > 0; };
    const bool isAsked = std::any_of(run.state.handoffs.begin(), run.state.handoffs.end(), isTouched);
    run.isStale = goesOn && !isHeld && !isAsked && run.projectedAt > 0 && now - run.projectedAt < projectEvery;
    if (run.isStale) return;
    run.projectedAt = now;
    run.projected = run.state.status;
    store::RunRow row;
    row.summary = decide::summaryOf(*run.definition, run.state);
    row.definition = run.definition->digest;
    // A paused run's call may be under way all the same: whoever comes after a crash must hear of it.
    row.live = run.state.status == RunStatus::Running || isSending;
    // A call under way wakes its run itself, and one that is only decided upon is woken by whoever resumes
    // it; every other wait is a row with its instant.
    const bool isLeft = isHeld && row.live;
    row.due = isSending || isLeft ? 0 : due;
    if (row.due > 0) storeDue_ = std::min(storeDue_, row.due);
    batch_.runs.push_back(std::move(row));
    for (const auto& handoff : run.state.handoffs) {
        if (isTouched(handoff)) batch_.handoffs.push_back(decide::rowOf(*run.definition, run.state, handoff));
    }
}

namespace {

/// What a commit has written has changed, whoever wrote it: a ticket that only its row tells of, too.
ChangeSet changeOf(const store::Batch& batch, std::set<RunId> runs, std::set<HandoffId> handoffs)
{
    for (const auto& row : batch.runs) runs.insert(row.summary.id);
    for (const auto& row : batch.handoffs) handoffs.insert(row.id);
    return {{runs.begin(), runs.end()}, {handoffs.begin(), handoffs.end()}, !batch.counts.empty()};
}

}  // namespace

bool Driver::commit()
{
    if (halted_) return false;
    const auto result = doors_.store->commit(batch_);
    if (result.how == store::Committed::Retry) {
        timer_.start(20);
        return false;
    }
    auto replies = std::move(afterwards_);
    afterwards_.clear();
    if (result.how == store::Committed::Committed) {
        const ChangeSet change = changeOf(batch_, dirty_, touched_);
        batch_ = {};
        afterCommit();
        for (auto& reply : replies) reply(std::nullopt);
        Q_EMIT changed(change);
        return true;
    }
    // Nothing of it is on disk, so nothing of it may stay in memory either.
    const auto undone = std::move(dirty_);
    batch_ = {};
    dirty_.clear();
    touched_.clear();
    if (result.how != store::Committed::Conflict) halt(*result.why);
    for (const auto& id : undone) reload(id);
    for (auto& reply : replies) reply(result.why);
    return result.how == store::Committed::Conflict;
}

void Driver::afterCommit()
{
    const auto written = std::move(dirty_);
    dirty_.clear();
    touched_.clear();
    for (const auto& id : written) {
        const auto found = runs_.find(id);
        if (found == runs_.end()) continue;
        Live& run = *found->second;
        const decide::Call* call = run.state.active();
        // Only what this very process has just written down is sent; never what it found in the journal.
        const bool isToBeSent = call && call->phase == decide::CallPhase::Dispatched && run.isUnsent && !run.attempt;
        if (isToBeSent) send(run);
        const bool isParked = run.state.status != RunStatus::Running && !run.attempt;
        const bool isLeft = held_.erase(id) > 0;
        if (isParked || isLeft) forget(id);
    }
}

void Driver::answerWaiters()
{
    auto waiting = std::move(waiters_);
    waiters_.clear();
    for (auto& [id, reply] : waiting) {
        const auto found = runs_.find(id);
        if (found != runs_.end() && found->second->state.status == RunStatus::Running) {
            waiters_.emplace_back(id, std::move(reply));
            continue;
        }
        auto row = doors_.store->run(id);
        if (!row) reply(row.failure());
        else if (!*row) reply(failure("U105", "There is no run " + id + ".", {}, "List the runs with: handrail runs"));
        else if ((*row)->live) waiters_.emplace_back(id, std::move(reply));
        else reply((*row)->summary);
    }
    if (recoveryWaiters_.empty()) return;
    std::vector<RunSummary> summaries;
    for (const auto& id : recovered_) {
        auto row = doors_.store->run(id);
        if (!row || !*row) continue;
        if ((*row)->live) return;
        summaries.push_back((*row)->summary);
    }
    for (auto& reply : std::exchange(recoveryWaiters_, {})) reply(summaries);
}

Outcome<std::optional<Millis>> Driver::nextDue()
{
    if (drivesAll_ && !isStoreDueKnown_) {
        auto next = doors_.store->nextDue();
        if (!next) return next.failure();
        storeDue_ = next->value_or(never);
        isStoreDueKnown_ = true;
    }
    const Millis inMemory = wakes_.empty() ? never : wakes_.begin()->first;
    const Millis earliest = std::min(inMemory, drivesAll_ ? storeDue_ : never);
    return earliest == never ? std::nullopt : std::optional(earliest);
}

void Driver::schedule()
{
    if (halted_) return;
    if (!dirty_.empty() || !batch_.isEmpty()) {
        timer_.start(0);
        return;
    }
    auto due = nextDue();
    if (!due) return halt(due.failure());
    if (!*due) return timer_.stop();
    timer_.start(static_cast<int>(std::clamp<Millis>(**due - doors_.clock->now(), 1, idle)));
}

void Driver::halt(const Failure& why)
{
    if (halted_) return;
    halted_ = why;
    timer_.stop();
    for (auto& reply : std::exchange(afterwards_, {})) reply(why);
    for (auto& [id, reply] : std::exchange(waiters_, {})) reply(why);
    for (auto& reply : std::exchange(recoveryWaiters_, {})) reply(why);
    Q_EMIT halted(why);
}

}  // namespace handrail::act
