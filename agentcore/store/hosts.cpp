#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putHost(Database& database, const IsolatedHost& host)
{
    if (host.isReleased) {
        auto statement = database.prepare("DELETE FROM isolated_hosts WHERE host = :host");
        statement.bind(":host", host.host).step();
        return statement.result();
    }
    auto statement = database.prepare(
        "INSERT INTO isolated_hosts(host, who, reason, time) VALUES(:host, :who, :reason, :time)"
        " ON CONFLICT(host) DO UPDATE SET who=excluded.who, reason=excluded.reason, time=excluded.time");
    statement.bind(":host", host.host).bind(":who", host.who).bind(":reason", host.reason).bind(":time", host.time).step();
    return statement.result();
}

Outcome<std::vector<IsolatedHost>> readHosts(Database& database)
{
    auto statement = database.prepare("SELECT host, who, reason, time FROM isolated_hosts ORDER BY host");
    std::vector<IsolatedHost> hosts;
    while (statement.step()) hosts.push_back({statement.text(0), statement.text(1), statement.text(2), statement.integer(3), false});
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return hosts;
}

}  // namespace handrail::store
