#include <random>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/watch/figures.h"
#include "agentcore/watching.h"
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
        return readable(*store::recount(*database));
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
        QVERIFY(!read.contains(u"unknown handrail"_qs));
    }
};

QTEST_GUILESS_MAIN(FiguresTest)
#include "figurestest.moc"
