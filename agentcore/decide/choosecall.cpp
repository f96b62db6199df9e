#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/chooser.h"
#include "agentcore/decide/pins.h"
#include "agentcore/decide/ticket.h"
#include "agentcore/definition/reference.h"

namespace handrail::decide {
namespace {

constexpr Millis leastUseful = 10;  ///< with less time left a call is not worth sending
constexpr int mostProbes = 3;
constexpr int mostLosses = 3;         ///< deaths of this program while one step is under way
constexpr Millis longHold = 60'000;   ///< a call held back for longer is told to a person

/// The canonical text of an object of which the members' texts, in the order of their names, are known;
/// an object made only to be written would copy the parameters of every call.
std::string objectText(std::initializer_list<std::pair<const char*, std::string>> members)
{
    std::string text;
    for (const auto& [name, value] : members) {
        text += text.empty() ? "{\"" : ",\"";
        ((text += name) += "\":") += value;
    }
    return text + "}";
}

/// The service says that the object is in another state than the call expects.
bool saysChanged(const Code& code) { return code == "T409" || code == "T412" || code == "T428"; }

}  // namespace

std::string intentKey(const Tool& tool, const Json& params, const RunId& run, const std::string& step, Purpose purpose)
{
    if (tool.businessKey.empty() || purpose == Purpose::Undo) {
        return sha256(objectText({{"params", canonical(params)}, {"purpose", canonical(word(purpose))}, {"run", canonical(run)},
                                  {"step", canonical(step)}, {"tool", canonical(tool.name)}}));
    }
    Json business;
    for (const auto& name : tool.businessKey) business[name] = params.value(name, Json());
    return sha256(objectText({{"business", canonical(business)}, {"tool", canonical(tool.name)}}));
}

std::string intentDigest(const Tool& tool, const Json& params)
{
    return sha256(objectText({{"params", canonical(params)}, {"tool", canonical(tool.name)}}));
}

Outcome<Json> fillForCall(const Json& pattern, const RunState& state, const Json& params, const Json& result)
{
    const Json input = state.input();
    return fill(pattern, [&](const std::string& root) -> const Json* {
        if (root == "input") return &input;
        if (root == "params") return &params;
        return root == "result" && !result.is_null() ? &result : nullptr;
    });
}

Event lostEvent(const RunState& state, Millis now)
{
    Event event;
    event.time = now;
    event.run = state.id;
    event.step = state.stepAtWork();
    const Call* call = state.active();
    if (call) event.attempt = call->attempt;
    event.kind = EventKind::Lost;
    event.data = {{"tool", call ? call->tool : std::string()},
                  {"phase", "maybe_sent"},
                  {"code", "T108"},
                  {"lost", true},
                  {"message", "Handrail stopped while this call was under way, so its reply was never read."}};
    return event;
}

void Chooser::chooseCall()
{
    const Call& call = *state_.active();
    if (isUncovered(call) || isOutdated(call)) return letGo(call);
    switch (call.phase) {
    case CallPhase::Made: return dispatch(call);
    case CallPhase::Dispatched: return;
    case CallPhase::Answered: return judge(call);
    case CallPhase::Waiting:
        if (now_ >= call.until) dispatch(call);
        return;
    case CallPhase::Polled:
        if (now_ >= call.until) poll(call);
        return;
    case CallPhase::Doubt: return chooseInDoubt(call);
    }
}

/// Asks the host's limits. A call that is held back is journaled as a wait, and told when it lasts.
bool Chooser::isAdmitted(const Tool& tool, Purpose purpose, bool isRetry)
{
    const Admission admission = facts_.admit(tool, laneOf(tool, state_.undoing.has_value()), isRetry, now_);
    if (admission.isGiven()) return true;
    // A read does not wait for a service that is given rest, when something else can stand in; a model neither.
    if (purpose == Purpose::Act && fallsBack(admission.code, codeInfo(admission.code).sentence)) return false;
    if (state_.heldUntil > now_ || goesToBackup(tool, admission.code)) return false;
    say(EventKind::Waiting, {{"for", "slot"}, {"code", admission.code}, {"until", std::max(admission.until, now_ + 1)},
                             {"host", tool.host}});
    const bool isLong = state_.heldSince > 0 && now_ - state_.heldSince >= longHold;
    if (isLong && tool.isModel) {
        askAboutPlanning(admission.code, codeInfo(admission.code).sentence);
    } else if (isLong && !state_.watching() && !state_.undoing) {
        say(EventKind::Asked, earlyTicket(def_, state_, now_, admission.code, codeInfo(admission.code).sentence));
    }
    return false;
}

/// What the tool, its step and the run leave for one call. An undo and the settling of a doubt are not
/// cut short: leaving either half done would be worse than being late.
Millis Chooser::timeLeft(const Tool& tool, Purpose purpose) const
{
    if (state_.undoing || purpose == Purpose::Verify || purpose == Purpose::Poll) return tool.timeout;
    const Millis ofRun = def_.limits.run - ranAt(state_, now_);
    if (purpose == Purpose::Plan) return std::min(tool.timeout, ofRun);
    const Millis since = state_.status == RunStatus::Running ? std::max<Millis>(0, now_ - state_.updated) : 0;
    const Millis ofStep = def_.limits.step - step().ran - since;
    return std::min({tool.timeout, ofStep, ofRun});
}

void Chooser::makeCall(Purpose purpose, const Tool& tool, const Json& params, int record, const std::string& key,
                       Millis firstUsed)
{
    const Millis limit = timeLeft(tool, purpose);
    if (limit < leastUseful) {
        if (purpose == Purpose::Plan) return endRun(RunStatus::TimedOut, "W101", "The run has no time left to plan its next step.");
        if (!state_.heldBy.empty()) return stepFails(state_.heldBy, codeInfo(state_.heldBy).sentence + " The step's time ran out meanwhile; nothing was sent.");
        return stepFails("W101", "The step has no time left for this call; it was not sent.");
    }
    if (!isAdmitted(tool, purpose, false)) return;
    Json data = Json::object();
    data["purpose"] = word(purpose);
    data["tool"] = tool.name;
    data["params"] = params;
    data["record"] = record;
    if (purpose == Purpose::Poll) data["poll"] = state_.call->poll;
    if (!key.empty()) {
        data["key"] = key;
        data["digest"] = intentDigest(tool, params);
        if (firstUsed > 0) data["first_used"] = firstUsed;
    }
    say(EventKind::Intent, std::move(data));
    say(EventKind::Dispatched, {{"purpose", word(purpose)}, {"limit_ms", limit}}, 1);
}

void Chooser::dispatch(const Call& call)
{
    const Tool& tool = *def_.tool(call.tool);
    const Millis limit = timeLeft(tool, call.purpose);
    if (limit < leastUseful) {
        return runsOutOfTime(call);
    }
    // The wait, a hold or a stop of this program may have lasted longer than the provider knows the key.
    if (call.inDoubt && isKeyTooOld(tool, now_ - call.firstSent)) {
        say(EventKind::Judged, {{"purpose", word(call.purpose)}, {"verdict", "unknown"}, {"code", textOf(call.answer, "code")},
                                {"why", "Its idempotency key became too old before it could be sent again."}}, call.attempt);
        return;
    }
    if (!isAdmitted(tool, call.purpose, call.round > 0)) return;
    say(EventKind::Dispatched, {{"purpose", word(call.purpose)}, {"limit_ms", limit}}, call.attempt + 1);
}

/// Nothing of this attempt leaves; what earlier attempts may have done decides what is said.
void Chooser::runsOutOfTime(const Call& call)
{
    const Code code = state_.heldBy.empty() ? Code("W101") : state_.heldBy;
    say(EventKind::Judged, {{"purpose", word(call.purpose)}, {"verdict", call.inDoubt ? "unknown" : "refused"},
                            {"code", code}, {"why", "No time was left to send it again."}}, call.attempt);
    if (call.inDoubt || isProbe(call.purpose)) return;
    if (call.purpose == Purpose::Plan) return endRun(RunStatus::TimedOut, "W101", "The run has no time left to plan its next step.");
    const std::string held = state_.heldBy.empty() ? std::string() : codeInfo(code).sentence + " ";
    stepFails(code, held + "The time for this step ran out before the call could be sent again.");
}

bool Chooser::startProbe(Purpose purpose, const std::string& toolName, const Json& pattern, const Json& params,
                         const Json& result, int record)
{
    const Tool& tool = *def_.tool(toolName);
    auto filled = fillForCall(pattern, state_, params, result);
    if (!filled) {
        if (purpose == Purpose::Before) stepFails(filled.failure().code, filled.failure().message);
        return false;
    }
    // A read-back that could not be made in its time says nothing; the doubt stays.
    if (purpose == Purpose::Verify && timeLeft(tool, purpose) < leastUseful) return false;
    makeCall(purpose, tool, *filled, record, {}, 0);
    return true;
}

void Chooser::judge(const Call& call)
{
    const Tool& tool = *def_.tool(call.tool);
    Code code = textOf(call.answer, "code");
    const Json result = call.answer.value("result", Json());
    const bool isLook = call.purpose == Purpose::Look;
    const bool isCurrent = call.purpose != Purpose::Verify && call.purpose != Purpose::Before && !isLook;
    if (code.empty() && isCurrent && tool.after && !tool.after->fits(result)) code = "T602";
    const bool isSaid = isSaidToWrite(state_, tool) && !isLook;
    const bool isRead = (!tool.isWrite() && !isSaid) || call.purpose == Purpose::Poll || isLook;
    if (!tool.isModel && (code == "T404" || code == "T410")) code = isRead ? Code("U105") : code;

    Attempted attempted;
    attempted.code = code;
    attempted.effect = isRead ? Effect::Read : isSaid ? Effect::WriteBlind : tool.effect;
    attempted.canPoll = !textOf(call.answer, "poll").empty() && (call.purpose == Purpose::Act || call.purpose == Purpose::Undo);
    attempted.inner = textOf(call.answer, "inner");
    attempted.notSent = textOf(call.answer, "phase") == "not_sent";
    attempted.unanswered = textOf(call.answer, "phase") == "maybe_sent";
    attempted.attempt = call.round;
    const auto seen = call.codes.find(code);
    attempted.sameCode = seen == call.codes.end() ? 1 : seen->second;
    attempted.keyAge = now_ - call.firstSent;
    attempted.sameReplyTwice = call.replays >= 2;
    const auto server = def_.servers.find(tool.server);
    attempted.shedsLoad = server != def_.servers.end() && server->second.shedsLoad;
    Choice choice = decideRetry(attempted, tool, def_.escalation.repeats);
    if (call.inDoubt && (choice.verdict == Verdict::Refused || choice.verdict == Verdict::Stop)) {
        choice.verdict = Verdict::Unknown;
        choice.why = "An earlier attempt may have been carried out, so it is not known whether it happened.";
    }

    if (truthOf(call.answer, "no_retry") && choice.verdict == Verdict::Retry) {
        choice.verdict = Verdict::Refused;
        choice.why = "The service says that trying again is of no use.";
    }
    if (call.purpose == Purpose::Poll && code == "T202") return waitForState(call, tool);
    if (choice.verdict == Verdict::Retry) return waitAndRetry(call, tool, choice, mayHaveActed(attempted));
    judgeAsGiven(call, choice, code);
}

void Chooser::judgeAsGiven(const Call& call, const Choice& choice, const Code& code)
{
    switch (call.purpose) {
    case Purpose::Poll: return judgePoll(call, choice, code);
    case Purpose::Plan: return judgePlan(call, choice, code);
    case Purpose::Before: return judgeBefore(call, choice);
    case Purpose::Verify: return judgeVerify(call, choice);
    case Purpose::Look: return judgeLook(call, choice);
    case Purpose::Act:
    case Purpose::Undo: return judgeEffect(call, choice, code);
    }
}

/// A wait that did not fit is journaled nowhere else: the draw that made it as long as it was.
void Chooser::noteDraw(double draw)
{
    if (!out_.empty()) out_.front().data["draw"] = draw;
}

void Chooser::judgeLook(const Call& call, const Choice& choice)
{
    Json data = {{"purpose", "look"}, {"verdict", word(choice.verdict == Verdict::Done ? Verdict::Done : Verdict::Refused)}};
    if (choice.verdict == Verdict::Done) return void(say(EventKind::Judged, std::move(data), call.attempt));
    const Code code = textOf(call.answer, "code");
    data["code"] = code;
    data["row"] = choice.row;
    data["why"] = choice.why;
    say(EventKind::Judged, std::move(data), call.attempt);
    const std::string said = textOf(call.answer, "message");
    const std::string message = said.empty() ? codeInfo(code).sentence : said;
    if (state_.undoing) return undoFails(code, message);
    // Where the tool may already be called, what stands in for it may stand in for its look, too.
    const bool isAtRecord = step().phase == StepPhase::Cleared && step().record < static_cast<int>(step().records.size());
    if (!isAtRecord || !fallsBack(code, message)) stepFails(code, message);
}

/// The service refused because the object is no longer as it was: read it again and ask again, once.
bool Chooser::isStale(const Call& call, const Code& code) const
{
    if (!saysChanged(code) || call.purpose != Purpose::Act || step().reread) return false;
    const Tool& tool = *def_.tool(call.tool);
    return tool.before.has_value() && !tool.gate.empty() && !step().consent.empty();
}

/// The same for a step that a model proposed: the model is told and plans anew, once for each word of a person.
bool Chooser::plansAnew(const Call& call, const Code& code) const
{
    const bool isPlanned = def_.planner && call.purpose == Purpose::Act && proposedBy(state_, planned().id) != nullptr;
    if (!saysChanged(code) || !isPlanned || step().reread || step().records.size() != 1) return false;
    const auto from = std::max(def_.plan.size(), state_.planning.since);
    for (std::size_t i = from; i < state_.steps.size(); ++i) {
        const StepState& earlier = state_.steps[i];
        if (earlier.status == StepStatus::Skipped && earlier.error && earlier.error->code == "W107") return false;
    }
    return true;
}

void Chooser::judgeEffect(const Call& call, const Choice& choice, const Code& code)
{
    Json data = {{"purpose", word(call.purpose)}, {"verdict", word(choice.verdict)}};
    const bool isStandIn = call.purpose == Purpose::Act && step().stoodIn == StoodIn::Reader;
    if (isStandIn) data["fallback"] = true;
    if (choice.verdict == Verdict::Done) {
        // The result stands in the answer that is judged; it is not journaled a second time.
        say(EventKind::Judged, std::move(data), call.attempt);
        withdrawWatching("It worked when it was tried again.");
        if (call.purpose == Purpose::Undo) say(EventKind::EffectUndone, {{"effect", call.record}});
        return;
    }
    data["code"] = code;
    data["row"] = choice.row;
    data["why"] = choice.why;
    if (choice.verdict == Verdict::Refused && isStale(call, code)) {
        data["verdict"] = "stale";
        data["why"] = "The service says that it changed since it was approved. The approval is void.";
        say(EventKind::Judged, std::move(data), call.attempt);
        return;
    }
    if (choice.verdict == Verdict::Refused && plansAnew(call, code)) {
        say(EventKind::Judged, std::move(data), call.attempt);
        withdrawWatching("It is planned anew.");
        say(EventKind::StepSkipped, {{"code", "W107"}, {"why", "The model plans anew, once."},
                                     {"message", "Refused, and nothing was done: " + codeInfo(code).sentence + " Read it again before the next step."}});
        return;
    }
    if (choice.verdict == Verdict::Poll) {
        data["poll"] = textOf(call.answer, "poll");
        say(EventKind::Judged, std::move(data), call.attempt);
        return waitForState(call, *def_.tool(call.tool));
    }
    say(EventKind::Judged, std::move(data), call.attempt);
    if (choice.verdict != Verdict::Refused && choice.verdict != Verdict::Stop) return;

    std::string message = textOf(call.answer, "message");
    if (code == "T602") message = "The result does not hold what the definition says must hold afterwards.";
    if (message.empty() || code == "W115") message = codeInfo(code).sentence + (message.empty() ? "" : " " + message);
    if (call.round > 1) message += " It was tried " + std::to_string(call.round) + " times.";
    if (call.purpose == Purpose::Undo) return undoFails(code, message);
    if (isStandIn) return stepFails(step().fallbackCode, step().fallbackMessage + " Its fallback " + call.tool + " failed, too: " + message);
    if (!fallsBack(code, message)) stepFails(code, message);
}

void Chooser::judgeBefore(const Call& call, const Choice& choice)
{
    const Json result = call.answer.value("result", Json());
    if (choice.verdict != Verdict::Done) {
        const Code code = textOf(call.answer, "code");
        say(EventKind::Judged, {{"purpose", "before"}, {"verdict", "refused"}, {"code", code}, {"row", choice.row},
                                {"why", choice.why}}, call.attempt);
        std::string message = textOf(call.answer, "message");
        if (message.empty()) message = codeInfo(code).sentence;
        return stepFails(code == "T404" || code == "T410" ? Code("U105") : code,
                         "The precondition could not be read: " + message);
    }
    const Tool& act = *def_.tool(planned().tool);
    Json seen = Json::object();
    for (const auto& pointer : act.before->unchanged) {
        const Json* value = at(result, pointer);
        seen[pointer] = value ? *value : Json();
    }
    const Record& record = step().records[static_cast<std::size_t>(call.record)];
    const bool isFirst = record.before.is_null();
    if (isFirst || record.before == seen) {
        say(EventKind::Judged, {{"purpose", "before"}, {"verdict", "done"}, {"seen", seen}}, call.attempt);
        return;
    }
    std::string changed;
    for (const auto& pointer : act.before->unchanged) {
        if (record.before.value(pointer, Json()) == seen[pointer]) continue;
        changed += (changed.empty() ? "" : "; ") + pointer + " was " + dump(record.before.value(pointer, Json())) +
                   " and is " + dump(seen[pointer]);
    }
    say(EventKind::Judged, {{"purpose", "before"}, {"verdict", "changed"}, {"code", "W107"},
                            {"why", "It changed since it was approved: " + changed + ". The approval is void."}},
        call.attempt);
}

void Chooser::judgeVerify(const Call& call, const Choice& choice)
{
    const Call& doubted = *state_.call;
    const Verify& verify = *def_.tool(doubted.tool)->verify;
    if (choice.verdict != Verdict::Done) {
        say(EventKind::Judged, {{"purpose", "verify"}, {"verdict", "refused"}, {"code", textOf(call.answer, "code")},
                                {"row", choice.row}, {"why", choice.why}}, call.attempt);
        return;
    }
    const Json result = call.answer.value("result", Json());
    const bool isThere = !verify.happenedIf || verify.happenedIf->fits(result);
    say(EventKind::Judged, {{"purpose", "verify"}, {"verdict", isThere ? "done" : "absent"}}, call.attempt);
    if (isThere) {
        say(EventKind::Judged, {{"purpose", word(doubted.purpose)}, {"verdict", "done"}, {"result", result},
                                {"why", "A read proved that it happened."}}, doubted.attempt);
        withdrawWatching("It was found to have worked.");
        if (doubted.purpose == Purpose::Undo) say(EventKind::EffectUndone, {{"effect", doubted.record}});
        return;
    }
    if (doubted.probes + 1 >= mostProbes) return;
    say(EventKind::Waiting, {{"for", "settle"}, {"until", now_ + verify.settle / (mostProbes - 1)}});
}

/// Whether an attempt after this wait could still be of use.
bool Chooser::fitsInTime(const Call& call, Millis delay) const
{
    if (state_.undoing || call.purpose == Purpose::Verify) return true;
    const Millis ofRun = def_.limits.run - ranAt(state_, now_);
    const Millis left = call.purpose == Purpose::Plan ? ofRun : std::min(def_.limits.step - step().ran, ofRun);
    return delay + leastUseful <= left;
}

/// Sent again under its key, it cannot act twice; but it may have acted once.
void Chooser::waitAndRetry(const Call& call, const Tool& tool, const Choice& choice, bool mayHaveActed)
{
    const Millis floor = std::max<Millis>(0, numberOf(call.answer, "retry_after_ms"));
    const double draw = facts_.draw();
    const Millis delay = backoff(tool.retry, call.round, draw, floor);
    const bool isSpent = state_.retries >= mostRetries && !state_.undoing && !isProbe(call.purpose);
    // A step that was under way at each of three deaths of this program may be what kills it.
    const bool isPoison = call.purpose == Purpose::Act && step().losses >= mostLosses;
    const Code code = isPoison ? Code("W113") : isSpent ? Code("W115") : Code(textOf(call.answer, "code"));
    if (isPoison || isSpent || !fitsInTime(call, delay)) {
        Choice given = choice;
        given.verdict = mayHaveActed || call.inDoubt ? Verdict::Unknown : Verdict::Refused;
        given.why = isPoison  ? "This program stopped three times while this step was under way."
                    : isSpent ? "The run has used up its 20 retries."
                              : "The next attempt would begin after this step's time is over.";
        judgeAsGiven(call, given, code);
        return noteDraw(draw);
    }
    Json judged = {{"purpose", word(call.purpose)}, {"verdict", "retry"}, {"code", textOf(call.answer, "code")},
                   {"row", choice.row}, {"why", choice.why}};
    if (mayHaveActed) judged["doubt"] = true;
    say(EventKind::Judged, std::move(judged), call.attempt);
    say(EventKind::Waiting, {{"for", word(call.purpose)}, {"until", now_ + delay}, {"delay_ms", delay},
                             {"draw", draw}, {"floor_ms", floor}}, call.attempt);
    if (tool.critical && call.purpose == Purpose::Act && !state_.watching()) {
        std::string message = textOf(call.answer, "message");
        say(EventKind::Asked, earlyTicket(def_, state_, now_, code, message.empty() ? codeInfo(code).sentence : message));
    }
}

void Chooser::chooseInDoubt(const Call& call)
{
    const Tool& tool = *def_.tool(call.tool);
    if (!tool.verify) return doubtTicket(call, "");
    if (call.probes < mostProbes) {
        if (now_ < call.until) return;
        const Json result = call.answer.value("result", Json());
        if (startProbe(Purpose::Verify, tool.verify->tool, tool.verify->with, call.params, result, call.record)) return;
        return doubtTicket(call, "Its outcome could not be read back.");
    }
    if (call.probes > mostProbes) return doubtTicket(call, "Its outcome could not be read back.");
    // Proven absent: one resend, never a second.
    const Code code = textOf(call.answer, "code");
    const bool cameBack = rowFor(code).unkeyed.verdict == Verdict::Happened;
    // What was taken up, done in part or answered as done may come true later: not finding it proves nothing.
    const bool isTakenUp = code == "T202" || code == "T605" || call.isDenied;
    if (call.resent || cameBack || isTakenUp) return doubtTicket(call, "Reading it back did not find it.");
    // A command may have started others, and they may outlive this program: their end is not proven.
    const auto server = def_.servers.find(tool.server);
    const bool isProgram = !tool.command.empty() || (server != def_.servers.end() && !server->second.command.empty());
    const bool mayStillAct = truthOf(call.answer, "lost") && isProgram;
    if (mayStillAct) return doubtTicket(call, "Reading it back did not find it, but what the command has started may still be at work.");
    say(EventKind::Judged, {{"purpose", word(call.purpose)}, {"verdict", "resend"},
                            {"why", "Reading it back three times proved that it did not happen, so it is sent once more."}},
        call.attempt);
}

void Chooser::doubtTicket(const Call& call, const std::string& tried)
{
    const Code code = textOf(call.answer, "code");
    // Other runs that share its key are told, too.
    if (call.phase != CallPhase::Doubt) say(EventKind::Judged, {{"purpose", word(call.purpose)}, {"verdict", "unknown"}, {"code", code}, {"why", tried}},
                                         call.attempt);
    std::string message = "The call was sent, and whether it was carried out is not known (" +
                          codeInfo(code).title + ").";
    if (call.attempt == 0) message = "The store was put back to an older state, and whether this call was made in the lost time is not known.";
    if (!tried.empty()) message += " " + tried;
    fileTicket("W114", message, true);
}

}  // namespace handrail::decide
