#pragma once

#include <functional>
#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/store/database.h"
#include "agentcore/store/head.h"

namespace handrail::store {

/// What a walk over a store's journal has found.
struct AuditReport {
    std::string store;
    Head head;
    Seq lines = 0;
    Seq pruned = 0;
    std::vector<Failure> findings;  ///< `where` names the line; at most a hundred
};

/// Reads the whole journal and holds each line against its hash and the one before, SQLite's own check
/// of the file, and every anchor. Minutes for millions of lines; writes nothing.
Outcome<AuditReport> audit(Database& database, const std::vector<Anchor>& anchors);

/// The same against the head that is kept in a folder for heads and against an anchor in a file; either may be
/// empty. U105 there is no such file, R103 it cannot be read; a head that cannot be read is a finding.
Outcome<AuditReport> auditAgainst(Database& database, const std::string& headFolder, const std::string& anchorFile);

/// A line that a person is behind, or a rule or a clock in a person's place.
struct ActLine {
    decide::Event event;
    std::string hash;
    bool isReadable = true;  ///< false: its data is no longer what a line can hold, and is empty here
};
struct ActRange {
    Millis since = 0;
    Millis until = 0;  ///< before it; 0: to the end
    RunId run;         ///< empty: all, and those of no run
};
/// Every one of them in a range, in the order of the journal.
std::optional<Failure> eachAct(Database& database, const ActRange& range, const std::function<void(const ActLine&)>& tell);

/// The last lines only: what a start can afford. The first thing that is wrong.
std::optional<Failure> checkEnd(Database& database, int lines);

/// Whether a store goes on from an anchor; else why it does not.
Outcome<std::optional<Failure>> holdAgainst(Database& database, const Anchor& anchor);

/// The hash of each line of a run, in their order.
Outcome<std::vector<std::string>> hashesOf(Database& database, const std::string& run);

}  // namespace handrail::store
