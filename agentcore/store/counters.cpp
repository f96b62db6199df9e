#include <algorithm>
#include <functional>

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

void countAnswer(Database& database, const Tally::Answer& answer, Tally& tally)
{
    auto statement = database.prepare("SELECT kind, created FROM handoffs WHERE id = :id AND run <> ''");
    statement.bind(":id", answer.handoff);
    if (!statement.step()) return;
    const std::string kind = statement.text(0);
    const Millis took = std::max<Millis>(0, answer.at - statement.integer(1));
    tally.count(answer.at, "decided", kind, answer.verb, 1, answer.seq, answer.run);
    if (answer.verb == "expired") return;
    tally.count(answer.at, "decision_ms", kind, {}, took);
    std::string bucket = "+Inf";
    for (const int bound : decisionBounds) {
        if (took > static_cast<Millis>(bound) * 1000) continue;
        bucket = std::to_string(bound);
        break;
    }
    tally.count(answer.at, "decision_le", kind, bucket, 1, answer.seq, answer.run);
}

/// Looks up what the events did not say.
void resolve(Database& database, Tally& tally)
{
    for (const auto& [slotAndRun, retry] : tally.retries) {
        tally.count(slotAndRun.first * slotLength, "retries", agentOf(database, slotAndRun.second), {}, retry.count, retry.seq, slotAndRun.second);
    }
    for (const auto& answer : tally.answers) countAnswer(database, answer, tally);
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

Outcome<std::optional<decide::Event>> readFinding(Database& database, const HandoffId& id, Seq before)
{
    static const std::string sql = std::string(eventColumns) + " WHERE run = '' AND event = 'noticed' AND json_extract(data, '$.handoff') = :id"
                                   " AND (:before = 0 OR seq < :before) ORDER BY seq DESC LIMIT 1";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":id", id).bind(":before", before);
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

namespace {

int putCounters(Database& database, const char* sql, const Counters& counters)
{
    for (const auto& [key, count] : counters) {
        auto statement = database.prepare(sql);
        statement.bind(":at", key.day).bind(":name", key.name).bind(":subject", key.of).bind(":detail", key.as).bind(":value", count).step();
        if (statement.result() != SQLITE_DONE) return statement.result();
    }
    return SQLITE_DONE;
}

/// The newest runs of each counter stay known.
int putRuns(Database& database, const CountedRuns& counted)
{
    const auto bindKey = [](Statement& statement, const CounterKey& key) -> Statement& {
        return statement.bind(":day", key.day).bind(":name", key.name).bind(":subject", key.of).bind(":detail", key.as);
    };
    for (const auto& [key, runs] : counted) {
        for (const auto& [seq, run] : runs) {
            auto statement = database.prepare(
                "INSERT INTO counted_runs(day, name, subject, detail, run, seq) VALUES(:day, :name, :subject, :detail, :run, :seq)"
                " ON CONFLICT(day, name, subject, detail, run) DO UPDATE SET seq = excluded.seq");
            bindKey(statement, key).bind(":run", run).bind(":seq", seq).step();
            if (statement.result() != SQLITE_DONE) return statement.result();
        }
        auto older = database.prepare(
            "DELETE FROM counted_runs WHERE day = :day AND name = :name AND subject = :subject AND detail = :detail AND run IN"
            " (SELECT run FROM counted_runs WHERE day = :day AND name = :name AND subject = :subject AND detail = :detail ORDER BY seq DESC LIMIT -1 OFFSET :kept)");
        bindKey(older, key).bind(":kept", static_cast<std::int64_t>(runsKept)).step();
        if (older.result() != SQLITE_DONE) return older.result();
    }
    return SQLITE_DONE;
}

/// Hands on what a query has of counters: when, name, subject, detail, value.
int tellCounters(Database& database, const char* sql, std::int64_t from, const TakeCounter& take)
{
    auto statement = database.prepare(sql);
    statement.bind(":from", from);
    while (statement.step()) take({statement.integer(0), statement.text(1), statement.text(2), statement.text(3)}, statement.integer(4));
    return statement.result();
}

/// What the kept counters do not reach yet, of the same moment as what `read` takes in.
Outcome<Tally> withRest(Database& database, const std::function<int()>& read)
{
    database.execute("BEGIN");
    auto rest = openTally(database);
    if (const int result = read(); rest && result != SQLITE_DONE) rest = database.failureOf(result);
    auto caught = rest ? catchUp(database, *rest, -1) : Outcome<int>(rest.failure());
    if (caught) resolve(database, *rest);
    database.execute("COMMIT");
    if (!caught) return caught.failure();
    return rest;
}

}  // namespace

int putTally(Database& database, Tally& tally)
{
    resolve(database, tally);
    int result = putCounters(database,
        "INSERT INTO counters(day, name, subject, detail, value) VALUES(:at, :name, :subject, :detail, :value)"
        " ON CONFLICT(day, name, subject, detail) DO UPDATE SET value = value + excluded.value", tally.counters);
    if (result != SQLITE_DONE) return result;
    result = putCounters(database,
        "INSERT INTO recent_counters(slot, name, subject, detail, value) VALUES(:at, :name, :subject, :detail, :value)"
        " ON CONFLICT(slot, name, subject, detail) DO UPDATE SET value = value + excluded.value", tally.recent);
    if (result != SQLITE_DONE) return result;
    auto old = database.prepare("DELETE FROM recent_counters WHERE slot < :oldest");
    old.bind(":oldest", tally.oldestSlot()).step();
    if (old.result() != SQLITE_DONE) return old.result();
    result = putRuns(database, tally.runs);
    if (result != SQLITE_DONE) return result;
    return putNote(database, position, std::to_string(tally.upTo()));
}

std::optional<Failure> eachCounter(Database& database, std::int64_t fromDay, const TakeCounter& take)
{
    const auto rest = withRest(database, [&] { return tellCounters(database, "SELECT day, name, subject, detail, value FROM counters WHERE day >= :from", fromDay, take); });
    if (!rest) return rest.failure();
    for (const auto& [key, count] : rest->counters) {
        if (key.day >= fromDay) take(key, count);
    }
    return std::nullopt;
}

Outcome<Counters> readCounters(Database& database, std::int64_t fromDay)
{
    Counters counters;
    if (auto refused = eachCounter(database, fromDay, [&](const CounterKey& key, std::int64_t value) { counters[key] += value; })) return *refused;
    return counters;
}

Outcome<Counters> readRecentCounters(Database& database, Millis since)
{
    const std::int64_t from = slotOf(since);
    Counters counters;
    const auto rest = withRest(database, [&] {
        return tellCounters(database, "SELECT slot, name, subject, detail, value FROM recent_counters WHERE slot >= :from", from, [&](const CounterKey& key, std::int64_t value) { counters[key] += value; });
    });
    if (!rest) return rest.failure();
    for (const auto& [key, count] : rest->recent) {
        if (key.day >= from) counters[key] += count;
    }
    return counters;
}

Outcome<Tally> recount(Database& database)
{
    Tally tally;
    auto read = catchUp(database, tally, -1);
    if (!read) return read.failure();
    resolve(database, tally);
    return tally;
}

Outcome<std::vector<RunId>> readCountedRuns(Database& database, const CountedBar& bar, Millis since, Millis until, int limit)
{
    const auto fits = [](const std::string& wanted, const std::string& has) { return wanted.empty() || wanted == has; };
    std::map<RunId, Seq> newest;
    const auto rest = withRest(database, [&] {
        auto statement = database.prepare(
            "SELECT c.run, MAX(c.seq), c.subject, c.detail FROM counted_runs c JOIN journal j ON j.seq = c.seq AND j.run = c.run"
            " WHERE c.day >= :day AND c.day <= :last AND c.name = :name AND (:subject = '' OR c.subject = :subject) AND (:detail = '' OR c.detail = :detail)"
            " AND j.time >= :since AND j.time < :until GROUP BY c.run");
        statement.bind(":day", dayOf(since)).bind(":last", dayOf(until)).bind(":name", bar.name).bind(":subject", bar.of).bind(":detail", bar.as);
        statement.bind(":since", since).bind(":until", until);
        while (statement.step()) newest[statement.text(0)] = statement.integer(1);
        return statement.result();
    });
    if (!rest) return rest.failure();
    for (const auto& [key, runs] : rest->runs) {
        if (key.name != bar.name || !fits(bar.of, key.of) || !fits(bar.as, key.as) || key.day < dayOf(since) || key.day > dayOf(until)) continue;
        for (const auto& [seq, run] : runs) newest[run] = std::max(newest[run], seq);
    }
    std::vector<std::pair<Seq, RunId>> all;
    for (const auto& [run, seq] : newest) all.emplace_back(seq, run);
    std::sort(all.rbegin(), all.rend());
    std::vector<RunId> runs;
    for (const auto& [seq, run] : all) {
        if (static_cast<int>(runs.size()) < limit) runs.push_back(run);
    }
    return runs;
}

}  // namespace handrail::store
