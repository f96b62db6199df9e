#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Runs on paper: calls that a service takes up without doing them yet, reads in their service that
/// fail, and calls that may not leave for now.
class HeldTest : public QObject {
    Q_OBJECT

    static QString desk(const QString& effect, const QString& more = {})
    {
        return agent(writeTool(u"note"_qs, effect, more) + u","_qs + readTool(u"look"_qs), step(u"write"_qs, u"note"_qs, q(R"({"text": "x"})")),
                     q(R"("limits": {"run_s": 1000, "step_s": 300}, )"));
    }
    static QString verified(const QString& more = {})
    {
        return desk(u"write_verifiable"_qs, q(R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})") + more);
    }
    static void takeUp(PaperRun& run) { run.answer(u"T202"_qs, u"null"_qs, u"answered"_qs, {{"poll", "/jobs/7"}}); }

private slots:
    void a_call_that_was_taken_up_is_asked_about_and_never_sent_again_data()
    {
        QTest::addColumn<QString>("effect");
        for (const auto* effect : {"read", "write_keyed", "write_blind"}) QTest::newRow(effect) << QString::fromLatin1(effect);
    }
    void a_call_that_was_taken_up_is_asked_about_and_never_sent_again()
    {
        QFETCH(QString, effect);
        PaperRun run(desk(effect));
        takeUp(run);
        QVERIFY(!run.isSending());
        run.wait(1'000);
        QVERIFY(run.isSending());
        QCOMPARE(run.state.active()->poll, std::string("/jobs/7"));
        QVERIFY(run.key().empty());
        run.answer(u"T202"_qs, u"null"_qs, u"answered"_qs, {{"poll", "/jobs/7/state"}});
        QVERIFY(!run.isSending());
        run.wait(5'000);
        QCOMPARE(run.state.active()->poll, std::string("/jobs/7/state"));
        run.answer({}, q(R"({"id": 3})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.dispatches("poll"), 2);
        QVERIFY(run.state.result == Json({{"id", 3}}));
    }

    void a_write_that_stays_taken_up_ends_in_doubt_and_is_not_sent_again()
    {
        PaperRun run(verified());
        takeUp(run);
        for (int i = 0; i < 200 && run.dispatches("verify") == 0; ++i) {
            run.wait(60'000);
            if (run.isSending() && run.sending() == u"note"_qs) run.answer(u"T202"_qs);
        }
        // It is looked for, and not finding it proves nothing: the service may still come to it.
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(run.sending(), u"look"_qs);
            run.answer({}, u"[]"_qs);
            run.wait(5'000);
        }
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_poll_that_the_crash_cut_off_is_made_again()
    {
        PaperRun run(desk(u"write_blind"_qs));
        takeUp(run);
        run.wait(1'000);
        run.lose();
        run.wait(60'000);
        QVERIFY(run.isSending());
        QCOMPARE(run.state.active()->poll, std::string("/jobs/7"));
        QCOMPARE(run.dispatches(), 1);
    }

    void an_abort_waits_for_a_write_that_was_taken_up()
    {
        PaperRun run(desk(u"write_blind"_qs));
        takeUp(run);
        QVERIFY(!run.abort());
        QCOMPARE(run.status(), u"running"_qs);
        run.wait(1'000);
        run.answer(u"T410"_qs);
        QCOMPARE(run.status(), u"aborted"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    /// Each failed look is tried again by the rule, and none of them counts as "not there".
    void a_read_back_that_fails_proves_nothing_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("the reader is down") << u"T503"_qs;
        QTest::newRow("no time-out of the reader is an answer") << u"T109"_qs;
        QTest::newRow("the reader refuses") << u"T403"_qs;
    }
    void a_read_back_that_fails_proves_nothing()
    {
        QFETCH(QString, code);
        PaperRun run(verified());
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        for (int i = 0; i < 20 && run.status() == u"running"_qs; ++i) {
            if (run.isSending()) {
                QCOMPARE(run.sending(), u"look"_qs);
                run.answer(code);
            }
            run.wait(10'000);
        }
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.handoffs.back().unknown);
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(run.dispatches("verify") <= 3);
    }

    void a_precondition_that_fails_to_read_waits_before_it_is_read_again()
    {
        PaperRun run(desk(u"write_blind"_qs, q(R"(, "gate": "payment", "before": {"tool": "look", "with": {}, "unchanged": ["/total"]})")));
        QCOMPARE(run.sending(), u"look"_qs);
        run.answer(u"T503"_qs);
        QVERIFY(!run.isSending());
        run.wait(1'000);
        QCOMPARE(run.sending(), u"look"_qs);
        QCOMPARE(run.dispatches("before"), 2);
    }

    void a_call_that_may_not_leave_waits_and_spends_no_attempt()
    {
        PaperRun run(desk(u"write_keyed"_qs, q(R"(, "gate": "paid_call")")));
        run.facts.admission = {"W116", run.now + 1'000};
        QVERIFY(!run.decide(Verb::Approve));
        QVERIFY(!run.isSending());
        QCOMPARE(run.dispatches(), 0);
        run.wait(1'000);
        QVERIFY(!run.isSending());
        run.facts.admission = {};
        run.wait(10);
        QVERIFY(run.isSending());
        QCOMPARE(run.state.active()->attempt, 1);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void a_call_that_was_held_back_too_long_needs_a_new_yes()
    {
        PaperRun run(desk(u"write_keyed"_qs, q(R"(, "gate": "paid_call")")));
        run.facts.admission = {"W111", run.now + 30'000};
        QVERIFY(!run.decide(Verb::Approve));
        for (int i = 0; i < 5; ++i) {
            run.facts.admission.until = run.now + 30'000;
            run.wait(30'000);
        }
        run.facts.admission = {};
        run.wait(30'000);
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
    }

    void a_hold_of_over_a_minute_is_told_and_untold_when_it_works()
    {
        PaperRun run(agent(readTool(u"look"_qs), step(u"read"_qs, u"look"_qs), q(R"("limits": {"run_s": 1000, "step_s": 300}, )")));
        run.answer(u"T503"_qs);
        run.facts.admission = {"W111", run.now + 30'000};
        for (int i = 0; i < 3; ++i) {
            run.facts.admission.until = run.now + 30'000;
            run.wait(30'000);
        }
        QVERIFY(run.state.watching());
        run.facts.admission = {};
        run.wait(30'000);
        run.answer({}, u"{}"_qs);
        QVERIFY(!run.state.watching());
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void a_hold_that_outlasts_the_step_ends_it_with_its_own_code()
    {
        PaperRun run(agent(readTool(u"look"_qs), step(u"read"_qs, u"look"_qs), q(R"("limits": {"run_s": 1000, "step_s": 300}, )")));
        run.answer(u"T503"_qs);
        for (int i = 0; i < 30 && run.status() == u"running"_qs; ++i) {
            run.facts.admission = {"W115", run.now + 30'000};
            run.wait(30'000);
        }
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W115"_qs);
        QVERIFY(!run.state.hasUnknown());
    }

    void a_write_in_doubt_that_may_not_be_sent_again_in_time_stays_in_doubt()
    {
        PaperRun run(desk(u"write_keyed"_qs));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        for (int i = 0; i < 30 && run.status() == u"running"_qs; ++i) {
            run.facts.admission = {"W111", run.now + 30'000};
            run.wait(30'000);
        }
        QCOMPARE(run.error(), u"W114"_qs);
        QVERIFY(run.state.hasUnknown());
        QCOMPARE(run.dispatches(), 1);
    }

    void a_run_has_twenty_retries_and_no_more()
    {
        QString plan;
        for (int i = 0; i < 15; ++i) plan += (i ? u","_qs : QString()) + step(QStringLiteral("s%1").arg(i), u"look"_qs, QStringLiteral("{\"n\": %1}").arg(i));
        PaperRun run(agent(readTool(u"look"_qs), plan, q(R"("limits": {"run_s": 100000, "step_s": 3000}, )")));
        while (run.status() == u"running"_qs) {
            QVERIFY(run.isSending());
            const bool isLast = run.state.active()->round == 3;
            run.answer(isLast ? QString() : u"T503"_qs, isLast ? QString::number(run.state.at) : u"null"_qs);
            if (!run.isSending()) run.wait(5'000);
        }
        QCOMPARE(run.state.retries, 20);
        QCOMPARE(run.error(), u"W115"_qs);
    }
};

QTEST_GUILESS_MAIN(HeldTest)
#include "heldtest.moc"
