#pragma once

#include <functional>

#include "agentcore/store/database.h"
#include "agentcore/store/head.h"
#include "agentcore/store/store.h"
#include "agentcore/store/tally.h"

/// The statements of each noun, shared by the writer and the readers. A write gives the SQLite result
/// (SQLITE_DONE is success); a read gives rows or a failure.
namespace handrail::store {

// journal.cpp
/// A journal line as it is hashed.
struct LineParts {
    Seq seq;
    std::int64_t time;
    std::string_view run, step;  ///< whoever gives them keeps them for as long as the call
    std::int64_t attempt;
    std::string_view event, data;
};
/// The event of a line whose content was let go by rule; its hash stays.
inline constexpr const char* prunedLine = "pruned";
/// Each line's hash takes in the one before: a line edited, dropped or moved breaks all that follow.
std::string chained(const std::string& before, const LineParts& line);
Outcome<Head> readHead(Database& database);
Outcome<std::string> readStoreId(Database& database);
int appendEvent(Database& database, decide::Event& event, Head& head);
Outcome<std::vector<decide::Event>> readEvents(Database& database, const RunId& run, Seq after, int limit);

// runs.cpp
int putRun(Database& database, const RunRow& row);
Outcome<std::optional<RunRow>> readRun(Database& database, const RunId& id);
Outcome<std::vector<RunSummary>> readRuns(Database& database, int limit, int offset);
/// The first column of a query with the parameters :before and, with a limit, :limit.
Outcome<std::vector<RunId>> readRunIds(Database& database, const char* sql, Millis before, int limit = -1);
int putDefinition(Database& database, const DefinitionRow& row);
Outcome<std::optional<std::string>> readDefinition(Database& database, const std::string& digest);

// inbox.cpp
int putHandoff(Database& database, const InboxRow& row);
bool isOpen(Database& database, const HandoffId& id);
Outcome<std::vector<InboxRow>> readInbox(Database& database, const InboxFilter& filter);
/// Open tickets of a cause say how often it came up; never less than before.
int countUp(Database& database, const std::string& cause, int count);
Outcome<bool> readCauseOpen(Database& database, const std::string& cause);
Outcome<std::optional<InboxRow>> readHandoff(Database& database, const HandoffId& id);
Outcome<std::vector<std::pair<std::string, int>>> readOpenCounts(Database& database);
/// Open handoffs that a person has and that are not put off.
Outcome<int> readOpenOf(Database& database, const std::string& assignee, Millis now);
/// What is put off beyond an instant, by kind.
Outcome<std::vector<SnoozedCount>> readSnoozedCounts(Database& database, Millis now);
/// Columns of a handoff, and the row that a statement with them stands on.
extern const char* const inboxColumns;
InboxRow inboxRowAt(const Statement& statement);
/// What a filter asks beyond words, as a condition; and its parameters.
std::string conditionOf(const InboxFilter& filter);
std::string tableOf(const InboxFilter& filter);
void bindCondition(Statement& statement, const InboxFilter& filter);
Outcome<std::optional<RunId>> readRunOfHandoff(Database& database, const HandoffId& id);

// search.cpp
/// Newest first.
Outcome<std::vector<InboxRow>> searchInbox(Database& database, const InboxFilter& filter);
/// Takes the words of up to so many handoffs that came or changed into the index. Needs a transaction.
int indexWords(Database& database, int most);
/// The words of everything that is open, into an empty index.
int indexAll(Database& database);
/// How many handoffs came or changed since their words were taken in.
Outcome<int> readUnindexed(Database& database);

// notes.cpp
int putNote(Database& database, const std::string& name, const std::string& text);
Outcome<std::string> readNote(Database& database, const std::string& name);
Outcome<Millis> readLastTime(Database& database);

// cache.cpp
int putCached(Database& database, const decide::CachedResult& row);
Outcome<std::optional<decide::CachedResult>> readCached(Database& database, const std::string& key);

// lastcalls.cpp
int putLastCall(Database& database, const decide::CallMade& call);
Outcome<std::optional<LastCall>> readLastCall(Database& database, const std::string& agent, const std::string& tool);

// exposure.cpp
int putExposed(Database& database, const decide::ExposedRow& row);
Outcome<std::vector<decide::ExposedRow>> readExposed(Database& database, const std::string& agent, const std::string& gate,
                                                     const std::string& currency, Millis since);

// claims.cpp
int putClaim(Database& database, const decide::Claim& claim);
Outcome<std::vector<decide::Claim>> readClaims(Database& database, const std::string& resource);

// hosts.cpp
int putHost(Database& database, const IsolatedHost& host);
Outcome<std::vector<IsolatedHost>> readHosts(Database& database);

// counters.cpp
/// Lines of every run after one, oldest first; those let go by rule or beyond reading are left out.
Outcome<std::vector<decide::Event>> readEventsAfter(Database& database, Seq after, int limit);
/// The last event that filed a ticket of no run, before a line; 0: of all.
Outcome<std::optional<decide::Event>> readFinding(Database& database, const HandoffId& id, Seq before = 0);
/// An empty tally that goes on where the kept counters end.
Outcome<Tally> openTally(Database& database);
/// Counts the journal's next lines; how many those were.
Outcome<int> catchUp(Database& database, Tally& tally, int limit);
/// Adds a tally to the kept counters, with the line that it reaches to.
int putTally(Database& database, Tally& tally);
using TakeCounter = std::function<void(const CounterKey&, std::int64_t)>;
/// Hands on every counter from a day on, as the journal stands at this moment; what is not kept yet comes behind the
/// rest, so a key may come twice. For figures over years, of which a map would hold a hundred thousand entries.
std::optional<Failure> eachCounter(Database& database, std::int64_t fromDay, const TakeCounter& take);
/// The same as a map.
Outcome<Counters> readCounters(Database& database, std::int64_t fromDay);
/// The same by short spans, from an instant on; at most the last day.
Outcome<Counters> readRecentCounters(Database& database, Millis since);
/// What is counted from nothing but the journal: what is kept must equal it.
Outcome<Tally> recount(Database& database);

/// Which counters; an empty `of` or `as` asks nothing.
struct CountedBar {
    std::string name;
    std::string of;
    std::string as;
};
/// The runs behind some counters, newest first: of each counter of a day the newest `runsKept`.
Outcome<std::vector<RunId>> readCountedRuns(Database& database, const CountedBar& bar, Millis since, Millis until, int limit);

// keeping.cpp
int pruneRuns(Database& database, const Pruning& pruning, Head& head, Pruned& pruned);
int markRolledBack(Database& database, const std::string& who, const std::string& reason, Millis now, Head& head);

// intents.cpp
int putIntent(Database& database, const decide::IntentRow& row);
Outcome<std::optional<decide::IntentRow>> readIntent(Database& database, const std::string& key);
Outcome<std::vector<decide::IntentRow>> readOpenIntents(Database& database, const RunId& run);

}  // namespace handrail::store
