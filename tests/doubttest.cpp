#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Runs on paper: what may have happened, what a crash leaves behind, and what is taken back.
class DoubtTest : public QObject {
    Q_OBJECT

    static QString text(const Json& value) { return QString::fromStdString(dump(value)); }

    static QString blind(const QString& effect, const QString& more = {})
    {
        return agent(writeTool(u"note"_qs, effect, more) + u","_qs + readTool(u"look"_qs), step(u"write"_qs, u"note"_qs, q(R"({"text": "x"})")),
                     q(R"("limits": {"run_s": 1000, "step_s": 300}, )"));
    }
    static constexpr auto verified = R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})";

private slots:
    void a_keyed_write_is_sent_again_with_the_same_key()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        const std::string key = run.key();
        QCOMPARE(key.size(), std::size_t(64));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.wait(60'000);
        QCOMPARE(run.sending(), u"note"_qs);
        QCOMPARE(run.key(), key);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void a_key_that_grew_too_old_while_it_waited_is_not_used_again()
    {
        PaperRun run(blind(u"write_keyed"_qs, q(R"(, "key_lifetime_s": 100)")));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.isSending());
        // No process ran meanwhile: the wait is over, and so is the key.
        run.now += 95'000;
        run.lose();
        QCOMPARE(run.error(), u"W114"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_clock_in_doubt_ends_consent_and_trusts_no_key()
    {
        decide::Event doubt;
        doubt.run = "run1";
        doubt.kind = decide::EventKind::Recovered;
        doubt.data = {{"code", "R104"}};
        PaperRun asking(blind(u"write_keyed"_qs, q(R"(, "gate": "payment")")));
        doubt.time = asking.now;
        asking.take(doubt);
        asking.drive();
        QCOMPARE(asking.status(), u"failed"_qs);
        QCOMPARE(asking.error(), u"A101"_qs);

        PaperRun waiting(blind(u"write_keyed"_qs, q(R"(, "key_lifetime_s": 900)")));
        waiting.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        waiting.take(doubt);
        waiting.wait(60'000);
        QCOMPARE(waiting.error(), u"W114"_qs);
        QCOMPARE(waiting.dispatches(), 1);
    }

    void after_a_rollback_every_write_is_in_doubt_until_it_is_settled_data()
    {
        QTest::addColumn<QString>("effect");
        for (const auto* effect : {"write_keyed", "write_blind"}) QTest::newRow(effect) << QString::fromLatin1(effect);
    }
    void after_a_rollback_every_write_is_in_doubt_until_it_is_settled()
    {
        QFETCH(QString, effect);
        PaperRun run(blind(effect, q(R"(, "gate": "payment")")));
        decide::Event back;
        back.run = run.state.id;
        back.kind = decide::EventKind::RolledBack;
        run.take(back);
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        Decision settled;
        settled.handoff = run.openHandoff();
        settled.verb = Verb::Settle;
        settled.settlement = Settlement::NotHappened;
        QVERIFY(!run.decide(settled));
        QCOMPARE(run.dispatches(), 1);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void a_call_that_waited_when_the_store_was_rolled_back_is_not_sent()
    {
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        decide::Event back;
        back.run = run.state.id;
        back.kind = decide::EventKind::RolledBack;
        run.take(back);
        run.wait(60'000);
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(run.state.hasUnknown());
    }

    void a_blind_write_that_may_have_left_is_never_sent_again_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("phase");
        for (const auto* code : {"T108", "T109", "T110"}) QTest::newRow(code) << QString::fromLatin1(code) << u"maybe_sent"_qs;
        for (const auto* code : {"T408", "T500", "T502", "T503", "T504", "T611"}) {
            QTest::newRow(code) << QString::fromLatin1(code) << u"answered"_qs;
        }
    }
    void a_blind_write_that_may_have_left_is_never_sent_again()
    {
        QFETCH(QString, code);
        QFETCH(QString, phase);
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(code, u"null"_qs, phase);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        run.wait(700'000'000);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(QString::fromStdString(run.decide(Verb::Retry)->code), u"U102"_qs);
    }

    void a_doubt_outlives_later_attempts_that_surely_did_not_act_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("phase");
        QTest::addColumn<int>("attempts");
        QTest::newRow("nobody listens any more") << u"T103"_qs << u"not_sent"_qs << 3;
        QTest::newRow("the credential was revoked") << u"T401"_qs << u"answered"_qs << 2;
        QTest::newRow("refused as malformed") << u"T400"_qs << u"answered"_qs << 2;
    }
    void a_doubt_outlives_later_attempts_that_surely_did_not_act()
    {
        QFETCH(QString, code);
        QFETCH(QString, phase);
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.wait(1'000);
        while (run.isSending()) {
            run.answer(code, u"null"_qs, phase);
            run.wait(5'000);
        }
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        QTEST(run.dispatches(), "attempts");
    }

    void an_operators_abort_waits_for_a_call_that_may_have_acted()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.abort());
        QCOMPARE(run.status(), u"running"_qs);
        run.wait(1'000);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(run.state.effects.size(), std::size_t(1));
    }

    void a_run_that_is_too_old_still_hears_its_call_out()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs, {{"retry_after_ms", 1'000}});
        run.now += 700'000'000;
        run.lose();
        run.drive();
        QVERIFY(run.status() != u"timed_out"_qs || !run.state.call);
        QVERIFY(run.isSending() || run.state.hasUnknown());
    }

    void a_blind_write_that_never_left_is_sent_again()
    {
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        run.wait(60'000);
        QCOMPARE(run.dispatches(), 2);
    }

    void a_doubt_is_settled_by_a_person_data()
    {
        QTest::addColumn<int>("settlement");
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("dispatches");
        QTest::newRow("it happened") << int(Settlement::Happened) << u"completed"_qs << 1;
        QTest::newRow("it did not") << int(Settlement::NotHappened) << u"running"_qs << 2;
        QTest::newRow("cannot tell") << int(Settlement::CannotTell) << u"escalated"_qs << 1;
    }
    void a_doubt_is_settled_by_a_person()
    {
        QFETCH(int, settlement);
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        Decision decision;
        decision.verb = Verb::Settle;
        decision.settlement = static_cast<Settlement>(settlement);
        decision.reference = "RF-1";
        QVERIFY(!run.decide(decision));
        QTEST(run.status(), "status");
        QTEST(run.dispatches(), "dispatches");
        const bool stays = decision.settlement == Settlement::CannotTell;
        QCOMPARE(run.openHandoff().empty(), !stays);
    }

    void ending_a_run_settles_no_doubt()
    {
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.decide(Verb::Abort));
        QCOMPARE(run.status(), u"aborted"_qs);
        QVERIFY(!run.openHandoff().empty());
        Decision decision;
        decision.verb = Verb::Settle;
        decision.settlement = Settlement::Happened;
        QVERIFY(!run.decide(decision));
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(run.state.effects.size(), std::size_t(1));
        QVERIFY(run.openHandoff().empty());
    }

    void a_doubt_is_read_back_and_found()
    {
        PaperRun run(blind(u"write_verifiable"_qs, QString::fromLatin1(verified)));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        QCOMPARE(run.sending(), u"look"_qs);
        run.answer({}, u"[]"_qs);
        QVERIFY(!run.isSending());
        run.wait(2'000);
        run.answer({}, u"[1]"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches("act"), 1);
    }

    void a_write_proven_absent_is_sent_once_more_and_never_a_third_time()
    {
        PaperRun run(blind(u"write_verifiable"_qs, QString::fromLatin1(verified)));
        for (int round = 0; round < 2; ++round) {
            run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
            for (int probe = 0; probe < 3; ++probe) {
                QCOMPARE(run.sending(), u"look"_qs);
                run.answer({}, u"[]"_qs);
                run.wait(2'000);
            }
            QCOMPARE(run.dispatches("act"), 2);
        }
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        QCOMPARE(run.dispatches("verify"), 6);
    }

    void a_read_back_that_fails_proves_nothing()
    {
        PaperRun run(blind(u"write_verifiable"_qs, QString::fromLatin1(verified)));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.answer(u"T400"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        QCOMPARE(run.dispatches("act"), 1);
    }

    void a_reply_of_the_wrong_shape_is_not_sent_again_when_it_was_a_write()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T601"_qs, q(R"({"odd": 1})"));
        QCOMPARE(run.error(), u"W114"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void after_a_crash_each_kind_of_call_goes_on_as_it_may_data()
    {
        QTest::addColumn<QString>("effect");
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("dispatches");
        QTest::newRow("a keyed write: same key") << u"write_keyed"_qs << u"running"_qs << 2;
        QTest::newRow("a blind write: doubt") << u"write_blind"_qs << u"escalated"_qs << 1;
    }
    void after_a_crash_each_kind_of_call_goes_on_as_it_may()
    {
        QFETCH(QString, effect);
        PaperRun run(blind(effect));
        const std::string key = run.key();
        run.now += 50'000'000;
        run.lose();
        run.wait(1'000);
        QTEST(run.status(), "status");
        QTEST(run.dispatches(), "dispatches");
        if (run.isSending()) QCOMPARE(run.key(), key);
    }

    void a_business_key_that_succeeded_gives_its_result_and_calls_nothing()
    {
        const QString written = agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["invoice"])")),
                                   step(u"a"_qs, u"pay"_qs, q(R"({"invoice": "I1", "amount": "5"})")));
        PaperRun first(written);
        decide::IntentRow row;
        row.key = first.key();
        row.digest = first.state.active()->digest;
        row.run = "other";
        row.state = decide::IntentState::Done;
        row.result = {{"id", "p9"}};

        const auto parsed = parseDefinition(written.toStdString());
        PaperFacts facts;
        facts.intents[row.key] = row;
        decide::RunState state = first.state;
        state.call.reset();
        const auto events = decide::next(*parsed.definition, state, first.now, facts);
        QCOMPARE(QString::fromStdString(decide::readable(events.front())), u"reused a"_qs);
        QCOMPARE(text(events.front().data["result"]), text(Json({{"id", "p9"}})));

        facts.intents[row.key].digest = "other arguments";
        const auto clash = decide::next(*parsed.definition, state, first.now, facts);
        QCOMPARE(textOf(clash.front().data, "code"), std::string("T422k"));
    }

    void undo_goes_backwards_over_what_was_done_with_keys_of_its_own()
    {
        const QString tools = writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                              writeTool(u"drop"_qs, u"write_keyed"_qs) + u","_qs + readTool(u"find"_qs);
        PaperRun run(agent(tools, step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"make"_qs, q(R"({"n": 2})")) +
                                      u","_qs + step(u"c"_qs, u"find"_qs)));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer({}, q(R"({"id": "x2"})"));
        run.answer(u"T400"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        Decision decision;
        decision.verb = Verb::Undo;
        decision.undoAll = true;
        QVERIFY(!run.decide(decision));
        QCOMPARE(text(run.state.active()->params), text(Json({{"id", "x2"}})));
        const std::string first = run.key();
        run.answer({}, u"{}"_qs);
        QCOMPARE(text(run.state.active()->params), text(Json({{"id", "x1"}})));
        QVERIFY(run.key() != first);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(word(run.state.steps[0].status), std::string("undone"));
        QCOMPARE(run.dispatches("undo"), 2);
    }

    void a_failing_undo_stops_with_an_exact_remainder()
    {
        const QString tools = writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                              writeTool(u"drop"_qs, u"write_keyed"_qs) + u","_qs + readTool(u"find"_qs);
        PaperRun run(agent(tools, step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"make"_qs, q(R"({"n": 2})")) +
                                      u","_qs + step(u"c"_qs, u"find"_qs)));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer({}, q(R"({"id": "x2"})"));
        run.answer(u"T400"_qs);
        Decision decision;
        decision.verb = Verb::Undo;
        decision.undoAll = true;
        QVERIFY(!run.decide(decision));
        run.answer({}, u"{}"_qs);
        run.answer(u"T409"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W108"_qs);
        const auto detail = decide::handoffOf(*run.def, run.state, run.state.handoffs.back());
        QCOMPARE(detail.undone, std::vector<std::string>{"b"});
        QCOMPARE(detail.notUndone, std::vector<std::string>{"a"});
        QVERIFY(!run.decide(Verb::Retry));
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"aborted"_qs);
    }

    void a_reviewed_step_goes_on_and_can_be_taken_back()
    {
        const QString tools = writeTool(u"set"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "reset", "with": {"to": "${result.previous}"}})")) + u","_qs +
                              writeTool(u"reset"_qs, u"write_keyed"_qs);
        PaperRun run(agent(tools, step(u"a"_qs, u"set"_qs, q(R"({"to": "new"})")), q(R"("review": ["set"], )")));
        run.answer({}, q(R"({"previous": "old"})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.state.handoffs.back().kind, HandoffKind::Review);
        QVERIFY(!run.decide(Verb::Undo));
        QCOMPARE(text(run.state.active()->params), text(Json({{"to", "old"}})));
        QCOMPARE(QString::fromStdString(run.decide([] { Decision d; d.handoff = "run1-1"; d.verb = Verb::Undo; return d; }())->code), u"A105"_qs);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(word(run.state.steps[0].status), std::string("undone"));
    }
};

QTEST_GUILESS_MAIN(DoubtTest)
#include "doubttest.moc"
