#include <QTest>

#include "agentcore/store/tally.h"

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/planningrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// What a run does with what a model says, told as "this already happened".
class PlanningTest : public QObject {
    Q_OBJECT

    static QString text(const Json& value) { return QString::fromStdString(dump(value)); }
    static QString kind(const PlanningRun& run) { return QString::fromStdString(word(run.open().row.kind)); }
    static QString code(const PlanningRun& run) { return run.open().error ? QString::fromStdString(run.open().error->code) : QString(); }
    static Json proposal(const char* tool, const Json& arguments) { return {{"proposal", {{"tool", tool}, {"arguments", arguments}, {"confidence", 1}}}}; }

private slots:
    void a_run_without_a_plan_asks_for_each_step_and_ends_with_the_summary()
    {
        PlanningRun run;
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.propose(u"find"_qs, q(R"({"id": "1042"})"));
        QCOMPARE(run.sending(), u"find"_qs);
        run.answer({}, q(R"({"total": 5})"));
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.propose(u"_finish"_qs, q(R"({"summary": "All is well."})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(text(run.state.result), u"\"All is well.\""_qs);
        const QStringList expected{u"run_started"_qs, u"intent purpose=plan"_qs, u"dispatched #1 purpose=plan"_qs, u"answered #1 phase=answered"_qs,
                                   u"judged #1 purpose=plan verdict=done model=main"_qs, u"proposed p1 model=main mode=autonomous"_qs,
                                   u"step_prepared p1"_qs, u"intent p1 purpose=act"_qs, u"dispatched p1 #1 purpose=act"_qs,
                                   u"answered p1 #1 phase=answered"_qs, u"judged p1 #1 purpose=act verdict=done"_qs, u"step_done p1"_qs,
                                   u"intent purpose=plan"_qs, u"dispatched #1 purpose=plan"_qs, u"answered #1 phase=answered"_qs,
                                   u"judged #1 purpose=plan verdict=done model=main"_qs, u"run_ended state=completed"_qs};
        QCOMPARE(run.lines(), expected);
    }

    void the_plan_goes_first_and_proposed_steps_join_it()
    {
        PlanningRun run(planned({}, step(u"p2"_qs, u"find"_qs)));
        QCOMPARE(run.sending(), u"find"_qs);
        run.answer({}, u"1"_qs);
        run.propose(u"note"_qs, q(R"({"text": "${input.order}"})"));
        QCOMPARE(run.sending(), u"note"_qs);
        QCOMPARE(text(run.state.active()->params), q(R"({"text":"${input.order}"})"));
        const auto plan = decide::planOf(*run.def, run.state);
        QCOMPARE(plan.size(), std::size_t(2));
        QCOMPARE(plan[1].id, std::string("p2_"));
        QCOMPARE(decide::summaryOf(*run.def, run.state).step, std::string("p2_"));
    }

    void a_gate_asks_for_a_proposed_step_as_for_a_planned_one()
    {
        PlanningRun run;
        run.propose(u"pay"_qs, q(R"({"order": "1042"})"), 1.0);
        QCOMPARE(kind(run), u"approval"_qs);
        QCOMPARE(run.open().agentWords, std::string("Because."));
        QCOMPARE(run.open().model, std::string("main"));
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void an_unusable_answer_is_asked_about_once_more_then_the_backup_then_a_person_data()
    {
        QTest::addColumn<QString>("code");
        for (const char* code : {"M101", "M102", "M103", "M104"}) QTest::newRow(code) << q(code);
    }
    void an_unusable_answer_is_asked_about_once_more_then_the_backup_then_a_person()
    {
        QFETCH(QString, code);
        PlanningRun run;
        run.err(code);
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(QString::fromStdString(run.state.planning.objection), code + u" it is."_qs);
        run.err(code);
        QCOMPARE(run.sending(), u"model:backup"_qs);
        QVERIFY(run.state.planning.objection.empty());
        run.err(code);
        QCOMPARE(run.sending(), u"model:backup"_qs);
        run.err(code);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), code);
        QCOMPARE(run.dispatches("plan"), 4);
        QVERIFY(run.open().isBackup);
        QCOMPARE(run.open().model, std::string("backup"));
        QCOMPARE(run.open().failing.attempts.size(), std::size_t(4));
        QCOMPARE(run.mode(), u"stopped"_qs);
        QCOMPARE(run.verbs(), u"answer retry abort"_qs);
        QVERIFY(run.lines().contains(u"judged #1 purpose=plan verdict=backup code=%1 model=main to=backup"_qs.arg(code)));
    }

    void what_the_backup_proposes_says_so()
    {
        PlanningRun run;
        run.err(u"M103"_qs);
        run.err(u"M103"_qs);
        run.propose(u"find"_qs, q("{}"), 0.5);
        QCOMPARE(kind(run), u"proposal"_qs);
        QVERIFY(run.open().isBackup);
        QVERIFY(run.open().why.find("backup model backup stood in") != std::string::npos);
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, u"1"_qs);
        QCOMPARE(run.sending(), u"model:main"_qs);
    }

    void an_invented_tool_goes_to_a_person_and_never_to_another_model()
    {
        PlanningRun run;
        run.err(u"M105"_qs, proposal("refnd", {{"x", 1}}));
        run.err(u"M105"_qs, proposal("refnd", {{"x", 1}}));
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches("plan"), 2);
        QCOMPARE(run.dispatches(), 0);
    }

    void an_invented_value_can_only_be_run_as_a_person_changes_it()
    {
        PlanningRun run;
        const Json made = proposal("pay", {{"order", "9999"}, {"text", "hello"}});
        run.err(u"M106"_qs, made);
        run.err(u"M106"_qs, made);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(kind(run), u"proposal"_qs);
        QCOMPARE(code(run), u"M106"_qs);
        QCOMPARE(run.verbs(), u"edit answer reject abort"_qs);
        QCOMPARE(QString::fromStdString(run.decide(Verb::Approve)->code), u"U102"_qs);
        Decision change;
        change.verb = Verb::Edit;
        change.with = Json{{"order", "1042"}};
        QVERIFY(!run.decide(change));
        QCOMPARE(kind(run), u"approval"_qs);
        QCOMPARE(text(run.open().arguments), q(R"({"order":"1042","text":"hello"})"));
        QCOMPARE(run.dispatches(), 0);
    }

    void a_refusal_is_never_taken_to_another_model()
    {
        PlanningRun run;
        run.err(u"M108"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches("plan"), 1);
        QVERIFY(!run.decide(run.saying(Verb::Answer, "Look, but do not pay.")));
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.state.planning.guidance, std::vector<std::string>{"Look, but do not pay."});
        QCOMPARE(run.mode(), u"advisory"_qs);
    }

    void too_long_a_conversation_is_compacted_once()
    {
        PlanningRun run;
        run.err(u"M107"_qs);
        QCOMPARE(run.sending(), u"model:main"_qs);
        QVERIFY(run.state.planning.isCompacted);
        run.err(u"M107"_qs);
        QCOMPARE(run.error(), u"M107"_qs);
        QCOMPARE(run.dispatches("plan"), 2);
    }

    void a_service_that_is_down_is_tried_again_and_then_left_for_the_backup_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("calls");
        QTest::newRow("overloaded") << u"M112"_qs << 3;
        QTest::newRow("a fault") << u"T500"_qs << 3;
        QTest::newRow("too many requests") << u"T429"_qs << 3;
        QTest::newRow("silence") << u"T109"_qs << 3;
        QTest::newRow("a wrong key") << u"T401"_qs << 2;
        QTest::newRow("no such model") << u"T404"_qs << 1;
        QTest::newRow("no quota") << u"T429q"_qs << 1;
    }
    void a_service_that_is_down_is_tried_again_and_then_left_for_the_backup()
    {
        QFETCH(QString, code);
        PlanningRun run;
        for (int i = 0; i < 10 && run.state.planning.model == 0; ++i) {
            if (run.isSending()) run.err(code);
            else run.wait(60'000);
        }
        QTEST(run.dispatches("plan") - 1, "calls");
        QCOMPARE(run.sending(), u"model:backup"_qs);
        QCOMPARE(run.mode(), u"autonomous"_qs);
    }

    void a_service_that_says_not_to_try_again_is_not_tried_again()
    {
        PlanningRun run;
        run.err(u"T500"_qs, {{"no_retry", true}});
        QCOMPARE(run.sending(), u"model:backup"_qs);
        QCOMPARE(run.dispatches("plan"), 2);
    }

    void the_pause_that_a_service_asks_for_is_kept()
    {
        PlanningRun run;
        run.err(u"T429"_qs, {{"retry_after_ms", 20'000}});
        run.wait(19'999);
        QVERIFY(!run.isSending());
        run.wait(1);
        QCOMPARE(run.sending(), u"model:main"_qs);
    }

    void a_model_whose_breaker_is_open_is_not_waited_for()
    {
        PlanningRun run;
        run.propose(u"find"_qs);
        run.facts.admission = {"W111", run.now + 30'000};
        run.answer({}, u"1"_qs);
        QCOMPARE(run.state.planning.model, std::size_t(1));
        run.facts.admission = {};
        run.wait(30'000);
        QCOMPARE(run.sending(), u"model:backup"_qs);
    }

    void a_model_that_is_held_back_for_long_is_told_and_asked_from_the_first_on()
    {
        PlanningRun run;
        run.err(u"M103"_qs);
        run.err(u"M103"_qs);
        run.err(u"T500"_qs);
        run.facts.admission = {"W116", 1};
        for (int i = 0; i < 20 && run.state.status == RunStatus::Running; ++i) run.wait(5'000);
        QCOMPARE(run.error(), u"W116"_qs);
        QCOMPARE(run.mode(), u"autonomous"_qs);
        run.facts.admission = {};
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.propose(u"find"_qs);
        QCOMPARE(run.state.proposed.front().model, std::string("main"));
    }

    void a_process_that_died_while_a_model_was_asked_asks_again()
    {
        PlanningRun run;
        run.lose();
        run.wait(60'000);
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.propose(u"find"_qs);
        QCOMPARE(run.sending(), u"find"_qs);
    }

    void the_goal_needs_its_input()
    {
        PlanningRun run(planned(), q("{}"));
        QCOMPARE(run.status(), u"failed"_qs);
        QCOMPARE(run.error(), u"U101"_qs);
        QCOMPARE(run.dispatches("plan"), 0);
    }

    void a_question_of_the_agent_is_answered_by_a_person()
    {
        PlanningRun run;
        run.propose(u"_ask"_qs, q(R"({"question": "Which of the two?"})"));
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(kind(run), u"escalation"_qs);
        QCOMPARE(run.open().agentWords, std::string("Which of the two?"));
        QCOMPARE(run.verbs(), u"answer abort"_qs);
        QVERIFY(!run.decide(run.saying(Verb::Answer, "The first.")));
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.mode(), u"autonomous"_qs);
    }

    void nobody_who_answers_ends_the_run_and_a_retry_opens_it_again()
    {
        PlanningRun run;
        run.err(u"M108"_qs);
        const auto asked = run.openHandoff();
        run.wait(3'600'000);
        QCOMPARE(run.status(), u"failed"_qs);
        Decision retry = run.saying(Verb::Retry);
        retry.handoff = asked;
        QVERIFY(!run.decide(retry));
        QCOMPARE(run.sending(), u"model:main"_qs);
    }

    void a_proposal_that_nobody_decided_is_never_run()
    {
        PlanningRun run;
        run.propose(u"note"_qs, q("{}"), 0.1);
        const auto asked = run.openHandoff();
        run.wait(300'000);
        QCOMPARE(run.error(), u"A101"_qs);
        Decision retry = run.saying(Verb::Retry);
        retry.handoff = asked;
        QVERIFY(!run.decide(retry));
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void an_answer_to_a_failed_step_lets_the_agent_plan_anew()
    {
        PlanningRun run;
        run.propose(u"find"_qs, q(R"({"id": "1042"})"));
        run.answer(u"T403"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.decide(run.saying(Verb::Answer, "Leave it; note that it is missing.")));
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.state.steps[0].status, StepStatus::Skipped);
    }

    void a_service_that_says_that_it_changed_lets_the_agent_plan_anew_once_data()
    {
        QTest::addColumn<QString>("code");
        for (const auto* code : {"T409", "T412", "T428"}) QTest::newRow(code) << QString::fromLatin1(code);
    }
    void a_service_that_says_that_it_changed_lets_the_agent_plan_anew_once()
    {
        QFETCH(QString, code);
        PlanningRun run;
        run.propose(u"note"_qs, q(R"({"order": "1042"})"));
        run.answer(code);
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.state.steps[0].status, StepStatus::Skipped);
        QCOMPARE(run.state.steps[0].error->code, std::string("W107"));
        QVERIFY(run.openHandoff().empty());
        run.take(u"find"_qs, q(R"({"order": "1042"})"), q(R"({"state": "edited"})"));
        run.propose(u"note"_qs, q(R"({"order": "1042", "text": "other"})"));
        run.answer(code);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), code);
        // A person's word begins the counting anew.
        QVERIFY(!run.decide(run.saying(Verb::Answer, "Try it with the new state.")));
        run.propose(u"note"_qs, q(R"({"order": "1042", "text": "third"})"));
        run.answer(code);
        QCOMPARE(run.sending(), u"model:main"_qs);
    }

    void a_planned_step_and_one_that_may_have_acted_are_not_planned_anew()
    {
        PlanningRun planned_step(planned({}, step(u"p2"_qs, u"note"_qs)));
        planned_step.answer(u"T409"_qs);
        QCOMPARE(planned_step.status(), u"escalated"_qs);
        PlanningRun doubted;
        doubted.propose(u"note"_qs, q(R"({"order": "1042"})"));
        doubted.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        doubted.wait(5'000);
        doubted.answer(u"T409"_qs);
        QCOMPARE(doubted.status(), u"escalated"_qs);
        QCOMPARE(doubted.error(), u"W114"_qs);
    }

    void what_became_of_a_model_that_stood_in_is_counted()
    {
        const auto counted = [](const PlanningRun& run) {
            store::Tally tally;
            for (const auto& event : run.journal) tally.add(event);
            QString text;
            for (const auto& [key, count] : tally.counters) {
                if (key.name == "fallbacks") text += QString::fromStdString(key.of + " " + key.as) + u' ' + QString::number(count) + u' ';
            }
            return text.trimmed();
        };
        PlanningRun helped;
        helped.err(u"M101"_qs);
        helped.err(u"M101"_qs);
        helped.propose(u"find"_qs);
        QCOMPARE(counted(helped), u"model success 1 model used 1"_qs);
        PlanningRun useless;
        for (int i = 0; i < 4; ++i) useless.err(u"M103"_qs);
        QCOMPARE(useless.status(), u"escalated"_qs);
        QCOMPARE(counted(useless), u"model failure 1 model used 1"_qs);
        PlanningRun ended;
        ended.err(u"M102"_qs);
        ended.err(u"M102"_qs);
        ended.propose(u"_finish"_qs, q(R"({"summary": "Done."})"));
        QCOMPARE(counted(ended), u"model success 1 model used 1"_qs);
        PlanningRun alone;
        alone.propose(u"find"_qs);
        QCOMPARE(counted(alone), QString());
    }

    void over_what_models_may_cost_a_person_is_asked_and_it_counts_anew_from_there()
    {
        const QString priced = QString(planned(q(R"("currency": "USD", "at_most": "0.05",)"))).replace(u"\"model\": \"m\""_qs, u"\"model\": \"m\", \"price\": {\"input\": \"1\", \"output\": \"2\"}"_qs)
                                   .replace(u"\"model\": \"t\""_qs, u"\"model\": \"t\", \"price\": {\"input\": \"0\", \"output\": \"0\"}"_qs);
        PlanningRun run(priced);
        const auto unusable = [&] { run.err(u"M103"_qs, {{"tokens_in", 20'000}, {"cost", "0.03"}, {"currency", "USD"}}); };
        unusable();
        QCOMPARE(run.sending(), u"model:main"_qs);
        unusable();
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W110"_qs);
        QVERIFY(run.open().why.find("0.06 USD") != std::string::npos || run.open().error->message.find("0.06 USD") != std::string::npos);
        QVERIFY(!run.decide(run.saying(Verb::Retry)));
        QCOMPARE(run.sending(), u"model:main"_qs);
        const auto detail = decide::detailOf(*run.def, run.state);
        QCOMPARE(detail.cost, std::string("0.06"));
        QCOMPARE(detail.currency, std::string("USD"));
        QCOMPARE(detail.tokens, std::int64_t(40'000));
    }

    void planning_counts_against_the_run_and_no_step()
    {
        PlanningRun run(planned({}, {}, q(R"("limits": {"run_s": 100, "step_s": 5},)")));
        run.wait(40'000);
        run.propose(u"find"_qs);
        QCOMPARE(run.sending(), u"find"_qs);
        QCOMPARE(run.state.active()->limit, Millis(5'000));
        run.answer({}, u"1"_qs);
        QCOMPARE(run.state.active()->limit, Millis(60'000));
        run.wait(30'000);
        run.err(u"M101"_qs);
        QCOMPARE(run.state.active()->limit, Millis(30'000));
        run.wait(30'000);
        run.err(u"M101"_qs);
        QCOMPARE(run.status(), u"timed_out"_qs);
    }

    void letting_a_paused_run_go_on_asks_no_model_a_second_time()
    {
        PlanningRun run;
        QVERIFY(run.isSending());
        QVERIFY(!run.pause());
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.dispatches("plan"), 1);
        run.propose(u"_finish"_qs, q(R"({"summary": "All is well."})"));
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void a_run_that_finishes_in_a_pause_leaves_no_ticket_of_it_open()
    {
        PlanningRun run;
        QVERIFY(!run.pause());
        run.propose(u"_finish"_qs, q(R"({"summary": "All is well."})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QVERIFY(run.openHandoff().empty());
    }
};

QTEST_GUILESS_MAIN(PlanningTest)
#include "planningtest.moc"
