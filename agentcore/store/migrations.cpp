#include "agentcore/store/migrations.h"

#include <array>

#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {
namespace {

struct Migration {
    const char* reason;
    const char* sql;
    int (*fill)(Database&) = nullptr;  ///< what no statement can say, over the tables as they are by then; SQLITE_DONE
};

constexpr std::array<Migration, 10> migrations{{
    {"the first form: journal, runs, handoffs, intents, definitions",
     R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE definitions (digest TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL,
  attempt INTEGER NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX journal_run ON journal(run, seq);
CREATE TABLE runs (
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, version TEXT NOT NULL, definition TEXT NOT NULL,
  state TEXT NOT NULL, step TEXT NOT NULL, steps_done INTEGER NOT NULL, steps_total INTEGER NOT NULL,
  error_code TEXT NOT NULL, error_message TEXT NOT NULL, result TEXT NOT NULL, handoffs TEXT NOT NULL,
  user TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, ran_ms INTEGER NOT NULL,
  due INTEGER, live INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX runs_created ON runs(created DESC);
CREATE INDEX runs_due ON runs(due) WHERE due IS NOT NULL;
CREATE INDEX runs_live ON runs(live) WHERE live = 1;
CREATE TABLE handoffs (
  id TEXT PRIMARY KEY, run TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL,
  agent TEXT NOT NULL, step TEXT NOT NULL, tool TEXT NOT NULL, risk INTEGER NOT NULL,
  unknown INTEGER NOT NULL, count INTEGER NOT NULL, cause TEXT NOT NULL,
  created INTEGER NOT NULL, decide_by INTEGER NOT NULL) WITHOUT ROWID;
-- Most urgent first: critical, then soonest deadline (none is last), then oldest.
CREATE INDEX handoffs_urgency ON handoffs(state, (risk < 3), (decide_by = 0), decide_by, created, id);
CREATE TABLE intents (
  key TEXT PRIMARY KEY, digest TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL, state INTEGER NOT NULL,
  result TEXT NOT NULL, first_used INTEGER NOT NULL) WITHOUT ROWID;
)sql"},
    {"hosts that an operator has isolated stay so after a restart",
     R"sql(
CREATE TABLE isolated_hosts (host TEXT PRIMARY KEY, who TEXT NOT NULL, reason TEXT NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
)sql"},
    {"an earlier result of a read can stand in for it when its service fails",
     R"sql(
CREATE TABLE cached_results (key TEXT PRIMARY KEY, result TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX cached_results_at ON cached_results(at);
)sql"},
    {"what went out through a gate within a day is held against its limit",
     R"sql(
CREATE TABLE exposures (
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, gate TEXT NOT NULL, currency TEXT NOT NULL,
  amount TEXT NOT NULL, at INTEGER NOT NULL, counts INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX exposures_at ON exposures(agent, gate, currency, at);
)sql"},
    {"figures are kept, so that they are there at once over any number of runs",
     R"sql(
CREATE TABLE counters (
  day INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (day, name, subject, detail)) WITHOUT ROWID;
-- What comes up again finds the tickets of its cause.
CREATE INDEX handoffs_cause ON handoffs(cause) WHERE state = 'open' AND cause <> '';
)sql"},
    {"two live runs that want different ends for one object are found",
     R"sql(
CREATE TABLE claims (
  resource TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL, ends TEXT NOT NULL, PRIMARY KEY (resource, run)) WITHOUT ROWID;
CREATE INDEX claims_run ON claims(run);
)sql"},
    {"figures of the last hour are there at once, and lead to the runs behind them",
     R"sql(
CREATE TABLE recent_counters (
  slot INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (slot, name, subject, detail)) WITHOUT ROWID;
CREATE TABLE counted_runs (
  day INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, run TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (day, name, subject, detail, run)) WITHOUT ROWID;
)sql"},
    {"a handoff is taken, handed on or put off; a question is held against the call that was let through last",
     R"sql(
ALTER TABLE handoffs ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
ALTER TABLE handoffs ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX handoffs_assignee ON handoffs(assignee) WHERE state = 'open' AND assignee <> '';
CREATE INDEX handoffs_snoozed ON handoffs(snoozed_until) WHERE state = 'open' AND snoozed_until > 0;
CREATE TABLE last_calls (
  agent TEXT NOT NULL, tool TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL, params TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (agent, tool)) WITHOUT ROWID;
)sql"},
    {"an inbox of a million is turned over, filtered, counted and searched at once",
     R"sql(
DROP INDEX handoffs_urgency;
DROP INDEX handoffs_assignee;
DROP INDEX handoffs_snoozed;
-- Most urgent first, as one number: critical, then soonest deadline (none is last); equal ones by age.
ALTER TABLE handoffs ADD COLUMN urgency INTEGER NOT NULL GENERATED ALWAYS AS
  ((risk < 3) * 4611686018427387904 + CASE WHEN decide_by = 0 THEN 2305843009213693952 ELSE decide_by END) VIRTUAL;
CREATE INDEX handoffs_order ON handoffs(urgency, created, id) WHERE state = 'open';
CREATE INDEX handoffs_kind ON handoffs(kind, urgency, created, id) WHERE state = 'open';
CREATE INDEX handoffs_unknown ON handoffs(urgency, created, id) WHERE state = 'open' AND unknown = 1;
-- With the state in them, which is always the same, these two answer a count by themselves.
CREATE INDEX handoffs_assignee ON handoffs(assignee, urgency, created, id, snoozed_until, state) WHERE state = 'open' AND assignee <> '';
CREATE INDEX handoffs_snoozed ON handoffs(urgency, created, id, snoozed_until, kind, unknown, state) WHERE state = 'open' AND snoozed_until > 0;
CREATE TABLE handoff_counts (kind TEXT NOT NULL, unknown INTEGER NOT NULL, open INTEGER NOT NULL, PRIMARY KEY (kind, unknown)) WITHOUT ROWID;
INSERT INTO handoff_counts SELECT kind, unknown, COUNT(*) FROM handoffs WHERE state = 'open' GROUP BY kind, unknown;
-- The words of what is open, and what has changed since they were put down. A later `n` is a later handoff.
CREATE TABLE searchable (n INTEGER PRIMARY KEY, handoff TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
CREATE TABLE search_todo (handoff TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_words USING fts5(words, content='searchable', content_rowid='n', detail='none', columnsize=0,
  prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER handoffs_come AFTER INSERT ON handoffs WHEN new.state = 'open' BEGIN
  INSERT INTO handoff_counts(kind, unknown, open) VALUES(new.kind, new.unknown, 1) ON CONFLICT(kind, unknown) DO UPDATE SET open = open + 1;
  INSERT INTO search_todo(handoff) VALUES(new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER handoffs_change AFTER UPDATE OF state, title, unknown ON handoffs
WHEN old.state <> new.state OR old.title <> new.title OR old.unknown <> new.unknown BEGIN
  UPDATE handoff_counts SET open = open - 1 WHERE old.state = 'open' AND kind = old.kind AND unknown = old.unknown;
  INSERT INTO handoff_counts(kind, unknown, open) SELECT new.kind, new.unknown, 1 WHERE new.state = 'open'
    ON CONFLICT(kind, unknown) DO UPDATE SET open = open + 1;
  INSERT INTO search_todo(handoff) VALUES(new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER handoffs_go AFTER DELETE ON handoffs BEGIN
  UPDATE handoff_counts SET open = open - 1 WHERE old.state = 'open' AND kind = old.kind AND unknown = old.unknown;
  INSERT INTO search_todo(handoff) VALUES(old.id) ON CONFLICT DO NOTHING;
END;
)sql"},
    {"a filter has lists of its own in the word index",
     R"sql(
DROP TABLE search_words;
DELETE FROM searchable;
DELETE FROM search_todo;
CREATE VIRTUAL TABLE search_words USING fts5(words, content='searchable', content_rowid='n', detail='none', columnsize=0,
  prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2');
INSERT INTO search_words(search_words, rank) VALUES('usermerge', 2);
)sql", &indexAll},
}};

int versionOf(Database& database)
{
    auto statement = database.prepare("PRAGMA user_version");
    return statement.step() ? static_cast<int>(statement.integer(0)) : -1;
}

Failure newer(int version)
{
    return failure("R103", "This store was written by a newer Handrail (form " + std::to_string(version) + ").", {},
                   "Open it with that newer version, or choose another folder with --store.");
}

}  // namespace

std::optional<Failure> migrate(Database& database, const std::string& newStoreId)
{
    const int version = versionOf(database);
    const int newest = static_cast<int>(migrations.size());
    if (version < 0) return failure("R103", "The store's file is damaged or is no Handrail store.");
    if (version > newest) return newer(version);
    for (int i = version; i < newest; ++i) {
        int result = database.execute("BEGIN IMMEDIATE");
        if (result == SQLITE_OK) result = database.execute(migrations[static_cast<std::size_t>(i)].sql);
        if (const auto fill = migrations[static_cast<std::size_t>(i)].fill; result == SQLITE_OK && fill) {
            result = fill(database);
            if (result == SQLITE_DONE) result = SQLITE_OK;
        }
        const std::string stamp = "PRAGMA user_version=" + std::to_string(i + 1);
        if (result == SQLITE_OK) result = database.execute(stamp.c_str());
        if (result == SQLITE_OK && i == 0) {
            auto insert = database.prepare("INSERT INTO meta(name, value) VALUES('store_id', :id)");
            insert.bind(":id", newStoreId).step();
            result = insert.result() == SQLITE_DONE ? SQLITE_OK : insert.result();
        }
        if (result == SQLITE_OK) result = database.execute("COMMIT");
        if (result != SQLITE_OK) {
            database.execute("ROLLBACK");
            return database.failureOf(result);
        }
    }
    return std::nullopt;
}

std::optional<Failure> checkReadable(Database& database)
{
    const int version = versionOf(database);
    if (version > static_cast<int>(migrations.size())) return newer(version);
    if (version < static_cast<int>(migrations.size())) {
        return failure("R103", "This store has no readable form yet or is damaged.", {},
                       "Start Handrail once on it, so that it is brought up to date.");
    }
    return std::nullopt;
}

}  // namespace handrail::store
