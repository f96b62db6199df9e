#pragma once

#include <vector>

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

/// The last lines only: what a start can afford. The first thing that is wrong.
std::optional<Failure> checkEnd(Database& database, int lines);

/// Whether a store goes on from an anchor; else why it does not.
Outcome<std::optional<Failure>> holdAgainst(Database& database, const Anchor& anchor);

/// The hash of each line of a run, in their order.
Outcome<std::vector<std::string>> hashesOf(Database& database, const std::string& run);

}  // namespace handrail::store
