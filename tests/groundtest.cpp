#include <QTest>

#include "agentcore/decide/cache.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// On what ground a run goes on after a pause, an undo or an end, on paper: a yes covers what it was given for and no
/// more, a doubt is not stood in for, and whoever it waits for can see that.
class GroundTest : public QObject {
    Q_OBJECT

    static QString gated(const QString& more = {}, const QString& effect = u"write_keyed"_qs)
    {
        return agent(readTool(u"find"_qs) + u","_qs + writeTool(u"pay"_qs, effect, q(R"(, "gate": "payment")") + more),
                     step(u"b"_qs, u"pay"_qs, q(R"({"amount": "5"})")), q(R"("limits": {"run_s": 4000, "step_s": 3000}, )"));
    }
    static QString priced(const QString& more = {})
    {
        return gated(q(R"(, "before": {"tool": "find", "with": {}, "unchanged": ["/stock"]})") + more);
    }
    static void readStock(PaperRun& run, int stock) { run.answer({}, q(R"({"stock": %1})").arg(stock)); }
    /// Approved, read again, and its first attempt came to nothing.
    static void pauseAfterFailing(PaperRun& run)
    {
        readStock(run, 1);
        QVERIFY(!run.decide(Verb::Approve));
        readStock(run, 1);
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.pause());
    }
    static QString undone(const QString& gate = {})
    {
        return writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
               writeTool(u"drop"_qs, u"write_keyed"_qs, gate);
    }
    /// The review's undo fails and nobody answers, so that the run ends; it is gone on with, and the question that the
    /// end took with it is asked again.
    static void undoOverTheEnd(PaperRun& run)
    {
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.answer(u"T400"_qs);
        run.wait(run.state.handoff("run1-3")->decideBy - run.now);
        QCOMPARE(run.status(), u"failed"_qs);
        QVERIFY(run.state.handoff("run1-2")->state == HandoffState::Withdrawn);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-3")));
        run.answer({});
        QVERIFY(run.state.effects[0].undone);
        QCOMPARE(run.openHandoff(), std::string("run1-2"));
    }
    static QString list() { return writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "each": {"at": "/ids", "as": "id"})")); }

private slots:
    void nothing_stands_in_for_a_read_that_its_server_calls_a_write_while_it_is_in_doubt()
    {
        QString text = agent(readTool(u"find"_qs, q(R"(, "fallback": {"cache_s": 3600})")), step(u"a"_qs, u"find"_qs));
        text.replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"sheds_load\": true"_qs);
        PaperRun run(text);
        const std::string key = decide::cacheKey(*run.def->tool("find"), Json::object());
        run.facts.kept[key] = {key, Json{{"id", "old"}}, run.now};
        run.answer(u"T503"_qs, u"null"_qs, u"answered"_qs, {{"pin", "d1"}, {"tells_write", true}});
        QVERIFY(run.state.call && run.state.call->inDoubt);
        run.facts.admission = {"W111", run.now + 60'000};
        run.wait(5'000);
        QVERIFY2(run.state.call && run.state.call->inDoubt, "it may have written");
        QVERIFY(run.state.steps[0].fallback.empty());
    }

    void what_a_definition_says_of_a_read_is_not_said_of_what_its_server_calls_a_write()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "retry": {"on": {"T500": "retry"}})")), step(u"a"_qs, u"find"_qs)));
        run.answer(u"T500"_qs, u"null"_qs, u"answered"_qs, {{"pin", "d1"}, {"tells_write", true}});
        QVERIFY2(run.state.hasUnknown(), "asked at once, not tried again");
        run.wait(60'000);
        QCOMPARE(run.dispatches(), 1);
    }

    void what_was_found_absent_after_a_pause_is_not_sent_on_a_yes_that_ran_out_in_it()
    {
        PaperRun run(gated(q(R"(, "verify": {"tool": "find", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})")));
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(3'600'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(run.sending(), u"find"_qs);
            run.answer({}, u"[]"_qs);
            run.wait(4'000);
        }
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void the_rest_of_a_list_is_asked_about_when_its_yes_ran_out_in_a_pause()
    {
        PaperRun run(agent(list(), step(u"b"_qs, u"pay"_qs, q(R"({"ids": [1, 2, 3]})"))));
        QVERIFY(!run.decide(Verb::Approve));
        QVERIFY(!run.pause());
        run.wait(3'600'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, u"{}"_qs);
        run.answer({}, u"{}"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 3);
    }

    void a_pause_that_ends_while_something_is_undone_leaves_no_old_yes()
    {
        PaperRun run(agent(undone(q(R"(, "gate": "deletion")")) + u","_qs + list(), step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"pay"_qs, q(R"({"ids": [1, 2]})")),
                           q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Approve, "run1-2")));
        QVERIFY(!run.pause());
        run.answer({}, u"{}"_qs);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.wait(200'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-3")));
        QVERIFY(!run.decide(say(Verb::Approve, "run1-4")));
        QCOMPARE(run.sending(), u"drop"_qs);
        run.answer({});
        QVERIFY(run.state.effects[0].undone);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 2);
    }

    void a_call_that_waited_is_not_sent_before_what_was_decided_about_it_since()
    {
        for (const Verb verb : {Verb::Approve, Verb::Edit}) {
            PaperRun run(gated());
            QVERIFY(!run.decide(Verb::Approve));
            run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
            // As an older journal may have it: asked about anew, and the call still in its wait.
            run.isReplayed = false;
            decide::Event asked;
            asked.run = run.state.id;
            asked.step = "b";
            asked.kind = decide::EventKind::Asked;
            asked.data = run.state.handoffs.front().asked;
            asked.data["handoff"] = "run1-2";
            run.take(std::move(asked));
            run.wait(60'000);
            QCOMPARE(run.dispatches(), 1);
            Decision decision = say(verb, "run1-2");
            if (verb == Verb::Edit) decision.with = Json{{"amount", "4"}};
            QVERIFY(!run.decide(decision));
            QCOMPARE(run.dispatches(), 2);
            QCOMPARE(textOf(run.state.call->params, "amount"), std::string(verb == Verb::Edit ? "4" : "5"));
            QCOMPARE(run.state.call->attempt, 1);
        }
    }

    void what_is_asked_for_anew_after_a_pause_is_read_again_right_before_it_is_sent()
    {
        PaperRun run(priced());
        pauseAfterFailing(run);
        run.wait(3'600'000);
        QVERIFY(!run.decide(Verb::Retry));
        readStock(run, 1);
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"find"_qs);
        QCOMPARE(run.dispatches(), 1);
        readStock(run, 0);
        QVERIFY2(run.sending() != u"pay"_qs, "it was sold meanwhile");
    }

    void what_was_read_before_a_payment_is_read_again_after_a_pause()
    {
        for (const bool wasTried : {false, true}) {
            PaperRun run(priced());
            readStock(run, 1);
            QVERIFY(!run.decide(Verb::Approve));
            if (!wasTried) QVERIFY(!run.pause());
            readStock(run, 1);
            if (wasTried) run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
            if (wasTried) QVERIFY(!run.pause());
            QVERIFY(!run.isSending());
            run.wait(60'000);
            QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
            QVERIFY2(run.sending() == u"find"_qs, wasTried ? "tried before" : "never sent");
            readStock(run, 0);
            QCOMPARE(run.dispatches(), wasTried ? 1 : 0);
            readStock(run, 0);
            QCOMPARE(run.status(), u"waiting_approval"_qs);
            QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("W107"));
        }
    }

    void what_may_have_been_carried_out_is_not_read_again_as_if_it_were_not()
    {
        PaperRun run(priced());
        readStock(run, 1);
        QVERIFY(!run.decide(Verb::Approve));
        readStock(run, 1);
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(60'000);
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void a_yes_that_was_given_back_in_a_pause_runs_out_like_any_other()
    {
        PaperRun run(priced());
        pauseAfterFailing(run);
        run.wait(10'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QCOMPARE(run.sending(), u"find"_qs);
        run.wait(200'000);
        readStock(run, 1);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("A101"));
    }

    void a_question_that_an_end_took_with_it_is_asked_again_after_the_undo()
    {
        const QString tools = undone() + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        PaperRun run(agent(tools, step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"pay"_qs, q(R"({"amount": "5"})")),
                           q(R"("review": ["make"], "approvals": {"decide_s": 7000}, "escalation": {"guidance_s": 600}, )")));
        run.answer({}, q(R"({"id": "x1"})"));
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        undoOverTheEnd(run);
        QCOMPARE(run.state.handoff("run1-2")->decideBy, run.now + 7'000'000);
        QVERIFY(!run.decide(say(Verb::Approve, "run1-2")));
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void a_pause_that_an_end_took_with_it_is_there_again_after_the_undo()
    {
        PaperRun run(agent(undone() + u","_qs + readTool(u"find"_qs), step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs), q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.pause());
        run.answer({}, u"{}"_qs);
        undoOverTheEnd(run);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void what_was_put_off_in_a_pause_is_seen_when_it_may_leave()
    {
        QString text = gated();
        text.replace(u"\"environment\": \"test\","_qs, u"\"environment\": \"test\", \"approvals\": {\"hold_s\": {\"payment\": 10}},"_qs);
        PaperRun run(text);
        QVERIFY(!run.decide(Verb::Approve));
        QVERIFY(!run.pause());
        run.isReplayed = false;
        decide::Event tended;
        tended.run = run.state.id;
        tended.kind = decide::EventKind::Tended;
        tended.data = {{"handoff", "run1-1"}, {"snoozed_until", run.now + 3'600'000}};
        run.take(std::move(tended));
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        const auto row = decide::rowOf(*run.def, run.state, *run.state.handoff("run1-1"));
        QVERIFY(row.state == HandoffState::Open && row.decideBy > run.now);
        QCOMPARE(row.snoozedUntil, Millis(0));
    }

    void a_run_that_comes_to_its_end_leaves_no_early_ticket()
    {
        PaperRun run(priced(q(R"(, "critical": true, "business_key": ["amount"])")));
        readStock(run, 1);
        QVERIFY(!run.decide(Verb::Approve));
        readStock(run, 1);
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(run.state.watching());
        QVERIFY(!run.pause());
        QVERIFY(!run.decide(say(Verb::Retry, "run1-3")));
        // Another run makes the same call meanwhile.
        QVERIFY(run.facts.intents.size() == 1);
        decide::IntentRow& row = run.facts.intents.begin()->second;
        row.run = "run2";
        row.state = decide::IntentState::Done;
        row.result = Json{{"id", "x1"}};
        run.isReplayed = false;
        readStock(run, 1);
        QCOMPARE(run.status(), u"completed"_qs);
        QVERIFY(run.openHandoff().empty());
    }

    void a_doubt_that_is_told_at_the_end_is_told_to_those_who_share_its_key()
    {
        PaperRun run(gated());
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.pause());
        run.abort();
        QVERIFY(run.state.hasUnknown());
        QVERIFY(run.facts.intents.begin()->second.state == decide::IntentState::Unknown);
    }
};

QTEST_GUILESS_MAIN(GroundTest)
#include "groundtest.moc"
