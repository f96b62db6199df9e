#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// A person lets a run stand still, on paper: nothing new leaves, nothing is forgotten, and it can always be ended or let go on.
class PauseTest : public QObject {
    Q_OBJECT

    static QString reads() { return agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"find"_qs)); }
    static QString write(const QString& effect, const QString& more = {})
    {
        return agent(writeTool(u"note"_qs, effect, more) + u","_qs + readTool(u"look"_qs), step(u"write"_qs, u"note"_qs, q(R"({"text": "x"})")),
                     q(R"("limits": {"run_s": 1000, "step_s": 300}, )"));
    }
    static QString reviewed()
    {
        return agent(writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}})")) + u","_qs +
                         writeTool(u"drop"_qs, u"write_keyed"_qs) + u","_qs + readTool(u"find"_qs),
                     step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs), q(R"("review": ["make"], )"));
    }
    static QString gated() { return agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"b"_qs, u"pay"_qs, q(R"({"amount": "5"})"))); }
    static void anotherRunWants(PaperRun& run, decide::EventKind kind)
    {
        decide::Event event;
        event.run = run.state.id;
        event.kind = kind;
        event.data = {{"by", "run2"}, {"handoff", "run2-1"}, {"code", "W106"}, {"message", "Another run wants another end."}};
        run.take(std::move(event));
        run.drive();
    }

private slots:
    void a_paused_run_hears_its_call_out_and_sends_nothing_more()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer({}, q(R"({"id": "x1"})"));
        run.wait(600'000);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.status(), u"escalated"_qs);
    }

    void a_pause_is_a_ticket_that_says_who_and_why()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        QCOMPARE(run.state.handoffs.size(), 1u);
        const auto detail = decide::handoffOf(*run.def, run.state, run.state.handoffs.front());
        QVERIFY(detail.isPause);
        QVERIFY(detail.why.find("ann has paused") != std::string::npos);
        QVERIFY(detail.why.find("the provider looks odd") != std::string::npos);
        QVERIFY(detail.failing.attempts.empty());
        QVERIFY(!detail.error);
        QVERIFY(detail.actions == (std::vector<Verb>{Verb::Retry, Verb::Abort}));
    }

    void the_ticket_of_a_pause_says_what_is_under_way_now()
    {
        PaperRun run(write(u"write_keyed"_qs));
        QVERIFY(!run.pause());
        const auto says = [&](const char* words) { return decide::handoffOf(*run.def, run.state, run.state.handoffs.front()).why.find(words) != std::string::npos; };
        QVERIFY(says("is under way"));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!says("is under way"));
        QVERIFY2(says("may have been carried out"), "its reply was lost, and nobody else tells");
    }

    void it_goes_on_where_it_stood_when_it_is_let_go_on()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.status(), u"running"_qs);
        QCOMPARE(run.dispatches(), 2);
        QVERIFY(run.openHandoff().empty());
    }

    void the_time_of_a_pause_is_not_running_time()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer({}, q(R"({"id": "x1"})"));
        run.wait(3'600'000);
        QVERIFY(run.state.ran < 1000);
        QVERIFY(!run.decide(Verb::Retry));
        QVERIFY(run.isSending());
    }

    void a_run_that_waits_for_a_person_is_not_paused_but_says_what_it_waits_for()
    {
        PaperRun run(gated());
        const auto refused = run.pause();
        QVERIFY(refused);
        QCOMPARE(refused->code, std::string("U102"));
        QVERIFY(!refused->hint.empty());
    }

    void a_run_is_paused_once()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        QVERIFY(run.pause("bob"));
        QCOMPARE(run.state.handoffs.size(), 1u);
    }

    void an_ended_run_is_not_paused()
    {
        PaperRun run(reads());
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer({}, q(R"({"id": "x2"})"));
        QCOMPARE(run.pause()->code, std::string("A105"));
    }

    void a_pause_that_comes_where_there_is_nothing_to_pause_changes_nothing()
    {
        PaperRun run(reads());
        auto late = decide::decidePause(run.state, "ann", "odd", run.now);
        run.answer(u"T400"_qs);
        QCOMPARE(run.openHandoff(), std::string("run1-1"));
        QVERIFY(!run.happen(std::move(late)));
        QVERIFY(run.state.pausedBy.empty());
        QVERIFY(!run.decide(Verb::Retry));
        QVERIFY(run.isSending());
    }

    void a_pause_by_nobody_is_refused()
    {
        PaperRun run(reads());
        QCOMPARE(run.pause("")->code, std::string("U101"));
    }

    void letting_it_go_on_changes_nothing_of_the_plan()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        Decision changed = say(Verb::Retry, run.openHandoff());
        changed.with = Json{{"n", 2}};
        QCOMPARE(run.decide(changed)->code, std::string("U102"));
        QCOMPARE(run.status(), u"escalated"_qs);
    }

    void a_retry_that_was_due_is_made_only_when_it_goes_on()
    {
        PaperRun run(write(u"write_keyed"_qs));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(60'000);
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.dispatches(), 2);
    }

    void a_doubt_that_comes_back_in_a_pause_is_shown_at_once()
    {
        PaperRun run(write(u"write_blind"_qs));
        QVERIFY(!run.pause());
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    void what_is_decided_in_a_pause_does_not_end_it()
    {
        PaperRun run(agent(writeTool(u"note"_qs, u"write_blind"_qs) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"note"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs)));
        QVERIFY(!run.pause());
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        Decision settle = say(Verb::Settle, "run1-2");
        settle.settlement = Settlement::Happened;
        QVERIFY(!run.decide(settle));
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.isSending());
        QVERIFY(!run.decide(say(Verb::Retry, "run1-1")));
        QCOMPARE(run.status(), u"running"_qs);
        QCOMPARE(run.sending(), u"find"_qs);
    }

    void a_step_that_is_skipped_in_a_pause_does_not_end_it()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer(u"T400"_qs);
        QVERIFY(!run.decide(say(Verb::Skip, "run1-2")));
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.isSending());
        QVERIFY(!run.decide(say(Verb::Retry, "run1-1")));
        QCOMPARE(run.dispatches(), 2);
    }

    void letting_it_go_on_answers_no_other_question()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer(u"T400"_qs);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-1")));
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.openHandoff(), std::string("run1-2"));
    }

    void ending_a_paused_run_tells_of_a_write_that_may_have_been_carried_out()
    {
        for (const bool byTicket : {true, false}) {
            PaperRun run(write(u"write_keyed"_qs));
            run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
            QVERIFY(!run.isSending());
            QVERIFY(!run.pause());
            if (byTicket) QVERIFY(!run.decide(Verb::Abort));
            else run.abort();
            QCOMPARE(run.status(), u"aborted"_qs);
            QVERIFY2(run.state.hasUnknown(), byTicket ? "by its ticket" : "outside of it");
            QCOMPARE(run.dispatches(), 1);
        }
    }

    void ending_a_paused_run_waits_for_the_call_under_way()
    {
        PaperRun run(write(u"write_blind"_qs));
        QVERIFY(!run.pause());
        QVERIFY(!run.decide(Verb::Abort));
        QVERIFY2(run.openHandoff().empty(), "it was answered");
        QVERIFY(run.isSending());
        run.answer({}, q(R"({"id": "x1"})"));
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(run.state.effects.size(), 1u);
        QVERIFY(!run.state.hasUnknown());
    }

    void a_doubt_whose_reading_back_was_paused_can_be_settled()
    {
        PaperRun run(write(u"write_verifiable"_qs, q(R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})")));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.wait(4'000);
        QCOMPARE(run.sending(), u"look"_qs);
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.isSending());
        QVERIFY(!run.pause());
        QVERIFY(run.state.hasUnknown());
        Decision settle = say(Verb::Settle, "run1-2");
        settle.settlement = Settlement::Happened;
        QVERIFY(!run.decide(settle));
        QVERIFY(!run.decide(say(Verb::Retry, "run1-1")));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void an_undo_goes_on_in_a_pause_and_leaves_it_as_it_was()
    {
        PaperRun run(reviewed());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.pause());
        const auto canUndo = [&] {
            const auto verbs = decide::possibleVerbs(*run.def, run.state, *run.state.handoff("run1-1"));
            return std::find(verbs.begin(), verbs.end(), Verb::Undo) != verbs.end();
        };
        QVERIFY2(!canUndo(), "its read is under way");
        run.answer({}, q(R"({"id": "y"})"));
        QVERIFY(canUndo());
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        QCOMPARE(run.sending(), u"drop"_qs);
        QVERIFY2(run.pause(), "an undo is not left half done");
        run.answer({});
        QVERIFY(run.state.effects[0].undone);
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void an_undo_that_another_run_would_pause_is_not_left_half_done()
    {
        PaperRun run(reviewed());
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T400"_qs);
        Decision all = say(Verb::Undo, "run1-2");
        all.undoAll = true;
        QVERIFY(!run.decide(all));
        anotherRunWants(run, decide::EventKind::Paused);
        QCOMPARE(run.sending(), u"drop"_qs);
        run.answer({});
        QVERIFY(run.state.effects[0].undone);
        QCOMPARE(run.status(), u"aborted"_qs);
    }

    void both_sorts_of_pause_must_be_over_before_it_goes_on()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        anotherRunWants(run, decide::EventKind::Paused);
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Retry, "run1-1")));
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W106"_qs);
        QCOMPARE(run.dispatches(), 1);
        anotherRunWants(run, decide::EventKind::Resumed);
        QCOMPARE(run.status(), u"running"_qs);
        QCOMPARE(run.dispatches(), 2);
    }

    void a_run_that_ended_in_a_pause_and_is_opened_again_is_not_paused_any_more()
    {
        PaperRun run(reads());
        QVERIFY(!run.pause());
        run.answer(u"T400"_qs);
        run.wait(8LL * 24 * 3'600'000);
        QVERIFY(run.state.isEnded());
        QVERIFY(run.state.pausedBy.empty());
    }

    void a_yes_whose_time_ran_out_in_a_pause_is_asked_for_anew()
    {
        PaperRun run(gated());
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(3LL * 24 * 3'600'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        run.wait(10'000);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.dispatches(), 2);
    }

    void a_yes_whose_time_ran_out_while_another_run_was_waited_for_is_asked_for_anew()
    {
        PaperRun run(gated());
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        anotherRunWants(run, decide::EventKind::Paused);
        run.wait(3'600'000);
        anotherRunWants(run, decide::EventKind::Resumed);
        run.wait(10'000);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
    }

    void what_was_approved_and_is_held_can_be_stopped_in_a_pause()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"b"_qs, u"pay"_qs, q(R"({"amount": "5"})")),
                           q(R"("approvals": {"hold_s": {"payment": 10}}, )")));
        QVERIFY(!run.decide(Verb::Approve));
        QVERIFY(!run.pause());
        run.wait(60'000);
        const auto detail = decide::handoffOf(*run.def, run.state, *run.state.handoff("run1-1"));
        QVERIFY2(detail.row.state == HandoffState::Open && detail.row.decideBy == 0, "it stays in the inbox, and no time runs");
        QVERIFY(!run.decide(say(Verb::Reject, "run1-1")));
        QCOMPARE(run.decide(say(Verb::Reject, "run1-1"))->code, std::string("A105"));
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        run.wait(60'000);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void a_doubt_about_what_only_its_server_calls_a_write_can_be_settled_after_the_end()
    {
        PaperRun run(reads());
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs, {{"pin", "d1"}, {"tells_write", true}});
        QVERIFY(run.state.hasUnknown());
        QVERIFY(!run.decide(Verb::Abort));
        QCOMPARE(run.status(), u"aborted"_qs);
        Decision settle = say(Verb::Settle, run.openHandoff());
        settle.settlement = Settlement::Happened;
        QVERIFY(!run.decide(settle));
        QVERIFY(!run.state.hasUnknown());
        QCOMPARE(run.status(), u"aborted"_qs);
    }

    void a_pause_outlasts_no_run()
    {
        PaperRun run(write(u"write_keyed"_qs));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(60LL * 24 * 3'600'000);
        QCOMPARE(run.status(), u"timed_out"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_doubt_in_a_pause_that_outlasts_its_run_is_told_before_it_ends()
    {
        PaperRun run(write(u"write_keyed"_qs));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.pause());
        run.wait(60LL * 24 * 3'600'000);
        QVERIFY(run.state.hasUnknown());
        QCOMPARE(run.status(), u"escalated"_qs);
    }

    void a_crash_in_a_pause_changes_nothing_of_it()
    {
        PaperRun run(write(u"write_blind"_qs));
        QVERIFY(!run.pause());
        run.lose();
        QVERIFY(run.state.hasUnknown());
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(decide::possibleVerbs(*run.def, run.state, *run.state.handoff("run1-1")) == (std::vector<Verb>{Verb::Retry, Verb::Abort}));
    }
};

QTEST_GUILESS_MAIN(PauseTest)
#include "pausetest.moc"
