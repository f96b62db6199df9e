#include "agentcore/decide/chooser.h"
#include "agentcore/decide/ticket.h"

/// Where a run stands still: what is still told of it, how it can end there, and on what ground it goes on.
namespace handrail::decide {

/// What came back meanwhile is judged and a doubt is told, so that none stays hidden; nothing new leaves.
void Chooser::chooseInPause()
{
    for (const auto& [id, pause] : state_.pausedBy) {
        const HandoffRecord* ticket = state_.handoff(id);
        if (pause.who.empty() || (ticket && ticket->state != HandoffState::Withdrawn)) continue;
        say(EventKind::Asked, pauseTicket(def_, state_, id, pause));
        return;
    }
    const Call* call = state_.active();
    if (call && call->phase == CallPhase::Answered) return judge(*call);
    const bool isHeard = !call || call->phase != CallPhase::Dispatched;
    const bool isDoubt = state_.call && state_.call->phase == CallPhase::Doubt && state_.wasRunning;
    if (isHeard && isDoubt && !state_.hasUnknown()) doubtTicket(*state_.call, "It was not read back, because the run is paused.");
}

/// An end that an undo was gone on with after took the question with it that the run stood at: it is asked again.
bool Chooser::asksAgain()
{
    const bool stands = state_.status == RunStatus::WaitingApproval || state_.status == RunStatus::Escalated;
    if (!stands || state_.standsStill() || state_.undoing) return false;
    const HandoffRecord* lost = nullptr;
    for (const auto& handoff : state_.handoffs) {
        if (handoff.kind == HandoffKind::Review || handoff.isPause()) continue;
        if (handoff.state == HandoffState::Open) return false;
        const bool wasItsOwn = handoff.state == HandoffState::Withdrawn && !handoff.watching && !truthOf(handoff.asked, "undo");
        if (wasItsOwn) lost = &handoff;
    }
    if (!lost) return false;
    Json data = lost->asked;
    if (lost->decideBy > 0) data["decide_by"] = now_ + lost->decideBy - lost->created;
    say(EventKind::Asked, std::move(data));
    return true;
}

/// An operator's abort waits for a call that may act, so that its outcome is not thrown away.
bool Chooser::stopsForOperator()
{
    if (state_.aborting.empty() || state_.isEnded()) return false;
    const Call* call = state_.active();
    const bool isDoubted = state_.call && state_.call->isDoubted();
    if ((call && call->isUnjudged()) || (isDoubted && state_.status == RunStatus::Running)) return false;
    if (isDoubted && !state_.hasUnknown()) doubtTicket(*state_.call, "It was not read back, because the run was ended in a pause.");
    else endRun(RunStatus::Aborted, "W109", state_.aborting + remainder(def_, state_));
    return true;
}

bool Chooser::overAge()
{
    if (state_.isEnded() || state_.hasUnknown() || now_ - state_.created < def_.limits.age) return false;
    // A call is heard out first: its outcome may be in doubt. An undo is not left half done for its age.
    const Call* call = state_.active();
    if (state_.undoing || (call && (call->isUnjudged() || state_.pausedBy.empty()))) return false;
    // In a pause nothing else would ever come of it.
    if (state_.call && state_.call->isDoubted()) {
        doubtTicket(*state_.call, "It was not read back, because the run was paused until it was too old.");
        return true;
    }
    endRun(RunStatus::TimedOut, "W101", "This run is older than a run may be.");
    return true;
}

/// A call that is to be sent again, and whose yes does not cover that: it ran out in a pause, the step was put back to
/// its question, or a new yes came, on which the call is made anew. What a person has just settled may be sent once.
bool Chooser::isUncovered(const Call& call) const
{
    if (call.purpose != Purpose::Act || !call.isToBeSent() || state_.undoing) return false;
    const bool hasNewYes = !step().consent.empty() && !step().consumed && !call.resent;
    return step().phase != StepPhase::Cleared || hasNewYes;
}

/// What was read right before it is old. Not where an earlier attempt may itself have changed what is read.
bool Chooser::isOutdated(const Call& call) const
{
    if (call.purpose != Purpose::Act || !call.isToBeSent() || call.inDoubt || state_.undoing) return false;
    const auto& records = step().records;
    const auto index = static_cast<std::size_t>(call.record);
    return index < records.size() && !records[index].before.is_null() && !records[index].rechecked;
}

/// What may have been carried out is looked into; else nothing was, and the call is made anew when its ground is
/// sure: the yes was not used, so all that it rests on is looked at again. What is sent after one resend is a person's to say.
void Chooser::letGo(const Call& call)
{
    const std::string why = call.inDoubt ? "Its approval does not cover another attempt, so whether it was carried out is looked into."
                                         : "Nothing of it was carried out. What it was approved on is looked at again before it is sent again.";
    const std::string verdict = call.inDoubt ? "unknown" : call.resent ? "absent" : "refused";
    Json data = {{"purpose", word(call.purpose)}, {"verdict", verdict}, {"code", textOf(call.answer, "code")}, {"why", why}};
    if (verdict == "refused") data["unused"] = true;
    say(EventKind::Judged, std::move(data), call.attempt);
}

}  // namespace handrail::decide
