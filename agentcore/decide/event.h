#pragma once

#include <string>
#include <vector>

#include "agentcore/types.h"

/// The journal's format: one event a line, and the members of its data. A run's whole position is the
/// fold of its events (runstate.h). Two sorts: what HAPPENED to a run from outside (started, answered,
/// lost, decided, recovered) and what next() CHOSE (all others). A replay feeds the first sort and must
/// get the second sort again.
namespace handrail::decide {

enum class EventKind {
    RunStarted,    ///< {definition, agent, version, input, user, trace; parent where it was handed in}
    Recovered,     ///< {code} a new process took the run over; time before it was not running time. R104: how long
                   ///< that was is not known, so consent given before runs out and keys are too old
    StepPrepared,  ///< {arguments, records: [params…]} references filled, schemas held against them
    Allowed,       ///< {rule} an allow rule stood in for a person
    Asked,         ///< {handoff, kind, title, why, digest, decide_by, …} a handoff was filed
    Decided,       ///< {handoff, verb, who, reason, …} a person's answer
    Tended,        ///< {handoff, who; assignee (empty: nobody) | snoozed_until (0: back)} of a handoff, undecided
    DecidedLate,   ///< {handoff, verb, who, code; reason, digest, shown} a refused click, kept for the audit
    AbortAsked,    ///< {who, reason, message} an operator ends the run; a call under way is heard out first
    Expired,       ///< {handoff, code} nobody answered in time
    Withdrawn,     ///< {handoffs: [id]} nothing is left to decide there
    Intent,        ///< {purpose, tool, params, record, key, digest} this call is about to be made
    Dispatched,    ///< {attempt, limit_ms} committed before the first byte leaves
    Answered,      ///< {tool, purpose, phase, code, message, result, took_ms, retry_after_ms, note; fallback where it
                   ///< stands in for another}; of a model: {model, proposal, said, tokens_in, tokens_out, no_retry}
    Lost,          ///< {tool, code, message} the process died while the call was under way
    Judged,        ///< {verdict, code, message, row, doubt; result unless the answer's; draw of a wait that did not fit; backup of a model}
    Waiting,       ///< {for, until, delay_ms, draw, floor_ms; of a held back call: code, host; of another run's: run}
    FallbackUsed,  ///< {kind, code, message; cache: success, age_ms, result; read_only: tool} something stands in for a read
    Reused,        ///< {key, run, result} the same intent had succeeded before; nothing was called
    Proposed,      ///< {tool, arguments, why, confidence, model, mode, title; backup, code} a model's step joins the plan
    StepDone,      ///< {fingerprint; records: its result is the list of theirs}
    StepSkipped,   ///< {why; code, message where a model plans anew instead}
    StepFailed,    ///< {code, message; prior: {run, state} where another run's intent stands in the way}
    UndoStarted,   ///< {effects: [n…], who, then}
    EffectUndone,  ///< {effect}
    UndoEnded,     ///< {undone, not_undone, unknown}
    RunEnded,      ///< {state, code, message, result}
    Paused,        ///< {handoff, message; by, code: another run wants another end for the same object | who, reason: a
                   ///< person wishes it} nothing new leaves until that handoff is decided
    Resumed,       ///< {handoff} that was decided, and it was another run's
    RolledBack,    ///< {who, reason} the store was put back to an older state: what came after is in doubt
    HostSet,       ///< {host, isolated, who, reason} of no run: an operator isolated a host, or released it
    StorePruned,   ///< {runs, lines, before, who} of no run: content of ended runs was let go
    Noticed        ///< {handoff, key, title, why, count, …} of no run: something has come up over many runs (finding.h)
};

std::string word(EventKind kind);
std::optional<EventKind> eventKind(const std::string& word);

struct Event {
    Seq seq = 0;      ///< given by the store
    Millis time = 0;
    RunId run;
    std::string step;
    int attempt = 0;
    EventKind kind = EventKind::RunStarted;
    Json data = Json::object();
};

/// One line of readable text, for tests and the text form of `handrail journal`.
std::string readable(const Event& event);

}  // namespace handrail::decide
