#include "agentcore/decide/runstate.h"

#include <algorithm>

#include "agentcore/decide/retry.h"

namespace handrail::decide {
namespace {

/// One event's change to one run. A method an event kind; nothing here decides anything.
class Folder {
public:
    Folder(RunState& state, const Event& event) : state_(state), event_(event), data_(event.data) {}

    void fold()
    {
        countTime();
        switch (event_.kind) {
        case EventKind::RunStarted: return started();
        case EventKind::Recovered: return;
        case EventKind::StepPrepared: return prepared();
        case EventKind::Allowed: return allowed();
        case EventKind::Asked: return asked();
        case EventKind::Decided: return decided();
        case EventKind::DecidedLate: return;
        case EventKind::AbortAsked: state_.aborting = textOf(data_, "message"); return;
        case EventKind::Expired: return expired();
        case EventKind::Withdrawn: return withdrawn();
        case EventKind::Intent: return intent();
        case EventKind::Dispatched: return dispatched();
        case EventKind::Answered: return answered();
        case EventKind::Lost: return lost();
        case EventKind::Judged: return judged();
        case EventKind::Waiting: return waiting();
        case EventKind::Reused: return reused();
        case EventKind::StepDone: return stepDone();
        case EventKind::StepSkipped: return stepSkipped();
        case EventKind::StepFailed: return stepFailed();
        case EventKind::UndoStarted: return undoStarted();
        case EventKind::EffectUndone: return effectUndone();
        case EventKind::UndoEnded: return undoEnded();
        case EventKind::RunEnded: return ended();
        }
    }

private:
    /// Running time is what lies between events while the run ran; a gap without a process is none.
    void countTime()
    {
        const Millis passed = std::max<Millis>(0, event_.time - state_.updated);
        if (state_.updated > 0 && state_.status == RunStatus::Running && event_.kind != EventKind::Recovered) {
            state_.ran += passed;
            if (StepState* step = current()) step->ran += passed;
        }
        state_.updated = std::max(state_.updated, event_.time);
        state_.last = std::max(state_.last, event_.seq);
    }

    StepState* current()
    {
        const auto index = static_cast<std::size_t>(state_.at);
        return index < state_.steps.size() ? &state_.steps[index] : nullptr;
    }

    /// The step that the event names, or the one at work.
    StepState* named()
    {
        const auto& ids = state_.started.value("steps", Json::array());
        for (std::size_t i = 0; i < ids.size() && i < state_.steps.size(); ++i) {
            if (ids[i] == Json(event_.step)) return &state_.steps[i];
        }
        return current();
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
        StepState* step = current();
        if (!step) return;
        step->phase = truthOf(data_, "cleared") ? StepPhase::Cleared : StepPhase::Prepared;
        step->status = StepStatus::Running;
        step->arguments = data_.value("arguments", Json());
        step->records.clear();
        for (const auto& params : data_.value("records", Json::array())) {
            Record record;
            record.params = params;
            step->records.push_back(std::move(record));
        }
        step->record = 0;
        step->error.reset();
        step->began = event_.time;
        step->ran = 0;
        ++state_.prepared;
    }

    void allowed()
    {
        if (StepState* step = current()) step->phase = StepPhase::Cleared;
    }

    void asked()
    {
        StepState* step = named();
        HandoffRecord handoff;
        handoff.id = textOf(data_, "handoff");
        handoff.kind = fromWord<HandoffKind>(textOf(data_, "kind")).value_or(HandoffKind::Escalation);
        handoff.step = step ? indexOf(step) : state_.at;
        handoff.title = textOf(data_, "title");
        handoff.digest = textOf(data_, "digest");
        handoff.asked = data_;
        handoff.created = event_.time;
        handoff.decideBy = numberOf(data_, "decide_by");
        handoff.unknown = truthOf(data_, "unknown");
        state_.handoffs.push_back(handoff);
        if (handoff.kind == HandoffKind::Review) return;
        const bool isTicket = handoff.kind == HandoffKind::Escalation;
        state_.status = isTicket ? RunStatus::Escalated : RunStatus::WaitingApproval;
        if (!step) return;
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
        handoff->decided = data_;
        handoff->decidedAt = event_.time;
        handoff->settlement = fromWord<Settlement>(textOf(data_, "settlement"));
        if (truthOf(data_, "stays_open")) return;
        handoff->state = HandoffState::Decided;
        if (handoff->kind == HandoffKind::Review) return;
        state_.status = RunStatus::Running;
        state_.error.reset();
        StepState& step = state_.steps[static_cast<std::size_t>(handoff->step)];
        if (verb == Verb::Approve) approved(step, *handoff);
        if (verb == Verb::Edit) edited(step, *handoff);
        if (verb == Verb::Retry || verb == Verb::Answer) triedAgain(step);
    }

    void approved(StepState& step, const HandoffRecord& handoff)
    {
        step.phase = StepPhase::Cleared;
        step.status = StepStatus::Running;
        if (handoff.kind == HandoffKind::Scope) {
            step.scopeGiven = true;
            return;
        }
        step.executeBy = numberOf(data_, "execute_by");
        step.consumed = false;
        step.consent = handoff.id;
    }

    void edited(StepState& step, const HandoffRecord& handoff)
    {
        step.edited = data_.value("arguments", Json::object());
        step.phase = StepPhase::Fresh;
        step.status = StepStatus::Running;
        step.consent = handoff.id;
        step.executeBy = numberOf(data_, "execute_by");
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

    void intent()
    {
        Call call;
        call.purpose = purposeFrom(textOf(data_, "purpose"));
        call.tool = textOf(data_, "tool");
        call.params = data_.value("params", Json::object());
        call.record = static_cast<int>(numberOf(data_, "record"));
        call.key = textOf(data_, "key");
        call.digest = textOf(data_, "digest");
        call.firstSent = numberOf(data_, "first_used");
        StepState* step = named();
        if (step && call.purpose == Purpose::Act) {
            step->key = call.key;
            step->attachUntil = 0;
            if (call.record < static_cast<int>(step->records.size())) {
                step->records[static_cast<std::size_t>(call.record)].key = call.key;
            }
        }
        const bool isProbe = call.purpose == Purpose::Verify || call.purpose == Purpose::Before;
        (isProbe ? state_.probe : state_.call) = std::move(call);
    }

    void dispatched()
    {
        Call* call = state_.active();
        if (!call) return;
        call->phase = CallPhase::Dispatched;
        call->attempt = event_.attempt;
        ++call->round;
        call->sentAt = event_.time;
        if (call->firstSent == 0) call->firstSent = event_.time;
        call->limit = numberOf(data_, "limit_ms");
        if (call->round > 1) ++state_.retries;
        StepState* step = named();
        if (!step) return;
        if (call->purpose == Purpose::Act) step->consumed = true;
        AttemptView view;
        view.number = event_.attempt;
        view.purpose = word(call->purpose);
        view.began = event_.time;
        step->attempts.push_back(view);
    }

    void answered()
    {
        Call* call = state_.active();
        if (!call) return;
        call->phase = CallPhase::Answered;
        call->answer = data_;
        const Code code = textOf(data_, "code");
        if (!code.empty()) ++call->codes[code];
        if (!code.empty() && truthOf(data_, "replayed")) ++call->replays;
        noteAttempt(code, textOf(data_, "note"));
    }

    void noteAttempt(const Code& code, const std::string& note)
    {
        StepState* step = named();
        if (!step || step->attempts.empty()) return;
        AttemptView& view = step->attempts.back();
        view.tookMs = numberOf(data_, "took_ms", event_.time - view.began);
        view.code = code;
        view.note = note;
        view.injected = truthOf(data_, "injected");
    }

    void lost()
    {
        Call* call = state_.active();
        if (!call || call->phase != CallPhase::Dispatched) return;
        call->phase = CallPhase::Answered;
        call->answer = data_;
        noteAttempt(textOf(data_, "code"), textOf(data_, "message"));
        if (StepState* step = named()) ++step->losses;
    }

    void judged()
    {
        Call* call = state_.active();
        if (!call) return;
        const std::string verdict = textOf(data_, "verdict");
        StepState* step = named();
        if (step && !step->attempts.empty() && data_.contains("why")) {
            AttemptView& view = step->attempts.back();
            if (!view.note.empty()) view.note += " ";
            view.note += textOf(data_, "why");
        }
        if (call->purpose == Purpose::Before) return judgedBefore(*call, step, verdict);
        if (call->purpose == Purpose::Verify) return judgedVerify(verdict);
        if (verdict == "unknown" || verdict == "happened") {
            call->phase = CallPhase::Doubt;
            call->until = 0;
        } else if (verdict == "resend") {
            call->phase = CallPhase::Made;
            call->resent = true;
            call->probes = 0;
        } else if (verdict == "done") {
            // An undo that is done is told by its own event, in the same commit.
            if (call->purpose == Purpose::Undo) return;
            if (step) recordDone(*call, *step);
            state_.call.reset();
        } else if (verdict == "absent") {
            state_.call.reset();
            if (step) askAfresh(*step);
        } else if (verdict == "refused" || verdict == "stop") {
            state_.call.reset();
        }
    }

    void judgedBefore(const Call& call, StepState* step, const std::string& verdict)
    {
        if (step && call.record < static_cast<int>(step->records.size())) {
            Record& record = step->records[static_cast<std::size_t>(call.record)];
            if (verdict == "done") {
                if (record.before.is_null()) record.before = data_.value("seen", Json());
                else record.rechecked = true;
            }
            if (verdict == "changed") {
                askAfresh(*step);
                step->voided = Failure{textOf(data_, "code"), textOf(data_, "why"), {}, {}};
            }
        }
        state_.probe.reset();
    }

    void judgedVerify(const std::string& verdict)
    {
        state_.probe.reset();
        if (!state_.call) return;
        // A read that could not be made proves nothing, and ends the looking.
        if (verdict == "refused") state_.call->probes = 1000;
        else ++state_.call->probes;
    }

    void askAfresh(StepState& step)
    {
        step.phase = StepPhase::Prepared;
        step.consent.clear();
        for (auto& record : step.records) {
            record.before = Json();
            record.rechecked = false;
        }
    }

    void recordDone(const Call& call, StepState& step)
    {
        if (call.record >= static_cast<int>(step.records.size())) return;
        Record& record = step.records[static_cast<std::size_t>(call.record)];
        record.status = RecordStatus::Done;
        record.result = data_.value("result", Json());
        step.status = StepStatus::Running;
        step.error.reset();
        if (!call.key.empty()) {
            EffectDone effect;
            effect.number = static_cast<int>(state_.effects.size());
            effect.step = indexOf(&step);
            effect.record = call.record;
            effect.tool = call.tool;
            effect.params = call.params;
            effect.result = record.result;
            effect.at = event_.time;
            effect.key = call.key;
            state_.effects.push_back(std::move(effect));
        }
        step.record = call.record + 1;
    }

    void waiting()
    {
        const Millis until = numberOf(data_, "until");
        StepState* step = named();
        const std::string what = textOf(data_, "for");
        if (what == "attach") {
            if (step) step->attachUntil = until;
        } else if (what == "verify") {
            if (state_.call) state_.call->until = until;
        } else if (Call* call = state_.active()) {
            call->phase = CallPhase::Waiting;
            call->until = until;
            if (step && !step->attempts.empty()) step->attempts.back().waitMs = until - event_.time;
        }
    }

    void reused()
    {
        StepState* step = current();
        if (!step || step->record >= static_cast<int>(step->records.size())) return;
        Record& record = step->records[static_cast<std::size_t>(step->record)];
        record.status = RecordStatus::Done;
        record.result = data_.value("result", Json());
        record.key = textOf(data_, "key");
        step->key = record.key;
        ++step->record;
    }

    void stepDone()
    {
        StepState* step = current();
        if (!step) return;
        step->phase = StepPhase::Ended;
        step->status = StepStatus::Done;
        step->result = data_.value("result", Json());
        step->took = event_.time - step->began;
        ++state_.repeats[textOf(data_, "fingerprint")];
        ++state_.at;
    }

    void stepSkipped()
    {
        StepState* step = current();
        state_.call.reset();
        state_.probe.reset();
        if (!step) return;
        step->phase = StepPhase::Ended;
        step->status = StepStatus::Skipped;
        ++state_.at;
    }

    void stepFailed()
    {
        StepState* step = current();
        state_.call.reset();
        state_.probe.reset();
        if (!step) return;
        step->status = StepStatus::Failed;
        step->took = event_.time - step->began;
        step->error = Failure{textOf(data_, "code"), textOf(data_, "message"), {}, {}};
        if (data_.contains("arguments")) step->arguments = data_["arguments"];
    }

    void undoStarted()
    {
        Undoing undoing;
        for (const auto& number : data_.value("effects", Json::array())) undoing.remaining.push_back(number.get<int>());
        undoing.who = textOf(data_, "who");
        undoing.then = textOf(data_, "then");
        undoing.statusBefore = fromWord<RunStatus>(textOf(data_, "state_before")).value_or(RunStatus::Running);
        state_.undoing = std::move(undoing);
        state_.status = RunStatus::Running;
        state_.call.reset();
        state_.probe.reset();
    }

    void effectUndone()
    {
        state_.call.reset();
        const int number = static_cast<int>(numberOf(data_, "effect", -1));
        if (!state_.undoing || number < 0 || number >= static_cast<int>(state_.effects.size())) return;
        auto& remaining = state_.undoing->remaining;
        remaining.erase(std::remove(remaining.begin(), remaining.end(), number), remaining.end());
        state_.undoing->undone.push_back(number);
        EffectDone& effect = state_.effects[static_cast<std::size_t>(number)];
        effect.undone = true;
        const bool all = std::all_of(state_.effects.begin(), state_.effects.end(), [&](const EffectDone& other) {
            return other.step != effect.step || other.undone;
        });
        if (all) state_.steps[static_cast<std::size_t>(effect.step)].status = StepStatus::Undone;
    }

    void undoEnded()
    {
        if (!state_.undoing) return;
        state_.status = state_.undoing->statusBefore;
        state_.undoing.reset();
    }

    void ended()
    {
        state_.status = fromWord<RunStatus>(textOf(data_, "state")).value_or(RunStatus::Stopped);
        state_.result = data_.value("result", Json());
        state_.error.reset();
        state_.undoing.reset();
        state_.aborting.clear();
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
