#include <sqlite3.h>

#include "agentcore/store/rows.h"

/// What is let go, and what is put back.
namespace handrail::store {
namespace {

/// Ended long enough ago, with nothing open and no doubt: the only runs that may be forgotten.
constexpr const char* prunable =
    "SELECT r.id FROM runs r WHERE r.live = 0 AND r.updated < :before"
    " AND r.state NOT IN ('running', 'waiting_approval', 'escalated')"
    " AND NOT EXISTS (SELECT 1 FROM handoffs h WHERE h.run = r.id AND h.state = 'open')"
    " AND NOT EXISTS (SELECT 1 FROM intents i WHERE i.run = r.id AND i.state IN (0, 2))";

int forget(Database& database, const RunId& run, Seq& lines)
{
    auto journal = database.prepare("UPDATE journal SET time = 0, run = '', step = '', attempt = 0, event = 'pruned', data = '' WHERE run = :run");
    journal.bind(":run", run).step();
    if (journal.result() != SQLITE_DONE) return journal.result();
    lines += database.changes();
    auto handoffs = database.prepare("DELETE FROM handoffs WHERE run = :run");
    handoffs.bind(":run", run).step();
    if (handoffs.result() != SQLITE_DONE) return handoffs.result();
    // What was done stays known by its key: another run may have a business key in common with it.
    auto refused = database.prepare("DELETE FROM intents WHERE run = :run AND state = 3");
    refused.bind(":run", run).step();
    if (refused.result() != SQLITE_DONE) return refused.result();
    auto last = database.prepare("DELETE FROM last_calls WHERE run = :run");
    last.bind(":run", run).step();
    if (last.result() != SQLITE_DONE) return last.result();
    auto gone = database.prepare("DELETE FROM runs WHERE id = :run");
    gone.bind(":run", run).step();
    return gone.result();
}

int dropOldResults(Database& database, Millis before)
{
    auto old = database.prepare("DELETE FROM cached_results WHERE at < :before");
    old.bind(":before", before).step();
    if (old.result() != SQLITE_DONE) return old.result();
    // A limit of exposure looks back one day, and nothing younger is ever pruned with its run open.
    auto counted = database.prepare("DELETE FROM exposures WHERE at < :before");
    counted.bind(":before", before - 86'400'000).step();
    return counted.result();
}

}  // namespace

int pruneRuns(Database& database, const Pruning& pruning, Head& head, Pruned& pruned)
{
    auto ids = readRunIds(database, prunable, pruning.before);
    if (!ids) return SQLITE_ERROR;
    for (const auto& id : *ids) {
        const int result = forget(database, id, pruned.lines);
        if (result != SQLITE_DONE) return result;
    }
    pruned.runs = static_cast<int>(ids->size());
    if (const int result = dropOldResults(database, pruning.before); result != SQLITE_DONE) return result;
    if (ids->empty()) return SQLITE_DONE;
    decide::Event event;
    event.time = pruning.now;
    event.kind = decide::EventKind::StorePruned;
    event.data = {{"runs", pruned.runs}, {"lines", pruned.lines}, {"before", pruning.before}, {"who", pruning.who}};
    return appendEvent(database, event, head);
}

int markRolledBack(Database& database, const std::string& who, const std::string& reason, Millis now, Head& head)
{
    auto ids = readRunIds(database, "SELECT r.id FROM runs r WHERE r.state IN ('running', 'waiting_approval', 'escalated') AND :before = 0", 0);
    if (!ids) return SQLITE_ERROR;
    // Whatever these runs did in the lost time may have reached the services.
    ids->push_back(RunId());
    for (const auto& id : *ids) {
        decide::Event event;
        event.time = now;
        event.run = id;
        event.kind = decide::EventKind::RolledBack;
        event.data = {{"who", who}, {"reason", reason}};
        const int result = appendEvent(database, event, head);
        if (result != SQLITE_DONE) return result;
    }
    auto doubts = database.prepare("UPDATE intents SET state = 2 WHERE state = 0");
    doubts.step();
    return doubts.result();
}

}  // namespace handrail::store
