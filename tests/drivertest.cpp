#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

#include "agentcore/decide/next.h"
#include "agentcore/store/database.h"
#include "agentcore/store/folder.h"

using namespace handrail;
using namespace handrailtest;

/// The driver over a real store, a scripted wire and a clock that stands still.
class DriverTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::string folder() const { return dir_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QString::fromLatin1(QTest::currentDataTag())).toStdString(); }
    static QString oneWrite(const QString& effect, const QString& more = {}) { return agent(writeTool(u"note"_qs, effect, more), step(u"a"_qs, u"note"_qs, q(R"({"text": "x"})"))); }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    void a_run_goes_from_start_to_end()
    {
        Stage stage(folder());
        stage.wire.answer(200, "{\"id\": 1}");
        const auto run = stage.start(oneWrite(u"write_keyed"_qs));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        QCOMPARE(stage.wire.requests.front().body, std::string("{\"text\":\"x\"}"));
    }

    void the_intent_is_on_disk_before_a_byte_leaves()
    {
        Stage stage(folder());
        stage.wire.answer(200, "{}");
        QStringList order;
        stage.store->onCommit = [&](const store::Batch& batch) {
            for (const auto& event : batch.events) {
                if (event.kind == decide::EventKind::Intent || event.kind == decide::EventKind::Dispatched) order.append(QString::fromStdString(decide::word(event.kind)));
            }
        };
        stage.wire.onRequest = [&] { order.append(u"sent"_qs); };
        QCOMPARE(stage.stopped(stage.start(oneWrite(u"write_blind"_qs))), u"completed"_qs);
        QCOMPARE(order, QStringList({u"intent"_qs, u"dispatched"_qs, u"sent"_qs}));
    }

    void outcome_and_next_intent_share_a_commit()
    {
        Stage stage(folder());
        QString plan;
        for (int i = 0; i < 10; ++i) {
            plan += (i ? u","_qs : QString()) + step(u"s%1"_qs.arg(i), u"find"_qs, u"{\"n\": %1}"_qs.arg(i));
            stage.wire.answer(200, std::to_string(i));
        }
        QCOMPARE(stage.stopped(stage.start(agent(readTool(u"find"_qs), plan))), u"completed"_qs);
        QCOMPARE(stage.store->commits, 11);
    }

    void nothing_is_sent_when_the_disk_is_full()
    {
        Stage stage(folder());
        stage.store->failNext = true;
        QVERIFY(stage.start(oneWrite(u"write_keyed"_qs)).empty());
        QVERIFY(stage.halted.has_value());
        QCOMPARE(stage.halted->code, std::string("R101"));
        QVERIFY(stage.wire.requests.empty());
        stage.store->failNext = false;
        QVERIFY(stage.start(oneWrite(u"write_keyed"_qs)).empty());
        QVERIFY(stage.wire.requests.empty());
    }

    void a_disk_that_fills_up_in_the_middle_keeps_what_was_acknowledged()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_blind"_qs));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.store->failNext = true;
        QVERIFY(QMetaObject::invokeMethod(stage.driver.get(), [] {}, Qt::QueuedConnection));
        stage.open();
        stage.driver->recover();
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
    }

    void a_process_that_died_in_a_call_goes_on_as_its_kind_allows_data()
    {
        QTest::addColumn<QString>("effect");
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("requests");
        QTest::newRow("keyed") << u"write_keyed"_qs << u"completed"_qs << 2;
        QTest::newRow("blind") << u"write_blind"_qs << u"escalated"_qs << 1;
    }
    void a_process_that_died_in_a_call_goes_on_as_its_kind_allows()
    {
        QFETCH(QString, effect);
        Stage stage(folder());
        const auto run = stage.start(oneWrite(effect));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        const auto sent = stage.wire.requests.front();
        stage.open();
        stage.wire.answer(200, "{}");
        stage.driver->recover();
        stage.clock.at += 1'000;
        stage.driver->turn();
        stage.clock.at += 1'000;
        stage.driver->turn();
        QTEST(stage.stopped(run), "status");
        QTEST(int(stage.wire.requests.size()), "requests");
        // The same request, key and all; only its span is its own.
        const auto withoutSpan = [](auto headers) {
            std::erase_if(headers, [](const auto& header) { return header.first == "traceparent"; });
            return headers;
        };
        QCOMPARE(withoutSpan(stage.wire.requests.back().headers), withoutSpan(sent.headers));
    }

    void a_run_that_can_no_longer_be_read_stops_alone_and_is_told()
    {
        Stage stage(folder());
        const auto lost = stage.start(oneWrite(u"write_blind"_qs));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        {
            auto database = store::Database::open(store::databasePath(stage.folder), store::Database::Access::Write);
            QCOMPARE((*database)->execute("UPDATE definitions SET text = '{}'"), 0);
        }
        stage.open();
        ChangeSet told;
        QObject::connect(stage.driver.get(), &act::Driver::changed, stage.driver.get(), [&](const ChangeSet& change) {
            told.runs.insert(told.runs.end(), change.runs.begin(), change.runs.end());
            told.handoffs.insert(told.handoffs.end(), change.handoffs.begin(), change.handoffs.end());
        });
        stage.driver->recover();
        QCOMPARE(stage.stopped(lost), u"stopped"_qs);
        // Whoever looks at an open window must see it come.
        QCOMPARE(told.handoffs, std::vector<HandoffId>{lost + "-0"});
        QCOMPARE(told.runs, std::vector<RunId>{lost});
        QCOMPARE(stage.store->run(lost)->value().summary.error->code, std::string("R103"));
        const auto rows = (*store::openReadStore(stage.folder))->inbox({});
        QCOMPARE(rows->size(), std::size_t(1));
        QVERIFY(rows->front().unknown);
        stage.wire.answer(200, "{}");
        QCOMPARE(stage.stopped(stage.start(oneWrite(u"write_keyed"_qs))), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    void two_decisions_at_once_are_one_decision()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_keyed"_qs, q(R"(, "gate": "payment")")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        const Decision yes = say(Verb::Approve, run + "-1", "bob");
        Decision no = yes;
        no.verb = Verb::Reject;
        QStringList replies;
        const auto note = [&](Outcome<HandoffId> outcome) { replies.append(outcome ? u"taken"_qs : QString::fromStdString(outcome.failure().code)); };
        stage.wire.answer(200, "{}");
        stage.driver->decide(yes, note);
        stage.driver->decide(no, note);
        stage.driver->decide(yes, note);
        QTRY_COMPARE(replies.size(), 3);
        QCOMPARE(replies, QStringList({u"taken"_qs, u"A105"_qs, u"A105"_qs}));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
    }

    void a_waiting_run_survives_a_restart_and_expires_on_time()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_keyed"_qs, q(R"(, "gate": "payment")")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.open();
        stage.driver->recover();
        stage.clock.at += 300'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"failed"_qs);
        QCOMPARE(QString::fromStdString(stage.decide(run + "-1", Verb::Approve)->code), u"A101"_qs);
        QVERIFY(stage.wire.requests.empty());
    }

    void a_backoff_survives_a_restart()
    {
        Stage stage(folder());
        stage.wire.answer(503, "");
        const auto run = stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        QTRY_VERIFY(stage.store->run(run)->value().due > stage.clock.at);
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.open();
        stage.driver->recover();
        stage.driver->turn();
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.wire.answer(200, "1");
        stage.clock.at += 1'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    void a_fifth_call_to_one_host_waits_until_a_place_is_free()
    {
        Stage stage(folder());
        const QString text = agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs));
        std::vector<RunId> runs;
        for (int i = 0; i < 6; ++i) runs.push_back(stage.start(text));
        QVERIFY(QTest::qWaitFor([&] { return stage.wire.silent.size() == 4; }));
        QCOMPARE(stage.wire.requests.size(), std::size_t(4));
        // Nothing but the freed places wakes the two that wait: the clock stands still.
        for (int i = 0; i < 6; ++i) {
            QVERIFY(QTest::qWaitFor([&] { return static_cast<int>(stage.wire.silent.size()) > i; }));
            stage.wire.speak(i, 200, "{}");
        }
        for (const auto& run : runs) QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(6));
    }

    void a_service_that_keeps_failing_is_left_alone_by_every_run()
    {
        Stage stage(folder());
        const QString text = agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs), q(R"("limits": {"run_s": 1000, "step_s": 300}, )"));
        for (int i = 0; i < 5; ++i) {
            stage.wire.answer(503, "{}");
            QCOMPARE(stage.stopped(stage.start(text)), u"escalated"_qs);
        }
        const auto held = stage.start(text);
        QTRY_COMPARE(stage.readable(held).last(), u"waiting a code=W111"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(5));
        stage.wire.answer(200, "{}");
        stage.clock.at += 29'000;
        stage.driver->turn();
        QCOMPARE(stage.wire.requests.size(), std::size_t(5));
        stage.clock.at += 1'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(held), u"completed"_qs);
    }

    void an_isolated_host_is_left_alone_after_a_restart_too_until_it_is_released()
    {
        Stage stage(folder());
        const auto set = [&](bool isIsolated) {
            std::optional<Outcome<std::string>> reply;
            stage.driver->isolate("http://127.0.0.1:1", isIsolated, "bob", "it double-books", [&](Outcome<std::string> outcome) { reply = std::move(outcome); });
            return QTest::qWaitFor([&] { return reply.has_value(); }) && reply->ok();
        };
        QVERIFY(set(true));
        stage.open();
        const auto run = stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        QTRY_COMPARE(stage.readable(run).last(), u"waiting a code=W111"_qs);
        QCOMPARE(stage.driver->hosts().front().breaker, std::string("isolated"));
        QCOMPARE(stage.driver->hosts().front().who, std::string("bob"));
        QVERIFY(stage.wire.requests.empty());
        stage.wire.answer(200, "{}");
        QVERIFY(set(false));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QVERIFY(!set(false));
    }

    void a_call_under_way_outlives_a_commit_that_was_refused()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_blind"_qs));
        QVERIFY(QTest::qWaitFor([&] { return stage.wire.silent.size() == 1; }));
        // Its answer is in the batch that the store refuses: then nobody knows what it did.
        stage.store->conflictNext = true;
        stage.wire.speak(0, 200, "{}");
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        QCOMPARE(stage.readable(run).filter(u"lost"_qs).size(), 1);
    }

    void a_second_run_with_the_same_business_key_calls_nothing()
    {
        Stage stage(folder());
        const QString text = agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["invoice"])")),
                                   step(u"a"_qs, u"pay"_qs, q(R"({"invoice": "I1"})")));
        stage.wire.answer(200, "{\"id\": \"p1\"}");
        QCOMPARE(stage.stopped(stage.start(text)), u"completed"_qs);
        const auto second = stage.start(text);
        QCOMPARE(stage.stopped(second), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        QCOMPARE(textOf(stage.store->run(second)->value().summary.result, "id"), std::string("p1"));
    }

    void a_held_call_stands_in_the_inbox_until_it_leaves()
    {
        Stage stage(folder());
        stage.driver->recover();
        QString text = oneWrite(u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        text.replace(u"\"environment\": \"test\","_qs, u"\"environment\": \"test\", \"approvals\": {\"hold_s\": {\"payment\": 10}},"_qs);
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Approve));
        const auto reader = store::openReadStore(stage.folder).take();
        const auto rows = reader->inbox({}).take();
        QCOMPARE(rows.size(), std::size_t(1));
        QVERIFY(rows[0].title.starts_with("Approved, leaves soon"));
        QCOMPARE(rows[0].decideBy, stage.clock.at + 10'000);
        QVERIFY(stage.wire.requests.empty());
        stage.wire.answer(200, "{}");
        stage.clock.at += 10'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        QVERIFY(reader->inbox({})->empty());
    }

    void a_pause_beside_a_decision_that_is_to_be_driven_later_has_its_ticket()
    {
        Stage stage(folder());
        stage.driver->recover();
        const auto run = stage.start(oneWrite(u"write_keyed"_qs, q(R"(, "gate": "payment")")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        Decision approve = say(Verb::Approve, run + "-1", "bob");
        approve.drive = false;
        int said = 0;
        stage.driver->decide(approve, [&](Outcome<HandoffId> outcome) { said += outcome ? 1 : 0; });
        stage.driver->pause(run, "ann", "the bank looks odd", [&](Outcome<RunId> outcome) { said += outcome ? 1 : 0; });
        QTRY_COMPARE(said, 2);
        const auto rows = store::openReadStore(stage.folder).take()->inbox({}).take();
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].id, run + "-2");
        QVERIFY(stage.wire.requests.empty());
    }

    void a_secret_is_sent_and_never_kept()
    {
        Stage stage(folder());
        qputenv("DESK_TOKEN", "tok-123456");
        QString text = oneWrite(u"write_keyed"_qs);
        text.replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"headers\": {\"Authorization\": \"Bearer ${secret:env:DESK_TOKEN}\"}"_qs);
        stage.wire.answer(200, "{\"echo\": \"Bearer tok-123456\"}");
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.front().headers.front().second, std::string("Bearer tok-123456"));
        const auto events = stage.store->events(run);
        QVERIFY(events->size() > 4);
        for (const auto& event : *events) QVERIFY(dump(event.data).find("tok-123456") == std::string::npos);
        QCOMPARE(textOf(stage.store->run(run)->value().summary.result, "echo"), std::string("Bearer [secret:DESK_TOKEN]"));
    }

    void an_unreadable_secret_stops_the_call_before_it_leaves()
    {
        Stage stage(folder());
        QString text = oneWrite(u"write_blind"_qs);
        text.replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"headers\": {\"Authorization\": \"${secret:env:NO_SUCH_VARIABLE}\"}"_qs);
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"failed"_qs);
        QCOMPARE(stage.store->run(run)->value().summary.error->code, std::string("U101"));
        QVERIFY(stage.wire.requests.empty());
    }
};

QTEST_GUILESS_MAIN(DriverTest)
#include "drivertest.moc"
