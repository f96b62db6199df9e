#include "agentcore/decide/decision.h"

#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/pins.h"
#include "agentcore/decide/ticket.h"

namespace handrail::decide {
namespace {

Json abortWords(const std::string& who, const std::string& reason)
{
    return {{"who", who}, {"reason", reason}, {"message", "Ended by " + who + (reason.empty() ? "." : ": " + reason)}};
}

/// One person's answer, turned into events.
class Answering {
public:
    Answering(const Definition& definition, const RunState& state, const Decision& decision,
              const HandoffRecord& handoff, Millis now)
        : def_(definition), state_(state), decision_(decision), handoff_(handoff), now_(now)
    {
    }

    Outcome<std::vector<Event>> events()
    {
        std::optional<Failure> refused;
        switch (decision_.verb) {
        case Verb::Approve: refused = approve(); break;
        case Verb::Edit: refused = edit(); break;
        case Verb::Reject: reject(); break;
        case Verb::Retry:
        case Verb::Fallback:
        case Verb::Answer: refused = tryAgain(); break;
        case Verb::Skip: skip(); break;
        case Verb::Undo: refused = undo(); break;
        case Verb::Keep: say(EventKind::Decided, decided()); break;
        case Verb::Abort: abort(); break;
        case Verb::Settle: refused = settle(); break;
        }
        if (refused) return *refused;
        return std::move(out_);
    }

private:
    Event& say(EventKind kind, Json data)
    {
        Event event;
        event.time = now_;
        event.run = state_.id;
        if (kind != EventKind::RunEnded && isOfStep()) event.step = step().id;
        event.kind = kind;
        event.data = std::move(data);
        out_.push_back(std::move(event));
        return out_.back();
    }

    Json decided() const
    {
        Json data = {{"handoff", handoff_.id}, {"verb", word(decision_.verb)}, {"who", decision_.who},
                     {"reason", decision_.reason}, {"digest", handoff_.digest}};
        if (!decision_.shown.empty()) data["shown"] = decision_.shown;
        if (!decision_.text.empty()) data["text"] = decision_.text;
        if (!decision_.bulk.is_null()) data["bulk"] = decision_.bulk;
        if (const auto mode = newMode()) data["mode"] = word(*mode);
        return data;
    }

    /// A person's word may change who decides about what a model proposes.
    std::optional<Mode> newMode() const
    {
        if (!decision_.mode.empty()) return modeFrom(decision_.mode);
        const bool goesOn = decision_.verb != Verb::Abort && decision_.verb != Verb::Reject && decision_.verb != Verb::Undo;
        if (def_.planner && goesOn && modeOf(def_, state_) == Mode::Stopped) return Mode::Advisory;
        if (handoff_.kind != HandoffKind::Proposal) return std::nullopt;
        return modeAfter(def_, state_, decision_.verb == Verb::Approve);
    }

    bool isOfStep() const { return handoff_.step >= 0; }
    const Step& step() const { return stepOf(def_, state_, static_cast<std::size_t>(handoff_.step)); }
    const StepState& stepState() const { return state_.steps[static_cast<std::size_t>(handoff_.step)]; }

    std::optional<Failure> approve()
    {
        const auto needs = numberOf(handoff_.asked, "needs", 1);
        if (needs > 1) {
            if (auto refused = objectionToSecond()) return refused;
        }
        Json data = decided();
        if (static_cast<std::int64_t>(handoff_.approvers.size()) + 1 < needs) data["stays_open"] = true;
        else begins(data);
        say(EventKind::Decided, std::move(data));
        return std::nullopt;
    }

    /// Why this person's yes cannot be one of several.
    std::optional<Failure> objectionToSecond() const
    {
        const auto& who = decision_.who;
        if (who.empty()) return failure("A109", "Several people must agree to this, so each says who they are.", {}, "Give your name: --as NAME.");
        if (who == textOf(handoff_.asked, "requester")) return failure("A103", who + " has asked for this and cannot agree to it.");
        if (who == textOf(handoff_.asked, "editor")) return failure("A103", who + " has edited this and cannot agree to it.");
        const bool hasAgreed = std::find(handoff_.approvers.begin(), handoff_.approvers.end(), who) != handoff_.approvers.end();
        if (hasAgreed) return failure("A106", who + " has agreed already; somebody else must agree, too.");
        return std::nullopt;
    }

    /// How long the yes is good for, and until when it can be taken back.
    void begins(Json& data) const
    {
        const Tool& tool = *def_.tool(textOf(handoff_.asked, "tool", step().tool));
        const auto hold = def_.approvals.hold.find(tool.gate);
        const bool isHeld = hold != def_.approvals.hold.end() && hold->second > 0 && handoff_.kind == HandoffKind::Approval && !state_.undoing;
        const Millis from = now_ + (isHeld ? hold->second : 0);
        if (isHeld) data["hold_until"] = from;
        data["execute_by"] = from + def_.approvals.execute;
    }

    /// The step's arguments with the person's changes; a null member takes one away (RFC 7396).
    Outcome<Json> changedArguments() const
    {
        if (!isOfStep()) return failure("U102", "There is no step here whose arguments could be changed.");
        if (!decision_.with || !decision_.with->is_object()) {
            return failure("U101", "Say what to change: an object with the changed arguments.");
        }
        Json arguments = stepState().arguments.is_null() ? step().with : stepState().arguments;
        arguments.merge_patch(*decision_.with);
        const Tool& tool = *def_.tool(step().tool);
        if (tool.params && !tool.each) {
            const auto mismatches = tool.params->check(arguments, 1);
            if (!mismatches.empty()) {
                return failure("U102", "The changed arguments do not fit " + tool.name + ": " + mismatches.front().at +
                                           " " + mismatches.front().message + ".");
            }
        }
        return arguments;
    }

    std::optional<Failure> edit()
    {
        auto arguments = changedArguments();
        if (!arguments) return arguments.failure();
        const Tool& tool = *def_.tool(step().tool);
        Json data = decided();
        data["arguments"] = *arguments;
        begins(data);
        if (!tool.each && handoff_.kind != HandoffKind::Proposal) {
            data["new_digest"] = consentDigest({&def_, &tool, state_.id, step().id, {*arguments}, {Json()}, state_.user(), pinOf(state_, tool)});
        }
        say(EventKind::Decided, std::move(data));
        return std::nullopt;
    }

    void reject()
    {
        if (handoff_.state == HandoffState::Decided) return stop();
        say(EventKind::Decided, decided());
        if (state_.undoing) return rejectUndo();
        if (step().skipIfRejected) say(EventKind::StepSkipped, {{"why", "Rejected: " + decision_.reason}});
        else end(RunStatus::Aborted, "A110", "Rejected by " + decision_.who + (decision_.reason.empty() ? "." : ": " + decision_.reason));
    }

    /// A yes that has not been used yet is taken back; nothing was sent.
    void stop()
    {
        Json data = decided();
        data["revoked"] = true;
        data["code"] = "A108";
        data["message"] = "It was stopped by " + decision_.who + " before it was sent.";
        say(EventKind::Decided, std::move(data));
    }

    /// What is undone stays undone; the rest stays as it is, and the run goes back to where it stood.
    void rejectUndo()
    {
        Json undone = Json::array();
        for (const int number : state_.undoing->undone) undone.push_back(stepOfEffect(number));
        say(EventKind::UndoEnded, {{"undone", undone}, {"rejected", true}});
        if (state_.undoing->then == "abort") {
            end(RunStatus::Aborted, "A110", "Undoing was rejected by " + decision_.who + "." + decide::remainder(def_, state_));
        }
    }
    std::string stepOfEffect(int number) const
    {
        return state_.stepId(static_cast<std::size_t>(state_.effects[static_cast<std::size_t>(number)].step));
    }

    std::optional<Failure> tryAgain()
    {
        if (handoff_.isPause() && decision_.with) return failure("U102", "A run that is let go on goes on as it was planned; nothing is changed by that.");
        if (decision_.verb == Verb::Answer && decision_.text.empty()) return failure("U101", "Write an answer.");
        Json data = decided();
        if (decision_.with) {
            auto arguments = changedArguments();
            if (!arguments) return arguments.failure();
            data["arguments"] = *arguments;
        }
        say(EventKind::Decided, std::move(data));
        if (letsGo()) say(EventKind::StepSkipped, {{"why", "The agent is told what to do instead."}});
        return std::nullopt;
    }

    /// An answer to the agent takes the place of what it proposed; so does asking it anew when time ran out.
    bool letsGo() const
    {
        if (!isOfStep() || state_.undoing || stepState().phase == StepPhase::Ended || !proposedBy(state_, step().id)) return false;
        return decision_.verb == Verb::Answer || handoff_.kind == HandoffKind::Proposal;
    }

    void skip()
    {
        say(EventKind::Decided, decided());
        say(EventKind::StepSkipped, {{"why", "Skipped by " + decision_.who + "."}});
    }

    std::optional<Failure> undo()
    {
        const bool isReview = handoff_.kind == HandoffKind::Review;
        const int which = isReview || !decision_.undoAll ? handoff_.step : -1;
        const auto numbers = undoable(def_, state_, which);
        if (numbers.empty()) {
            return failure("U102", "This step has done nothing that can be undone.", {},
                           "Undo the whole run (--all), or abort.");
        }
        say(EventKind::Decided, decided());
        say(EventKind::UndoStarted, {{"effects", numbers}, {"who", decision_.who}, {"then", isReview ? "back" : "abort"},
                                     {"state_before", word(state_.status)}});
        return std::nullopt;
    }

    void abort()
    {
        Json data = decided();
        if (handoff_.isPause()) {
            // A call that may have acted is told of before it ends.
            say(EventKind::Decided, std::move(data));
            say(EventKind::AbortAsked, abortWords(decision_.who, decision_.reason));
            return;
        }
        // Ending a run settles no doubt: the ticket stays until somebody knows.
        if (handoff_.unknown) data["stays_open"] = true;
        say(EventKind::Decided, std::move(data));
        end(RunStatus::Aborted, "W109",
            "Ended by " + decision_.who + (decision_.reason.empty() ? "." : ": " + decision_.reason) + decide::remainder(def_, state_));
    }

    void end(RunStatus status, const Code& code, const std::string& message)
    {
        Json open = Json::array();
        for (const auto& other : state_.handoffs) {
            const bool goesToo = other.state == HandoffState::Open && other.id != handoff_.id && !other.unknown;
            if (goesToo && other.kind != HandoffKind::Review) open.push_back(other.id);
        }
        if (!open.empty()) say(EventKind::Withdrawn, {{"handoffs", open}});
        say(EventKind::RunEnded, {{"state", word(status)}, {"code", code}, {"message", message}});
    }

    std::optional<Failure> settle()
    {
        const std::string intent = textOf(handoff_.asked, "intent");
        const bool isItsCall = state_.call && (intent.empty() || intent == state_.call->key);
        if (!isItsCall) return failure("A105", "The call that this is about was settled already. Nothing was done.");
        if (!decision_.settlement) return failure("U101", "Say whether it happened, did not happen, or cannot be told.");
        Json data = decided();
        data["settlement"] = word(*decision_.settlement);
        if (!decision_.reference.empty()) data["reference"] = decision_.reference;
        if (*decision_.settlement == Settlement::CannotTell) {
            data["stays_open"] = true;
            say(EventKind::Decided, std::move(data));
            return std::nullopt;
        }
        say(EventKind::Decided, std::move(data));
        const Call& call = *state_.call;
        const std::string purpose = word(call.purpose);
        if (*decision_.settlement == Settlement::Happened) {
            const Json result = {{"reference", decision_.reference}, {"settled_by", decision_.who}};
            say(EventKind::Judged, {{"purpose", purpose}, {"verdict", "done"}, {"result", result},
                                    {"why", "A person says that it happened."}});
            if (call.purpose == Purpose::Undo) say(EventKind::EffectUndone, {{"effect", call.record}});
        } else {
            // A yes that has run out does not cover another sending; after the end nothing is sent at all.
            const bool askAgain = !state_.undoing && !stepState().consent.empty() && stepState().executeBy < now_;
            const std::string verdict = state_.isEnded() ? "refused" : askAgain ? "absent" : "resend";
            say(EventKind::Judged, {{"purpose", purpose}, {"verdict", verdict}, {"why", "A person says that it did not happen."}});
        }
        if (state_.isEnded()) {
            say(EventKind::RunEnded, {{"state", word(state_.status)}, {"code", state_.error ? state_.error->code : ""},
                                      {"message", state_.error ? state_.error->message : ""}, {"result", state_.result}});
        }
        return std::nullopt;
    }

    const Definition& def_;
    const RunState& state_;
    const Decision& decision_;
    const HandoffRecord& handoff_;
    const Millis now_;
    std::vector<Event> out_;
};

/// Whether a call was made on it. One that was taken back, or given anew, is another matter.
bool isUsed(const RunState& state, const HandoffRecord& handoff)
{
    if (handoff.step < 0 || numberOf(handoff.decided, "hold_until") == 0) return false;
    const StepState& step = state.steps[static_cast<std::size_t>(handoff.step)];
    return step.consumed && step.consent == handoff.id;
}

std::optional<Failure> objectionToMode(const Definition& definition, const Decision& decision)
{
    if (decision.mode.empty()) return std::nullopt;
    const auto mode = modeFrom(decision.mode);
    if (!definition.planner) return failure("U102", "This agent does not plan, so it has no mode.");
    if (!mode || *mode == Mode::Stopped) return failure("U102", "There is no mode \"" + decision.mode + "\" to go on in.", {}, "Modes: autonomous, advisory.");
    if (*mode == Mode::Autonomous && definition.planner->isAdvisory) return failure("U102", "The definition keeps this agent in advisory mode.");
    return std::nullopt;
}

}  // namespace

Outcome<std::vector<Event>> decideDecision(const Definition& definition, const RunState& state,
                                           const Decision& decision, Millis now)
{
    const HandoffRecord* handoff = state.handoff(decision.handoff);
    if (!handoff) return failure("U105", "There is no handoff " + decision.handoff + ".");
    const auto verbs = possibleVerbs(definition, state, *handoff);
    const bool isPossible = std::find(verbs.begin(), verbs.end(), decision.verb) != verbs.end();
    const bool isReopening = handoff->state != HandoffState::Open && isPossible;
    if (handoff->state == HandoffState::Expired && !isReopening) {
        return failure("A101", "It was too late: this ran out at " + rfc3339(handoff->decideBy) + ". Nothing was done.");
    }
    if (isUsed(state, *handoff) && decision.verb == Verb::Reject) {
        return failure("A104", "This approval was used already: its call has been made.");
    }
    if (handoff->state != HandoffState::Open && !isReopening) {
        const std::string who = textOf(handoff->decided, "who");
        return failure("A105", "This was decided already" + (who.empty() ? std::string(".") : " by " + who + "."));
    }
    if (handoff->state == HandoffState::Open && !handoff->unknown && handoff->decideBy > 0 && now >= handoff->decideBy) {
        return failure("A101", "It was too late: this ran out at " + rfc3339(handoff->decideBy) + ". Nothing was done.");
    }
    if (!decision.digest.empty() && decision.digest != handoff->digest) {
        return failure("A102", "What was on the screen is not what is asked now. Nothing was done; look again.");
    }
    if (auto wrong = objectionToMode(definition, decision)) return *wrong;
    if (!isPossible) {
        std::string can;
        for (const auto verb : verbs) can += (can.empty() ? "" : ", ") + word(verb);
        return failure("U102", "\"" + word(decision.verb) + "\" is not possible here.", {},
                       can.empty() ? "Nothing is to be decided here at the moment." : "Possible now: " + can + ".");
    }
    return Answering(definition, state, decision, *handoff, now).events();
}

Outcome<std::vector<Event>> decideAbort(const RunState& state, const std::string& who, const std::string& reason,
                                        Millis now)
{
    if (state.isEnded()) return failure("A105", "This run has ended already (" + word(state.status) + ").");
    Event event;
    event.time = now;
    event.run = state.id;
    event.kind = EventKind::AbortAsked;
    event.data = abortWords(who, reason);
    return std::vector<Event>{event};
}

Outcome<std::vector<Event>> decidePause(const RunState& state, const std::string& who, const std::string& reason,
                                        Millis now)
{
    if (state.isEnded()) return failure("A105", "This run has ended already (" + word(state.status) + ").");
    if (who.empty()) return failure("U101", "Say who pauses it.", {}, "Give your name: --as NAME.");
    if (state.undoing) return failure("U102", "This run is undoing something, and that is not left half done.", {}, "Wait until it is undone, or end the run.");
    if (state.status != RunStatus::Running) {
        return failure("U102", "This run stands still already: it waits for a person.", {}, "Decide what it waits for, or end it.");
    }
    Event event;
    event.time = now;
    event.run = state.id;
    event.kind = EventKind::Paused;
    event.data = {{"handoff", nextHandoffId(state)}, {"who", who}, {"reason", reason}, {"message", "Paused by " + who + (reason.empty() ? "." : ": " + reason)}};
    return std::vector<Event>{event};
}

Event refusedDecision(const RunState& state, const Decision& decision, const Failure& why, Millis now)
{
    Event event;
    event.time = now;
    event.run = state.id;
    event.kind = EventKind::DecidedLate;
    event.data = {{"handoff", decision.handoff}, {"verb", word(decision.verb)}, {"who", decision.who},
                  {"code", why.code}, {"message", why.message}};
    for (const auto& [member, text] : {std::pair("reason", &decision.reason), std::pair("digest", &decision.digest), std::pair("shown", &decision.shown)}) {
        if (!text->empty()) event.data[member] = *text;
    }
    return event;
}

}  // namespace handrail::decide
