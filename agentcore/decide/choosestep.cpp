#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/chooser.h"
#include "agentcore/decide/quorum.h"
#include "agentcore/decide/intents.h"
#include "agentcore/decide/pins.h"
#include "agentcore/decide/records.h"
#include "agentcore/decide/stuck.h"
#include "agentcore/decide/ticket.h"
#include "agentcore/definition/reference.h"

namespace handrail::decide {
namespace {

/// Takes those records out that were done before the arguments were changed; gives where they stand.
Json takeDone(const Each& each, const StepState& step, std::vector<Json>& records)
{
    Json kept = Json::array();
    for (std::size_t i = 0; i < step.records.size(); ++i) {
        if (step.records[i].status != RecordStatus::Done) continue;
        const Json element = step.records[i].params.value(each.as, Json());
        const auto same = std::find_if(records.begin(), records.end(), [&](const Json& params) { return params.value(each.as, Json()) == element; });
        if (same == records.end()) continue;
        kept.push_back(i);
        records.erase(same);
    }
    return kept;
}

}  // namespace

std::vector<Event> next(const Definition& definition, const RunState& state, Millis now, Facts& facts)
{
    Chooser chooser(definition, state, now, facts);
    chooser.choose();
    return chooser.take();
}

void Chooser::choose()
{
    if (expireHandoffs()) return;
    if (overAge() || stopsForOperator() || asksAgain()) return;
    // An undo is a person's own wish; it does not wait for the pause to end.
    if (!state_.pausedBy.empty() && !state_.undoing) return chooseInPause();
    if (state_.status != RunStatus::Running) return;
    if (state_.active()) {
        chooseCall();
    } else if (state_.undoing) {
        chooseUndo();
    } else if (!overRunLimit()) {
        if (state_.at < static_cast<int>(state_.steps.size())) chooseStep();
        else if (def_.planner) choosePlan();
        else complete(lastResult());
    }
}

Event& Chooser::say(EventKind kind, Json data, int attempt)
{
    Event event;
    event.time = now_;
    event.run = state_.id;
    event.step = kind == EventKind::RunEnded || kind == EventKind::UndoEnded ? std::string() : state_.stepAtWork();
    event.attempt = attempt;
    event.kind = kind;
    event.data = std::move(data);
    out_.push_back(std::move(event));
    return out_.back();
}

bool Chooser::expireHandoffs()
{
    for (const auto& handoff : state_.handoffs) {
        const bool isDue = handoff.state == HandoffState::Open && handoff.decideBy > 0 && now_ >= handoff.decideBy;
        // No timer settles a doubt, and none runs out on the run while it undoes something.
        if (!isDue || handoff.unknown || state_.isFrozen(handoff)) continue;
        expire(handoff);
        return true;
    }
    return false;
}

void Chooser::expire(const HandoffRecord& handoff)
{
    say(EventKind::Expired, {{"handoff", handoff.id}, {"code", "A101"}});
    if (handoff.kind == HandoffKind::Review || state_.isEnded()) return;
    if (handoff.kind != HandoffKind::Escalation && state_.undoing) return undoFails("A101", "Nobody approved it in time.");
    const bool isOfStep = handoff.kind != HandoffKind::Escalation && handoff.step >= 0;
    if (isOfStep && stepOf(def_, state_, static_cast<std::size_t>(handoff.step)).skipIfRejected) {
        say(EventKind::StepSkipped, {{"why", "Nobody approved it in time."}});
        return;
    }
    const bool isTicket = handoff.kind == HandoffKind::Escalation;
    const std::string code = isTicket && state_.error ? state_.error->code : "A101";
    endRun(RunStatus::Failed, code,
           isTicket ? "Nobody gave guidance in time: " + (state_.error ? state_.error->message : std::string())
                    : "Nobody decided in time, so nothing was done. Silence is never consent.");
    if (state_.undoing) out_.back().data["undo_waits"] = true;
}

bool Chooser::overRunLimit()
{
    if (ranAt(state_, now_) < def_.limits.run) return false;
    endRun(RunStatus::TimedOut, "W101",
           "The run used up its " + std::to_string(def_.limits.run / 1000) + " s of running time.");
    return true;
}

/// What is asked about the run ends with it; a review and a doubt do not.
void Chooser::withdrawOpen()
{
    Json open = Json::array();
    for (const auto& handoff : state_.handoffs) {
        const bool endsWithRun = handoff.state == HandoffState::Open && handoff.kind != HandoffKind::Review;
        const bool justExpired = handoff.decideBy > 0 && now_ >= handoff.decideBy;
        if (endsWithRun && !handoff.unknown && !justExpired) open.push_back(handoff.id);
    }
    if (!open.empty()) say(EventKind::Withdrawn, {{"handoffs", open}});
}

void Chooser::endRun(RunStatus status, const Code& code, const std::string& message)
{
    withdrawOpen();
    say(EventKind::RunEnded, {{"state", word(status)}, {"code", code}, {"message", message}});
}

Json Chooser::lastResult() const
{
    Json result;
    for (const auto& step : state_.steps) {
        if (step.status == StepStatus::Done) result = step.result;
    }
    return result;
}

void Chooser::complete(const Json& result)
{
    withdrawOpen();
    say(EventKind::RunEnded, {{"state", word(RunStatus::Completed)}, {"result", result}});
}

/// What a server tells of its tool is known before a person is asked about it, and before it is called.
bool Chooser::looksFirst()
{
    const bool isAtWork = step().phase == StepPhase::Prepared || step().phase == StepPhase::Cleared;
    const Tool& tool = *def_.tool(planned().tool);
    const bool hasStandIn = step().stoodIn != StoodIn::Nothing || step().fallbackAsked;
    if (!isAtWork || hasStandIn || !needsLook(state_, tool)) return false;
    makeCall(Purpose::Look, tool, Json::object(), step().record, {}, 0);
    return true;
}

void Chooser::chooseStep()
{
    if (looksFirst()) return;
    switch (step().phase) {
    case StepPhase::Fresh: return prepare();
    case StepPhase::Prepared: return consent();
    case StepPhase::Cleared: return act();
    case StepPhase::Asking:
    case StepPhase::Ended: return;
    }
}

void Chooser::prepare()
{
    const Tool& tool = *def_.tool(planned().tool);
    if (state_.prepared >= def_.limits.steps && !step().edited) {
        return stepFails("W102", "The run has taken " + std::to_string(def_.limits.steps) + " steps; that is its limit.");
    }
    const Json input = state_.input();
    const auto roots = [&](const std::string& root) -> const Json* {
        if (root == "input") return &input;
        for (std::size_t i = 0; i < def_.plan.size(); ++i) {
            const bool isDone = state_.steps[i].status == StepStatus::Done;
            if (def_.plan[i].id == root && isDone) return &state_.steps[i].result;
        }
        return nullptr;
    };
    // What a model wrote is taken as it is: a text of its that looks like a reference is none.
    const bool isProposed = proposedBy(state_, planned().id) != nullptr;
    auto arguments = step().edited ? Outcome<Json>(*step().edited) : isProposed ? Outcome<Json>(planned().with) : fill(planned().with, roots);
    if (!arguments) return stepFails(arguments.failure().code, arguments.failure().message);
    auto records = recordsOf(tool, *arguments);
    if (!records) return stepFails(records.failure().code, records.failure().message);
    if (const auto mismatch = mismatchOf(tool, *records)) {
        return stepFails(mismatch->code, mismatch->message, *arguments);
    }
    Json kept = Json::array();
    if (tool.each) kept = takeDone(*tool.each, step(), *records);
    Json data = {{"arguments", *arguments}, {"records", *records}, {"cleared", tool.gate.empty()}};
    if (!kept.empty()) data["kept"] = kept;
    if (!planned().resource.empty()) {
        const auto resource = fill(Json(planned().resource), roots);
        if (!resource) return stepFails(resource.failure().code, resource.failure().message);
        data["resource"] = resource->is_string() ? *resource : Json(canonical(*resource));
        data["ends"] = planned().ends;
        if (collides(textOf(data, "resource"))) return;
    }
    say(EventKind::StepPrepared, std::move(data));
}

/// Another live run wants another end for the same object: both wait, and one person decides.
bool Chooser::collides(const std::string& resource)
{
    for (const auto& claim : facts_.claims(resource)) {
        if (claim.run == state_.id || claim.ends == planned().ends) continue;
        stepFails("W106", "Run " + claim.run + " wants \"" + claim.ends + "\" for " + resource + ", this one wants \"" + planned().ends +
                              "\". Both are paused until somebody decides here.");
        if (out_.back().kind == EventKind::Asked) out_.back().data["conflict"] = {{"run", claim.run}, {"step", claim.step}, {"resource", resource}, {"ends", claim.ends}};
        return true;
    }
    return false;
}

std::vector<Json> Chooser::paramsOf(const StepState& step, int from) const
{
    std::vector<Json> params;
    for (auto i = static_cast<std::size_t>(from); i < step.records.size(); ++i) params.push_back(step.records[i].params);
    return params;
}

std::vector<Json> Chooser::beforeOf(const StepState& step, int from) const
{
    std::vector<Json> before;
    for (auto i = static_cast<std::size_t>(from); i < step.records.size(); ++i) before.push_back(step.records[i].before);
    return before;
}

void Chooser::consent()
{
    const Tool& tool = *def_.tool(planned().tool);
    if (tool.gate.empty()) return void(say(EventKind::Allowed, {{"rule", "no gate"}}));
    const auto params = paramsOf(step(), step().record);
    if (params.empty()) return void(say(EventKind::Allowed, {{"rule", "nothing to do"}}));
    const Quorum quorum = quorumFor(def_, tool, params, now_, facts_);
    const AllowRule* rule = quorum.isOverExposure ? nullptr : allowedBy(def_, tool, params);
    if (rule) {
        say(EventKind::Allowed, {{"rule", rule->name}, {"gate", tool.gate}});
        return;
    }
    // What a person edited and approved in one act needs no second question, unless its precondition
    // was never read for the new arguments.
    const HandoffRecord* given = step().consent.empty() ? nullptr : state_.handoff(step().consent);
    if (given && !tool.before && quorum.needs < 2) {
        const std::string digest = consentDigest({&def_, &tool, state_.id, planned().id, params, beforeOf(step(), step().record), state_.user(), pinOf(state_, tool)});
        if (digest == textOf(given->decided, "new_digest")) {
            say(EventKind::Allowed, {{"handoff", given->id}, {"rule", "edited and approved"}});
            return;
        }
    }
    if (tool.before) {
        for (auto i = static_cast<std::size_t>(step().record); i < step().records.size(); ++i) {
            const Record& record = step().records[i];
            if (!record.before.is_null()) continue;
            startProbe(Purpose::Before, tool.before->tool, tool.before->with, record.params, Json(), static_cast<int>(i));
            return;
        }
    }
    askConsent(step().voided ? &*step().voided : nullptr);
}

void Chooser::askConsent(const Failure* because)
{
    withdrawWatching("It is asked about anew instead.");
    const Quorum quorum = quorumFor(def_, *def_.tool(planned().tool), paramsOf(step(), step().record), now_, facts_);
    say(EventKind::Asked, approvalRequest(def_, state_, now_, step().record, quorum, because));
}

void Chooser::askScope() { say(EventKind::Asked, scopeRequest(def_, state_, now_)); }

void Chooser::act()
{
    const Tool& tool = *def_.tool(planned().tool);
    const auto index = static_cast<std::size_t>(step().record);
    if (index >= step().records.size()) return finishStep();
    if (step().attachUntil > now_) return;
    if (isOverScope(tool)) return askScope();
    if (!consentStillHolds(tool)) return;
    if (!step().consumed && step().holdUntil > now_) return;
    const Record& record = step().records[index];
    if (tool.before && !record.before.is_null() && !record.rechecked) {
        startProbe(Purpose::Before, tool.before->tool, tool.before->with, record.params, Json(), step().record);
        return;
    }
    if (goesOnFallingBack()) return;
    intend(tool, record);
}

/// What this run has changed with the tool within the window counts, too: two lists of six are twelve.
bool Chooser::isOverScope(const Tool& tool) const
{
    if (!tool.isWrite() || step().scopeGiven) return false;
    const int lately = recordsLately(def_, state_, tool, now_);
    const int rest = static_cast<int>(step().records.size()) - step().record;
    const bool isOver = lately + rest > def_.scope.records;
    // The first one of a list is the test for the rest; past the limit nothing more is tried unasked.
    return isOver && (step().record > 0 || lately >= def_.scope.records);
}

bool Chooser::consentStillHolds(const Tool& tool)
{
    const HandoffRecord* given = step().consent.empty() ? nullptr : state_.handoff(step().consent);
    if (!given || step().consumed) return true;
    if (step().executeBy > 0 && now_ > step().executeBy) {
        const Failure late = failure("A101", "The approval ran out before the call could be made.");
        askConsent(&late);
        return false;
    }
    const std::string digest = consentDigest({&def_, &tool, state_.id, planned().id, paramsOf(step(), step().record),
                                              beforeOf(step(), step().record), state_.user(), pinOf(state_, tool)});
    const std::string bound = given->decided.contains("new_digest") ? textOf(given->decided, "new_digest") : given->digest;
    const Quorum quorum = quorumFor(def_, tool, paramsOf(step(), step().record), now_, facts_);
    const bool isEnough = static_cast<int>(given->approvers.size()) >= quorum.needs;
    if (digest == bound && isEnough) return true;
    const Failure changed = digest != bound ? failure("A102", "What was approved is not what would be sent now.")
                                            : failure("A106", "One yes was enough when it was given, and is not any more.");
    askConsent(&changed);
    return false;
}

/// What is known of a key: in the store when runs share it, else this run knows best.
std::optional<IntentRow> Chooser::priorOf(const Tool& tool, Purpose purpose, const std::string& key)
{
    if (isShared(tool, purpose)) return facts_.intent(key);
    const auto found = state_.intents.find(key);
    if (found == state_.intents.end()) return std::nullopt;
    IntentRow row = found->second;
    for (const auto& effect : state_.effects) {
        if (effect.key == key) row.result = effect.result;
    }
    return row;
}

/// Settled in this history, so the lost one does not matter.
bool Chooser::isOwnAndOver(const std::optional<IntentRow>& prior) const
{
    return prior && (prior->state == IntentState::Done || prior->state == IntentState::Refused);
}

/// The store lost a part of this run's journal: this very call may have been made in it.
void Chooser::doubtAfterRollback(Purpose purpose, const Tool& tool, const Json& params, int record, const std::string& key)
{
    say(EventKind::Intent, {{"purpose", word(purpose)}, {"tool", tool.name}, {"params", params}, {"record", record},
                            {"key", key}, {"digest", intentDigest(tool, params)}});
    say(EventKind::Judged, {{"purpose", word(purpose)}, {"verdict", "unknown"}, {"code", "W114"},
                            {"why", "The store was put back to an older state, so it is not known whether this was sent in the lost time."}});
}

void Chooser::intend(const Tool& tool, const Record& record)
{
    if (!tool.isWrite()) return makeCall(Purpose::Act, tool, record.params, step().record, {}, 0);
    const std::string key = intentKey(tool, record.params, state_.id, planned().id, Purpose::Act);
    const auto prior = priorOf(tool, Purpose::Act, key);
    if (state_.isRolledBack && !isOwnAndOver(prior)) {
        return doubtAfterRollback(Purpose::Act, tool, record.params, step().record, key);
    }
    if (!prior) return makeCall(Purpose::Act, tool, record.params, step().record, key, 0);
    if (prior->digest != intentDigest(tool, record.params)) {
        return failsFor(*prior, "T422k", "The same key (" + tool.name + ") was used by run " + prior->run +
                                      " for other arguments. Nothing was sent.");
    }
    const bool isOwn = prior->run == state_.id && prior->step == planned().id;
    if (prior->state == IntentState::Done) {
        say(EventKind::Reused, {{"key", key}, {"run", prior->run}, {"result", prior->result}});
    } else if (prior->state == IntentState::Undone) {
        failsFor(*prior, "U110", "Run " + prior->run + " has made this same call, and it was undone afterwards. Its business key stands for that "
                          "one call for ever, so nothing was sent.");
    } else if (isOwn || prior->state == IntentState::Refused) {
        makeCall(Purpose::Act, tool, record.params, step().record, key, prior->firstUsed);
    } else if (prior->state == IntentState::Unknown) {
        failsFor(*prior, "W114", "Run " + prior->run + " has made this same call and does not know yet whether it happened.");
    } else {
        say(EventKind::Waiting, {{"for", "attach"}, {"until", now_ + 1000}, {"run", prior->run}});
    }
}

/// An intent of another run stands in the way: what was known of it goes into the event.
void Chooser::failsFor(const IntentRow& prior, const Code& code, const std::string& message)
{
    stepFails(code, message);
    out_.front().data["prior"] = {{"run", prior.run}, {"state", word(prior.state)}};
}

void Chooser::finishStep()
{
    const Tool& tool = *def_.tool(planned().tool);
    Json result = tool.each ? Json::array() : Json();
    for (const auto& record : step().records) {
        if (tool.each) result.push_back(record.result);
        else result = record.result;
    }
    const std::string fingerprint = sha256(canonical({tool.name, step().arguments, result}));
    const auto seen = state_.repeats.find(fingerprint);
    const int times = (seen == state_.repeats.end() ? 0 : seen->second) + 1;
    // The result is that of its records, which the journal has already.
    say(EventKind::StepDone, {{"records", tool.each.has_value()}, {"fingerprint", fingerprint}});
    const auto& reviewed = def_.review;
    if (std::find(reviewed.begin(), reviewed.end(), tool.name) != reviewed.end()) {
        say(EventKind::Asked, reviewRequest(def_, state_, now_));
    }
    if (def_.planner) {
        if (const auto stuck = stuckAfter(def_, state_, result)) fileTicket(stuck->code, stuck->message, false);
    } else if (times >= (tool.isWrite() ? 2 : 3)) {
        fileTicket("W103", "The same call with the same arguments gave the same result " + std::to_string(times) +
                               " times: the run goes round in a loop.", false);
    }
}

void Chooser::stepFails(const Code& code, const std::string& message, const Json& arguments)
{
    Json data = {{"code", code}, {"message", message}};
    if (!arguments.is_null()) data["arguments"] = arguments;
    say(EventKind::StepFailed, std::move(data));
    const bool isBadData = code[0] == 'U' && !proposedBy(state_, planned().id) && state_.effects.empty() && !state_.undoing;
    if (isBadData || planned().failOnError) return endRun(RunStatus::Failed, code, message);
    fileTicket(code, message, false);
}

void Chooser::fileTicket(const Code& code, const std::string& message, bool unknown)
{
    // A doubt is a question of its own: it takes no early ticket's place.
    if (unknown) withdrawWatching("It came to a doubt.");
    const auto asked = static_cast<int>(std::count_if(out_.begin(), out_.end(), [](const Event& event) { return event.kind == EventKind::Asked; }));
    const HandoffRecord* early = unknown ? nullptr : state_.watching();
    const HandoffId id = early ? early->id : nextHandoffId(state_, asked);
    say(EventKind::Asked, ticket(def_, state_, now_, {id, code, message, unknown}));
}

/// The early ticket of a failure that has turned into something else.
void Chooser::withdrawWatching(const std::string& why)
{
    const HandoffRecord* early = state_.watching();
    const bool isGone = std::any_of(out_.begin(), out_.end(), [](const Event& event) { return event.kind == EventKind::Withdrawn; });
    if (early && !isGone) say(EventKind::Withdrawn, {{"handoffs", {early->id}}, {"why", why}});
}

}  // namespace handrail::decide
