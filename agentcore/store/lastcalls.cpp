#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putLastCall(Database& database, const decide::CallMade& call)
{
    auto statement = database.prepare(
        "INSERT INTO last_calls(agent, tool, run, step, params, at) VALUES(:agent, :tool, :run, :step, :params, :at)"
        " ON CONFLICT(agent, tool) DO UPDATE SET run=excluded.run, step=excluded.step, params=excluded.params, at=excluded.at");
    statement.bind(":agent", call.agent).bind(":tool", call.tool).bind(":run", call.run).bind(":step", call.step)
        .bind(":params", dump(call.params)).bind(":at", call.at).step();
    return statement.result();
}

Outcome<std::optional<LastCall>> readLastCall(Database& database, const std::string& agent, const std::string& tool)
{
    auto statement = database.prepare("SELECT run, params, at FROM last_calls WHERE agent = :agent AND tool = :tool");
    statement.bind(":agent", agent).bind(":tool", tool);
    if (!statement.step()) {
        if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
        return std::optional<LastCall>();
    }
    auto params = parseJson(statement.text(1), {std::size_t(16) << 20, 200});
    // What cannot be read is as good as nothing: it is only there for comparison.
    if (!params) return std::optional<LastCall>();
    return std::optional<LastCall>({statement.text(0), params.take(), statement.integer(2)});
}

}  // namespace handrail::store
