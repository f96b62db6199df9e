#include "agentcore/decide/runstate.h"

#include <algorithm>

#include "agentcore/decide/foldcall.h"
#include "agentcore/decide/intents.h"
#include "agentcore/decide/pins.h"

namespace handrail::decide {
namespace {

/// One event's change to one run. A method an event kind; nothing here decides anything.
class Folder {
public:
    Folder(RunState& state, const Event& event) : state_(state), event_(event), data_(event.data) {}

    void fold()
    {
        countTime();
        keepIntent();
        foldPlanning(state_, event_);
        switch (event_.kind) {
        case EventKind::RunStarted: return started();
        case EventKind::Recovered: return recovered();
        case EventKind::StepPrepared: return prepared();
        case EventKind::Allowed: return allowed();
        case EventKind::Asked: return asked();
        case EventKind::Decided: return decided();
        case EventKind::Tended: return tended();
        case EventKind::DecidedLate: return;
        case EventKind::AbortAsked:
            if (!state_.isEnded()) state_.aborting = textOf(data_, "message");
            return;
        case EventKind::Expired: return expired();
        case EventKind::Withdrawn: return withdrawn();
        case EventKind::Intent:
        case EventKind::Dispatched:
        case EventKind::Answered:
        case EventKind::Lost:
        case EventKind::Judged:
        case EventKind::Waiting: return foldCall(state_, event_);
        case EventKind::FallbackUsed: return fallbackUsed();
        case EventKind::Reused: return reused();
        case EventKind::StepDone: return stepDone();
        case EventKind::StepSkipped: return stepSkipped();
        case EventKind::StepFailed: return stepFailed();
        case EventKind::UndoStarted: letGo(); [[fallthrough]];
        case EventKind::EffectUndone: return foldUndo(state_, event_);
        case EventKind::UndoEnded: foldUndo(state_, event_); return goesOnAfterPause();
        case EventKind::RunEnded: return ended();
        case EventKind::Paused:
            return state_.pause(textOf(data_, "handoff"), {textOf(data_, "code"), textOf(data_, "message"), textOf(data_, "who"), textOf(data_, "reason")});
        case EventKind::Resumed: state_.endPause(textOf(data_, "handoff")); return goesOnAfterPause();
        case EventKind::RolledBack: return rolledBack();
        case EventKind::Proposed:
        case EventKind::HostSet:
        case EventKind::StorePruned:
        case EventKind::Noticed: return;
        }
    }

private:
    /// Running time is what lies between events while the run ran; a gap without a process is none.
    void countTime()
    {
        const Millis passed = std::max<Millis>(0, event_.time - state_.updated);
        if (state_.updated > 0 && state_.status == RunStatus::Running && event_.kind != EventKind::Recovered) {
            state_.ran += passed;
            if (StepState* step = state_.current()) step->ran += passed;
        }
        state_.updated = std::max(state_.updated, event_.time);
        state_.last = std::max(state_.last, event_.seq);
    }

    void keepIntent()
    {
        auto row = intentBy(state_, event_);
        if (!row) return;
        row->result = Json();
        auto& kept = state_.intents[row->key];
        // The first use is the oldest one.
        if (kept.firstUsed > 0) row->firstUsed = std::min(row->firstUsed, kept.firstUsed);
        kept = std::move(*row);
    }

    int indexOf(const StepState* step) const { return static_cast<int>(step - state_.steps.data()); }

    void started()
    {
        state_.id = event_.run;
        state_.started = data_;
        state_.created = event_.time;
        state_.steps.resize(data_.value("steps", Json::array()).size());
    }

    void prepared()
    {
        StepState* step = state_.current();
        if (!step) return;
        step->phase = truthOf(data_, "cleared") ? StepPhase::Cleared : StepPhase::Prepared;
        step->status = StepStatus::Running;
        step->arguments = data_.value("arguments", Json());
        // What was done already stays done, whatever the rest is changed to.
        std::vector<Record> records;
        for (const auto& index : data_.value("kept", Json::array())) {
            const auto at = index.get<std::size_t>();
            if (at < step->records.size()) records.push_back(step->records[at]);
        }
        step->record = static_cast<int>(records.size());
        for (const auto& params : data_.value("records", Json::array())) {
            Record record;
            record.params = params;
            records.push_back(std::move(record));
        }
        step->records = std::move(records);
        // A yes to one list is none to another.
        step->scopeAsked = step->scopeGiven = false;
        step->error.reset();
        step->began = event_.time;
        step->ran = 0;
        ++state_.prepared;
    }

    void allowed()
    {
        if (StepState* step = state_.current()) step->phase = StepPhase::Cleared;
    }

    void asked()
    {
        StepState* step = state_.named(textOf(data_, "step"));
        HandoffRecord handoff;
        handoff.id = textOf(data_, "handoff");
        handoff.kind = fromWord<HandoffKind>(textOf(data_, "kind")).value_or(HandoffKind::Escalation);
        handoff.step = step ? indexOf(step) : -1;
        handoff.title = textOf(data_, "title");
        handoff.digest = textOf(data_, "digest");
        handoff.asked = data_;
        handoff.created = event_.time;
        handoff.decideBy = numberOf(data_, "decide_by");
        handoff.unknown = truthOf(data_, "unknown");
        handoff.watching = truthOf(data_, "watching");
        // An early ticket becomes the ticket itself: one failure, one handoff.
        if (HandoffRecord* early = state_.handoff(handoff.id)) {
            // Whoever has it keeps it; what was put off is looked at again.
            handoff.assignee = early->assignee;
            *early = handoff;
        }
        else state_.handoffs.push_back(handoff);
        if (handoff.kind == HandoffKind::Review || handoff.watching || handoff.isPause()) return;
        // A doubt that a person settles is looked into by nobody else.
        if (handoff.unknown) state_.probe.reset();
        const bool isTicket = handoff.kind == HandoffKind::Escalation;
        state_.status = isTicket ? RunStatus::Escalated : RunStatus::WaitingApproval;
        if (!state_.undoing) state_.wasRunning = false;  // a pause that ends does not answer this
        if (isTicket && !step) state_.error = Failure{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
        if (!step || (!isTicket && state_.undoing)) return;
        if (!isTicket) {
            step->phase = StepPhase::Asking;
            step->status = StepStatus::Waiting;
            // A new question voids an older yes.
            if (handoff.kind == HandoffKind::Approval) step->consent.clear();
            step->voided.reset();
            if (handoff.kind == HandoffKind::Scope) step->scopeAsked = true;
        } else if (handoff.unknown && !state_.undoing) {
            step->status = StepStatus::Unknown;
            if (step->record < static_cast<int>(step->records.size())) {
                step->records[static_cast<std::size_t>(step->record)].status = RecordStatus::Unknown;
            }
        }
        if (isTicket) {
            const Failure error{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
            state_.error = error;
            if (!state_.undoing && step->phase != StepPhase::Ended) step->error = error;
        }
    }

    void decided()
    {
        HandoffRecord* handoff = state_.handoff(textOf(data_, "handoff"));
        if (!handoff) return;
        const auto verb = fromWord<Verb>(textOf(data_, "verb")).value_or(Verb::Abort);
        const bool isWithdrawn = handoff->state == HandoffState::Decided && textOf(handoff->decided, "verb") == word(Verb::Reject) && verb == Verb::Retry;
        handoff->decided = data_;
        handoff->decidedAt = event_.time;
        handoff->settlement = fromWord<Settlement>(textOf(data_, "settlement"));
        if (verb == Verb::Approve || verb == Verb::Edit) handoff->approvers.push_back(textOf(data_, "who"));
        if (truthOf(data_, "stays_open")) return;
        if (truthOf(data_, "revoked")) return revoked(state_.steps[static_cast<std::size_t>(handoff->step)]);
        handoff->state = HandoffState::Decided;
        if (handoff->kind == HandoffKind::Review) return;
        if (handoff->isPause()) {
            if (verb != Verb::Retry) return;
            state_.endPause(handoff->id);
            return goesOnAfterPause();
        }
        state_.goOn();
        if (state_.undoing && verb == Verb::Approve) {
            state_.undoing->consent = handoff->id;
            state_.undoing->executeBy = numberOf(data_, "execute_by");
            return;
        }
        if (handoff->step < 0) return;
        StepState& step = state_.steps[static_cast<std::size_t>(handoff->step)];
        const bool goesOn = verb == Verb::Retry || verb == Verb::Answer || verb == Verb::Settle;
        if (isWithdrawn) return askedAgain(step);
        if (goesOn && !state_.undoing) dropOldYes(step, *handoff);
        if (verb == Verb::Approve) approved(step, *handoff);
        if (verb == Verb::Edit) edited(step, *handoff);
        if (verb == Verb::Retry) foldAgreement(state_, *handoff);
        // An answer to the agent lets go of what it proposed; the same is not tried again.
        const bool isItsOwn = !proposedId(*handoff).empty();
        const bool isSame = verb == Verb::Retry || verb == Verb::Fallback || (verb == Verb::Answer && !isItsOwn);
        if (isSame && handoff->kind != HandoffKind::Proposal) triedAgain(step);
        if (verb == Verb::Fallback) step.fallbackAsked = true;
    }

    /// A rejection that was withdrawn: the question is prepared from the beginning, as if it had never been asked.
    void askedAgain(StepState& step)
    {
        triedAgain(step);
        step.phase = StepPhase::Fresh;
        step.consent.clear();
    }

    /// The step's id where a model proposed it.
    std::string proposedId(const HandoffRecord& handoff) const
    {
        const std::string id = state_.stepId(static_cast<std::size_t>(handoff.step));
        return proposedBy(state_, id) ? id : std::string();
    }

    /// A yes that was taken back before it was used: it is asked about anew.
    void revoked(StepState& step)
    {
        step.askAnew();
        step.voided = Failure{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
    }

    /// A used yes covers its own call and the attempts that follow by themselves, and those for so long.
    bool isUsedUp(const StepState& step) const { return step.consumed && step.executeBy > 0 && event_.time > step.executeBy; }

    /// A used yes whose time is over does not cover what is sent after a person came back to it, nor does one
    /// to a tool that its server has changed since.
    void dropOldYes(StepState& step, const HandoffRecord& handoff)
    {
        const bool isChanged = textOf(handoff.asked, "code") == "T607";
        if (step.consent.empty() || (!isUsedUp(step) && !isChanged) || step.phase != StepPhase::Cleared) return;
        if (isChanged) step.voided = Failure{"A107", "Its server has changed this tool since it was approved.", {}, {}};
        step.askAnew();
    }

    /// However long it stood still, what was read before it is read again. A yes whose time ran out in it covers
    /// nothing that has not left by then; next() says what becomes of the call.
    void goesOnAfterPause()
    {
        StepState* step = state_.current();
        if (!step) return;
        for (auto& record : step->records) record.rechecked = false;
        if (state_.status != RunStatus::Running || state_.undoing || step->consent.empty() || step->phase != StepPhase::Cleared) return;
        // What was put off in a pause may leave soon.
        if (HandoffRecord* given = state_.handoff(step->consent)) given->snoozedUntil = 0;
        if (isUsedUp(*step)) step->askAnew();
    }

    void approved(StepState& step, const HandoffRecord& handoff)
    {
        step.phase = StepPhase::Cleared;
        step.status = StepStatus::Running;
        if (handoff.kind == HandoffKind::Proposal) {
            // Whether it may act is asked where its tool has a gate, as for every step.
            step.phase = StepPhase::Fresh;
            return;
        }
        if (handoff.kind == HandoffKind::Scope) {
            step.scopeGiven = true;
            return;
        }
        step.executeBy = numberOf(data_, "execute_by");
        step.holdUntil = numberOf(data_, "hold_until");
        step.consumed = false;
        step.consent = handoff.id;
    }

    void edited(StepState& step, const HandoffRecord& handoff)
    {
        step.edited = data_.value("arguments", Json::object());
        step.phase = StepPhase::Fresh;
        step.status = StepStatus::Running;
        if (handoff.kind == HandoffKind::Proposal) return;
        step.editor = textOf(data_, "who");
        step.consent = handoff.id;
        step.executeBy = numberOf(data_, "execute_by");
        step.holdUntil = numberOf(data_, "hold_until");
        step.consumed = false;
    }

    void triedAgain(StepState& step)
    {
        step.ran = 0;
        step.losses = 0;
        if (state_.undoing || step.phase == StepPhase::Ended) return;
        step.status = StepStatus::Running;
        step.error.reset();
        step.guidance = textOf(data_, "text");
        if (data_.contains("arguments")) {
            step.edited = data_["arguments"];
            step.editor = textOf(data_, "who");
            step.phase = StepPhase::Fresh;
            step.consent.clear();
        } else if (step.records.empty()) {
            step.phase = StepPhase::Fresh;
        } else {
            if (step.phase == StepPhase::Asking) step.phase = StepPhase::Prepared;
            // What a person saw before is looked at again, not trusted.
            for (auto& record : step.records) record.rechecked = false;
        }
    }

    void tended()
    {
        HandoffRecord* handoff = state_.handoff(textOf(data_, "handoff"));
        if (!handoff) return;
        if (data_.contains("assignee")) handoff->assignee = textOf(data_, "assignee");
        if (data_.contains("snoozed_until")) handoff->snoozedUntil = numberOf(data_, "snoozed_until");
    }

    void expired()
    {
        if (HandoffRecord* handoff = state_.handoff(textOf(data_, "handoff"))) handoff->state = HandoffState::Expired;
    }

    void withdrawn()
    {
        for (const auto& id : data_.value("handoffs", Json::array())) {
            HandoffRecord* handoff = id.is_string() ? state_.handoff(id.get<std::string>()) : nullptr;
            if (handoff) handoff->state = HandoffState::Withdrawn;
        }
    }

    void fallbackUsed()
    {
        letGo();
        // A doubt is not forgotten by this: nothing stands in for what is in doubt.
        state_.call.reset();
        state_.probe.reset();
        StepState* step = state_.current();
        if (!step || step->record >= static_cast<int>(step->records.size())) return;
        if (!step->fallbackAsked || step->fallbackMessage.empty()) step->fallbackMessage = textOf(data_, "message");
        if (const Code code = textOf(data_, "code"); !code.empty()) step->fallbackCode = code;
        step->fallbackAsked = false;
        if (textOf(data_, "kind") == "read_only") {
            step->stoodIn = StoodIn::Reader;
            step->fallback = "the read-only path " + textOf(data_, "tool");
            return;
        }
        step->stoodIn = StoodIn::Cache;
        if (!truthOf(data_, "success")) return;
        step->fallback = "a result from " + std::to_string(numberOf(data_, "age_ms") / 1000) + " s before";
        Record& record = step->records[static_cast<std::size_t>(step->record)];
        record.status = RecordStatus::Done;
        record.result = data_.value("result", Json());
        step->error.reset();
        step->stoodIn = StoodIn::Nothing;
        ++step->record;
    }

    void reused()
    {
        StepState* step = state_.current();
        if (!step || step->record >= static_cast<int>(step->records.size())) return;
        Record& record = step->records[static_cast<std::size_t>(step->record)];
        record.status = RecordStatus::Done;
        record.result = data_.value("result", Json());
        record.key = textOf(data_, "key");
        step->key = record.key;
        ++step->record;
    }

    /// A list where the step makes a call for each record, else the one call's result.
    Json resultOf(const StepState& step) const
    {
        if (data_.contains("result")) return data_["result"];
        if (!truthOf(data_, "records")) return step.records.empty() ? Json() : step.records.back().result;
        Json list = Json::array();
        for (const auto& record : step.records) list.push_back(record.result);
        return list;
    }

    void stepDone()
    {
        StepState* step = state_.current();
        if (!step) return;
        step->phase = StepPhase::Ended;
        step->status = StepStatus::Done;
        step->result = resultOf(*step);
        step->took = event_.time - step->began;
        ++state_.repeats[textOf(data_, "fingerprint")];
        ++state_.at;
    }

    void stepSkipped()
    {
        letGo();
        StepState* step = state_.current();
        state_.dropCall();
        if (!state_.isEnded()) state_.goOn();
        if (!step) return;
        step->phase = StepPhase::Ended;
        step->status = StepStatus::Skipped;
        if (data_.contains("code")) step->error = Failure{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
        ++state_.at;
    }

    void letGo()
    {
        state_.heldUntil = state_.heldSince = 0;
        state_.heldBy.clear();
    }

    void stepFailed()
    {
        letGo();
        StepState* step = state_.current();
        state_.dropCall();
        if (!step) return;
        step->stoodIn = StoodIn::Nothing;
        step->fallbackAsked = false;
        step->status = StepStatus::Failed;
        step->took = event_.time - step->began;
        step->error = Failure{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
        if (data_.contains("arguments")) step->arguments = data_["arguments"];
    }

    /// How much time has passed is not known: doubt ends consent, and trusts no key.
    void recovered()
    {
        if (textOf(data_, "code") != "R104") return;
        for (auto& handoff : state_.handoffs) {
            const bool isConsent = handoff.kind == HandoffKind::Approval || handoff.kind == HandoffKind::Scope;
            if (isConsent && handoff.state == HandoffState::Open) handoff.decideBy = event_.time;
        }
        for (auto& step : state_.steps) {
            if (step.executeBy > 0 && !step.consumed) step.executeBy = 1;
        }
        for (auto& [key, intent] : state_.intents) intent.firstUsed = 1;
        if (state_.call) state_.call->firstSent = 1;
    }

    void rolledBack()
    {
        state_.isRolledBack = true;
        if (!state_.call || state_.call->key.empty()) return;
        // What it did in the lost time is not known, whatever it was about to do.
        state_.probe.reset();
        state_.call->inDoubt = true;
        state_.call->phase = CallPhase::Doubt;
        state_.call->until = 0;
    }

    void ended()
    {
        // Its own pause ends with it, but not where an undo may still be gone on with: afterwards it is paused again.
        // Another run's ends when that is decided.
        const auto pauses = state_.pausedBy;
        for (const auto& [id, pause] : pauses) {
            if (!pause.who.empty() && !truthOf(data_, "undo_waits")) state_.endPause(id);
        }
        state_.status = fromWord<RunStatus>(textOf(data_, "state")).value_or(RunStatus::Stopped);
        state_.result = data_.value("result", Json());
        state_.error.reset();
        if (!truthOf(data_, "undo_waits")) state_.undoing.reset();
        state_.aborting.clear();
        state_.dropCall();
        const Code code = textOf(data_, "code");
        if (!code.empty()) state_.error = Failure{code, textOf(data_, "message"), {}, {}};
    }

    RunState& state_;
    const Event& event_;
    const Json& data_;
};

}  // namespace

void fold(RunState& state, const Event& event) { Folder(state, event).fold(); }

}  // namespace handrail::decide
