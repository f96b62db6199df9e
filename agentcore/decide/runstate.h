#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/decide/planning.h"
#include "agentcore/types.h"

/// Where a run stands: plain data, made by folding its journal and by nothing else.
namespace handrail::decide {

/// How an intent stands, whichever run made it.
enum class IntentState { Open, Done, Unknown, Refused, Undone };
std::string word(IntentState state);
std::optional<IntentState> intentStateFrom(const std::string& word);

/// A write that was meant, by its key.
struct IntentRow {
    std::string key;
    std::string digest;   ///< over tool and exact arguments: one key must always mean one call
    RunId run;
    std::string step;
    IntentState state = IntentState::Open;
    Json result;
    Millis firstUsed = 0;
};

enum class Purpose { Act, Verify, Before, Undo, Poll, Plan, Look };
std::string word(Purpose purpose);
/// A read in the service of another call.
bool isProbe(Purpose purpose);
Purpose purposeFrom(const std::string& word);

enum class CallPhase {
    Made,        ///< its intent is on disk; nothing was sent
    Dispatched,  ///< may be on its way
    Answered,    ///< a reply is here and not judged
    Waiting,     ///< to be sent again at `until`
    Polled,      ///< taken up by the service; its state is asked for at `until`
    Doubt        ///< its outcome is unknown
};

/// One call under way: an intent and its attempts so far.
struct Call {
    Purpose purpose = Purpose::Act;
    CallPhase phase = CallPhase::Made;
    int record = 0;
    std::string tool;
    Json params;
    std::string key;      ///< empty for reads
    std::string digest;
    int attempt = 0;      ///< of this intent, over every retry by machine or person
    int round = 0;        ///< since a person last asked for it
    Millis firstSent = 0;
    Millis sentAt = 0;
    Millis limit = 0;
    Millis until = 0;
    Json answer;          ///< the data of its last Answered event
    std::map<Code, int> codes;  ///< how often each code came, this round
    int replays = 0;      ///< failures that the provider told from its store for this key
    std::string poll;     ///< where its state can be read: path and query on its own server
    int polls = 0;
    int probes = 0;       ///< verify reads made for the present doubt
    bool inDoubt = false; ///< an earlier attempt may have been carried out, whatever came of later ones
    bool resent = false;  ///< the one resend after a proven absence was used
    bool isDenied = false;  ///< answered as done, but its postcondition does not hold (T602)

    /// Its next attempt has not left.
    bool isToBeSent() const { return phase == CallPhase::Made || phase == CallPhase::Waiting; }
    /// An attempt has left, and what came of it is not judged yet.
    bool isUnjudged() const { return phase == CallPhase::Dispatched || phase == CallPhase::Answered; }
    /// It may have been carried out by an attempt that is judged. A read in its service may be under way meanwhile.
    bool isDoubted() const { return inDoubt || phase == CallPhase::Doubt; }
    /// A write of which something may be on its way, or may have been carried out: never to be forgotten.
    bool mayHaveActed() const;
};

/// Something done to the world, or perhaps done: what an undo goes over, newest first.
struct EffectDone {
    int number = 0;
    int step = 0;
    int record = 0;
    std::string tool;
    Json params;
    Json result;
    Millis at = 0;
    bool undone = false;
    std::string key;
};

enum class RecordStatus { Planned, Done, Unknown, Skipped };

struct Record {
    Json params;
    RecordStatus status = RecordStatus::Planned;
    Json result;
    std::string key;
    Json before;          ///< what `before` read when approval was asked; null when not read
    bool rechecked = false;  ///< and it was still so right before the call
};

enum class StepPhase {
    Fresh,      ///< references not filled yet
    Prepared,   ///< arguments known; consent not settled
    Asking,     ///< waits for a person
    Cleared,    ///< may act
    Ended
};

/// How far a failed read has been helped along.
enum class StoodIn { Nothing, Cache, Reader };

struct StepState {
    StepPhase phase = StepPhase::Fresh;
    StepStatus status = StepStatus::Planned;
    Json arguments;
    std::optional<Json> edited;     ///< arguments that a person put in place of the plan's
    std::vector<Record> records;
    int record = 0;                 ///< the one at work
    Json result;
    std::string key;
    std::vector<AttemptView> attempts;
    std::optional<Failure> error;
    std::optional<Failure> voided;  ///< why the last approval no longer holds, for the next question
    HandoffId consent;              ///< the approval that covers it; empty when none was needed
    Millis executeBy = 0;           ///< 0: no expiry runs
    Millis holdUntil = 0;           ///< approved, and can be stopped until then; 0: no hold
    std::string editor;             ///< who changed its arguments last; empty when nobody did
    bool consumed = false;          ///< the approval was used by a dispatch
    bool reread = false;            ///< the service found it changed, and it was asked about anew once
    bool scopeAsked = false;
    bool scopeGiven = false;
    std::string guidance;
    StoodIn stoodIn = StoodIn::Nothing;  ///< of the record at work
    bool fallbackAsked = false;     ///< by a person, whatever the failure was
    Code fallbackCode;              ///< of the failure that something stands in for
    std::string fallbackMessage;
    std::string fallback;           ///< what stood in, in words; empty when nothing did
    int losses = 0;                 ///< processes that died while a call of it was under way
    Json asked;                     ///< what its tool wanted to know before it goes on (MCP)
    Millis attachUntil = 0;         ///< another run has the same intent under way: look again then
    Millis began = 0;
    Millis ran = 0;                 ///< running time spent in it
    Millis took = 0;

    /// Its yes covers nothing any more: what is left of it is read and asked about from the beginning.
    void askAnew();
};

/// A handoff as its journal has it.
struct HandoffRecord {
    HandoffId id;
    HandoffKind kind = HandoffKind::Approval;
    HandoffState state = HandoffState::Open;
    int step = 0;            ///< -1: it is about the planning and no step
    std::string title;
    std::string digest;
    Json asked;              ///< the data of its Asked event
    Millis created = 0;
    Millis decideBy = 0;
    bool unknown = false;
    bool watching = false;   ///< told early of a critical failure; the run still tries by itself
    Json decided;            ///< the data of its Decided event
    std::vector<std::string> approvers;  ///< who has said yes to it so far
    Millis decidedAt = 0;
    std::optional<Settlement> settlement;
    std::string assignee;    ///< who has it; empty: nobody
    Millis snoozedUntil = 0; ///< 0: not put off

    /// Whether it is the ticket of a person's pause: it has failed at nothing.
    bool isPause() const;
};

/// An undo under way: effects still to take back, in order.
struct Undoing {
    std::vector<int> remaining;
    std::vector<int> undone;
    std::string who;
    std::string then;        ///< how the run ends afterwards: "back" or "abort"
    HandoffId consent;       ///< the approval of a gated compensation, for the effect that is next
    Millis executeBy = 0;    ///< until when that approval may be used
    RunStatus statusBefore = RunStatus::Running;
};

/// Why a run stands still that could go on.
struct Pause {
    Code code;               ///< W106: another run wants another end for the same object; empty: a person's wish
    std::string message;
    std::string who;         ///< that person; empty where another run is in the way
    std::string reason;
};

/// What an MCP server tells of a tool, as far as a run goes by it (pins.h).
struct ToolPin {
    std::string digest;      ///< of its definition
    bool tellsWrite = false; ///< it says of itself that it changes something
    Json told;               ///< the definition, while it is only offered
};

struct RunState {
    RunId id;
    Json started;            ///< the data of RunStarted
    RunStatus status = RunStatus::Running;
    std::optional<Failure> error;
    Json result;
    std::vector<StepState> steps;    ///< the plan's, then the proposed ones
    std::vector<Proposed> proposed;
    Planning planning;
    int at = 0;              ///< the step at work; steps.size() when all are over
    std::optional<Call> call;   ///< the effect, or a plain read of a step
    std::optional<Call> probe;  ///< a read in its service: before, verify
    std::vector<EffectDone> effects;
    std::map<std::string, IntentRow> intents;  ///< by key; results stand with their effects
    std::vector<HandoffRecord> handoffs;
    std::optional<Undoing> undoing;  ///< outlives an end that came because nobody answered: a retry goes on with it
    Millis heldUntil = 0;    ///< its next call may not leave yet (W111, W115, W116): ask again then
    Millis heldSince = 0;
    Code heldBy;
    std::map<HandoffId, Pause> pausedBy;  ///< by the ticket that ends it: another run's, or its own; it goes on when all are over
    bool wasRunning = false; ///< nothing but a pause keeps it from going on
    std::string aborting;    ///< why an operator wants it ended, once no call is under way
    std::map<std::string, ToolPin> pins;     ///< by tool: what was agreed to
    std::map<std::string, ToolPin> offered;  ///< by tool: changed meanwhile, and not agreed to
    bool isRolledBack = false;  ///< the store forgot a part of it: each further write may have been made then
    std::map<std::string, int> repeats;  ///< exact-loop check: digest of tool, arguments, result -> times
    int prepared = 0;        ///< steps begun, for the step limit
    int retries = 0;
    Millis created = 0;
    Millis updated = 0;
    Millis ran = 0;
    Seq last = 0;

    Json input() const { return started.value("input", Json::object()); }
    std::string user() const { return textOf(started, "user"); }
    bool isEnded() const;
    /// The call that is or would be on the wire: a probe goes before what it serves.
    Call* active();
    const Call* active() const;
    /// Id of the step at that place; empty when there is none.
    std::string stepId(std::size_t index) const;
    /// The step at work; null when all are over.
    StepState* current();
    /// The step with that id, or the one at work.
    StepState* named(const std::string& step);
    /// Nothing but a pause keeps it from going on.
    bool standsStill() const;
    /// Runs again; while a pause lasts, it does so when that is over. An undo does not wait for that.
    void goOn();
    void pause(const HandoffId& id, Pause why);
    void endPause(const HandoffId& id);
    /// Lets go of what the step or the run no longer needs. A call that may have acted is never forgotten.
    void dropCall();
    HandoffRecord* handoff(const HandoffId& id);
    const HandoffRecord* handoff(const HandoffId& id) const;
    /// The open ticket of a critical failure that the run still tries to get over by itself.
    const HandoffRecord* watching() const;
    bool hasUnknown() const;
    /// Id of the step whose call is or would be made: the undone effect's own, or the one at work.
    std::string stepAtWork() const;
    /// Whether a question is of the undo under way. Others stand still until it is over.
    bool isFrozen(const HandoffRecord& handoff) const;
};

/// Takes one event in. Total: an event that makes no sense at this place changes nothing.
void fold(RunState& state, const Event& event);

/// Running time at an instant: the state's own plus what passed since, if it runs.
Millis ranAt(const RunState& state, Millis now);

}  // namespace handrail::decide
