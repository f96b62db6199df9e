#include <cstdio>
#include <map>
#include <vector>

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QProcess>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include "app/console.h"
#include "app/stalls.h"
#include "models/inboxmodel.h"
#include "tests/bench/filled.h"
#include "tests/bench/measuring.h"
#include "tests/bench/stage.h"

/// What the window costs over a large inbox (G7, G9 to G12), by hand: benchconsole [--handoffs N] [--keep FOLDER]
/// [--storm SECONDS] [--json]. It needs a display: xvfb-run. A kept folder is filled once, and changed by what is measured.
namespace bench {
namespace {

std::chrono::steady_clock::time_point steadyNow() { return std::chrono::steady_clock::now(); }

class Report {
public:
    explicit Report(bool asJson) : asJson_(asJson) {}
    ~Report()
    {
        if (asJson_) std::printf("%s\n", dump(list_, 2).c_str());
    }

    void note(const char* id, const std::string& what, double value, double target = -1, bool isAtLeast = false)
    {
        list_.push_back({{"id", id}, {"what", what}, {"value", value}});
        const bool isMet = isAtLeast ? value >= target : value <= target;
        if (target >= 0) list_.back().update({{"target", target}, {"met", isMet}});
        isAllMet = isAllMet && (target < 0 || isMet);
        if (asJson_) return;
        std::printf("%-3s %-58s %10.2f", id, what.c_str(), value);
        if (target >= 0) std::printf("  target %s %.1f: %s", isAtLeast ? "at least" : "at most", target, isMet ? "met" : "MISSED");
        std::printf("\n");
        std::fflush(stdout);
    }

    bool isAllMet = true;

private:
    bool asJson_;
    Json list_ = Json::array();
};

std::unique_ptr<Runtime> runtimeOf(const std::string& folder)
{
    RuntimeOptions options;
    options.folder = folder;
    options.program = "the bench";
    options.watches = false;
    options.wire = [] { return std::make_unique<InstantWire>(); };
    auto runtime = Runtime::open(options);
    if (!runtime) qFatal("%s", runtime.failure().message.c_str());
    return runtime.take();
}

/// The console over a store, as its program makes it.
class Desk {
public:
    explicit Desk(const std::string& folder) : settings_(settingsDir_.filePath(QStringLiteral("console.ini")), QSettings::IniFormat)
    {
        auto runtime = runtimeOf(folder);
        runtime_ = runtime.get();
        auto reader = runtime->reader().take();
        console_ = std::make_unique<app::Console>(std::move(runtime), std::move(reader), folder, systemClock(), settings_);
        if (console_->begin(false)) qFatal("the console did not begin");
        window().resize(1366, 768);
    }

    Runtime& runtime() { return *runtime_; }
    ui::MainWindow& window() { return console_->window(); }
    QListView* list() { return window().findChild<QListView*>(QStringLiteral("inbox")); }
    QLineEdit* search() { return window().findChild<QLineEdit*>(QStringLiteral("search")); }
    bool has(const QString& id)
    {
        const auto* model = list()->model();
        return !model->match(model->index(0, 0), models::InboxModel::IdRole, id, 1, Qt::MatchExactly).isEmpty();
    }

private:
    QTemporaryDir settingsDir_;
    QSettings settings_;
    std::unique_ptr<app::Console> console_;
    Runtime* runtime_;
};

/// Starts runs from a thread of its own, so that the window's thread is in nobody's way.
class Feeder : public QObject {
public:
    Feeder(Runtime& runtime, bool isGated) : runtime_(runtime)
    {
        request_.definition = definition(isGated);
        moveToThread(&thread_);
        thread_.start();
    }
    ~Feeder() override
    {
        QMetaObject::invokeMethod(this, [this] {
            delete pace_;
            isOver_ = true;
        }, Qt::BlockingQueuedConnection);
        thread_.quit();
        thread_.wait();
    }

    /// One run after another until this ends.
    void keepRunning()
    {
        QMetaObject::invokeMethod(this, [this] { next(); });
    }
    /// So many runs a second, each of which asks a person at once.
    void keepAsking(int aSecond)
    {
        QMetaObject::invokeMethod(this, [this, aSecond] {
            pace_ = new QTimer;
            pace_->setTimerType(Qt::PreciseTimer);
            pace_->setInterval(1000 / aSecond);
            connect(pace_, &QTimer::timeout, this, [this] {
                runtime_.start(request_, this, [this](Outcome<RunId> run) { if (run) ++ended_; });
            });
            pace_->start();
        });
    }
    int ended() const { return ended_; }

private:
    void next()
    {
        if (isOver_) return;
        runtime_.start(request_, this, [this](Outcome<RunId> run) {
            runtime_.whenStopped(*run, this, [this](Outcome<RunSummary>) {
                ++ended_;
                next();
            });
        });
    }

    Runtime& runtime_;
    StartRequest request_;
    QThread thread_;
    QTimer* pace_ = nullptr;
    bool isOver_ = false;
    std::atomic<int> ended_ = 0;
};

void settle(int ms) { QTest::qWait(ms); }

/// A key, and all that follows of it up to the paint.
double pressed(QWidget* widget, Qt::Key key, QChar letter = {})
{
    const auto began = steadyNow();
    if (letter.isNull()) QTest::keyClick(widget, key);
    else QTest::keyClick(widget, letter.toLatin1());
    QApplication::processEvents();
    return millisSince(began);
}

void type(Desk& desk, const QString& text, std::vector<double>& frames)
{
    for (const QChar letter : text) {
        frames.push_back(pressed(desk.search(), Qt::Key_unknown, letter));
        // As fast as somebody types; the search itself falls into the pause.
        for (const auto began = steadyNow(); millisSince(began) < 130;) {
            const auto turn = steadyNow();
            QApplication::processEvents();
            frames.push_back(millisSince(turn));
            QThread::msleep(1);
        }
    }
    desk.search()->clear();
    settle(200);
}

void measureFrames(Desk& desk, Report& report)
{
    std::vector<double> moved, paged, typed;
    auto* list = desk.list();
    list->setFocus();
    settle(500);
    for (int i = 0; i < 300; ++i) moved.push_back(pressed(list, Qt::Key_Down));
    for (int i = 0; i < 300; ++i) paged.push_back(pressed(list, Qt::Key_PageDown));
    const int reached = list->model()->rowCount();
    for (const char* text : {"refund gateway", "wayne", "4711"}) type(desk, QString::fromLatin1(text), typed);
    report.note("G7", "the next row, ms to its paint, p99", percentile(moved, 0.99), 16);
    report.note("G7", "the next page, p99, as the list grows to " + std::to_string(reached) + " rows", percentile(paged, 0.99), 16);
    report.note("G7", "longest of them", std::max(percentile(moved, 1), percentile(paged, 1)), 16);
    report.note("G8", "a letter typed, p99", percentile(typed, 0.99), 16);
    report.note("G8", "longest of them", percentile(typed, 1), 16);
}

/// In a process of its own: from its start to the first paint with rows.
void measureFirstPaint(const std::string& folder, Report& report)
{
    std::vector<double> took, memory;
    for (int round = 0; round < 5; ++round) {
        QProcess process;
        const auto began = steadyNow();
        process.start(QApplication::applicationFilePath(), {QStringLiteral("--first"), QString::fromStdString(folder)});
        process.waitForReadyRead(60'000);
        took.push_back(millisSince(began));
        process.waitForFinished(60'000);
        memory.push_back(process.readAllStandardOutput().trimmed().split(' ').value(1).toDouble());
    }
    report.note("G9", "start of the program to the first paint with rows, ms, p50", percentile(took, 0.5), 400);
    report.note("G9", "memory then, MiB", percentile(memory, 0.5), 120);
}

/// Tells of the first paint of the list, once it has rows.
class FirstPaint : public QObject {
public:
    using QObject::QObject;
    bool isSeen = false;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        isSeen = isSeen || event->type() == QEvent::Paint;
        return false;
    }
};

int paintOnce(const std::string& folder)
{
    Desk desk(folder);
    FirstPaint paint;
    desk.list()->viewport()->installEventFilter(&paint);
    while (!paint.isSeen || desk.list()->model()->rowCount() == 0) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QApplication::processEvents();
    std::printf("painted ");
    std::fflush(stdout);
    settle(500);
    std::printf("%.1f\n", residentMiB());
    return 0;
}

double stepsWhile(Runtime& runtime, const std::function<void()>& busy)
{
    Feeder feeder(runtime, false);
    feeder.keepRunning();
    settle(500);
    const int before = feeder.ended();
    const auto began = steadyNow();
    while (millisSince(began) < 6'000) busy();
    return (feeder.ended() - before) * 10 / (millisSince(began) / 1000);
}

void measureUnderWork(const std::string& folder, Report& report)
{
    std::vector<double> alone, watched, busy;
    for (int round = 0; round < 3; ++round) {
        {
            const auto runtime = runtimeOf(folder);
            alone.push_back(stepsWhile(*runtime, [] { settle(100); }));
        }
        Desk desk(folder);
        settle(500);
        watched.push_back(stepsWhile(desk.runtime(), [] { settle(100); }));
        std::vector<double> frames;
        desk.list()->setFocus();
        busy.push_back(stepsWhile(desk.runtime(), [&] {
            for (int i = 0; i < 20; ++i) {
                pressed(desk.list(), i % 7 ? Qt::Key_Down : Qt::Key_PageDown);
                settle(16);
            }
            type(desk, QStringLiteral("ref"), frames);
        }));
    }
    report.note("G10", "durable steps/s without a window", percentile(alone, 0.5));
    report.note("G10", "the same under a window that only shows, ratio", percentile(watched, 0.5) / percentile(alone, 0.5), 0.8, true);
    report.note("G10", "the same while it scrolls and searches, ratio", percentile(busy, 0.5) / percentile(alone, 0.5), 0.8, true);
}

/// From the command that starts a run to the paint with its row: more than what is asked for, which begins at the commit.
void measureArrivals(Desk& desk, Report& report)
{
    desk.search()->setText(QStringLiteral("s0"));
    settle(500);
    StartRequest request;
    request.definition = definition(true);
    std::vector<double> took;
    for (int i = 0; i < 200; ++i) {
        QString id;
        const auto began = steadyNow();
        desk.runtime().start(request, &desk.window(), [&](Outcome<RunId> run) { id = QString::fromStdString(*run + "-1"); });
        while (id.isEmpty() || !desk.has(id)) QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        desk.list()->viewport()->repaint();
        took.push_back(millisSince(began));
        settle(30);
    }
    desk.search()->clear();
    report.note("G11", "a new handoff to its row, ms, p50", percentile(took, 0.5));
    report.note("G11", "p99", percentile(took, 0.99), 50);
}

void measureStorm(Desk& desk, int seconds, Report& report)
{
    constexpr int aSecond = 200;
    settle(500);
    const auto clock = systemClock();
    std::map<int, double> memory;
    const auto reader = desk.runtime().reader().take();
    const int before = reader->counts(0, {}).value().at("all");
    Millis longest = 0;
    int stalls = 0;
    int asked = 0;
    {
        app::StallDetector detector(*clock, 100, [](Millis) {});
        Feeder feeder(desk.runtime(), true);
        feeder.keepAsking(aSecond);
        const auto began = steadyNow();
        int minute = -1;
        for (int i = 0; millisSince(began) < seconds * 1000; ++i) {
            pressed(desk.list(), i % 40 < 20 ? Qt::Key_Down : Qt::Key_Up);
            settle(50);
            if (const int at = static_cast<int>(millisSince(began) / 60'000); at != minute) memory[minute = at] = residentMiB();
        }
        asked = feeder.ended();
        longest = detector.longest();
        stalls = detector.stalls();
    }
    settle(2'000);
    const int more = reader->counts(0, {}).value().at("all") - before;
    const std::string over = ", " + std::to_string(seconds) + " s over " + std::to_string(before) + " open";
    report.note("G12", "new handoffs a second" + over, asked / static_cast<double>(seconds), 0.95 * aSecond, true);
    report.note("G12", "stalls over 100 ms", stalls, 0);
    report.note("G12", "longest stall, ms", static_cast<double>(longest));
    report.note("G12", "asked for and not in the inbox", std::max(0, asked - more), 0);
    report.note("G12", "MiB more from the first minute to the last", std::prev(memory.end())->second - memory.begin()->second);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    qputenv("USER", "ann");
    const QStringList words = QApplication::arguments();
    const auto valueOf = [&](const char* name, const QString& usual) {
        const auto at = words.indexOf(QString::fromLatin1(name));
        return at >= 0 && at + 1 < words.size() ? words[at + 1] : usual;
    };
    if (words.value(1) == QStringLiteral("--first")) return bench::paintOnce(words.value(2).toStdString());
    const QTemporaryDir dir;
    const QString folder = valueOf("--keep", dir.filePath(QStringLiteral("store")));
    if (!QDir(folder).exists()) bench::fillInbox(folder.toStdString(), valueOf("--handoffs", QStringLiteral("1000000")).toInt());
    bench::Report report(words.contains(QStringLiteral("--json")));
    const int storm = valueOf("--storm", QStringLiteral("0")).toInt();
    if (storm > 0) {
        bench::Desk desk(folder.toStdString());
        bench::measureStorm(desk, storm, report);
        return report.isAllMet ? 0 : 1;
    }
    bench::measureFirstPaint(folder.toStdString(), report);
    {
        bench::Desk desk(folder.toStdString());
        bench::measureFrames(desk, report);
        bench::measureArrivals(desk, report);
    }
    bench::measureUnderWork(folder.toStdString(), report);
    return report.isAllMet ? 0 : 1;
}
