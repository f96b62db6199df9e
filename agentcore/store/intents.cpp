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

namespace {

constexpr const char* intentColumns = "key, digest, run, step, state, result, first_used";

Outcome<decide::IntentRow> intentAt(const Statement& statement)
{
    decide::IntentRow row;
    row.key = statement.text(0);
    row.digest = statement.text(1);
    row.run = statement.text(2);
    row.step = statement.text(3);
    row.state = static_cast<decide::IntentState>(statement.integer(4));
    auto result = parseJson(statement.text(5), {std::size_t(16) << 20, 200});
    if (!result) return failure("R103", "A stored result cannot be read.");
    row.result = result.take();
    row.firstUsed = statement.integer(6);
    return row;
}

}  // namespace

Outcome<std::optional<decide::IntentRow>> readIntent(Database& database, const std::string& key)
{
    static const std::string sql = std::string("SELECT ") + intentColumns + " FROM intents WHERE key = :key";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":key", key);
    if (!statement.step()) {
        if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
        return std::optional<decide::IntentRow>();
    }
    auto row = intentAt(statement);
    if (!row) return row.failure();
    return std::optional<decide::IntentRow>(row.take());
}

Outcome<std::vector<decide::IntentRow>> readOpenIntents(Database& database, const RunId& run)
{
    static const std::string sql = std::string("SELECT ") + intentColumns + " FROM intents WHERE run = :run AND state IN (0, 2)";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":run", run);
    std::vector<decide::IntentRow> rows;
    while (statement.step()) {
        auto row = intentAt(statement);
        if (!row) return row.failure();
        rows.push_back(row.take());
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return rows;
}

}  // namespace handrail::store
