#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

int putClaim(Database& database, const decide::Claim& claim)
{
    if (claim.isGone) {
        auto gone = database.prepare("DELETE FROM claims WHERE run = :run");
        gone.bind(":run", claim.run).step();
        return gone.result();
    }
    auto statement = database.prepare(
        "INSERT INTO claims(resource, run, step, ends) VALUES(:resource, :run, :step, :ends)"
        " ON CONFLICT(resource, run) DO UPDATE SET step=excluded.step, ends=excluded.ends");
    statement.bind(":resource", claim.resource).bind(":run", claim.run).bind(":step", claim.step).bind(":ends", claim.ends).step();
    return statement.result();
}

Outcome<std::vector<decide::Claim>> readClaims(Database& database, const std::string& resource)
{
    auto statement = database.prepare("SELECT run, step, ends FROM claims WHERE resource = :resource ORDER BY run");
    statement.bind(":resource", resource);
    std::vector<decide::Claim> claims;
    while (statement.step()) claims.push_back({resource, statement.text(0), statement.text(1), statement.text(2), false});
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return claims;
}

}  // namespace handrail::store
