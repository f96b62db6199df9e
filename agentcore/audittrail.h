#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/audit.h"
#include "agentcore/types.h"

/// Who decided what, when, why, and what was on the screen: every decision and every act of an operator, read from
/// the journal whose hash chain was walked first. Works beside a running program and writes nothing.
namespace handrail {

/// A handoff as it stood before the person who decided it.
struct ShownHandoff {
    HandoffId id;
    std::string kind;
    std::string title;
    std::string rule;        ///< why it was asked, in a sentence
    std::string tool;
    std::string server;
    std::string gate;
    std::string effect;
    std::string digest;      ///< over what is shown here; what an approval binds
    std::vector<Argument> typed;  ///< amount, currency, recipient, …; of every record
    Json arguments;          ///< exact arguments; of a list of records, an array
    Json before;             ///< what the precondition read, one a record; null when it has none
    std::string undoNote;
    std::string agentWords;  ///< what the agent wrote
    std::string model;       ///< who proposed it; empty for a step of the plan
    std::optional<double> confidence;
    std::string surface;     ///< where it was shown: "console", "command line"; empty when that was not kept
    Millis asked = 0;
};

/// One decision or act.
struct AuditEntry {
    Seq seq = 0;             ///< its line in the journal
    std::string hash;        ///< of that line
    Millis time = 0;
    /// A decision's verb; "refused" (a click that came too late or was not allowed), "expired" (nobody answered),
    /// "allowed" (a rule in a person's place), "abort_run", "pause_run", "isolate", "release", "prune", "accept_rollback".
    std::string act;
    std::string who;         ///< empty where a clock or a rule decided
    std::string reason;
    Code code;
    std::string message;     ///< why it was refused, or what was done
    Json given = Json::object();  ///< what else was said: changed arguments, a text, a settlement, a mode
    RunId run;               ///< empty for acts of no run
    std::string agent;
    std::string version;
    std::string requester;   ///< for whom the run was started
    std::string step;
    std::optional<ShownHandoff> shown;  ///< nothing where no handoff was decided
};

struct AuditFilter {
    Millis since = 0;
    Millis until = 0;  ///< before this instant; 0: to the end
    RunId run;         ///< empty: all, and acts of no run
};

/// What takes an audit in: first what the walk over the chain has found, then the entries, oldest first.
struct AuditSink {
    std::function<void(const StoreCheck&)> begin;
    std::function<void(const AuditEntry&)> entry;
};

/// Walks the whole chain, then tells the entries, both of one moment of the store. A broken chain is part of the
/// answer, and the entries are told all the same. U105 no store there, R103 it cannot be read at all.
Outcome<StoreCheck> readAudit(const std::string& folder, const std::string& headFolder, const AuditFilter& filter, const AuditSink& sink);

}  // namespace handrail
