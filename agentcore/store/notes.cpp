#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putNote(Database& database, const std::string& name, const std::string& text)
{
    auto statement = database.prepare("INSERT INTO meta(name, value) VALUES(:name, :value) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
    statement.bind(":name", name).bind(":value", text).step();
    return statement.result();
}

Outcome<std::string> readNote(Database& database, const std::string& name)
{
    auto statement = database.prepare("SELECT value FROM meta WHERE name = :name");
    statement.bind(":name", name);
    if (statement.step()) return statement.text(0);
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::string();
}

Outcome<Millis> readLastTime(Database& database)
{
    auto statement = database.prepare("SELECT time FROM journal WHERE event <> 'pruned' ORDER BY seq DESC LIMIT 1");
    if (statement.step()) return statement.integer(0);
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return Millis(0);
}

}  // namespace handrail::store
