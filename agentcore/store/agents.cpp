#include "agentcore/store/agents.h"

#include <set>

#include <sqlite3.h>

#include "agentcore/store/database.h"
#include "agentcore/store/sqlitestore.h"

namespace handrail::store {

Outcome<std::vector<DefinitionRow>> newestDefinitions(const std::string& folder)
{
    auto database = openReadDatabase(folder);
    if (!database) return database.failure();
    // Only the newest runs are looked at, so that a store of millions answers as fast as a small one.
    auto statement = (*database)->prepare(
        "SELECT d.digest, d.name, d.version, d.text FROM definitions d LEFT JOIN"
        " (SELECT definition, MAX(created) AS last FROM (SELECT definition, created FROM runs ORDER BY created DESC LIMIT 10000)"
        "  GROUP BY definition) r ON r.definition = d.digest"
        " ORDER BY COALESCE(r.last, 0) DESC, d.name, d.version DESC, d.digest");
    std::vector<DefinitionRow> rows;
    std::set<std::string> seen;
    while (statement.step()) {
        if (!seen.insert(statement.text(1)).second) continue;
        rows.push_back({statement.text(0), statement.text(1), statement.text(2), statement.text(3)});
    }
    if (statement.result() != SQLITE_DONE) return (*database)->failureOf(statement.result());
    return rows;
}

}  // namespace handrail::store
