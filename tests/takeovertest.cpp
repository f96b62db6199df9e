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

/// Processes that die, take over and act for one another, over a real store and a scripted wire.
class TakeoverTest : public QObject {
    Q_OBJECT

    struct Stage : handrailtest::Stage {
        using handrailtest::Stage::Stage;
        QString state(const RunId& run) { return QString::fromStdString(word(store->run(run)->value().summary.status)); }
        /// Everything that is already on its way comes to rest; the clock stands still.
        void settle()
        {
            for (int i = 0; i < 100; ++i) QCoreApplication::processEvents();
        }
    };

    QTemporaryDir dir_;
    std::string folder() const { return dir_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QString::fromLatin1(QTest::currentDataTag())).toStdString(); }
    static QString oneWrite(const QString& effect, const QString& more = {}) { return agent(writeTool(u"note"_qs, effect, more), step(u"a"_qs, u"note"_qs, q(R"({"text": "x"})"))); }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    /// `handrail approve X` is killed while the payment is under way; the person says it once more.
    void a_second_click_after_a_kill_sends_nothing_again()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_blind"_qs, q(R"(, "gate": "payment")")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Approve));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.open();  // another process, as every command but resume opens it: without recover()
        QCOMPARE(QString::fromStdString(stage.decide(run + "-1", Verb::Approve)->code), u"A105"_qs);
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
    }

    void ending_a_run_whose_process_died_sends_nothing_again()
    {
        Stage stage(folder());
        const auto run = stage.start(oneWrite(u"write_blind"_qs));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.open();
        stage.driver->abort(run, "bob", "", [](Outcome<RunId>) {});
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
    }

    void keeping_a_review_does_not_cut_off_the_call_under_way_or_send_it_again()
    {
        Stage stage(folder());
        stage.driver->recover();
        stage.wire.answer(200, "{\"id\": 1}");
        const auto run = stage.start(agent(writeTool(u"make"_qs, u"write_keyed"_qs) + u","_qs + writeTool(u"note"_qs, u"write_blind"_qs),
                                           step(u"a"_qs, u"make"_qs) + u","_qs + step(u"b"_qs, u"note"_qs), q(R"("review": ["make"], )")));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(2));
        QVERIFY(!stage.decide(run + "-1", Verb::Keep, false));
        stage.settle();
        stage.decide(run + "-1", Verb::Keep);  // a second click, refused
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
        stage.wire.speak(0, 200, "{}");
        QCOMPARE(stage.stopped(run), u"completed"_qs);
    }

    void what_is_only_recorded_is_driven_by_a_resume_through_the_console()
    {
        Stage stage(folder());
        stage.driver->recover();
        const auto run = stage.start(oneWrite(u"write_keyed"_qs, q(R"(, "gate": "payment")")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Approve, false));
        stage.wire.answer(200, "{}");
        stage.driver->whenRecovered([](Outcome<std::vector<RunSummary>>) {});  // what `handrail resume` asks of a console
        stage.settle();
        for (int i = 0; i < 400; ++i) {
            stage.clock.at += 1'000;
            stage.driver->turn();
        }
        stage.settle();
        QCOMPARE(stage.state(run), u"completed"_qs);  // it is timed_out, without having run at all
    }

    void a_write_that_is_answered_with_less_than_a_success_is_not_done_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("304") << 304;
        QTest::newRow("101") << 101;
    }
    void a_write_that_is_answered_with_less_than_a_success_is_not_done()
    {
        QFETCH(int, status);
        Stage stage(folder());
        stage.wire.answer(status, "");
        const auto run = stage.start(oneWrite(u"write_blind"_qs));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
    }

    void rejecting_another_question_does_not_send_an_undo_twice()
    {
        Stage stage(folder());
        stage.wire.answer(200, "{\"id\": 1}");
        const QString tools = writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                              writeTool(u"drop"_qs, u"write_blind"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        const auto run = stage.start(agent(tools, step(u"a"_qs, u"make"_qs) + u","_qs + step(u"b"_qs, u"pay"_qs, u"{}"_qs, q(R"(, "if_rejected": "skip")")),
                                           q(R"("review": ["make"], )")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Undo));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(2));
        stage.decide(run + "-2", Verb::Reject);
        stage.settle();
        stage.wire.answer(200, "{}");
        stage.clock.at += 1'000;
        stage.driver->turn();
        stage.settle();
        // Whatever is journaled as dispatched is one undo.
        int undos = 0;
        const auto events = stage.store->events(run);
        for (const auto& event : *events) undos += event.kind == decide::EventKind::Dispatched && textOf(event.data, "purpose") == "undo";
        QCOMPARE(undos, 1);
    }

    void an_undo_in_doubt_is_not_sent_again_by_rejecting_another_question()
    {
        Stage stage(folder());
        stage.wire.answer(200, "{\"id\": 1}");
        const QString tools = writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                              writeTool(u"drop"_qs, u"write_blind"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        const auto run = stage.start(agent(tools, step(u"a"_qs, u"make"_qs) + u","_qs + step(u"b"_qs, u"pay"_qs, u"{}"_qs, q(R"(, "if_rejected": "skip")")),
                                           q(R"("review": ["make"], )")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.wire.fail("T109", wire::SendPhase::MaybeSent);
        QVERIFY(!stage.decide(run + "-1", Verb::Undo));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
        stage.decide(run + "-2", Verb::Reject);
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    void what_an_unreadable_run_left_in_doubt_can_be_settled_and_does_not_block_its_business_key()
    {
        Stage stage(folder());
        const QString text = agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["invoice"])")), step(u"a"_qs, u"pay"_qs, q(R"({"invoice": "I1"})")));
        const auto lost = stage.start(text);
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        {
            auto database = store::Database::open(store::databasePath(stage.folder), store::Database::Access::Write);
            QCOMPARE((*database)->execute("UPDATE definitions SET text = '{}'"), 0);
        }
        stage.open();
        stage.driver->recover();
        QCOMPARE(stage.stopped(lost), u"stopped"_qs);
        Decision settle;
        settle.handoff = lost + "-0";
        settle.verb = Verb::Settle;
        settle.who = "bob";
        settle.settlement = Settlement::Happened;
        std::optional<Outcome<HandoffId>> reply;
        stage.driver->decide(settle, [&](Outcome<HandoffId> outcome) { reply = std::move(outcome); });
        QTRY_VERIFY(reply.has_value());
        QVERIFY2(*reply, reply->ok() ? "" : reply->failure().message.c_str());
        QString other = text;
        other.replace(u"\"version\": \"1\""_qs, u"\"version\": \"2\""_qs);
        const auto second = stage.start(other);
        for (int i = 0; i < 330; ++i) {
            stage.clock.at += 1'000;
            stage.driver->turn();
        }
        stage.settle();
        QCOMPARE(stage.state(second), u"completed"_qs);
    }

    /// `handrail resume` on a store that a `handrail run --wait` holds.
    void a_resume_that_goes_through_a_process_that_did_not_recover_drives_the_others_too()
    {
        Stage stage(folder());
        const auto lost = stage.start(oneWrite(u"write_blind"_qs));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        stage.open();
        std::optional<std::size_t> told;
        stage.driver->whenRecovered([&](Outcome<std::vector<RunSummary>> list) { told = list ? list->size() : 0; });
        QTRY_VERIFY(told.has_value());
        QCOMPARE(*told, std::size_t(1));
        QCOMPARE(stage.state(lost), u"escalated"_qs);
    }

    void a_result_that_is_no_utf8_means_the_same_after_a_restart()
    {
        Stage stage(folder());
        stage.driver->recover();
        stage.wire.answer(200, "caf\xE9 \xFF");
        stage.start(agent(readTool(u"find"_qs) + u","_qs + writeTool(u"note"_qs, u"write_keyed"_qs),
                          step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"note"_qs, q(R"({"text": "${a.result.text}"})"))));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(2));
        const auto sent = stage.wire.requests.back();
        stage.open();
        stage.driver->recover();
        for (int i = 0; i < 3; ++i) {
            stage.clock.at += 1'000;
            stage.driver->turn();
        }
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(3));
        const auto keyOf = [](const wire::HttpRequest& request) {
            const auto key = std::find_if(request.headers.begin(), request.headers.end(), [](const auto& header) { return header.first == "Idempotency-Key"; });
            return key == request.headers.end() ? std::string() : key->second;
        };
        QVERIFY(!keyOf(sent).empty());
        QCOMPARE(keyOf(stage.wire.requests.back()), keyOf(sent));
        QCOMPARE(stage.wire.requests.back().body, sent.body);
    }

    /// The same, killed in between: the second process really sends it.
    void an_undo_thrown_away_is_not_sent_by_the_next_process()
    {
        Stage stage(folder());
        stage.wire.answer(200, "{\"id\": 1}");
        const QString tools = writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                              writeTool(u"drop"_qs, u"write_blind"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        const auto run = stage.start(agent(tools, step(u"a"_qs, u"make"_qs) + u","_qs + step(u"b"_qs, u"pay"_qs),
                                           q(R"("review": ["make"], )")));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Undo));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(2));
        stage.clock.at += 300'000;  // step b's question stands still while the undo is under way
        stage.driver->turn();
        stage.settle();
        QCOMPARE(stage.state(run), u"running"_qs);
        stage.open();
        stage.driver->recover();
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));  // a doubt, not a second undo
        QCOMPARE(QString::fromStdString(stage.decide(run + "-2", Verb::Approve)->code), u"A101"_qs);
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    /// W106: one wants the order refunded, the other wants it kept.
    void two_runs_that_want_different_ends_for_one_object_wait_for_one_person()
    {
        Stage stage(folder());
        stage.driver->recover();
        const auto desk = [](const char* ends) {
            return agent(writeTool(u"note"_qs, u"write_keyed"_qs), step(u"a"_qs, u"note"_qs, u"{}"_qs, q(R"(, "resource": "order:1042", "ends": "%1")").arg(QString::fromLatin1(ends))) +
                             u","_qs + step(u"b"_qs, u"note"_qs, q(R"({"n": 2})")));
        };
        const auto first = stage.start(desk("refunded"));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        const auto same = stage.start(desk("refunded"));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(2));  // the same end is no conflict
        stage.wire.speak(1, 200, "{}");
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(3));
        stage.wire.speak(2, 200, "{}");
        QCOMPARE(stage.stopped(same), u"completed"_qs);
        const auto second = stage.start(desk("kept"));
        QCOMPARE(stage.stopped(second), u"escalated"_qs);
        QCOMPARE(stage.state(first), u"escalated"_qs);
        QCOMPARE(stage.store->run(first)->value().summary.error->code, std::string("W106"));
        QCOMPARE((*store::openReadStore(stage.folder))->inbox({})->size(), std::size_t(1));  // one ticket for both
        stage.wire.speak(0, 200, "{}");
        stage.settle();
        QCOMPARE(stage.wire.requests.size(), std::size_t(3));  // heard out, and nothing new leaves
        QVERIFY(!stage.decide(second + "-1", Verb::Skip));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(5));  // both go on
        stage.wire.speak(3, 200, "{}");
        stage.wire.speak(4, 200, "{}");
        QCOMPARE(stage.stopped(first), u"completed"_qs);
        QCOMPARE(stage.stopped(second), u"completed"_qs);
        QVERIFY(stage.store->claims("order:1042")->empty());
    }

    /// The other run's call was under way when it was paused and this program died.
    void a_doubt_of_a_paused_run_is_told_before_the_pause_ends()
    {
        Stage stage(folder());
        stage.driver->recover();
        const auto desk = [](const char* ends) {
            return agent(writeTool(u"note"_qs, u"write_blind"_qs), step(u"a"_qs, u"note"_qs, u"{}"_qs, q(R"(, "resource": "order:1042", "ends": "%1")").arg(QString::fromLatin1(ends))) +
                             u","_qs + step(u"b"_qs, u"note"_qs, q(R"({"n": 2})")));
        };
        const auto first = stage.start(desk("refunded"));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(1));
        const auto second = stage.start(desk("kept"));
        QCOMPARE(stage.stopped(second), u"escalated"_qs);
        stage.open();
        stage.driver->recover();
        QTRY_COMPARE(stage.store->run(first)->value().summary.error->code, std::string("W114"));
        QCOMPARE(stage.state(first), u"escalated"_qs);
        QCOMPARE((*store::openReadStore(stage.folder))->inbox({})->size(), std::size_t(2));
        // The end of the pause answers nothing.
        QVERIFY(!stage.decide(second + "-1", Verb::Abort));
        stage.settle();
        QCOMPARE(stage.state(first), u"escalated"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        Decision settled;
        settled.handoff = first + "-1";
        settled.verb = Verb::Settle;
        settled.who = "anna";
        settled.settlement = Settlement::Happened;
        stage.wire.answer(200, "{}");
        std::optional<Outcome<HandoffId>> decided;
        stage.driver->decide(settled, [&](Outcome<HandoffId> outcome) { decided = std::move(outcome); });
        QTRY_VERIFY(decided.has_value());
        QVERIFY2(decided->ok(), decided->ok() ? "" : decided->failure().message.c_str());
        QCOMPARE(stage.stopped(first), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    void an_approval_is_listed_as_an_approval_although_it_took_an_early_tickets_place()
    {
        Stage stage(folder());
        stage.driver->recover();
        const QString tools = writeTool(u"pay"_qs, u"write_keyed"_qs,
                                        q(R"(, "gate": "payment", "critical": true, "before": {"tool": "find", "with": {}, "unchanged": ["/total"]})")) + u","_qs +
                              readTool(u"find"_qs);
        stage.wire.answer(200, "{\"total\": 1}");
        const auto run = stage.start(agent(tools, step(u"a"_qs, u"pay"_qs)));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.wire.answer(200, "{\"total\": 1}");
        stage.wire.answer(429, "");
        QVERIFY(!stage.decide(run + "-1", Verb::Approve));
        QTRY_COMPARE(stage.wire.requests.size(), std::size_t(3));
        stage.settle();
        stage.wire.answer(412, "");
        stage.wire.answer(200, "{\"total\": 2}");
        for (int i = 0; i < 5; ++i) {
            stage.clock.at += 1'000;
            stage.driver->turn();
            stage.settle();
        }
        InboxFilter filter;
        filter.kind = HandoffKind::Approval;
        const auto rows = (*store::openReadStore(stage.folder))->inbox(filter);
        QCOMPARE(stage.state(run), u"waiting_approval"_qs);
        QCOMPARE(rows->size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TakeoverTest)
#include "takeovertest.moc"
