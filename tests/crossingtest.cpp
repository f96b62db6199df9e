#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Decisions, expiries, undo and retries that cross each other, on paper: nothing is done twice, dropped or stranded.
class CrossingTest : public QObject {
    Q_OBJECT

    static QString blind(const QString& effect, const QString& more = {})
    {
        return agent(writeTool(u"note"_qs, effect, more) + u","_qs + readTool(u"look"_qs), step(u"write"_qs, u"note"_qs, q(R"({"text": "x"})")),
                     q(R"("limits": {"run_s": 1000, "step_s": 300}, )"));
    }
    static constexpr auto verified = R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})";

    static QString makeAndDrop(const QString& drop, const QString& dropMore = {}, const QString& within = {})
    {
        return writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {"id": "${result.id}"}%1})").arg(within)) +
               u","_qs + writeTool(u"drop"_qs, drop, dropMore);
    }
    /// Step a is done and may be reviewed; step b waits for an approval.
    static QString reviewedThenGated(const QString& rejected = {})
    {
        return agent(makeAndDrop(u"write_blind"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")),
                     step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"pay"_qs, q(R"({"amount": "5"})"), rejected),
                     q(R"("review": ["make"], )"));
    }
    static int open(const PaperRun& run, bool unknownOnly = false)
    {
        int count = 0;
        for (const auto& handoff : run.state.handoffs) count += handoff.state == HandoffState::Open && (handoff.unknown || !unknownOnly);
        return count;
    }
    static bool isStranded(const PaperRun& run)
    {
        const bool waits = run.state.status == RunStatus::WaitingApproval || run.state.status == RunStatus::Escalated;
        bool canBeDecided = false;
        for (const auto& handoff : run.state.handoffs) {
            if (handoff.kind != HandoffKind::Review) canBeDecided = canBeDecided || !decide::possibleVerbs(*run.def, run.state, handoff).empty();
        }
        return waits && !canBeDecided;
    }

private slots:
    void a_key_that_grew_too_old_while_waiting_is_not_used_again()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T108"_qs, u"null"_qs, u"maybe_sent"_qs);
        QCOMPARE(run.dispatches(), 1);
        run.now += 2 * 86'400'000LL;  // nobody ran Handrail for two days; the provider keeps keys for one
        run.lose();
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(run.state.hasUnknown());
    }

    void a_write_that_was_taken_up_or_happened_is_never_sent_again_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("phase");
        QTest::newRow("T202 accepted") << u"T202"_qs << u"answered"_qs;
        QTest::newRow("T111 as the wire tells it") << u"T111"_qs << u"maybe_sent"_qs;
        QTest::newRow("T605 partial") << u"T605"_qs << u"answered"_qs;
    }
    void a_write_that_was_taken_up_or_happened_is_never_sent_again()
    {
        QFETCH(QString, code);
        QFETCH(QString, phase);
        PaperRun run(blind(u"write_verifiable"_qs, QString::fromLatin1(verified)));
        run.answer(code, u"null"_qs, phase);
        for (int probe = 0; probe < 3; ++probe) {
            QCOMPARE(run.sending(), u"look"_qs);
            run.answer({}, u"[]"_qs);
            run.wait(2'000);
        }
        QCOMPARE(run.dispatches(), 1);
        QVERIFY(run.state.hasUnknown());
    }

    void rejecting_another_question_does_not_send_an_undo_twice()
    {
        PaperRun run(reviewedThenGated(q(R"(, "if_rejected": "skip")")));
        run.answer({}, q(R"({"id": "x1"})"));
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        QCOMPARE(run.sending(), u"drop"_qs);
        run.decide(say(Verb::Reject, "run1-2"));
        QCOMPARE(run.dispatches("undo"), 1);
    }

    void an_approval_that_expires_does_not_send_an_undo_twice()
    {
        PaperRun run(reviewedThenGated(q(R"(, "if_rejected": "skip")")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.wait(299'900);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.wait(200);
        QCOMPARE(run.dispatches("undo"), 1);
    }

    void an_approval_that_expires_does_not_throw_an_undos_outcome_away()
    {
        PaperRun run(reviewedThenGated());
        run.answer({}, q(R"({"id": "x1"})"));
        run.wait(299'900);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        QCOMPARE(run.sending(), u"drop"_qs);
        run.wait(200);
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    void aborting_at_another_question_does_not_throw_an_undos_outcome_away()
    {
        PaperRun run(reviewedThenGated());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.decide(say(Verb::Abort, "run1-2"));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    void approving_while_an_undo_runs_does_not_strand_the_run()
    {
        PaperRun run(reviewedThenGated());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.decide(say(Verb::Approve, "run1-2"));
        run.answer({}, u"{}"_qs);
        run.wait(1'000);
        QVERIFY2(!isStranded(run), qPrintable(run.lines().join(u'\n')));
    }

    void retrying_a_ticket_while_an_undo_runs_does_not_strand_the_run()
    {
        PaperRun run(agent(makeAndDrop(u"write_blind"_qs) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs), q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T400"_qs);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        QCOMPARE(run.sending(), u"drop"_qs);
        run.decide(say(Verb::Retry, "run1-2"));
        run.answer({}, u"{}"_qs);
        run.wait(1'000);
        QVERIFY2(!isStranded(run), qPrintable(run.lines().join(u'\n')));
    }

    void a_doubt_of_an_undo_has_one_ticket_whatever_else_is_decided()
    {
        PaperRun run(reviewedThenGated());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QCOMPARE(open(run, true), 1);
        run.decide(say(Verb::Approve, "run1-2"));
        QCOMPARE(open(run, true), 1);  // the second one, settled later, would act on no call at all
    }

    void settling_a_doubt_twice_filed_settles_no_other_call()
    {
        PaperRun run(reviewedThenGated());
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.decide(say(Verb::Approve, "run1-2"));
        Decision settle = say(Verb::Settle, "run1-3");
        settle.settlement = Settlement::Happened;
        run.decide(settle);
        const bool hasSecond = run.state.handoff("run1-4") && run.state.handoff("run1-4")->state == HandoffState::Open;
        QVERIFY2(!hasSecond || run.state.call, "a doubt is open, may be settled, and there is no call that it could be about");
    }

    void a_doubt_of_an_undo_is_not_sent_again_by_rejecting_another_question()
    {
        PaperRun run(reviewedThenGated(q(R"(, "if_rejected": "skip")")));
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QCOMPARE(open(run, true), 1);
        run.decide(say(Verb::Reject, "run1-2"));
        QCOMPARE(run.dispatches("undo"), 1);
        QVERIFY(run.state.call && run.state.call->phase == decide::CallPhase::Doubt);
    }

    void a_step_that_is_skipped_because_nobody_answered_lets_the_run_go_on()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"pay"_qs, u"{}"_qs, q(R"(, "if_rejected": "skip")")) + u","_qs + step(u"b"_qs, u"find"_qs)));
        run.wait(300'000);
        run.wait(300'000);
        QVERIFY2(!isStranded(run), qPrintable(run.lines().join(u'\n')));
        QCOMPARE(run.sending(), u"find"_qs);
    }

    void retrying_an_expired_undo_ticket_does_not_run_the_plan_forward()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs) + u","_qs + writeTool(u"note"_qs, u"write_blind"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"note"_qs)));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T400"_qs);
        Decision undo = say(Verb::Undo, "run1-1");
        undo.undoAll = true;
        QVERIFY(!run.decide(undo));
        QCOMPARE(run.sending(), u"drop"_qs);
        run.answer(u"T400"_qs);
        QCOMPARE(run.error(), u"W108"_qs);
        run.wait(3'600'000);
        QCOMPARE(run.status(), u"failed"_qs);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QVERIFY2(run.sending() != u"note"_qs, "the person retried the undo, and the plan went on with another write");
        QCOMPARE(run.sending(), u"drop"_qs);
    }

    void a_late_undo_of_a_review_is_carried_out_although_the_run_is_old()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs, {}, q(R"(, "within_s": 2592000)")), step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")),
                           q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        QCOMPARE(run.status(), u"completed"_qs);
        run.wait(8 * 86'400'000LL);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        QCOMPARE(run.sending(), u"drop"_qs);
    }

    void an_undo_of_two_effects_is_not_left_half_done_without_a_word()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"make"_qs, q(R"({"n": 2})")) + u","_qs + step(u"c"_qs, u"find"_qs),
                           q(R"("limits": {"age_s": 100}, )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer({}, q(R"({"id": "x2"})"));
        run.answer(u"T400"_qs);
        run.wait(99'000);
        Decision undo = say(Verb::Undo, "run1-1");
        undo.undoAll = true;
        QVERIFY(!run.decide(undo));
        run.now += 2'000;
        run.answer({}, u"{}"_qs);
        QVERIFY2(run.sending() == u"drop"_qs || open(run) > 0, qPrintable(run.status()));
    }

    void a_yes_to_one_list_is_none_to_another()
    {
        const QString tools = writeTool(u"drop"_qs, u"write_keyed"_qs, q(R"(, "each": {"at": "/ids", "as": "id"})"));
        PaperRun run(agent(tools, step(u"a"_qs, u"drop"_qs, q(R"({"ids": [1,2,3,4,5,6,7,8,9,10,11,12]})"))));
        run.answer({}, u"1"_qs);
        QVERIFY(!run.decide(say(Verb::Approve, "run1-1")));
        run.answer({}, u"2"_qs);
        run.answer(u"T400"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        Decision other = say(Verb::Retry, "run1-2");
        other.with = parseJson("{\"ids\": [101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,117,118,119,120]}").take();
        QVERIFY(!run.decide(other));
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"waiting_approval"_qs);  // one of twenty is done: go on with the other nineteen?
    }

    void a_used_yes_does_not_cover_a_later_sending_by_a_person_data()
    {
        QTest::addColumn<qint64>("later");
        QTest::newRow("within the hour") << qint64(3'000'000);
        QTest::newRow("a failed run reopened after three days") << qint64(3 * 86'400'000LL);
    }
    void a_used_yes_does_not_cover_a_later_sending_by_a_person()
    {
        QFETCH(qint64, later);
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"a"_qs, u"pay"_qs, q(R"({"amount": "900.00"})"))));
        QVERIFY(!run.decide(say(Verb::Approve, "run1-1")));
        run.answer(u"T403"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        run.wait(later);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QCOMPARE(run.dispatches(), 1);  // the yes was for 120 seconds and is used
        QCOMPARE(run.status(), u"waiting_approval"_qs);
    }

    void a_list_approved_long_ago_is_not_finished_on_that_yes()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "each": {"at": "/ids", "as": "id"})")),
                           step(u"a"_qs, u"pay"_qs, q(R"({"ids": [1, 2, 3]})"))));
        QVERIFY(!run.decide(say(Verb::Approve, "run1-1")));
        run.answer({}, u"1"_qs);
        run.answer(u"T403"_qs);
        run.wait(3'000'000);
        QVERIFY(!run.decide(say(Verb::Retry, "run1-2")));
        QCOMPARE(run.dispatches(), 2);
    }

    void changing_what_all_records_share_does_not_redo_those_that_are_done()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "each": {"at": "/ids", "as": "id"})")),
                           step(u"a"_qs, u"pay"_qs, q(R"({"ids": ["A", "B", "C"]})"))));
        run.answer({}, u"1"_qs);
        run.answer(u"T400"_qs);
        Decision retry = say(Verb::Retry, "run1-1");
        retry.with = Json{{"purpose", "salary"}};
        QVERIFY(!run.decide(retry));
        QCOMPARE(textOf(run.state.active()->params, "id"), std::string("B"));  // A was paid already
    }

    void a_result_that_breaks_its_postcondition_is_not_sent_again()
    {
        PaperRun run(blind(u"write_verifiable"_qs, QString::fromLatin1(verified) + q(R"(, "after": {"properties": {"status": {"const": "refunded"}}})")));
        run.answer({}, q(R"({"id": 7, "status": "pending"})"));
        for (int probe = 0; probe < 3; ++probe) {
            QCOMPARE(run.sending(), u"look"_qs);
            run.answer({}, u"[]"_qs);
            run.wait(2'000);
        }
        QCOMPARE(run.dispatches(), 1);
    }

    void an_expired_review_does_not_offer_to_open_a_failed_run_again()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs, {}, q(R"(, "within_s": 3600)")) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs, u"{}"_qs, q(R"(, "on_failure": "fail")")),
                           q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T400"_qs);
        QCOMPARE(run.status(), u"failed"_qs);
        run.wait(3'600'000);
        const bool taken = !run.decide(say(Verb::Retry, "run1-1"));
        QVERIFY2(!taken || run.isSending(), "the retry was accepted and nothing came of it");
    }

    void a_conflict_without_a_key_is_not_sent_again()
    {
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"T409i"_qs);
        run.wait(60'000);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_keyed_call_whose_process_died_after_it_was_written_stays_in_doubt()
    {
        PaperRun run(blind(u"write_keyed"_qs));
        run.answer(u"T610"_qs, u"null"_qs, u"maybe_sent"_qs);
        run.wait(60'000);
        run.answer(u"T400"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    void an_operators_abort_leaves_reviews_that_can_be_undone()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs) + u","_qs + writeTool(u"note"_qs, u"write_blind"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"note"_qs), q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T103"_qs, u"null"_qs, u"not_sent"_qs);
        QVERIFY(!run.abort());
        QCOMPARE(run.status(), u"aborted"_qs);
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
    }

    void a_doubt_that_was_settled_after_the_end_leaves_reviews_that_can_be_undone()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs) + u","_qs + writeTool(u"note"_qs, u"write_blind"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"note"_qs), q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.decide(say(Verb::Abort, "run1-2")));
        Decision settle = say(Verb::Settle, "run1-2");
        settle.settlement = Settlement::NotHappened;
        QVERIFY(!run.decide(settle));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
    }

    void an_undo_that_is_found_to_have_happened_after_the_end_counts_as_undone()
    {
        PaperRun run(agent(makeAndDrop(u"write_blind"_qs), step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")), q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(say(Verb::Undo, "run1-1")));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(!run.decide(say(Verb::Abort, "run1-2")));
        Decision settle = say(Verb::Settle, "run1-2");
        settle.settlement = Settlement::Happened;
        QVERIFY(!run.decide(settle));
        QVERIFY(run.state.effects[0].undone);
    }

    void a_review_is_not_overwritten_by_a_loop_ticket()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs), step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"make"_qs, q(R"({"n": 1})")),
                           q(R"("review": ["make"], )")));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer({}, q(R"({"id": "x1"})"));
        int reviews = 0;
        for (const auto& handoff : run.state.handoffs) reviews += handoff.kind == HandoffKind::Review && handoff.state == HandoffState::Open;
        QCOMPARE(reviews, 2);
    }

    void a_gated_compensation_asks_before_it_acts()
    {
        PaperRun run(agent(makeAndDrop(u"write_keyed"_qs, q(R"(, "gate": "payment")")) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"make"_qs, q(R"({"n": 1})")) + u","_qs + step(u"b"_qs, u"find"_qs)));
        run.answer({}, q(R"({"id": "x1"})"));
        run.answer(u"T400"_qs);
        Decision undo = say(Verb::Undo, "run1-1");
        undo.undoAll = true;
        QVERIFY(!run.decide(undo));
        QCOMPARE(run.dispatches("undo"), 0);
    }

    void an_answered_write_to_a_host_with_one_private_address_is_not_called_refused()
    {
        PaperRun run(blind(u"write_blind"_qs));
        run.answer(u"U107"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(run.state.hasUnknown());
    }

    void a_run_that_two_others_paused_goes_on_when_both_are_over()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"find"_qs)));
        const auto hear = [&](decide::EventKind kind, const char* ticket) {
            decide::Event event;
            event.time = run.now;
            event.run = run.state.id;
            event.kind = kind;
            event.data = {{"by", "another"}, {"handoff", ticket}, {"code", "W106"}, {"message", "Another run wants another end."}};
            run.take(std::move(event));
        };
        hear(decide::EventKind::Paused, "run2-1");
        hear(decide::EventKind::Paused, "run3-1");
        run.answer({}, q(R"({"id": "x1"})"));
        QCOMPARE(run.dispatches(), 1);
        hear(decide::EventKind::Resumed, "run2-1");
        run.wait(0);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.dispatches(), 1);
        hear(decide::EventKind::Resumed, "run3-1");
        run.wait(0);
        QCOMPARE(run.status(), u"running"_qs);
        QCOMPARE(run.dispatches(), 2);
    }

    void a_read_back_without_time_does_not_drop_the_doubt()
    {
        PaperRun run(agent(writeTool(u"note"_qs, u"write_verifiable"_qs, QString::fromLatin1(verified)) + u","_qs + readTool(u"look"_qs, q(R"(, "timeout_s": 0.005)")),
                           step(u"write"_qs, u"note"_qs)));
        run.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
        QVERIFY(run.state.hasUnknown());
    }
};

QTEST_GUILESS_MAIN(CrossingTest)
#include "crossingtest.moc"
