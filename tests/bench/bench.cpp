#include <chrono>
#include <cstdio>
#include <vector>

#include <QCoreApplication>
#include <QTemporaryDir>
#include <sqlite3.h>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/doors.h"
#endif

#include "agentcore/act/driver.h"
#include "agentcore/store/sqlitestore.h"

using namespace handrail;
using namespace handrailtest;

/// Durable steps a second, beside raw SQLite in the same minutes: run by hand, printed as ratios.
namespace {

using Seconds = std::chrono::duration<double>;

constexpr int runs = 200;
constexpr int steps = 10;

/// Answers every request at once, so that only the journal is measured.
class InstantWire : public wire::Wire {
public:
    wire::Call* http(const wire::HttpRequest&, QObject* parent) override
    {
        auto* call = new wire::Call(parent);
        wire::Reply reply;
        reply.phase = wire::SendPhase::Answered;
        reply.status = 200;
        reply.body = std::to_string(++count);
        QMetaObject::invokeMethod(call, [call, reply] { Q_EMIT call->finished(reply); }, Qt::QueuedConnection);
        return call;
    }
    wire::Call* command(const wire::CommandRequest&, QObject* parent) override { return new wire::Call(parent); }
    int count = 0;
};

double since(std::chrono::steady_clock::time_point began) { return Seconds(std::chrono::steady_clock::now() - began).count(); }

/// The intent, then the outcome, of every step: two commits a step, FULL, WAL.
double rawStepsPerSecond(const QString& path)
{
    sqlite3* db = nullptr;
    sqlite3_open(path.toUtf8().constData(), &db);
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE j(seq INTEGER PRIMARY KEY, run TEXT, data TEXT)", nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO j(run, data) VALUES('run', ?1)", -1, &insert, nullptr);
    const std::string data(200, 'x');
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < runs * steps * 2; ++i) {
        sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        sqlite3_bind_text(insert, 1, data.data(), static_cast<int>(data.size()), SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    }
    const double seconds = since(began);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return runs * steps / seconds;
}

double handrailStepsPerSecond(const QString& folder, int atOnce)
{
    auto store = store::openStore(folder.toStdString(), {"the bench", "b", {}, {}, false});
    const auto clock = systemClock();
    InstantWire wire;
    std::uint64_t random = 1;
    act::Driver driver({store->get(), &wire, clock.get(), [&] { return random += 0x9E3779B97F4A7C15ULL; }, 64});
    QString plan;
    for (int i = 0; i < steps; ++i) {
        plan += (i ? QStringLiteral(",") : QString()) + step(QStringLiteral("s%1").arg(i), QStringLiteral("put"), QStringLiteral("{\"n\": %1}").arg(i));
    }
    StartRequest request;
    request.definition = agent(writeTool(QStringLiteral("put"), QStringLiteral("write_keyed")), plan)
                             .replace(QStringLiteral("\"allow_private\": true"), QStringLiteral("\"allow_private\": true, \"limits\": {\"in_flight\": 64}"))
                             .toStdString();
    int begun = 0;
    int ended = 0;
    std::function<void()> begin = [&] {
        if (begun++ >= runs) return;
        driver.start(request, [&](Outcome<RunId> run) {
            driver.whenStopped(*run, [&](Outcome<RunSummary>) {
                ++ended;
                begin();
            });
        });
    };
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < atOnce; ++i) begin();
    while (ended < runs) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return runs * steps / since(began);
}

}  // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
    std::printf("%-8s %14s %14s %8s %14s\n", "round", "raw steps/s", "one at a time", "ratio", "32 at a time");
    for (int round = 1; round <= rounds; ++round) {
        QTemporaryDir dir;
        const double raw = rawStepsPerSecond(dir.filePath(QStringLiteral("raw.sqlite")));
        const double one = handrailStepsPerSecond(dir.filePath(QStringLiteral("one")), 1);
        const double many = handrailStepsPerSecond(dir.filePath(QStringLiteral("many")), 32);
        std::printf("%-8d %14.0f %14.0f %8.2f %14.0f\n", round, raw, one, one / raw, many);
    }
    return 0;
}
