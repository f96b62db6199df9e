#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include "agentcore/decide/limits.h"
#include "agentcore/decide/retry.h"
#include "tests/bench/counters.h"
#include "tests/bench/inbox.h"
#include "tests/bench/measuring.h"
#include "tests/bench/raw.h"
#include "tests/bench/stage.h"

/// The figures of the journal's path, each beside raw SQLite in the same minutes. Run by hand:
/// bench [--json] [--rounds N] [--parked N]. Ratios are what counts; absolute times are this machine's.
namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace bench {
namespace {

struct Figure {
    std::string id;
    std::string what;
    std::vector<double> values;  ///< one a round
    double target = 0;
    bool isAtLeast = true;
};

class Bench {
public:
    Bench(int rounds, int parked) : rounds_(rounds), parked_(parked) {}

    void run()
    {
        for (int round = 0; round < rounds_; ++round) {
            measureRates();
            measureDecisions();
            measureStart();
            measureAround();
        }
    }
    const std::vector<Figure>& figures() const { return figures_; }

private:
    void note(const std::string& id, const std::string& what, double value, double target, bool isAtLeast)
    {
        for (auto& figure : figures_) {
            if (figure.id == id && figure.what == what) return figure.values.push_back(value);
        }
        figures_.push_back({id, what, {value}, target, isAtLeast});
    }

    /// Ours and raw in turns within each round, so that both see the same disk.
    void measureRates()
    {
        double ours = 0;
        double raw = 0;
        double oursMany = 0;
        double rawMany = 0;
        double commits = 0;
        constexpr int turns = 3;
        for (int turn = 0; turn < turns; ++turn) {
            QTemporaryDir dir;
            Raw sqlite(dir.filePath(QStringLiteral("raw")).toStdString());
            raw += sqlite.stepsPerSecond(2'000, 1) / turns;
            ours += measureSteps(dir.filePath(QStringLiteral("one")).toStdString(), 200, 1).stepsPerSecond / turns;
            rawMany += sqlite.stepsPerSecond(2'016, 32) / turns;
            const Rate many = measureSteps(dir.filePath(QStringLiteral("many")).toStdString(), 192, 32);
            oursMany += many.stepsPerSecond / turns;
            commits += many.commitsPerStep / turns;
        }
        note("G1", "durable steps/s, one at a time", ours, 0, true);
        note("G1", "the same, raw SQLite", raw, 0, true);
        note("G1", "ratio", ours / raw, 1.2, true);
        note("G2", "durable steps/s, 32 at a time", oursMany, 0, true);
        note("G2", "the same, raw SQLite in groups", rawMany, 0, true);
        note("G2", "ratio", oursMany / rawMany, 0.75, true);
        note("G2", "commits a step", commits, 0.2, false);
    }

    void measureDecisions()
    {
        QTemporaryDir dir;
        Stage stage(dir.filePath(QStringLiteral("store")).toStdString());
        const auto handoffs = park(stage, parked_);
        Raw sqlite(dir.filePath(QStringLiteral("raw")).toStdString());
        sqlite.park(parked_);
        std::vector<double> ours;
        std::vector<double> raw;
        for (int i = 0; i < 300; ++i) {
            raw.push_back(sqlite.decide(i + 1) * 1000);
            double took = 0;
            bool isOver = false;
            const auto began = std::chrono::steady_clock::now();
            stage.wire.onRequest = [&] {
                if (took == 0) took = secondsSince(began) * 1000;
            };
            Decision decision;
            decision.handoff = handoffs[static_cast<std::size_t>(i)];
            decision.verb = Verb::Approve;
            decision.who = "bench";
            stage.driver->decide(decision, [](Outcome<HandoffId>) {});
            stage.driver->whenStopped(decision.handoff.substr(0, decision.handoff.rfind('-')), [&](Outcome<RunSummary>) { isOver = true; });
            while (!isOver) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            ours.push_back(took);
        }
        const std::string parked = ", " + std::to_string(parked_) + " parked";
        note("G3", "decision to next tool, p50 ms" + parked, median(ours), 0, false);
        note("G3", "the same, raw SQLite" + parked, median(raw), 0, false);
        note("G3", "p50 ratio" + parked, median(ours) / median(raw), 1.6, false);
        note("G3", "p99 ratio" + parked, percentile(ours, 0.99) / percentile(raw, 0.99), 3, false);
    }

    /// In processes of their own: what a start costs with and without parked runs.
    void measureStart()
    {
        QTemporaryDir dir;
        const QString empty = dir.filePath(QStringLiteral("empty"));
        const QString full = dir.filePath(QStringLiteral("full"));
        const QString killed = dir.filePath(QStringLiteral("killed"));
        {
            Stage few(empty.toStdString());
            park(few, 1);
            Stage many(full.toStdString());
            park(many, parked_);
            copyAsKilled(full, killed);
        }
        const auto [plainMs, plainMiB] = child(empty);
        const auto [ms, miB] = child(full);
        note("G4", "start to first tool, ms, " + std::to_string(parked_) + " parked", ms, 50, false);
        note("G4", "the same, none parked", plainMs, 0, false);
        note("G5", "restart to first tool after a kill, ms, " + std::to_string(parked_) + " parked", child(killed).first, 50, false);
        note("G4", "MiB more by parked runs", miB - plainMiB, 2, false);
    }
    /// The files as they are while the store is in use, its log not yet moved: what a kill leaves behind.
    static void copyAsKilled(const QString& folder, const QString& to)
    {
        QDir().mkpath(to);
        QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        for (const auto& file : QDir(folder).entryInfoList(QDir::Files)) QFile::copy(file.filePath(), to + u'/' + file.fileName());
    }
    static std::pair<double, double> child(const QString& folder)
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--start"), folder});
        process.waitForFinished(60'000);
        const auto parts = process.readAllStandardOutput().split(' ');
        return {parts.value(0).toDouble(), parts.value(1).toDouble()};
    }

    void measureAround()
    {
        decide::HostLimits limits;
        Tool tool;
        tool.host = "https://shop";
        tool.effect = Effect::WriteKeyed;
        decide::Attempted attempted;
        attempted.effect = Effect::WriteKeyed;
        const auto once = [&](Millis now) {
            if (!limits.admit(tool, decide::Lane::Tools, false, now).isGiven()) std::abort();
            limits.dispatched(tool, decide::Lane::Tools, now);
            if (decide::decideRetry(attempted, tool, 3).verdict != Verdict::Done) std::abort();
            limits.ended(tool, decide::Lane::Tools, "", true, now);
        };
        once(0);
        constexpr int times = 1'000'000;
        const std::size_t before = allocations;
        const auto began = std::chrono::steady_clock::now();
        for (int i = 0; i < times; ++i) once(i);
        const double seconds = secondsSince(began);
        const std::size_t made = allocations - before;  // before the notes below make their own
        note("G6", "retry, breaker and limits around a call that works, ns", seconds * 1e9 / times, 200, false);
        note("G6", "allocations a call", static_cast<double>(made) / times, 0.0, false);
    }

    int rounds_;
    int parked_;
    std::vector<Figure> figures_;
};

void print(const std::vector<Figure>& figures, bool asJson)
{
    Json list = Json::array();
    for (const auto& figure : figures) {
        const double middle = median(figure.values);
        const auto [least, most] = std::minmax_element(figure.values.begin(), figure.values.end());
        const bool hasTarget = figure.target > 0 || figure.what == "allocations a call";
        const bool isMet = figure.isAtLeast ? middle >= figure.target : middle <= figure.target;
        list.push_back({{"id", figure.id}, {"what", figure.what}, {"median", middle}, {"least", *least}, {"most", *most}});
        if (hasTarget) list.back()["target"] = figure.target;
        if (hasTarget) list.back()["met"] = isMet;
        if (asJson) continue;
        std::printf("%-4s %-62s %12.3f  (%.3f to %.3f)", figure.id.c_str(), figure.what.c_str(), middle, *least, *most);
        if (hasTarget) std::printf("  target %s %.2f: %s", figure.isAtLeast ? "at least" : "at most", figure.target, isMet ? "met" : "MISSED");
        std::printf("\n");
    }
    if (asJson) std::printf("%s\n", dump(list, 2).c_str());
}

/// One start: opens the store, recovers, decides the first handoff; prints milliseconds and MiB.
int startOnce(const std::string& folder)
{
    const auto began = std::chrono::steady_clock::now();
    Stage stage(folder);
    double took = 0;
    stage.wire.onRequest = [&] {
        if (took == 0) took = secondsSince(began) * 1000;
    };
    stage.driver->recover();
    StartRequest request;
    request.definition = definition(false);
    bool isOver = false;
    stage.driver->start(request, [&](Outcome<RunId> run) {
        stage.driver->whenStopped(*run, [&](Outcome<RunSummary>) { isOver = true; });
    });
    while (!isOver) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf("%.3f %.3f", took, residentMiB());
    return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    qRegisterMetaType<handrail::wire::Reply>();
    const QStringList words = application.arguments();
    const auto valueOf = [&](const char* name, int usual) {
        const auto at = words.indexOf(QString::fromLatin1(name));
        return at >= 0 && at + 1 < words.size() ? words[at + 1].toInt() : usual;
    };
    if (words.value(1) == QStringLiteral("--steps")) {
        // For a profiler: nothing but steps.
        const QTemporaryDir dir;
        std::printf("%.0f steps/s\n", bench::measureSteps(dir.filePath(QStringLiteral("store")).toStdString(), 1'000, valueOf("--steps", 1)).stepsPerSecond);
        return 0;
    }
    if (words.contains(QStringLiteral("--counters"))) return bench::measureCounters(valueOf("--counters", 1'000'000), words.contains(QStringLiteral("--json")));
    if (words.contains(QStringLiteral("--inbox"))) {
        const auto kept = words.indexOf(QStringLiteral("--keep"));
        const std::string folder = kept >= 0 ? words.value(kept + 1).toStdString() : std::string();
        return bench::measureInbox(valueOf("--inbox", 1'000'000), folder, words.contains(QStringLiteral("--json")));
    }
    if (words.value(1) == QStringLiteral("--start")) return bench::startOnce(words.value(2).toStdString());
    bench::Bench bench(valueOf("--rounds", 3), valueOf("--parked", 10'000));
    bench.run();
    bench::print(bench.figures(), words.contains(QStringLiteral("--json")));
    return 0;
}
