#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putIntent(Database& database, const decide::IntentRow& row)
{
    auto statement = database.prepare(
        "INSERT INTO intents(key, digest, run, step, state, result, first_used)"
        " VALUES(:key, :digest, :run, :step, :state, :result, :first)"
        " ON CONFLICT(key) DO UPDATE SET run=excluded.run, step=excluded.step, state=excluded.state, result=excluded.result");
    statement.bind(":key", row.key).bind(":digest", row.digest).bind(":run", row.run).bind(":step", row.step)
        .bind(":state", static_cast<int>(row.state)).bind(":result", dump(row.result)).bind(":first", row.firstUsed).step();
    return statement.result();
}

Outcome<std::optional<decide::IntentRow>> readIntent(Database& database, const std::string& key)
{
    auto statement = database.prepare("SELECT digest, run, step, state, result, first_used FROM intents WHERE key = :key");
    statement.bind(":key", key);
    if (!statement.step()) {
        if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
        return std::optional<decide::IntentRow>();
    }
    decide::IntentRow row;
    row.key = key;
    row.digest = statement.text(0);
    row.run = statement.text(1);
    row.step = statement.text(2);
    row.state = static_cast<decide::IntentState>(statement.integer(3));
    auto result = parseJson(statement.text(4), {std::size_t(16) << 20, 200});
    if (!result) return failure("R103", "A stored result cannot be read.");
    row.result = result.take();
    row.firstUsed = statement.integer(5);
    return std::optional<decide::IntentRow>(row);
}

}  // namespace handrail::store
