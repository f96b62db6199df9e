#include <sqlite3.h>

#include "agentcore/store/rows.h"

/// The counters that stand in the store, and how far into the journal they reach. Both move in one
/// transaction, so a crash leaves them behind the journal, never wrong.
namespace handrail::store {
namespace {

constexpr const char* position = "counted";
constexpr const char* eventColumns = "SELECT seq, time, run, step, attempt, event, data FROM journal";

std::string agentOf(Database& database, const RunId& run)
{
    auto statement = database.prepare("SELECT agent FROM runs WHERE id = :id");
    statement.bind(":id", run);
    return statement.step() ? statement.text(0) : std::string();
}

void countAnswer(Database& database, const Tally::Answer& answer, Counters& counters)
{
    auto statement = database.prepare("SELECT kind, created FROM handoffs WHERE id = :id AND run <> ''");
    statement.bind(":id", answer.handoff);
    if (!statement.step()) return;
    const std::string kind = statement.text(0);
    const Millis took = std::max<Millis>(0, answer.at - statement.integer(1));
    const std::int64_t day = dayOf(answer.at);
    ++counters[{day, "decided", kind, answer.verb}];
    if (answer.verb == "expired") return;
    counters[{day, "decision_ms", kind, {}}] += took;
    std::string bucket = "+Inf";
    for (const int bound : decisionBounds) {
        if (took > static_cast<Millis>(bound) * 1000) continue;
        bucket = std::to_string(bound);
        break;
    }
    ++counters[{day, "decision_le", kind, bucket}];
}

/// Looks up what the events did not say.
void resolve(Database& database, Tally& tally)
{
    for (const auto& [dayAndRun, count] : tally.retries) {
        tally.counters[{dayAndRun.first, "retries", agentOf(database, dayAndRun.second), {}}] += count;
    }
    for (const auto& answer : tally.answers) countAnswer(database, answer, tally.counters);
    tally.retries.clear();
    tally.answers.clear();
}

std::optional<decide::Event> eventAt(const Statement& statement)
{
    decide::Event event;
    const auto kind = decide::eventKind(statement.text(5));
    auto data = parseJson(statement.text(6), {std::size_t(16) << 20, 200});
    if (!kind || !data || !data->is_object()) return std::nullopt;
    event.seq = statement.integer(0);
    event.time = statement.integer(1);
    event.run = statement.text(2);
    event.step = statement.text(3);
    event.attempt = static_cast<int>(statement.integer(4));
    event.kind = *kind;
    event.data = data.take();
    return event;
}

Outcome<Seq> readPosition(Database& database)
{
    auto kept = readNote(database, position);
    if (!kept) return kept.failure();
    return kept->empty() ? Seq(0) : static_cast<Seq>(std::strtoll(kept->c_str(), nullptr, 10));
}

}  // namespace

Outcome<std::vector<decide::Event>> readEventsAfter(Database& database, Seq after, int limit)
{
    static const std::string sql = std::string(eventColumns) + " WHERE seq > :after AND event <> 'pruned' ORDER BY seq LIMIT :limit";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":after", after).bind(":limit", limit);
    std::vector<decide::Event> events;
    while (statement.step()) {
        // A line that nobody can read any more is told where its run is; those after it are read all the same.
        if (auto event = eventAt(statement)) events.push_back(std::move(*event));
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return events;
}

Outcome<std::optional<decide::Event>> readFinding(Database& database, const HandoffId& id)
{
    static const std::string sql = std::string(eventColumns) + " WHERE run = '' AND event = 'noticed' AND json_extract(data, '$.handoff') = :id ORDER BY seq DESC LIMIT 1";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":id", id);
    if (statement.step()) return eventAt(statement);
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<decide::Event>();
}

Outcome<Tally> openTally(Database& database)
{
    auto at = readPosition(database);
    if (!at) return at.failure();
    return Tally(*at);
}

Outcome<int> catchUp(Database& database, Tally& tally, int limit)
{
    static const std::string sql = std::string(eventColumns) + " WHERE seq > :after ORDER BY seq LIMIT :limit";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":after", tally.upTo()).bind(":limit", limit);
    int lines = 0;
    for (; statement.step(); ++lines) {
        // A line that was let go, or that nobody can read any more, counts nothing.
        if (auto event = eventAt(statement)) tally.add(*event);
        else tally.passed(statement.integer(0));
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return lines;
}

int putTally(Database& database, Tally& tally)
{
    resolve(database, tally);
    for (const auto& [key, count] : tally.counters) {
        auto statement = database.prepare(
            "INSERT INTO counters(day, name, subject, detail, value) VALUES(:day, :name, :subject, :detail, :value)"
            " ON CONFLICT(day, name, subject, detail) DO UPDATE SET value = value + excluded.value");
        statement.bind(":day", key.day).bind(":name", key.name).bind(":subject", key.of).bind(":detail", key.as).bind(":value", count).step();
        if (statement.result() != SQLITE_DONE) return statement.result();
    }
    return putNote(database, position, std::to_string(tally.upTo()));
}

Outcome<Counters> readCounters(Database& database, std::int64_t fromDay)
{
    // One moment for the counters and for the lines that they do not reach yet.
    database.execute("BEGIN");
    auto counted = openTally(database);
    Counters counters;
    {
        auto statement = database.prepare("SELECT day, name, subject, detail, value FROM counters WHERE day >= :day");
        statement.bind(":day", fromDay);
        while (statement.step()) {
            counters[{statement.integer(0), statement.text(1), statement.text(2), statement.text(3)}] = statement.integer(4);
        }
        if (statement.result() != SQLITE_DONE) counted = database.failureOf(statement.result());
    }
    auto read = counted ? catchUp(database, *counted, -1) : Outcome<int>(counted.failure());
    if (read) resolve(database, *counted);
    database.execute("COMMIT");
    if (!read) return read.failure();
    for (const auto& [key, count] : counted->counters) {
        if (key.day >= fromDay) counters[key] += count;
    }
    return counters;
}

Outcome<Counters> recount(Database& database)
{
    Tally tally;
    auto read = catchUp(database, tally, -1);
    if (!read) return read.failure();
    resolve(database, tally);
    return std::move(tally.counters);
}

}  // namespace handrail::store
