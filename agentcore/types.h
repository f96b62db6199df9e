#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/clock.h"
#include "agentcore/failure.h"
#include "agentcore/json.h"

/// Plain values that cross the facade: no behaviour, no references into the runtime, free to copy and
/// to send to another thread. All texts are UTF-8 and foreign: show them as plain text only.
namespace handrail {

using RunId = std::string;      ///< "k7m2q9x4td": random, unique across stores
using HandoffId = std::string;  ///< "k7m2q9x4td-1": the run's id and a count within the run
using Seq = std::int64_t;       ///< a journal line's number, from 1, without gaps

/// What a call does to the world; the definition says so, never a server.
enum class Effect { Read, WriteKeyed, WriteVerifiable, WriteBlind };

enum class RunStatus { Running, WaitingApproval, Escalated, Completed, Failed, TimedOut, Aborted, Stopped };

enum class HandoffKind { Approval, Escalation, Review, Scope, Proposal };

enum class HandoffState { Open, Decided, Expired, Withdrawn, Superseded };

/// What a person may say to a handoff. The words are those of the command line.
enum class Verb { Approve, Edit, Reject, Retry, Skip, Fallback, Answer, Undo, Keep, Abort, Settle };

/// A person's answer to "did it happen?".
enum class Settlement { Happened, NotHappened, CannotTell };

/// How a step stands, for the strip of steps.
enum class StepStatus { Planned, Running, Waiting, Done, Failed, Skipped, Undone, Unknown };

enum class Risk { Low, Medium, High, Critical };

// Each word as it stands in JSON, journals and on the command line, and back.
std::string word(Effect value);
std::string word(RunStatus value);
std::string word(HandoffKind value);
std::string word(HandoffState value);
std::string word(Verb value);
std::string word(Settlement value);
std::string word(StepStatus value);
std::string word(Risk value);
template <typename T>
std::optional<T> fromWord(const std::string& word);
template <>
std::optional<Effect> fromWord(const std::string& word);
template <>
std::optional<RunStatus> fromWord(const std::string& word);
template <>
std::optional<HandoffKind> fromWord(const std::string& word);
template <>
std::optional<HandoffState> fromWord(const std::string& word);
template <>
std::optional<Verb> fromWord(const std::string& word);
template <>
std::optional<Settlement> fromWord(const std::string& word);
template <>
std::optional<StepStatus> fromWord(const std::string& word);
template <>
std::optional<Risk> fromWord(const std::string& word);

/// One line of the list of runs.
struct RunSummary {
    RunId id;
    std::string agent;
    std::string version;
    RunStatus status = RunStatus::Running;
    std::string step;  ///< id of the step that it stands at; empty once ended
    int stepsDone = 0;
    int stepsTotal = 0;
    std::vector<HandoffId> handoffs;  ///< the open ones
    std::optional<Failure> error;
    Json result;        ///< the last step's result, null until completed
    Millis created = 0;
    Millis updated = 0;
    Millis ranFor = 0;  ///< running time: not the time spent waiting for a person
    std::string user;

    bool operator==(const RunSummary&) const = default;
};

/// One call of one tool, as the time line draws it.
struct AttemptView {
    int number = 1;
    std::string purpose;  ///< "act", "verify", "before", "undo"
    Millis began = 0;
    Millis tookMs = 0;
    Code code;               ///< empty when it answered well
    std::string note;        ///< what was seen and what the retry table said, in a sentence
    Millis waitMs = 0;       ///< the pause after it, 0 when none
    bool injected = false;

    bool operator==(const AttemptView&) const = default;
};

/// One step of the plan as it stands now.
struct StepView {
    std::string id;
    std::string title;
    std::string tool;
    StepStatus status = StepStatus::Planned;
    int records = 1;      ///< calls that it makes (`each`), 1 without
    int recordsDone = 0;
    Json arguments;       ///< resolved; null before
    Json result;          ///< null before
    std::string key;      ///< idempotency key of its last call; empty for reads
    std::string fallback; ///< what stood in for its own call, in words; empty when nothing did
    std::vector<AttemptView> attempts;
    std::optional<Failure> error;
    Millis tookMs = 0;

    bool operator==(const StepView&) const = default;
};

/// A whole run: its line, its plan, what it was given.
struct RunDetail {
    RunSummary summary;
    Json input;
    std::vector<StepView> plan;
    Millis runLimitMs = 0;
    int stepLimit = 0;
    int retries = 0;
    std::int64_t tokens = 0;  ///< that models have read and written for it
    std::string cost;         ///< of those, a decimal; empty where no price is known
    std::string currency;
    std::string trace;  ///< W3C trace id; empty for runs from before there were any
};

/// One line of the journal.
struct JournalLine {
    Seq seq = 0;
    Millis time = 0;
    RunId run;
    std::string step;
    int attempt = 0;
    std::string event;
    Json data;
};

/// One line of the inbox: what a list needs, cheap to hold by the thousand.
struct InboxRow {
    HandoffId id;
    HandoffKind kind = HandoffKind::Approval;
    HandoffState state = HandoffState::Open;
    std::string title;  ///< one sentence in the operator's words
    RunId run;
    std::string agent;
    std::string step;
    std::string tool;
    Risk risk = Risk::Low;
    bool unknown = false;  ///< holds an unknown outcome
    int count = 1;         ///< how often the same has come up
    std::string group;     ///< equal for tickets with one cause
    Millis created = 0;
    Millis decideBy = 0;   ///< 0: no deadline
    std::string assignee;  ///< who has taken it or was handed it; empty: nobody
    Millis snoozedUntil = 0;  ///< out of the way until then; 0: not put off

    bool operator==(const InboxRow&) const = default;
};

/// A typed argument as the decision binds it: what is shown is what is hashed.
struct Argument {
    std::string name;   ///< JSON Pointer within the arguments
    std::string role;   ///< "amount", "currency", "recipient" or empty
    Json value;

    bool operator==(const Argument&) const = default;
};

/// One earlier effect that an undo would take back, newest first, or could not.
struct UndoItem {
    std::string step;
    std::string title;
    std::string tool;      ///< the compensating tool; empty when there is none
    Json with;             ///< its exact arguments
    Millis until = 0;      ///< 0: no limit
    std::string lost;      ///< why it cannot be undone; empty when it can
};

/// The call of the same agent and tool that was done last, for comparison.
struct LastCall {
    RunId run;
    Json params;
    Millis at = 0;

    bool operator==(const LastCall&) const = default;
};

/// Everything that a person needs for one decision (H6).
struct HandoffDetail {
    InboxRow row;
    std::string digest;     ///< what an approval binds; a decision must name it
    std::string why;        ///< the rule, failure or wish that stopped the run, in a sentence
    bool isPause = false;   ///< a person let the run stand still; it has failed at nothing
    bool isInPause = false; ///< its run stands still until that is over: what was approved leaves then
    std::string server;     ///< where the call goes
    std::string request;    ///< the exact request in a line, secrets left out: "POST https://…/refunds"
    Effect effect = Effect::WriteBlind;
    std::string gate;       ///< empty when none
    int needs = 1;          ///< people who must agree
    std::vector<std::string> approvers;  ///< who has agreed so far
    Json exposure;          ///< {gate, currency, used, asked, limit}: the day's sum and its limit; null when there is none
    Millis holdUntil = 0;   ///< approved, and can be stopped until then, in a pause for as long as that lasts; 0: not held
    Json arguments;         ///< exact arguments; for a list of records, an array of them
    Json schema;            ///< what the tool says of its arguments (JSON Schema); null: nothing, or a list of records
    std::vector<Argument> typed;
    std::optional<LastCall> last;  ///< what was let through here before; kept for tools with a gate
    std::string undoNote;   ///< whether and how it can be undone
    std::vector<UndoItem> undo;
    std::string suggestion; ///< Handrail's own suggestion, in a sentence
    std::string agentWords; ///< what the agent wrote; a box of its own
    std::string model;      ///< who proposed it; empty for a step of the plan
    bool isBackup = false;  ///< the first model gave no usable answer, so another one stood in
    std::optional<double> confidence;  ///< what the model said of its own proposal
    std::string mode;       ///< "autonomous", "advisory", "stopped"; empty where no model is involved
    Json userInput;
    std::vector<StepView> plan;
    std::optional<Failure> error;
    StepView failing;
    std::vector<JournalLine> log;
    std::string trace;      ///< W3C trace id of its run: how to find it in the logs of the services
    std::vector<Verb> actions;  ///< possible now, in the order of the decision bar
    std::string lookFor;        ///< for an unknown outcome: what to look for and where
    std::vector<std::string> undone, notUndone, undoUnknown;  ///< a ticket about an undo
    std::string decidedBy, decidedReason;
    std::optional<Verb> decidedVerb;
    Millis decidedAt = 0;
};

/// What a person decided. `digest` is what was on the screen; empty means "whatever it is now"
/// (the command line), anything else must match or the decision is refused with A102.
struct Decision {
    HandoffId handoff;
    Verb verb = Verb::Reject;
    std::string digest;
    std::string who;
    std::string reason;
    std::optional<Json> with;  ///< edit, retry: the changed arguments
    std::string text;          ///< answer
    std::string mode;          ///< who decides from now on about what a model proposes; empty: as it is
    std::optional<Settlement> settlement;
    std::string reference;     ///< settle: the provider's own id
    bool undoAll = false;      ///< undo: the whole run, not only that step
    std::string shown;         ///< where it was shown ("console", "command line"), for the audit; the digest says what
    bool drive = true;         ///< false: only record it; the run goes on when it is resumed
    Json bulk;                 ///< decided with others over one shown list: {digest, of}; null when alone
};

/// What a person does with an open handoff beside deciding it; one of the two members.
struct Tending {
    HandoffId handoff;
    std::string who;
    std::optional<std::string> assignee;  ///< who has it from now on; empty text: nobody
    std::optional<Millis> snoozeUntil;    ///< out of the way until then, never past its expiry; over: back at once
};

/// The latest instant until which a handoff may be put off: before its expiry, with time left to read it; 0: it
/// never runs out.
Millis latestSnooze(const InboxRow& row);

/// Asks for a run.
struct StartRequest {
    std::string definition;  ///< the definition's text
    std::string path;        ///< where it was read from, for messages
    Json input = Json::object();
    std::string user;
    std::string trace;       ///< a W3C traceparent that the run belongs to; empty: it begins a trace of its own
};

/// Whether a handoff is of no run: what was found over many of them. Its only answer is `keep`.
bool isFinding(const HandoffId& id);

/// Where a row stands in the inbox's order, whether it is still there or not.
struct InboxPlace {
    Risk risk = Risk::Low;
    Millis decideBy = 0;
    Millis created = 0;
    HandoffId id;
};

/// Which open handoffs the inbox shows: most urgent first, or, where something is searched, newest first.
struct InboxFilter {
    std::optional<HandoffKind> kind;
    bool unknownOnly = false;
    std::string search;      ///< each word of it begins a word of the title, id, agent, tool or cause
    std::string assignee;    ///< only what this person has; empty asks nothing
    Millis now = 0;          ///< what is put off beyond it is left out; 0: shown too
    bool snoozedOnly = false;  ///< only what is put off beyond `now`
    std::optional<InboxPlace> after;  ///< only what comes behind this place; not while searching
    bool newestFirst = false;  ///< as where something is searched
    int limit = 500;
};

/// Which lines of the structured log are wanted; an empty member asks nothing.
struct LogFilter {
    std::string search;  ///< anywhere in the line, whatever its case
    RunId run;
    std::string tool;
    Code code;
    std::string step;
    std::string agent;
    std::string user;
    std::string trace;   ///< a W3C trace id
    std::string event;
    std::string level;   ///< "info", "warning", "error", "critical": this one and the worse ones
    bool securityOnly = false;
    Millis since = 0;
    Millis until = 0;    ///< before this instant; 0: to the end
    int limit = 1'000;   ///< the newest of those that fit
};

/// A host that tools call, as its limits stand.
struct HostView {
    std::string host;      ///< origin, with a mark of its credential; or the program of a command
    std::string breaker;   ///< "closed", "open", "half_open", "isolated"
    int inFlight = 0;
    double retriesLeft = -1;  ///< before retries are held back; -1: none was needed yet
    Millis openUntil = 0;  ///< 0: not open
    std::string who;       ///< who isolated it, and why
    std::string reason;
};

/// What changed in one commit; each may be empty.
struct ChangeSet {
    std::vector<RunId> runs;
    std::vector<HandoffId> handoffs;
    bool isCounted = false;  ///< open tickets say that they came up more often; which ones is not said
};

}  // namespace handrail
