#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putExposed(Database& database, const decide::ExposedRow& row)
{
    auto statement = database.prepare(
        "INSERT INTO exposures(id, agent, gate, currency, amount, at, counts) VALUES(:id, :agent, :gate, :currency, :amount, :at, :counts)"
        " ON CONFLICT(id) DO UPDATE SET counts=excluded.counts");
    statement.bind(":id", row.id).bind(":agent", row.agent).bind(":gate", row.gate).bind(":currency", row.currency)
        .bind(":amount", row.amount).bind(":at", row.at).bind(":counts", row.counts ? 1 : 0).step();
    return statement.result();
}

Outcome<std::vector<decide::ExposedRow>> readExposed(Database& database, const std::string& agent, const std::string& gate,
                                                     const std::string& currency, Millis since)
{
    auto statement = database.prepare(
        "SELECT id, amount, at FROM exposures"
        " WHERE agent = :agent AND gate = :gate AND currency = :currency AND counts = 1 AND at > :since");
    statement.bind(":agent", agent).bind(":gate", gate).bind(":currency", currency).bind(":since", since);
    std::vector<decide::ExposedRow> rows;
    while (statement.step()) rows.push_back({statement.text(0), agent, gate, currency, statement.text(1), statement.integer(2), true});
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return rows;
}

}  // namespace handrail::store
