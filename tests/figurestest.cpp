#include <random>

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/watch/figures.h"
#include "agentcore/watching.h"
#include "agentcore/dashboard.h"
#include "agentcore/reader.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/watchstage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// The kept counters: right after every commit, after a crash, and after lines were let go.
class FiguresTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static QString readable(const store::Counters& counters)
    {
        QString text;
        for (const auto& [key, value] : counters) {
            text += QString::fromStdString(watch::dayText(key.day) + " " + key.name + " " + key.of + " " + key.as + " = " + std::to_string(value) + "\n");
        }
        return text;
    }
    static QString recounted(const std::string& folder)
    {
        auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Read).take();
        return readable(store::recount(*database)->counters);
    }
    /// The short spans that are kept, and the same from the journal alone.
    static std::pair<QString, QString> recents(const std::string& folder)
    {
        auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Read).take();
        const auto all = *store::recount(*database);
        const auto kept = *store::readRecentCounters(*database, all.oldestSlot() * store::slotLength);
        const auto text = [](const store::Counters& counters) {
            QString lines;
            for (const auto& [key, value] : counters) lines += QString::number(key.day) + QString::fromStdString(" " + key.name + " " + key.of + " " + key.as + " = " + std::to_string(value) + "\n");
            return lines;
        };
        return {text(kept), text(all.recent)};
    }
    static QStringList behind(const Stage& stage, DashboardBar bar, DashboardRange range = DashboardRange::All)
    {
        QStringList runs;
        for (const auto& run : *openDashboard(stage.folder).value()->runsBehind(bar, range, stage.clock.at)) runs.append(QString::fromStdString(run));
        return runs;
    }
    static QString kept(const std::string& folder) { return readable(*store::openReadStore(folder).value()->counters(0)); }

    static QString failing() { return agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs)); }
    static QString gated() { return agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"a"_qs, u"pay"_qs)); }

    /// Some runs that work, fail and ask, over three days.
    static void play(Stage& stage, int runs, unsigned seed)
    {
        std::mt19937 random(seed);
        for (int i = 0; i < runs; ++i) {
            stage.clock.at += 7'000'000;
            const auto what = random() % 4;
            stage.wire.replies.clear();
            stage.wire.answer(what == 0 ? 503 : what == 1 ? 404 : 200, "{}");
            if (what < 3) {
                stage.stopped(stage.start(failing()));
                continue;
            }
            const auto run = stage.start(gated());
            stage.stopped(run);
            stage.clock.at += random() % 2 ? 45'000 : 200'000;
            stage.decide(run + "-1", random() % 2 ? Verb::Approve : Verb::Reject);
            stage.stopped(run);
        }
    }

private slots:
    void what_stood_in_is_counted_and_logged_by_kind_and_how_it_went()
    {
        WatchStage stage(folder());
        const QString desk = agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1}, "fallback": {"cache_s": 60, "read_only": "replica"})")) + u","_qs +
                                       readTool(u"replica"_qs, q(R"(, "retry": {"attempts": 1})")),
                                   step(u"a"_qs, u"find"_qs));
        const auto run = [&](const std::vector<int>& statuses) {
            for (const int status : statuses) stage.wire.answer(status, "{}");
            return stage.stopped(stage.start(desk));
        };
        QCOMPARE(run({200}), u"completed"_qs);
        QCOMPARE(run({503}), u"completed"_qs);  // what was read just now
        stage.clock.at += 60'001;
        QCOMPARE(run({503, 200}), u"completed"_qs);  // too old now: by the replica
        QCOMPARE(run({503, 500}), u"escalated"_qs);  // which fails, too
        const auto figures = openReader(stage.folder).value()->statistics();
        const auto counted = [&](const char* kind) {
            const auto& one = figures->fallbacks.at(kind);
            return QStringLiteral("%1 used, %2 good, %3 bad").arg(one.used).arg(one.success).arg(one.failure);
        };
        QCOMPARE(counted("cache"), u"3 used, 1 good, 2 bad"_qs);
        QCOMPARE(counted("read_only"), u"2 used, 1 good, 1 bad"_qs);
        stage.watcher->look();
        QCOMPARE(stage.events().count(u"fallback_used"_qs), 5);
    }

    void the_figures_say_what_happened()
    {
        Stage stage(folder());
        stage.wire.answer(503, "{}");
        stage.wire.answer(200, "{}");
        const auto run = stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        QTRY_VERIFY(stage.store->run(run)->value().due > stage.clock.at);
        stage.clock.at += 1'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        const auto asking = stage.start(gated());
        QCOMPARE(stage.stopped(asking), u"waiting_approval"_qs);
        stage.clock.at += 45'000;
        stage.wire.answer(200, "{}");
        QVERIFY(!stage.decide(asking + "-1", Verb::Approve));
        QCOMPARE(stage.stopped(asking), u"completed"_qs);

        const auto figures = openReader(stage.folder).value()->statistics();
        QVERIFY(figures.ok());
        QCOMPARE(figures->runsStarted, 2);
        QCOMPARE(figures->retries, 1);
        QCOMPARE(figures->runsEnded.at("completed"), 2);
        QCOMPARE(figures->tools.front().tool, std::string("find"));
        QCOMPARE(figures->tools.front().calls, 2);
        QCOMPARE(figures->tools.front().errorRate(), 0.5);
        QCOMPARE(figures->types.front().code, std::string("T503"));
        QCOMPARE(figures->types.front().day, rfc3339(stage.clock.at).substr(0, 10));
        QCOMPARE(figures->agents.front().retriesPerRun(), 0.5);
        QCOMPARE(figures->handoffs.front().kind, std::string("approval"));
        QCOMPARE(figures->handoffs.front().verbs.at("approve"), 1);
        QCOMPARE(figures->handoffs.front().averageMs(), Millis(45'000));
        QCOMPARE(figures->handoffs.front().buckets, (std::vector<std::int64_t>{0, 0, 1, 0, 0, 0, 0}));
    }

    void kept_counters_equal_a_full_recount_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 5; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void kept_counters_equal_a_full_recount()
    {
        QFETCH(unsigned, seed);
        const auto at = folder();
        {
            Stage stage(at);
            play(stage, 20, seed);
            QCOMPARE(kept(at), recounted(at));
            stage.open();
            QCOMPARE(kept(at), recounted(at));
            play(stage, 5, seed + 100);
        }
        QCOMPARE(kept(at), recounted(at));
        QVERIFY(kept(at).contains(u"errors find"_qs));
        const auto [short_, recountedShort] = recents(at);
        QCOMPARE(short_, recountedShort);
        QVERIFY(!short_.isEmpty());
    }

    void a_crash_at_any_commit_loses_and_doubles_nothing()
    {
        const auto at = folder();
        Stage stage(at);
        for (int i = 0; i < 6; ++i) {
            play(stage, 3, static_cast<unsigned>(i));
            // The files as they lie there while the program runs: what a crash leaves behind.
            const auto crashed = folder();
            QVERIFY(QDir().mkpath(QString::fromStdString(crashed)));
            for (const auto* file : {"/handrail.sqlite", "/handrail.sqlite-wal"}) {
                QVERIFY(QFile::copy(QString::fromStdString(at + file), QString::fromStdString(crashed + file)));
            }
            QFile::setPermissions(QString::fromStdString(crashed), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            Stage after(crashed);
            QCOMPARE(kept(crashed), recounted(crashed));
            QCOMPARE(kept(crashed), kept(at));
            play(after, 2, 77);
            QCOMPARE(kept(crashed), recounted(crashed));
        }
    }

    void what_was_counted_stays_counted_when_its_lines_are_let_go()
    {
        const auto at = folder();
        Stage stage(at);
        play(stage, 12, 3);
        const auto before = kept(at);
        stage.clock.at += 10 * store::dayLength;
        const auto pruned = stage.store->prune({stage.clock.at, "ann", stage.clock.at});
        QVERIFY(pruned.ok() && pruned->runs > 0);
        QCOMPARE(kept(at), before);
        play(stage, 2, 9);
        QVERIFY(kept(at).startsWith(before.section(u'\n', 0, 0)));
        QVERIFY(kept(at) != before);
    }

    void a_refused_commit_is_not_counted()
    {
        const auto at = folder();
        Stage stage(at);
        play(stage, 4, 5);
        const auto run = stage.start(gated());
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.store->conflictNext = true;
        stage.decide(run + "-1", Verb::Approve);
        QCOMPARE(kept(at), recounted(at));
        stage.clock.at += 2'000;
        play(stage, 2, 6);
        QCOMPARE(kept(at), recounted(at));
    }

    void a_range_begins_with_its_first_day()
    {
        const auto at = folder();
        Stage stage(at);
        play(stage, 40, 8);
        const auto reader = openReader(at).take();
        const auto all = reader->statistics();
        const auto last = reader->statistics(stage.clock.at - store::dayLength);
        QVERIFY(last->runsStarted > 0 && last->runsStarted < all->runsStarted);
        QCOMPARE(last->from, rfc3339(stage.clock.at - store::dayLength).substr(0, 10));
        for (const auto& type : last->types) QVERIFY(type.day >= last->from);
    }

    void the_hour_and_the_day_are_counted_in_short_spans()
    {
        const auto at = folder();
        Stage stage(at);
        const auto runOnce = [&](int status) {
            stage.wire.answer(status, "{}");
            stage.stopped(stage.start(failing()));
        };
        const auto started = [&](DashboardRange range) { return openDashboard(at).value()->figures(range, stage.clock.at)->runsStarted; };
        runOnce(200);
        stage.clock.at += 23 * 3'600'000;
        runOnce(503);
        stage.clock.at += 2 * 3'600'000;
        runOnce(404);
        stage.clock.at += 1'800'000;
        runOnce(404);
        QCOMPARE(started(DashboardRange::Hour), 2);
        QCOMPARE(started(DashboardRange::Day), 3);
        QCOMPARE(started(DashboardRange::Week), 4);
        QCOMPARE(started(DashboardRange::Month), 4);
        QCOMPARE(started(DashboardRange::All), 4);
        stage.open();
        QCOMPARE(started(DashboardRange::Hour), 2);
        QCOMPARE(started(DashboardRange::Day), 3);
        const auto hour = openDashboard(at).value()->figures(DashboardRange::Hour, stage.clock.at);
        QCOMPARE(hour->tools.front().codes, (std::map<Code, std::int64_t>{{"T404", 2}}));
        QVERIFY(hour->from.ends_with("Z"));
        // A week later the day is empty, and nothing of it is kept any longer than it is asked for.
        stage.clock.at += 7 * store::dayLength;
        QCOMPARE(started(DashboardRange::Day), 0);
        runOnce(200);
        stage.clock.at += 2'000;
        runOnce(200);
        stage.driver.reset();
        stage.store.reset();
        const auto [short_, recountedShort] = recents(at);
        QCOMPARE(short_, recountedShort);
        QCOMPARE(short_.count(u"runs_started"_qs), 1);
    }

    void tokens_are_counted_by_model()
    {
        store::Tally tally;
        decide::Event event;
        event.kind = decide::EventKind::Answered;
        event.data = {{"tool", "model:main"}, {"model", "main"}, {"tokens_in", 500}, {"tokens_out", 20}};
        for (event.seq = 1; event.seq <= 2; ++event.seq) tally.add(event);
        const auto figures = watch::figuresOf(tally.counters);
        QCOMPARE(figures.models.size(), std::size_t(1));
        QCOMPARE(figures.models.front().calls, 2);
        QCOMPARE(figures.models.front().tokensIn, 1'000);
        QCOMPARE(figures.models.front().tokensOut, 40);
    }

    void a_bar_leads_to_its_runs_newest_first()
    {
        const auto at = folder();
        Stage stage(at);
        QStringList found, missing, asked;
        for (int i = 0; i < 6; ++i) {
            stage.clock.at += 4'200'000;
            stage.wire.answer(i % 2 ? 503 : 404, "{}");
            const auto run = stage.start(failing());
            stage.stopped(run);
            (i % 2 ? found : missing).prepend(QString::fromStdString(run));
            if (i == 3) stage.open();
        }
        const auto asking = stage.start(gated());
        stage.stopped(asking);
        stage.clock.at += 45'000;
        stage.wire.answer(200, "{}");
        stage.decide(asking + "-1", Verb::Approve);
        stage.stopped(asking);
        using Kind = DashboardBar::Kind;
        QCOMPARE(behind(stage, {Kind::Errors, "find", "T503", {}}), found);
        QCOMPARE(behind(stage, {Kind::Errors, {}, "T404", {}}), missing);
        QCOMPARE(behind(stage, {Kind::Errors, "find", {}, {}}).size(), 6);
        QCOMPARE(behind(stage, {Kind::Errors, "find", {}, {}}, DashboardRange::Hour).size(), 1);
        QCOMPARE(behind(stage, {Kind::Handoffs, "approval", {}, {}}), QStringList{QString::fromStdString(asking)});
        QCOMPARE(behind(stage, {Kind::Decided, "approval", "approve", {}}), QStringList{QString::fromStdString(asking)});
        QCOMPARE(behind(stage, {Kind::TimeToDecision, "approval", "60", {}}), QStringList{QString::fromStdString(asking)});
        QCOMPARE(behind(stage, {Kind::TimeToDecision, "approval", "10", {}}), QStringList());
        QCOMPARE(behind(stage, {Kind::Ended, "completed", {}, {}}), QStringList{QString::fromStdString(asking)});
        QCOMPARE(behind(stage, {Kind::Errors, {}, {}, "1999-01-01"}), QStringList());
        const QString day = QString::fromStdString(rfc3339(stage.clock.at).substr(0, 10));
        QVERIFY(behind(stage, {Kind::Errors, {}, {}, day.toStdString()}).size() <= 6);
        QVERIFY(!openDashboard(at).value()->runsBehind({Kind::Errors, {}, {}, "yesterday"}, DashboardRange::All, stage.clock.at).ok());
        QCOMPARE(openDashboard(at).value()->runsBehind({Kind::Errors, {}, {}, {}}, DashboardRange::All, stage.clock.at, 2)->size(), std::size_t(2));
    }

    void half_and_nine_tenths_of_the_decisions_are_told_from_their_spans_data()
    {
        QTest::addColumn<QList<int>>("buckets");
        QTest::addColumn<qint64>("median");
        QTest::addColumn<qint64>("p90");
        QTest::newRow("none") << QList<int>{0, 0, 0, 0, 0, 0, 0} << qint64(0) << qint64(0);
        QTest::newRow("all at once") << QList<int>{10, 0, 0, 0, 0, 0, 0} << qint64(5'000) << qint64(9'000);
        QTest::newRow("in two spans") << QList<int>{5, 0, 0, 5, 0, 0, 0} << qint64(10'000) << qint64(252'000);
        QTest::newRow("beyond the last bound") << QList<int>{0, 0, 0, 0, 0, 0, 4} << qint64(3'600'000) << qint64(3'600'000);
    }
    void half_and_nine_tenths_of_the_decisions_are_told_from_their_spans()
    {
        QFETCH(QList<int>, buckets);
        HandoffFigures figures;
        for (const int count : buckets) figures.buckets.push_back(count);
        QTEST(static_cast<qint64>(timeToDecision(figures, 0.5)), "median");
        QTEST(static_cast<qint64>(timeToDecision(figures, 0.9)), "p90");
    }

    void a_day_begins_at_midnight_also_before_1970()
    {
        QCOMPARE(store::dayOf(0), 0);
        QCOMPARE(store::dayOf(-1), -1);
        QCOMPARE(store::dayOf(store::dayLength), 1);
        QCOMPARE(store::dayOf(store::dayLength - 1), 0);
        QCOMPARE(watch::dayText(19'675), std::string("2023-11-14"));
    }

    void the_metrics_text_is_read_by_a_parser_of_others()
    {
        const auto at = folder();
        Stage stage(at);
        play(stage, 20, 2);
        Statistics figures = openReader(at).value()->statistics().take();
        // Names that hold what has a meaning in the text form.
        figures.tools.front().tool = "a \"quoted\\name\"\nand a line";
        figures.models.push_back({"small", 3, 1'200, 90});
        figures.notifiers.push_back({"webhook (slack) to env:X", 3, 1, 0, 0, "T503"});
        QProcess python;
        python.start(u"/usr/bin/python3"_qs, {u"-c"_qs, q(
            "import sys\n"
            "from prometheus_client.parser import text_string_to_metric_families\n"
            "for family in text_string_to_metric_families(sys.stdin.read()):\n"
            "    for s in family.samples: print(family.type, s.name, sorted(s.labels.items()), s.value)\n")});
        python.write(QByteArray::fromStdString(metricsText(figures)));
        python.closeWriteChannel();
        QVERIFY2(python.waitForFinished(20'000) && python.exitCode() == 0, python.readAllStandardError().constData());
        const QString read = QString::fromUtf8(python.readAllStandardOutput());
        QVERIFY(read.contains(u"counter handrail_runs_started_total [('agent', 'desk')] %1.0"_qs.arg(figures.runsStarted)));
        QVERIFY2(read.contains(u"('tool', 'a \"quoted\\\\name\"\\nand a line')"_qs), qPrintable(read));
        QVERIFY(read.contains(u"histogram handrail_decision_seconds_bucket [('kind', 'approval'), ('le', '+Inf')]"_qs));
        QVERIFY(read.contains(u"counter handrail_notifications_total [('notifier', 'webhook (slack) to env:X'), ('result', 'failed')] 1.0"_qs));
        // What OpenTelemetry has a name for goes by that name.
        QVERIFY2(read.contains(u"summary gen_ai_client_token_usage_sum [('gen_ai_operation_name', 'chat'), ('gen_ai_request_model', 'small'), ('gen_ai_token_type', 'input')] 1200.0"_qs), qPrintable(read));
        QVERIFY(read.contains(u"gauge target_info [('service_name', 'handrail'), ('service_version', '"_qs));
        QVERIFY(!read.contains(u"unknown "_qs));
        // A family is declared once.
        const QString text = QString::fromStdString(metricsText(figures));
        const QStringList types = text.split(u'\n').filter(QRegularExpression(u"^# TYPE "_qs));
        QCOMPARE(QSet<QString>(types.begin(), types.end()).size(), types.size());
    }
};

QTEST_GUILESS_MAIN(FiguresTest)
#include "figurestest.moc"
