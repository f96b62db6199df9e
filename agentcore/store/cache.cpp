#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putCached(Database& database, const decide::CachedResult& row)
{
    auto statement = database.prepare(
        "INSERT INTO cached_results(key, result, at) VALUES(:key, :result, :at)"
        " ON CONFLICT(key) DO UPDATE SET result=excluded.result, at=excluded.at");
    statement.bind(":key", row.key).bind(":result", dump(row.result)).bind(":at", row.at).step();
    return statement.result();
}

Outcome<std::optional<decide::CachedResult>> readCached(Database& database, const std::string& key)
{
    auto statement = database.prepare("SELECT result, at FROM cached_results WHERE key = :key");
    statement.bind(":key", key);
    if (!statement.step()) {
        if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
        return std::optional<decide::CachedResult>();
    }
    auto result = parseJson(statement.text(0), {std::size_t(16) << 20, 200});
    // What cannot be read is as good as nothing: it only stands in.
    if (!result) return std::optional<decide::CachedResult>();
    return std::optional<decide::CachedResult>({key, result.take(), statement.integer(1)});
}

}  // namespace handrail::store
