#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/watchstage.h"
#endif
#include "agentcore/reader.h"
#include "agentcore/watch/repeats.h"

using namespace handrail;
using namespace handrailtest;

/// What comes up again over runs and restarts: one ticket that counts up, and one for a storm.
class FindingTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static QString retried(const QString& more = {}) { return agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs), more); }
    static QString failing() { return agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs)); }

    /// A run whose first call fails and whose second one works.
    void runOnce(WatchStage& stage, const QString& text)
    {
        stage.wire.answer(503, "{}");
        stage.wire.answer(200, "{}");
        const auto run = stage.start(text);
        QTRY_VERIFY(stage.store->run(run)->value().due > stage.clock.at);
        stage.clock.at += 1'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        stage.watcher->look();
    }

    static std::vector<InboxRow> inbox(const WatchStage& stage) { return *openReader(stage.folder).value()->inbox({}); }

    /// Waits until the driver has committed what the watch has found.
    static bool hasRows(const WatchStage& stage, std::size_t count, int times)
    {
        return QTest::qWaitFor([&] {
            const auto rows = inbox(stage);
            return rows.size() == count && (rows.empty() || rows.front().count == times);
        });
    }

private slots:
    void what_people_do_with_a_finding_in_one_turn_is_all_kept()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) {
            runOnce(stage, retried());
            stage.clock.at += 60'000;
        }
        QVERIFY(hasRows(stage, 1, 3));
        const auto id = inbox(stage).front().id;
        int replies = 0;
        std::optional<Failure> late;
        const auto note = [&](Outcome<HandoffId> outcome) {
            ++replies;
            if (!outcome) late = outcome.failure();
        };
        // Nothing of it is on disk before the turn is over.
        stage.driver->tend({id, "bob", "bob", {}}, note);
        stage.driver->tend({id, "bob", {}, stage.clock.at + 60'000}, note);
        QTRY_COMPARE(replies, 2);
        QCOMPARE(inbox(stage).front().assignee, std::string("bob"));
        QCOMPARE(inbox(stage).front().snoozedUntil, stage.clock.at + 60'000);
        Decision keep;
        keep.handoff = id;
        keep.verb = Verb::Keep;
        keep.who = "bob";
        stage.driver->decide(keep, note);
        stage.driver->tend({id, "carol", "carol", {}}, note);
        QTRY_COMPARE(replies, 4);
        QVERIFY(late.has_value());
        QCOMPARE(late->code, std::string("A105"));
        // What was closed stays closed.
        QVERIFY(inbox(stage).empty());
    }

    void the_third_time_in_ten_minutes_files_one_ticket_over_runs_and_restarts()
    {
        WatchStage stage(folder());
        runOnce(stage, retried());
        stage.clock.at += 120'000;
        runOnce(stage, retried());
        QVERIFY(hasRows(stage, 0, 0));
        stage.watcher.reset();
        stage.open();
        stage.watch();
        stage.clock.at += 120'000;
        runOnce(stage, retried());
        QVERIFY(hasRows(stage, 1, 3));
        const auto row = inbox(stage).front();
        QVERIFY(isFinding(row.id));
        QCOMPARE(row.run, std::string());
        QCOMPARE(row.title, std::string("find: service unavailable, 3 times in 10 minutes"));
        const auto detail = openReader(stage.folder).value()->handoff(row.id);
        QVERIFY(detail.ok() && detail->has_value());
        QCOMPARE((*detail)->error->code, std::string("T503"));
        QCOMPARE((*detail)->actions, std::vector<Verb>{Verb::Keep});
        QVERIFY(!(*detail)->suggestion.empty());
    }

    void it_counts_up_and_is_not_filed_twice()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) runOnce(stage, retried());
        QVERIFY(hasRows(stage, 1, 3));
        stage.clock.at += 20'000;
        for (int i = 0; i < 2; ++i) runOnce(stage, retried());
        stage.clock.at += 20'000;
        stage.watcher->look();
        QVERIFY(hasRows(stage, 1, 5));
        // A restart counts what came before, and files nothing that stands there.
        stage.watcher.reset();
        const auto commits = stage.store->commits;
        stage.watch();
        stage.watcher->look();
        QCoreApplication::processEvents();
        QCOMPARE(stage.store->commits, commits);
        QVERIFY(hasRows(stage, 1, 5));
        // People were told once in these five minutes.
        QCOMPARE(stage.desktop.size(), std::size_t(1));
    }

    void what_a_short_process_could_not_file_the_next_one_files()
    {
        WatchStage stage(folder());
        stage.watcher.reset();
        for (int i = 0; i < 3; ++i) {
            stage.wire.answer(503, "{}");
            stage.wire.answer(200, "{}");
            const auto run = stage.start(retried());
            QTRY_VERIFY(stage.store->run(run)->value().due > stage.clock.at);
            stage.clock.at += 1'000;
            stage.driver->turn();
            QCOMPARE(stage.stopped(run), u"completed"_qs);
        }
        // Its log was written to the end, but the driver was gone.
        stage.watch();
        QObject::disconnect(stage.watcher.get(), &watch::Watcher::found, nullptr, nullptr);
        stage.watcher->look();
        stage.watch();
        QVERIFY(hasRows(stage, 1, 3));
    }

    void over_a_longer_time_it_is_none()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 5; ++i) {
            runOnce(stage, retried());
            stage.clock.at += 301'000;
        }
        QVERIFY(hasRows(stage, 0, 0));
    }

    void how_often_in_how_long_the_definition_says()
    {
        WatchStage stage(folder());
        const QString text = retried(q(R"("escalation": {"repeats": 2, "window_s": 60}, )"));
        runOnce(stage, text);
        stage.clock.at += 61'000;
        runOnce(stage, text);
        QVERIFY(hasRows(stage, 0, 0));
        runOnce(stage, text);
        QVERIFY(hasRows(stage, 1, 2));
    }

    void another_tool_another_code_or_another_step_is_another_cause()
    {
        WatchStage stage(folder());
        runOnce(stage, retried());
        runOnce(stage, agent(readTool(u"find"_qs), step(u"b"_qs, u"find"_qs)));
        runOnce(stage, agent(readTool(u"seek"_qs), step(u"a"_qs, u"seek"_qs)));
        QVERIFY(hasRows(stage, 0, 0));
    }

    void tickets_of_runs_count_up_instead_of_one_more()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) {
            stage.wire.answer(503, "{}");
            QCOMPARE(stage.stopped(stage.start(failing())), u"escalated"_qs);
            stage.watcher->look();
        }
        // Each run has its own, since each needs its own answer; all of them say how often.
        QVERIFY(hasRows(stage, 3, 3));
        for (const auto& row : inbox(stage)) {
            QVERIFY(!isFinding(row.id));
            QCOMPARE(row.count, 3);
        }
    }

    void a_person_takes_note_once_and_nothing_else_can_be_decided()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) runOnce(stage, retried());
        QVERIFY(hasRows(stage, 1, 3));
        const auto id = inbox(stage).front().id;
        QCOMPARE(stage.decide(id, Verb::Retry)->code, std::string("U102"));
        QCOMPARE(stage.decide(id, Verb::Keep), std::nullopt);
        QVERIFY(hasRows(stage, 0, 0));
        QCOMPARE(stage.decide(id, Verb::Keep)->code, std::string("A105"));
        // It comes back when it comes up again.
        stage.clock.at += 20'000;
        runOnce(stage, retried());
        QVERIFY(hasRows(stage, 1, 4));
        QCOMPARE(inbox(stage).front().id, id);
    }

    void no_run_is_changed_by_any_of_it()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) runOnce(stage, retried());
        QVERIFY(hasRows(stage, 1, 3));
        for (const auto& run : *openReader(stage.folder).value()->runs()) {
            QCOMPARE(run.status, RunStatus::Completed);
            QVERIFY(run.handoffs.empty());
            for (const auto& event : *stage.store->events(run.id)) QVERIFY(event.kind != decide::EventKind::Noticed);
        }
        const auto handed = stage.store->events("");
        QCOMPARE(handed->back().kind, decide::EventKind::Noticed);
    }

    void ten_thousand_failures_in_a_minute_are_at_most_twenty_notices_and_one_storm_ticket()
    {
        WatchStage stage(folder());
        const auto parsed = parseDefinition(retried(q(R"("notify": [{"kind": "webhook", "url": "%1"}], )").arg(q("http://127.0.0.1:1/hook"))).toStdString());
        QVERIFY(parsed.definition);
        for (int i = 0; i < 100; ++i) stage.people.answer(200, "ok");
        int made = 0;
        for (int batch = 0; batch < 100; ++batch, stage.clock.at += 590) {
            store::Batch tickets;
            if (batch == 0) {
                tickets.definitions.push_back({parsed.definition->digest, "desk", "1", dump(parsed.definition->source)});
                decide::Event started;
                started.time = stage.clock.at;
                started.run = "storming";
                started.data = {{"agent", "desk"}, {"definition", parsed.definition->digest}};
                tickets.events.push_back(started);
            }
            for (int i = 0; i < 100; ++i) {
                const std::string id = "storming-" + std::to_string(++made);
                decide::Event asked;
                asked.time = stage.clock.at;
                asked.run = "storming";
                asked.kind = decide::EventKind::Asked;
                asked.data = {{"handoff", id}, {"kind", "escalation"}, {"title", "Stopped " + id}, {"group", "cause " + id}, {"risk", i % 10 ? "medium" : "critical"}};
                tickets.events.push_back(asked);
                InboxRow row;
                row.id = id;
                row.run = "storming";
                row.kind = HandoffKind::Escalation;
                row.created = stage.clock.at;
                tickets.handoffs.push_back(row);
            }
            QCOMPARE(stage.store->commit(tickets).how, store::Committed::Committed);
            stage.watcher->look();
            QCoreApplication::processEvents();
        }
        stage.clock.at += 10'000;
        stage.watcher->look();
        QVERIFY(QTest::qWaitFor([&] { return stage.people.requests.size() >= 2; }));
        QVERIFY2(stage.people.requests.size() <= 20, qPrintable(QString::number(stage.people.requests.size())));
        int storms = 0;
        for (const auto& request : stage.people.requests) storms += request.body.find("\"about\":\"storm\"") != std::string::npos;
        QCOMPARE(storms, 1);
        InboxFilter filter;
        filter.limit = 20'000;
        filter.search = "A storm of tickets";
        std::vector<InboxRow> found;
        QVERIFY(QTest::qWaitFor([&] {
            found = *openReader(stage.folder).value()->inbox(filter);
            return found.size() == 1 && found.front().count > 9'000;
        }));
        QVERIFY(isFinding(found.front().id));
        QCOMPARE(made, 10'000);
    }
};

QTEST_GUILESS_MAIN(FindingTest)
#include "findingtest.moc"
