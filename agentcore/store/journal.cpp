#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {
std::string chained(const std::string& before, const LineParts& line)
{
    std::string bytes;
    bytes.reserve(before.size() + line.run.size() + line.step.size() + line.event.size() + line.data.size() + 64);
    bytes += before;
    const auto add = [&bytes](std::string_view part) { (bytes += '\n') += part; };
    add(std::to_string(line.seq));
    add(std::to_string(line.time));
    add(line.run);
    add(line.step);
    add(std::to_string(line.attempt));
    add(line.event);
    add(line.data);
    return sha256(bytes);
}

Outcome<std::string> readStoreId(Database& database)
{
    auto statement = database.prepare("SELECT value FROM meta WHERE name = 'store_id'");
    if (statement.step()) return statement.text(0);
    return database.failureOf(statement.result() == SQLITE_DONE ? SQLITE_CORRUPT : statement.result());
}

Outcome<Head> readHead(Database& database)
{
    auto statement = database.prepare("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    Head head;
    if (statement.step()) head = {statement.integer(0), statement.text(1)};
    else if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return head;
}

int appendEvent(Database& database, decide::Event& event, Head& head)
{
    event.seq = head.seq + 1;
    const std::string data = dump(event.data);
    const std::string kind = word(event.kind);
    const std::string hash = chained(head.hash, {event.seq, event.time, event.run, event.step, event.attempt, kind, data});
    auto statement = database.prepare(
        "INSERT INTO journal(seq, time, run, step, attempt, event, data, hash)"
        " VALUES(:seq, :time, :run, :step, :attempt, :event, :data, :hash)");
    statement.bind(":seq", event.seq).bind(":time", event.time).bind(":attempt", event.attempt).lend(":run", event.run)
        .lend(":step", event.step).lend(":event", kind).lend(":data", data).lend(":hash", hash);
    statement.step();
    if (statement.result() == SQLITE_DONE) head = {event.seq, hash};
    return statement.result();
}

Outcome<std::vector<decide::Event>> readEvents(Database& database, const RunId& run, Seq after, int limit)
{
    auto statement = database.prepare(
        "SELECT seq, time, step, attempt, event, data FROM journal WHERE run = :run AND seq > :after ORDER BY seq LIMIT :limit");
    statement.bind(":run", run).bind(":after", after).bind(":limit", limit);
    std::vector<decide::Event> events;
    while (statement.step()) {
        decide::Event event;
        event.seq = statement.integer(0);
        event.time = statement.integer(1);
        event.run = run;
        event.step = statement.text(2);
        event.attempt = static_cast<int>(statement.integer(3));
        const auto kind = decide::eventKind(statement.text(4));
        auto data = parseJson(statement.text(5), {std::size_t(16) << 20, 200});
        if (!kind || !data || !data->is_object()) {
            return failure("R103", "Line " + std::to_string(event.seq) + " of the journal cannot be read.");
        }
        event.kind = *kind;
        event.data = data.take();
        events.push_back(std::move(event));
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return events;
}

}  // namespace handrail::store
