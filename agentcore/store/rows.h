#pragma once

#include "agentcore/store/database.h"
#include "agentcore/store/store.h"

/// The statements of each noun, shared by the writer and the readers. A write gives the SQLite result
/// (SQLITE_DONE is success); a read gives rows or a failure.
namespace handrail::store {

// journal.cpp
/// The last line's number and hash: where the chain goes on.
struct Head {
    Seq seq = 0;
    std::string hash;
};
Outcome<Head> readHead(Database& database);
int appendEvent(Database& database, decide::Event& event, Head& head);
Outcome<std::vector<decide::Event>> readEvents(Database& database, const RunId& run, Seq after, int limit);

// runs.cpp
int putRun(Database& database, const RunRow& row);
Outcome<std::optional<RunRow>> readRun(Database& database, const RunId& id);
Outcome<std::vector<RunSummary>> readRuns(Database& database, int limit, int offset);
Outcome<std::vector<RunId>> readRunIds(Database& database, const char* sql, Millis now, int limit);
int putDefinition(Database& database, const DefinitionRow& row);
Outcome<std::optional<std::string>> readDefinition(Database& database, const std::string& digest);

// inbox.cpp
int putHandoff(Database& database, const InboxRow& row);
bool isOpen(Database& database, const HandoffId& id);
Outcome<std::vector<InboxRow>> readInbox(Database& database, const InboxFilter& filter);
Outcome<std::vector<std::pair<std::string, int>>> readOpenCounts(Database& database);
Outcome<std::optional<RunId>> readRunOfHandoff(Database& database, const HandoffId& id);

// intents.cpp
int putIntent(Database& database, const decide::IntentRow& row);
Outcome<std::optional<decide::IntentRow>> readIntent(Database& database, const std::string& key);

}  // namespace handrail::store
