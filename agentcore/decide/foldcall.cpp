#include "agentcore/decide/foldcall.h"

#include "agentcore/decide/pins.h"

namespace handrail::decide {
namespace {

/// What a call that is done has given: told with the verdict, else by the answer itself.
Json resultOf(const Call& call, const Json& judged)
{
    const auto told = judged.find("result");
    return told != judged.end() ? *told : call.answer.value("result", Json());
}

/// What happens to a call: made, sent, answered, judged, waiting.
class CallFolder {
public:
    CallFolder(RunState& state, const Event& event) : state_(state), event_(event), data_(event.data) {}

    void fold()
    {
        switch (event_.kind) {
        case EventKind::Intent: return intent();
        case EventKind::Dispatched: return dispatched();
        case EventKind::Answered: return answered();
        case EventKind::Lost: return lost();
        case EventKind::Judged: return judged();
        case EventKind::Waiting: return waiting();
        default: return;
        }
    }

private:
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
        StepState* step = state_.named(event_.step);
        if (step && call.purpose == Purpose::Act) {
            step->key = call.key;
            step->attachUntil = 0;
            if (call.record < static_cast<int>(step->records.size())) {
                step->records[static_cast<std::size_t>(call.record)].key = call.key;
            }
        }
        call.poll = textOf(data_, "poll");
        (isProbe(call.purpose) ? state_.probe : state_.call) = std::move(call);
    }

    void dispatched()
    {
        Call* call = state_.active();
        if (!call) return;
        state_.heldUntil = state_.heldSince = 0;
        state_.heldBy.clear();
        call->phase = CallPhase::Dispatched;
        call->attempt = event_.attempt;
        ++call->round;
        call->sentAt = event_.time;
        if (call->firstSent == 0) call->firstSent = event_.time;
        call->limit = numberOf(data_, "limit_ms");
        if (call->round > 1) ++state_.retries;
        StepState* step = state_.named(event_.step);
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
        foldPin(state_, call->tool, data_);
        StepState* step = state_.named(event_.step);
        if (step && call->purpose == Purpose::Act) step->asked = data_.value("asks", Json());
        if (!code.empty()) ++call->codes[code];
        if (!code.empty() && truthOf(data_, "replayed")) ++call->replays;
        noteAttempt(code, textOf(data_, "note"));
    }

    void noteAttempt(const Code& code, const std::string& note)
    {
        StepState* step = state_.named(event_.step);
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
        if (StepState* step = state_.named(event_.step)) ++step->losses;
    }

    void judged()
    {
        Call* call = state_.active();
        if (!call || call->purpose == Purpose::Plan) return;
        const std::string verdict = textOf(data_, "verdict");
        StepState* step = state_.named(event_.step);
        if (step && !step->attempts.empty() && data_.contains("why")) {
            AttemptView& view = step->attempts.back();
            if (!view.note.empty()) view.note += " ";
            view.note += textOf(data_, "why");
        }
        // A read in service of a call that is to be read again stays; it has said nothing yet.
        if (isProbe(call->purpose) && verdict == "retry") return;
        if (call->purpose == Purpose::Before) return judgedBefore(*call, step, verdict);
        if (call->purpose == Purpose::Verify) return judgedVerify(verdict);
        if (call->purpose == Purpose::Poll) return judgedPoll(*call, verdict);
        if (call->purpose == Purpose::Look) return state_.probe.reset();
        if (truthOf(data_, "doubt")) call->inDoubt = true;
        if (textOf(data_, "code") == "T602") call->isDenied = true;
        if (verdict == "unknown" || verdict == "happened") {
            call->phase = CallPhase::Doubt;
            call->until = 0;
        } else if (verdict == "poll") {
            call->phase = CallPhase::Polled;
            call->poll = textOf(data_, "poll");
            // Only a write has a key, and only a write can be in doubt.
            call->inDoubt = call->inDoubt || !call->key.empty();
        } else if (verdict == "resend") {
            call->phase = CallPhase::Made;
            call->resent = true;
            call->inDoubt = false;
            call->probes = 0;
        } else if (verdict == "done") {
            // An undo that is done is told by its own event, in the same commit.
            if (call->purpose == Purpose::Undo) return;
            if (step) recordDone(*call, *step);
            state_.call.reset();
        } else if (verdict == "stale") {
            state_.call.reset();
            if (!step) return;
            step->askAnew();
            step->reread = true;
            step->voided = Failure{"W107", textOf(data_, "why"), {}, {}};
        } else if (verdict == "absent") {
            state_.call.reset();
            if (step) step->askAnew();
        } else if (verdict == "refused" || verdict == "stop") {
            if (step && truthOf(data_, "unused")) giveBack(*step);
            state_.call.reset();
        }
    }

    /// A yes of which nothing was carried out counts as not used; where a part of its list was, the rest is asked about.
    static void giveBack(StepState& step)
    {
        if (!step.consumed || step.phase != StepPhase::Cleared) return;
        if (step.record > 0) step.askAnew();
        step.consumed = false;
        step.holdUntil = 0;
    }

    void judgedPoll(const Call& probe, const std::string& verdict)
    {
        // The state may be found elsewhere from now on; the last reply says where.
        if (state_.call && verdict == "pending") {
            const std::string moved = textOf(probe.answer, "poll");
            if (!moved.empty()) state_.call->poll = moved;
            ++state_.call->polls;
        }
        state_.probe.reset();
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
                step->askAnew();
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
        if (verdict == "absent") ++state_.call->probes;
    }

    void recordDone(const Call& call, StepState& step)
    {
        if (call.record >= static_cast<int>(step.records.size())) return;
        Record& record = step.records[static_cast<std::size_t>(call.record)];
        record.status = RecordStatus::Done;
        record.result = resultOf(call, data_);
        step.status = StepStatus::Running;
        step.error.reset();
        step.stoodIn = StoodIn::Nothing;
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
        StepState* step = state_.named(event_.step);
        const std::string what = textOf(data_, "for");
        if (what == "attach") {
            if (step) step->attachUntil = until;
        } else if (what == "slot") {
            state_.heldUntil = until;
            state_.heldBy = textOf(data_, "code");
            if (state_.heldSince == 0) state_.heldSince = event_.time;
        } else if ((what == "settle" || what == "state") && state_.call) {
            state_.call->until = until;
        } else if (Call* call = state_.active()) {
            call->phase = CallPhase::Waiting;
            call->until = until;
            if (step && !step->attempts.empty()) step->attempts.back().waitMs = until - event_.time;
        }
    }

    int indexOf(const StepState* step) const { return static_cast<int>(step - state_.steps.data()); }

    RunState& state_;
    const Event& event_;
    const Json& data_;
};

}  // namespace

void foldCall(RunState& state, const Event& event) { CallFolder(state, event).fold(); }

}  // namespace handrail::decide
