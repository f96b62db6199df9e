#include "tests/bench/counters.h"

#include <cstdio>
#include <random>
#include <vector>

#include <QTemporaryDir>
#include <sqlite3.h>

#include "agentcore/dashboard.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"
#include "tests/bench/measuring.h"

namespace bench {
namespace {

using namespace handrail;

constexpr Millis year = Millis(365) * store::dayLength;
constexpr double mostMs = 100;  ///< until a dashboard is there

decide::Event eventOf(decide::EventKind kind, const RunId& run, Millis at, Json data)
{
    decide::Event event;
    event.time = at;
    event.run = run;
    event.kind = kind;
    event.data = std::move(data);
    return event;
}

/// Runs of ten agents with thirty tools, a tenth of whose calls fail in one of twelve ways.
class Filling {
public:
    explicit Filling(store::Database& database) : database_(database) {}

    void fill(int runs, Millis from)
    {
        for (int i = 0; i < runs; ++i) {
            if (i % 20'000 == 0) turn(i > 0);
            one(i, from + year / runs * i);
        }
        turn(true);
        database_.execute("COMMIT");
    }

private:
    void turn(bool isOpen)
    {
        if (isOpen) {
            store::putTally(database_, tally_);
            tally_.clear();
            database_.execute("COMMIT");
        }
        database_.execute("BEGIN IMMEDIATE");
    }

    void say(decide::Event event)
    {
        if (store::appendEvent(database_, event, head_) != SQLITE_DONE) std::abort();
        tally_.add(event);
    }

    void one(int i, Millis at)
    {
        static constexpr const char* codes[] = {"T500", "T503", "T429", "T404", "T109", "T103", "T601", "T110", "T403", "T502", "T408", "T504"};
        const RunId run = "run" + std::to_string(i);
        const std::string agent = "agent" + std::to_string(random_() % 10);
        const std::string tool = "tool" + std::to_string(random_() % 30);
        const bool isFailed = random_() % 10 == 0;
        store::RunRow row;
        row.summary.id = run;
        row.summary.agent = agent;
        row.summary.status = isFailed ? RunStatus::Failed : RunStatus::Completed;
        row.summary.created = row.summary.updated = at;
        if (store::putRun(database_, row) != SQLITE_DONE) std::abort();
        say(eventOf(decide::EventKind::RunStarted, run, at, {{"agent", agent}}));
        say(eventOf(decide::EventKind::Answered, run, at + 5, {{"tool", tool}, {"code", isFailed ? codes[random_() % std::size(codes)] : ""}, {"took_ms", 5}}));
        if (isFailed) {
            auto again = eventOf(decide::EventKind::Dispatched, run, at + 1'000, Json::object());
            again.attempt = 2;
            say(std::move(again));
        }
        say(eventOf(decide::EventKind::RunEnded, run, at + 1'500, {{"state", isFailed ? "failed" : "completed"}}));
    }

    store::Database& database_;
    store::Head head_;
    store::Tally tally_;
    std::mt19937 random_{1};
};

}  // namespace

int measureCounters(int runs, bool asJson)
{
    const QTemporaryDir dir;
    const std::string folder = dir.filePath(QStringLiteral("store")).toStdString();
    (void)store::openStore(folder, {"the bench", "b", {}, {}, false}).take();
    const Millis from = 1'700'000'000'000;
    {
        auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Write).take();
        database->execute("PRAGMA synchronous=OFF");
        Filling(*database).fill(runs, from);
    }
    auto began = std::chrono::steady_clock::now();
    auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Read).take();
    const auto again = store::recount(*database);
    const double recountMs = millisSince(began);
    const bool isEqual = again && again->counters == *store::readCounters(*database, INT64_MIN);

    Json list = Json::array();
    bool isMet = isEqual;
    for (const auto range : {DashboardRange::Hour, DashboardRange::Day, DashboardRange::Week, DashboardRange::Month, DashboardRange::All}) {
        std::vector<double> opened, led;
        for (int round = 0; round < 5; ++round) {
            // As a window would: a connection of its own, then the figures.
            began = std::chrono::steady_clock::now();
            const auto dashboard = openDashboard(folder).take();
            if (!dashboard->figures(range, from + year)) std::abort();
            opened.push_back(millisSince(began));
            began = std::chrono::steady_clock::now();
            if (!dashboard->runsBehind({DashboardBar::Kind::Errors, "tool7", {}, {}}, range, from + year)) std::abort();
            led.push_back(millisSince(began));
        }
        isMet = isMet && median(opened) <= mostMs;
        list.push_back({{"range", word(range)}, {"figures_ms", median(opened)}, {"ratio_to_recount", median(opened) / recountMs}, {"runs_behind_ms", median(led)}, {"met", median(opened) <= mostMs}});
    }
    if (asJson) {
        std::printf("%s\n", dump({{"runs", runs}, {"recount_ms", recountMs}, {"equal", isEqual}, {"ranges", list}}, 2).c_str());
    } else {
        std::printf("%d runs over a year; a full recount takes %.0f ms; the kept counters %s\n", runs, recountMs, isEqual ? "equal it" : "DO NOT EQUAL IT");
        for (const auto& row : list) {
            std::printf("  %-4s figures %8.2f ms (%.5f of a recount), runs behind a bar %8.2f ms  target at most %.0f: %s\n", textOf(row, "range").c_str(),
                        row["figures_ms"].get<double>(), row["ratio_to_recount"].get<double>(), row["runs_behind_ms"].get<double>(), mostMs, truthOf(row, "met") ? "met" : "MISSED");
        }
    }
    return isMet ? 0 : 1;
}

}  // namespace bench
