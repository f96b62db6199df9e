#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {

const char* const inboxColumns =
    "id, run, kind, state, title, agent, step, tool, risk, unknown, count, cause, created, decide_by, assignee, snoozed_until";

InboxRow inboxRowAt(const Statement& statement)
{
    InboxRow row;
    row.id = statement.text(0);
    row.run = statement.text(1);
    row.kind = fromWord<HandoffKind>(statement.text(2)).value_or(HandoffKind::Escalation);
    row.state = fromWord<HandoffState>(statement.text(3)).value_or(HandoffState::Open);
    row.title = statement.text(4);
    row.agent = statement.text(5);
    row.step = statement.text(6);
    row.tool = statement.text(7);
    row.risk = static_cast<Risk>(statement.integer(8));
    row.unknown = statement.integer(9) != 0;
    row.count = static_cast<int>(statement.integer(10));
    row.group = statement.text(11);
    row.created = statement.integer(12);
    row.decideBy = statement.integer(13);
    row.assignee = statement.text(14);
    row.snoozedUntil = statement.integer(15);
    return row;
}

std::string conditionOf(const InboxFilter& filter)
{
    std::string condition = "state = 'open'";
    if (filter.kind) condition += " AND kind = :kind";
    if (filter.unknownOnly) condition += " AND unknown = 1";
    if (!filter.assignee.empty()) condition += " AND assignee = :assignee AND assignee <> ''";
    if (filter.snoozedOnly) condition += " AND snoozed_until > :now AND snoozed_until > 0";
    else if (filter.now > 0) condition += " AND snoozed_until <= :now";
    return condition;
}

/// Where few are put off, as is usual, the order would lead through all the others.
std::string tableOf(const InboxFilter& filter) { return filter.snoozedOnly ? "handoffs INDEXED BY handoffs_snoozed" : "handoffs"; }

void bindCondition(Statement& statement, const InboxFilter& filter)
{
    if (filter.kind) statement.bind(":kind", word(*filter.kind));
    if (!filter.assignee.empty()) statement.bind(":assignee", filter.assignee);
    if (filter.snoozedOnly || filter.now > 0) statement.bind(":now", filter.now);
}

int putHandoff(Database& database, const InboxRow& row)
{
    auto statement = database.prepare(
        "INSERT INTO handoffs(id, run, kind, state, title, agent, step, tool, risk, unknown, count, cause, created, decide_by,"
        " assignee, snoozed_until)"
        " VALUES(:id, :run, :kind, :state, :title, :agent, :step, :tool, :risk, :unknown, :count, :cause, :created, :decide_by,"
        " :assignee, :snoozed_until)"
        " ON CONFLICT(id) DO UPDATE SET state=excluded.state, title=excluded.title, risk=excluded.risk,"
        " unknown=excluded.unknown, count=MAX(count, excluded.count), decide_by=excluded.decide_by,"
        " assignee=excluded.assignee, snoozed_until=excluded.snoozed_until");
    statement.bind(":id", row.id).bind(":run", row.run).bind(":kind", word(row.kind)).bind(":state", word(row.state))
        .bind(":title", row.title).bind(":agent", row.agent).bind(":step", row.step).bind(":tool", row.tool)
        .bind(":risk", static_cast<int>(row.risk)).bind(":unknown", row.unknown ? 1 : 0).bind(":count", row.count)
        .bind(":cause", row.group).bind(":created", row.created).bind(":decide_by", row.decideBy)
        .bind(":assignee", row.assignee).bind(":snoozed_until", row.snoozedUntil).step();
    return statement.result();
}

int countUp(Database& database, const std::string& cause, int count)
{
    auto statement = database.prepare("UPDATE handoffs SET count = :count WHERE cause = :cause AND cause <> '' AND state = 'open' AND count < :count");
    statement.bind(":cause", cause).bind(":count", count).step();
    return statement.result();
}

Outcome<bool> readCauseOpen(Database& database, const std::string& cause)
{
    auto statement = database.prepare("SELECT 1 FROM handoffs WHERE cause = :cause AND cause <> '' AND state = 'open' LIMIT 1");
    statement.bind(":cause", cause);
    if (statement.step()) return true;
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return false;
}

bool isOpen(Database& database, const HandoffId& id)
{
    auto statement = database.prepare("SELECT 1 FROM handoffs WHERE id = :id AND state IN ('open', 'expired')");
    statement.bind(":id", id);
    return statement.step();
}

Outcome<std::vector<InboxRow>> readInbox(Database& database, const InboxFilter& filter)
{
    if (!filter.search.empty() || filter.newestFirst) return searchInbox(database, filter);
    std::string sql = std::string("SELECT ") + inboxColumns + " FROM " + tableOf(filter) + " WHERE " + conditionOf(filter);
    if (filter.after) {
        // The urgency as the table makes it of its columns.
        sql += " AND (urgency, created, id) > ((:risk < 3) * 4611686018427387904"
               " + CASE WHEN :decide_by = 0 THEN 2305843009213693952 ELSE :decide_by END, :created, :id)";
    }
    sql += " ORDER BY urgency, created, id LIMIT :limit";
    auto statement = database.prepare(sql);
    bindCondition(statement, filter);
    if (const auto& after = filter.after) {
        statement.bind(":risk", static_cast<int>(after->risk)).bind(":decide_by", after->decideBy);
        statement.bind(":created", after->created).bind(":id", after->id);
    }
    statement.bind(":limit", filter.limit);
    std::vector<InboxRow> rows;
    while (statement.step()) rows.push_back(inboxRowAt(statement));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return rows;
}

Outcome<std::optional<InboxRow>> readHandoff(Database& database, const HandoffId& id)
{
    static const std::string sql = std::string("SELECT ") + inboxColumns + " FROM handoffs WHERE id = :id";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":id", id);
    if (statement.step()) return std::optional<InboxRow>(inboxRowAt(statement));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<InboxRow>();
}

Outcome<std::vector<std::pair<std::string, int>>> readOpenCounts(Database& database)
{
    auto statement = database.prepare("SELECT kind, SUM(open), SUM(open * unknown) FROM handoff_counts GROUP BY kind HAVING SUM(open) > 0");
    std::vector<std::pair<std::string, int>> counts;
    int all = 0;
    int unknown = 0;
    while (statement.step()) {
        counts.emplace_back(statement.text(0), static_cast<int>(statement.integer(1)));
        all += static_cast<int>(statement.integer(1));
        unknown += static_cast<int>(statement.integer(2));
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    counts.emplace_back("all", all);
    counts.emplace_back("unknown", unknown);
    return counts;
}

Outcome<int> readOpenOf(Database& database, const std::string& assignee, Millis now)
{
    auto statement = database.prepare(
        "SELECT COUNT(*) FROM handoffs WHERE state = 'open' AND assignee = :assignee AND assignee <> '' AND snoozed_until <= :now");
    statement.bind(":assignee", assignee).bind(":now", now);
    if (statement.step()) return static_cast<int>(statement.integer(0));
    return database.failureOf(statement.result());
}

Outcome<std::vector<SnoozedCount>> readSnoozedCounts(Database& database, Millis now)
{
    auto statement = database.prepare(
        // Few are put off of however many there are; the index by kind would lead through all of them.
        "SELECT kind, COUNT(*), SUM(unknown) FROM handoffs INDEXED BY handoffs_snoozed"
        " WHERE state = 'open' AND snoozed_until > :now AND snoozed_until > 0 GROUP BY kind");
    statement.bind(":now", now);
    std::vector<SnoozedCount> counts;
    while (statement.step()) {
        counts.push_back({statement.text(0), static_cast<int>(statement.integer(1)), static_cast<int>(statement.integer(2))});
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return counts;
}

Outcome<std::optional<RunId>> readRunOfHandoff(Database& database, const HandoffId& id)
{
    auto statement = database.prepare("SELECT run FROM handoffs WHERE id = :id");
    statement.bind(":id", id);
    if (statement.step()) return std::optional<RunId>(statement.text(0));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<RunId>();
}

}  // namespace handrail::store
