#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Runs on paper: what a run does next, told as "this already happened".
class NextTest : public QObject {
    Q_OBJECT

    static QString text(const Json& value) { return QString::fromStdString(dump(value)); }

    static QString gated(const QString& more = {})
    {
        return agent(writeTool(u"pay"_qs, u"write_keyed"_qs,
                               q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency", "recipient": "/to"})") + more) +
                         u","_qs + readTool(u"look"_qs),
                     step(u"pay"_qs, u"pay"_qs, q(R"({"amount": "1240.00", "currency": "EUR", "to": "ACME GmbH"})")),
                     q(R"("limits": {"run_s": 1000, "step_s": 100}, )"));
    }

private slots:
    void a_plan_runs_step_by_step_and_hands_results_on()
    {
        PaperRun run(agent(readTool(u"find"_qs) + u","_qs + readTool(u"tell"_qs),
                           step(u"a"_qs, u"find"_qs, q(R"({"id": "${input.id}"})")) + u","_qs +
                               step(u"b"_qs, u"tell"_qs, q(R"({"total": "${a.result.total}"})"))),
                     q(R"({"id": 7})"));
        QCOMPARE(run.sending(), u"find"_qs);
        QCOMPARE(text(run.state.active()->params), text(Json({{"id", 7}})));
        run.answer({}, q(R"({"total": "12.50"})"));
        QCOMPARE(text(run.state.active()->params), text(Json({{"total", "12.50"}})));
        run.answer({}, u"true"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(text(run.state.result), text(Json(true)));
        const QStringList expected{u"run_started"_qs, u"step_prepared a"_qs, u"intent a purpose=act"_qs,
                                   u"dispatched a #1 purpose=act"_qs, u"answered a #1 phase=answered"_qs,
                                   u"judged a #1 purpose=act verdict=done"_qs, u"step_done a"_qs,
                                   u"step_prepared b"_qs, u"intent b purpose=act"_qs, u"dispatched b #1 purpose=act"_qs,
                                   u"answered b #1 phase=answered"_qs, u"judged b #1 purpose=act verdict=done"_qs,
                                   u"step_done b"_qs, u"run_ended state=completed"_qs};
        QCOMPARE(run.lines(), expected);
    }

    void a_missing_value_fails_the_run_before_any_call()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs, q(R"({"id": "${input.id}"})"))));
        QCOMPARE(run.status(), u"failed"_qs);
        QCOMPARE(run.error(), u"U101"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void arguments_that_do_not_fit_are_never_sent()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "params": {"type": "object", "properties": {"id": {"type": "string"}}})")),
                           step(u"a"_qs, u"find"_qs, q(R"({"id": 3})"))));
        QCOMPARE(run.error(), u"U102"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void a_gated_call_waits_for_a_person_and_then_acts_once()
    {
        PaperRun run(gated());
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(QString::fromStdString(run.state.handoffs.front().title), u"Do pay: 1,240.00 EUR to ACME GmbH?"_qs);
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"pay"_qs);
        run.answer({}, q(R"({"id": "p1"})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 1);
        const auto again = run.decide([&] { Decision d; d.handoff = "run1-1"; d.verb = Verb::Approve; return d; }());
        QCOMPARE(QString::fromStdString(again->code), u"A105"_qs);
    }

    void silence_is_never_consent()
    {
        PaperRun run(gated());
        run.wait(299'999);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        run.wait(1);
        QCOMPARE(run.status(), u"failed"_qs);
        QCOMPARE(run.error(), u"A101"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void a_late_click_is_refused_even_before_a_timer_fired()
    {
        PaperRun run(gated());
        run.now += 300'000;
        QCOMPARE(QString::fromStdString(run.decide(Verb::Approve)->code), u"A101"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void a_rejected_step_ends_the_run_as_aborted()
    {
        PaperRun run(gated());
        QVERIFY(!run.decide(Verb::Reject));
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(run.error(), u"A110"_qs);
    }

    void what_was_on_the_screen_must_be_what_is_asked()
    {
        PaperRun run(gated());
        Decision decision;
        decision.verb = Verb::Approve;
        decision.digest = "something else";
        QCOMPARE(QString::fromStdString(run.decide(decision)->code), u"A102"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void an_edit_is_a_new_intent_under_a_new_key()
    {
        PaperRun run(gated());
        const std::string before = run.state.handoffs.front().digest;
        Decision decision;
        decision.verb = Verb::Edit;
        decision.with = Json{{"amount", "900.00"}};
        QVERIFY(!run.decide(decision));
        QCOMPARE(run.sending(), u"pay"_qs);
        QCOMPARE(text(run.state.active()->params["amount"]), text(Json("900.00")));
        QCOMPARE(text(run.state.active()->params["to"]), text(Json("ACME GmbH")));
        QVERIFY(textOf(run.state.handoffs.front().decided, "new_digest") != before);
        QVERIFY(run.key() != decide::intentKey(*run.def->tool("pay"), parseJson(R"({"amount":"1240.00","currency":"EUR","to":"ACME GmbH"})").take(),
                                               "run1", "pay", decide::Purpose::Act));
    }

    void an_approval_that_was_not_used_in_time_is_asked_again()
    {
        PaperRun run(gated(q(R"(, "before": {"tool": "look", "with": {}, "unchanged": ["/total"]})")));
        run.answer({}, q(R"({"total": 5})"));
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"look"_qs);
        run.answer({}, q(R"({"total": 5})"));
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void a_change_between_the_yes_and_the_call_voids_the_yes()
    {
        PaperRun run(gated(q(R"(, "before": {"tool": "look", "with": {}, "unchanged": ["/total"]})")));
        run.answer({}, q(R"({"total": 5})"));
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, q(R"({"total": 6})"));
        run.answer({}, q(R"({"total": 6})"));
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches("act"), 0);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("W107"));
        QVERIFY(run.state.handoffs.back().digest != run.state.handoffs.front().digest);
    }

    void a_conflict_at_the_service_is_read_again_and_asked_again_once()
    {
        PaperRun run(gated(q(R"(, "before": {"tool": "look", "with": {}, "unchanged": ["/total"]})")));
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(run.sending(), u"look"_qs);
            run.answer({}, q(R"({"total": 5})"));
            QCOMPARE(run.status(), u"waiting_approval"_qs);
            QVERIFY(!run.decide(Verb::Approve));
            run.answer({}, q(R"({"total": 5})"));
            QCOMPARE(run.sending(), u"pay"_qs);
            run.answer(u"T409"_qs);
        }
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"T409"_qs);
        QCOMPARE(run.dispatches("act"), 2);
        QCOMPARE(textOf(run.state.handoffs[1].asked, "code"), std::string("W107"));
    }

    void an_allow_rule_lets_small_things_pass_and_says_so_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<bool>("passes");
        QTest::newRow("under") << u"49.99"_qs << true;
        QTest::newRow("exactly") << u"50.00"_qs << true;
        QTest::newRow("over by a cent") << u"50.01"_qs << false;
        QTest::newRow("longer but smaller") << u"0049.999"_qs << true;
        QTest::newRow("negative") << u"-1"_qs << false;
        QTest::newRow("no number") << u"a few"_qs << false;
    }
    void an_allow_rule_lets_small_things_pass_and_says_so()
    {
        QFETCH(QString, amount);
        QFETCH(bool, passes);
        const QString tools = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency"})"));
        PaperRun run(agent(tools, step(u"pay"_qs, u"pay"_qs, q(R"({"amount": "${input.amount}", "currency": "EUR"})")),
                           q(R"("approvals": {"allow": [{"name": "small", "gate": "payment", "currency": "EUR", "at_most": "50.00"}]}, )")),
                     q(R"({"amount": "%1"})").arg(amount));
        QCOMPARE(run.dispatches(), passes ? 1 : 0);
        QCOMPARE(run.lines().contains(u"allowed pay rule=small"_qs), passes);
    }

    void a_read_is_retried_three_times_and_then_one_ticket_is_filed()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        run.answer(u"T503"_qs);
        QVERIFY(!run.isSending());
        run.wait(499);
        QVERIFY(!run.isSending());
        run.wait(1);
        run.answer(u"T503"_qs);
        run.wait(1'000);
        run.answer(u"T503"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches(), 3);
        QCOMPARE(run.state.handoffs.size(), std::size_t(1));
        run.wait(10'000);
        QCOMPARE(run.dispatches(), 3);
        QCOMPARE(run.state.handoffs.size(), std::size_t(1));
    }

    void time_without_a_process_is_no_running_time()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        run.now += 100'000'000;
        run.lose();
        QCOMPARE(run.status(), u"running"_qs);
        QVERIFY(decide::ranAt(run.state, run.now) < 1'000);
    }

    void a_step_has_a_time_of_its_own()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs), q(R"("limits": {"step_s": 2}, )")));
        run.now += 1'900;
        run.answer(u"T503"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_run_has_a_time_of_its_own()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"find"_qs),
                           q(R"("limits": {"run_s": 3, "step_s": 30}, )")));
        QCOMPARE(run.state.active()->limit, Millis(3'000));
        run.now += 3'000;
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"timed_out"_qs);
        QCOMPARE(run.error(), u"W101"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void waiting_for_a_person_is_no_running_time()
    {
        PaperRun run(gated());
        run.wait(290'000);
        QVERIFY(!run.decide(Verb::Approve));
        QVERIFY(decide::ranAt(run.state, run.now) < 1'000);
    }

    void over_ten_records_the_first_is_a_test_and_the_rest_is_asked_for()
    {
        const QString tools = writeTool(u"drop"_qs, u"write_keyed"_qs, q(R"(, "each": {"at": "/ids", "as": "id"})"));
        PaperRun run(agent(tools, step(u"a"_qs, u"drop"_qs, q(R"({"ids": [1,2,3,4,5,6,7,8,9,10,11,12,13]})"))));
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.state.handoffs.back().kind, HandoffKind::Scope);
        QCOMPARE(run.state.handoffs.back().asked["arguments"].size(), std::size_t(12));
        QVERIFY(!run.decide(Verb::Approve));
        for (int i = 2; i <= 13; ++i) run.answer({}, QString::number(i));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 13);
        QCOMPARE(run.state.result.size(), std::size_t(13));
    }

    void a_failed_step_is_retried_changed_or_skipped_by_a_person()
    {
        const QString written = agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs, q(R"({"id": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs));
        PaperRun retried(written);
        retried.answer(u"T400"_qs);
        QVERIFY(!retried.decide(Verb::Retry));
        QCOMPARE(retried.sending(), u"find"_qs);

        PaperRun changed(written);
        changed.answer(u"T400"_qs);
        Decision decision;
        decision.verb = Verb::Retry;
        decision.with = Json{{"id", 2}};
        QVERIFY(!changed.decide(decision));
        QCOMPARE(text(changed.state.active()->params), text(Json({{"id", 2}})));

        PaperRun skipped(written);
        skipped.answer(u"T400"_qs);
        QVERIFY(!skipped.decide(Verb::Skip));
        QCOMPARE(skipped.state.at, 1);
        QCOMPARE(word(skipped.state.steps[0].status), std::string("skipped"));
    }

    void guidance_that_does_not_come_in_time_fails_the_run_and_retry_opens_it_again()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        run.answer(u"T400"_qs);
        run.wait(3'600'000);
        QCOMPARE(run.status(), u"failed"_qs);
        QCOMPARE(run.error(), u"T400"_qs);
        Decision decision;
        decision.handoff = "run1-1";
        decision.verb = Verb::Retry;
        QVERIFY(!run.decide(decision));
        QCOMPARE(run.sending(), u"find"_qs);
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void the_same_call_with_the_same_result_is_a_loop()
    {
        QString plan = step(u"s0"_qs, u"find"_qs);
        for (int i = 1; i < 5; ++i) plan += u","_qs + step(u"s%1"_qs.arg(i), u"find"_qs);
        PaperRun run(agent(readTool(u"find"_qs), plan));
        for (int i = 0; i < 3; ++i) run.answer({}, u"\"same\""_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W103"_qs);
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.sending(), u"find"_qs);
        QCOMPARE(run.state.at, 3);
    }

    void a_plan_longer_than_the_step_limit_stops_there()
    {
        QString plan = step(u"s0"_qs, u"find"_qs, u"{\"n\": 0}"_qs);
        for (int i = 1; i < 4; ++i) plan += u","_qs + step(u"s%1"_qs.arg(i), u"find"_qs, u"{\"n\": %1}"_qs.arg(i));
        PaperRun run(agent(readTool(u"find"_qs), plan, q(R"("limits": {"steps": 2}, )")));
        run.answer({}, u"1"_qs);
        run.answer({}, u"2"_qs);
        QCOMPARE(run.error(), u"W102"_qs);
        QCOMPARE(run.dispatches(), 2);
    }

    void a_critical_failure_is_told_at_once_and_goes_away_when_it_works()
    {
        const QString tools = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "critical": true)"));
        PaperRun run(agent(tools, step(u"a"_qs, u"pay"_qs)));
        run.answer(u"T503"_qs);
        QCOMPARE(run.state.handoffs.size(), std::size_t(1));
        QVERIFY(run.state.handoffs.front().watching);
        QCOMPARE(run.status(), u"running"_qs);
        QCOMPARE(QString::fromStdString(run.decide(Verb::Retry)->code), u"U102"_qs);
        run.wait(60'000 / 60);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.state.handoffs.front().state, HandoffState::Withdrawn);
    }

    void a_critical_failure_that_stays_is_one_ticket()
    {
        const QString tools = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "critical": true)"));
        PaperRun run(agent(tools, step(u"a"_qs, u"pay"_qs)));
        for (int i = 0; i < 3; ++i) {
            run.answer(u"T429"_qs);
            run.wait(4'000);
        }
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.state.handoffs.size(), std::size_t(1));
        QVERIFY(!run.state.handoffs.front().watching);
        QVERIFY(!run.decide(Verb::Retry));
    }

    void retry_after_is_a_floor()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        run.answer(u"T429"_qs, u"null"_qs, u"answered"_qs, {{"retry_after_ms", 7'000}});
        run.wait(6'999);
        QVERIFY(!run.isSending());
        run.wait(1);
        QVERIFY(run.isSending());
    }

    void every_state_is_the_fold_of_its_journal()
    {
        PaperRun run(gated());
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T503"_qs);
        run.wait(10'000);
        run.answer({}, u"{}"_qs);
        decide::RunState again;
        for (const auto& event : run.journal) decide::fold(again, event);
        QCOMPARE(decide::detailOf(*run.def, again).plan, decide::detailOf(*run.def, run.state).plan);
        QCOMPARE(decide::summaryOf(*run.def, again), decide::summaryOf(*run.def, run.state));
    }
};

QTEST_GUILESS_MAIN(NextTest)
#include "nexttest.moc"
