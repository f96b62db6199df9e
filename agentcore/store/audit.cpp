#include "agentcore/store/audit.h"

#include <sqlite3.h>

#include "agentcore/store/rows.h"

namespace handrail::store {
namespace {

constexpr std::size_t mostFindings = 100;

struct Line {
    Seq seq = 0;
    std::string event;
    std::string hash;
    std::string expected;  ///< what its hash must be after the line before
    Json data;
};

std::string place(Seq seq) { return "line " + std::to_string(seq); }

/// Goes along the chain, line by line.
class Walk {
public:
    Walk(AuditReport& report, Head from) : report_(report), last_(std::move(from)) {}

    void take(const Statement& row)
    {
        const Seq seq = row.integer(0);
        const std::string event = row.text(5);
        const std::string hash = row.text(7);
        ++report_.lines;
        if (seq != last_.seq + 1) {
            say(last_.seq + 1, "Lines " + std::to_string(last_.seq + 1) + " to " + std::to_string(seq - 1) + " of the journal are missing.");
        } else if (event == prunedLine) {
            // Its content was let go by rule; only its hash still holds the chain together.
            ++report_.pruned;
        } else if (chained(last_.hash, {seq, row.integer(1), row.text(2), row.text(3), row.integer(4), event, row.text(6)}) != hash) {
            say(seq, "Line " + std::to_string(seq) + " of the journal is not as it was written.");
        }
        if (event == "store_pruned") {
            const auto data = parseJson(row.text(6));
            if (data) declared_ += numberOf(*data, "lines");
        }
        last_ = {seq, hash};
    }

    void end()
    {
        report_.head = last_;
        if (declared_ != report_.pruned) {
            say(0, std::to_string(report_.pruned) + " lines have lost their content, but only " + std::to_string(declared_) + " were let go by a rule.");
        }
    }

private:
    void say(Seq seq, const std::string& what)
    {
        if (report_.findings.size() < mostFindings) {
            report_.findings.push_back(failure("R103", what, seq > 0 ? place(seq) : std::string(),
                                               "Keep this file for the audit and compare it with a backup from before."));
        }
    }

    AuditReport& report_;
    Head last_;
    Seq declared_ = 0;
};

constexpr const char* everyLine = "SELECT seq, time, run, step, attempt, event, data, hash FROM journal WHERE seq > :after ORDER BY seq";

}  // namespace

Outcome<std::optional<Failure>> holdAgainst(Database& database, const Anchor& anchor)
{
    auto head = readHead(database);
    if (!head) return head.failure();
    auto id = readStoreId(database);
    if (!id) return id.failure();
    const auto wrong = [&](const std::string& what) {
        return std::optional<Failure>(failure("R103", what, place(anchor.head.seq),
                                              "If it was restored on purpose: handrail accept-rollback. If not, keep the file and look into it."));
    };
    if (*id != anchor.store) {
        return std::optional<Failure>(failure("R103", "This head belongs to another store.", {}, "Give the anchor of this store."));
    }
    if (anchor.head.seq > head->seq) {
        return wrong("The journal ends at line " + std::to_string(head->seq) + ", but it was at line " + std::to_string(anchor.head.seq) +
                     " before: the store was cut, or an older copy was put back.");
    }
    auto statement = database.prepare("SELECT hash FROM journal WHERE seq = :seq");
    statement.bind(":seq", anchor.head.seq);
    const std::string hash = statement.step() ? statement.text(0) : std::string();
    if (hash == anchor.head.hash || anchor.head.seq == 0) return std::optional<Failure>();
    return wrong("Line " + std::to_string(anchor.head.seq) + " of the journal is not the one that was known before: its history was replaced.");
}

Outcome<AuditReport> audit(Database& database, const std::vector<Anchor>& anchors)
{
    AuditReport report;
    auto id = readStoreId(database);
    if (!id) return id.failure();
    report.store = *id;
    {
        auto check = database.prepare("PRAGMA integrity_check(10)");
        while (check.step()) {
            if (check.text(0) != "ok") report.findings.push_back(failure("R103", "The file is damaged: " + check.text(0) + "."));
        }
    }
    Walk walk(report, {});
    auto statement = database.prepare(everyLine);
    statement.bind(":after", std::int64_t(0));
    while (statement.step()) walk.take(statement);
    if (statement.result() != SQLITE_DONE) report.findings.push_back(database.failureOf(statement.result()));
    walk.end();
    for (const auto& anchor : anchors) {
        auto held = holdAgainst(database, anchor);
        if (!held) return held.failure();
        if (*held) report.findings.push_back(**held);
    }
    return report;
}

Outcome<AuditReport> auditAgainst(Database& database, const std::string& headFolder, const std::string& anchorFile)
{
    auto id = readStoreId(database);
    if (!id) return id.failure();
    std::vector<Anchor> anchors;
    std::vector<Failure> unreadable;
    if (!headFolder.empty()) {
        auto kept = readAnchor(headPath(headFolder, *id));
        if (!kept) unreadable.push_back(kept.failure());
        else if (*kept) anchors.push_back(**kept);
    }
    if (!anchorFile.empty()) {
        auto given = readAnchor(anchorFile);
        if (!given) return given.failure();
        if (!*given) return failure("U105", "There is no file " + anchorFile + ".", {}, "Give a file that handrail anchor has written.");
        anchors.push_back(**given);
    }
    auto report = audit(database, anchors);
    if (report) report->findings.insert(report->findings.end(), unreadable.begin(), unreadable.end());
    return report;
}

std::optional<Failure> eachAct(Database& database, const ActRange& range, const std::function<void(const ActLine&)>& tell)
{
    auto statement = database.prepare(
        "SELECT seq, time, run, step, attempt, event, data, hash FROM journal"
        " WHERE event IN ('decided', 'decided_late', 'expired', 'allowed', 'abort_asked', 'tended', 'host_set', 'store_pruned', 'rolled_back', 'paused')"
        " AND time >= :since AND (:until = 0 OR time < :until) AND (:run = '' OR run = :run) ORDER BY seq");
    statement.bind(":since", range.since).bind(":until", range.until).bind(":run", range.run);
    while (statement.step()) {
        ActLine line;
        auto data = parseJson(statement.text(6), {std::size_t(16) << 20, 200});
        line.isReadable = data && data->is_object();
        line.event.seq = statement.integer(0);
        line.event.time = statement.integer(1);
        line.event.run = statement.text(2);
        line.event.step = statement.text(3);
        line.event.attempt = static_cast<int>(statement.integer(4));
        line.event.kind = *decide::eventKind(statement.text(5));
        if (line.isReadable) line.event.data = data.take();
        line.hash = statement.text(7);
        // Another run's pause is nobody's act.
        const bool isPersons = line.event.kind != decide::EventKind::Paused || !line.isReadable || line.event.data.contains("who");
        if (isPersons) tell(line);
    }
    return statement.result() == SQLITE_DONE ? std::nullopt : std::optional(database.failureOf(statement.result()));
}

Outcome<std::vector<std::string>> hashesOf(Database& database, const std::string& run)
{
    auto statement = database.prepare("SELECT hash FROM journal WHERE run = :run ORDER BY seq");
    statement.bind(":run", run);
    std::vector<std::string> hashes;
    while (statement.step()) hashes.push_back(statement.text(0));
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return hashes;
}

std::optional<Failure> checkEnd(Database& database, int lines)
{
    auto head = readHead(database);
    if (!head) return head.failure();
    Head from;
    if (head->seq > lines) {
        auto before = database.prepare("SELECT seq, hash FROM journal WHERE seq = :seq");
        before.bind(":seq", head->seq - lines);
        if (before.step()) from = {before.integer(0), before.text(1)};
        else from = {head->seq - lines, {}};
    }
    AuditReport report;
    Walk walk(report, from);
    auto statement = database.prepare(everyLine);
    statement.bind(":after", from.seq);
    while (statement.step()) walk.take(statement);
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    if (report.findings.empty()) return std::nullopt;
    Failure found = report.findings.front();
    found.hint = "See everything that is wrong: handrail verify. Then restore the last good backup.";
    return found;
}

}  // namespace handrail::store
