#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {
namespace {

constexpr const char* runColumns =
    "id, agent, version, definition, state, step, steps_done, steps_total, error_code, error_message, result,"
    " handoffs, user, created, updated, ran_ms, due, live";

std::string joined(const std::vector<HandoffId>& ids)
{
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
    return text;
}

std::vector<HandoffId> parted(const std::string& text)
{
    std::vector<HandoffId> ids;
    std::size_t start = 0;
    while (start < text.size()) {
        const auto end = std::min(text.find(' ', start), text.size());
        ids.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return ids;
}

RunRow runRowAt(const Statement& statement)
{
    RunRow row;
    RunSummary& run = row.summary;
    run.id = statement.text(0);
    run.agent = statement.text(1);
    run.version = statement.text(2);
    row.definition = statement.text(3);
    run.status = fromWord<RunStatus>(statement.text(4)).value_or(RunStatus::Stopped);
    run.step = statement.text(5);
    run.stepsDone = static_cast<int>(statement.integer(6));
    run.stepsTotal = static_cast<int>(statement.integer(7));
    if (const Code code = statement.text(8); !code.empty()) run.error = failure(code, statement.text(9));
    if (auto result = parseJson(statement.text(10), {std::size_t(16) << 20, 200})) run.result = result.take();
    run.handoffs = parted(statement.text(11));
    run.user = statement.text(12);
    run.created = statement.integer(13);
    run.updated = statement.integer(14);
    run.ranFor = statement.integer(15);
    row.due = statement.integer(16);
    row.live = statement.integer(17) != 0;
    return row;
}

}  // namespace

int putRun(Database& database, const RunRow& row)
{
    static const std::string sql =
        std::string("INSERT INTO runs(") + runColumns +
        ") VALUES(:id, :agent, :version, :definition, :state, :step, :done, :total, :code, :message, :result,"
        " :handoffs, :user, :created, :updated, :ran, :due, :live)"
        " ON CONFLICT(id) DO UPDATE SET state=excluded.state, step=excluded.step, steps_done=excluded.steps_done,"
        " steps_total=excluded.steps_total, error_code=excluded.error_code, error_message=excluded.error_message,"
        " result=excluded.result, handoffs=excluded.handoffs, updated=excluded.updated, ran_ms=excluded.ran_ms,"
        " due=excluded.due, live=excluded.live";
    const RunSummary& run = row.summary;
    auto statement = database.prepare(sql.c_str());
    statement.bind(":id", run.id).bind(":agent", run.agent).bind(":version", run.version)
        .bind(":definition", row.definition).bind(":state", word(run.status)).bind(":step", run.step)
        .bind(":done", run.stepsDone).bind(":total", run.stepsTotal)
        .bind(":code", run.error ? run.error->code : std::string())
        .bind(":message", run.error ? run.error->message : std::string())
        .bind(":result", dump(run.result)).bind(":handoffs", joined(run.handoffs)).bind(":user", run.user)
        .bind(":created", run.created).bind(":updated", run.updated).bind(":ran", run.ranFor).bind(":live", row.live ? 1 : 0);
    if (row.due > 0) statement.bind(":due", row.due);
    else statement.bind(":due", nullptr);
    statement.step();
    return statement.result();
}

Outcome<std::optional<RunRow>> readRun(Database& database, const RunId& id)
{
    static const std::string sql = std::string("SELECT ") + runColumns + " FROM runs WHERE id = :id";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":id", id);
    if (statement.step()) return std::optional<RunRow>(runRowAt(statement));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<RunRow>();
}

Outcome<std::vector<RunSummary>> readRuns(Database& database, int limit, int offset)
{
    static const std::string sql =
        std::string("SELECT ") + runColumns + " FROM runs ORDER BY created DESC, id LIMIT :limit OFFSET :offset";
    auto statement = database.prepare(sql.c_str());
    statement.bind(":limit", limit).bind(":offset", offset);
    std::vector<RunSummary> runs;
    while (statement.step()) runs.push_back(runRowAt(statement).summary);
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return runs;
}

Outcome<std::vector<RunId>> readRunIds(Database& database, const char* sql, Millis before, int limit)
{
    auto statement = database.prepare(sql);
    statement.bind(":before", before).bind(":limit", limit);
    std::vector<RunId> ids;
    while (statement.step()) ids.push_back(statement.text(0));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return ids;
}

int putDefinition(Database& database, const DefinitionRow& row)
{
    auto statement = database.prepare(
        "INSERT INTO definitions(digest, name, version, text) VALUES(:digest, :name, :version, :text) ON CONFLICT DO NOTHING");
    statement.bind(":digest", row.digest).bind(":name", row.name).bind(":version", row.version).bind(":text", row.text).step();
    return statement.result();
}

Outcome<std::optional<std::string>> readDefinition(Database& database, const std::string& digest)
{
    auto statement = database.prepare("SELECT text FROM definitions WHERE digest = :digest");
    statement.bind(":digest", digest);
    if (statement.step()) return std::optional<std::string>(statement.text(0));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<std::string>();
}

}  // namespace handrail::store
