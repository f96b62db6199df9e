#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

#include "agentcore/decide/tending.h"

using namespace handrail;
using namespace handrailtest;

/// What people do with a handoff beside deciding it, on paper: taking it, putting it off, withdrawing
/// a rejection; and what a question is held against.
class TendingTest : public QObject {
    Q_OBJECT

    static constexpr Millis hour = 3'600'000;

    static QString desk(const QString& stepMore = {})
    {
        const QString pay = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency", "recipient": "/to"})"));
        return agent(pay + u","_qs + readTool(u"look"_qs),
                     step(u"a"_qs, u"pay"_qs, q(R"({"amount": "10.00", "currency": "EUR", "to": "ACME GmbH"})"), stepMore) + u","_qs + step(u"b"_qs, u"look"_qs),
                     q(R"("approvals": {"decide_s": 3600}, )"));
    }
    static InboxRow rowOf(const PaperRun& run) { return decide::rowOf(*run.def, run.state, run.state.handoffs.back()); }
    static Outcome<decide::Event> tend(const PaperRun& run, std::optional<std::string> assignee, std::optional<Millis> until)
    {
        return decide::decideTending(rowOf(run), {rowOf(run).id, "bob", std::move(assignee), until}, run.now);
    }
    static std::vector<Verb> verbs(const PaperRun& run) { return decide::possibleVerbs(*run.def, run.state, run.state.handoffs.back()); }

private slots:
    void who_takes_a_handoff_has_it_until_it_is_given_back()
    {
        PaperRun run(desk());
        run.take(tend(run, "bob", {}).take());
        QCOMPARE(rowOf(run).assignee, std::string("bob"));
        run.take(tend(run, "carol", {}).take());
        QCOMPARE(rowOf(run).assignee, std::string("carol"));
        run.take(tend(run, "", {}).take());
        QCOMPARE(rowOf(run).assignee, std::string());
        QCOMPARE(rowOf(run).state, HandoffState::Open);
    }

    void whoever_has_it_somebody_else_may_still_decide_it()
    {
        PaperRun run(desk());
        run.take(tend(run, "carol", {}).take());
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void what_is_put_off_is_back_before_it_runs_out()
    {
        PaperRun run(desk());
        const InboxRow row = rowOf(run);
        QCOMPARE(row.decideBy, run.now + hour);
        run.take(tend(run, {}, run.now + 2 * hour).take());
        QCOMPARE(rowOf(run).snoozedUntil, row.decideBy - 60'000);
        run.take(tend(run, {}, run.now + 600'000).take());
        QCOMPARE(rowOf(run).snoozedUntil, run.now + 600'000);
        run.take(tend(run, {}, run.now).take());
        QCOMPARE(rowOf(run).snoozedUntil, Millis(0));
    }

    void what_runs_out_within_the_minute_is_not_put_off()
    {
        PaperRun run(desk());
        run.now += hour - 30'000;
        const auto refused = tend(run, {}, run.now + 10'000);
        QVERIFY(!refused);
        QCOMPARE(refused.failure().code, std::string("U104"));
        QVERIFY(!refused.failure().hint.empty());
    }

    void what_has_no_end_is_put_off_for_a_day_at_most()
    {
        InboxRow row;
        row.id = "finding-1";
        const auto put = decide::decideTending(row, {row.id, "bob", {}, 10 * 24 * hour}, 5'000);
        QVERIFY(put.ok());
        QCOMPARE(numberOf(put->data, "snoozed_until"), std::int64_t(24 * hour + 5'000));
    }

    void what_is_closed_is_neither_taken_nor_put_off_and_nothing_said_is_refused()
    {
        PaperRun run(desk());
        const auto nothing = tend(run, {}, {});
        QVERIFY(!nothing);
        QCOMPARE(nothing.failure().code, std::string("U101"));
        QVERIFY(!run.decide(Verb::Approve));
        for (const auto& refused : {tend(run, "bob", {}), tend(run, {}, run.now + hour)}) {
            QVERIFY(!refused);
            QCOMPARE(refused.failure().code, std::string("A105"));
        }
    }

    void taking_and_putting_off_change_nothing_of_what_the_run_decides()
    {
        PaperRun plain(desk());
        PaperRun tended(desk());
        tended.take(tend(tended, "bob", {}).take());
        tended.take(tend(tended, {}, tended.now + 60'000).take());
        tended.drive();
        for (PaperRun* run : {&plain, &tended}) {
            QVERIFY(!run->decide(Verb::Approve));
            run->answer({}, q(R"({"id": "P1"})"));
            run->answer({}, q(R"({"id": 3})"));
            QCOMPARE(run->status(), u"completed"_qs);
        }
        QStringList lines = tended.lines();
        QCOMPARE(lines.removeIf([](const QString& line) { return line.contains(u"tended"_qs); }), 2);
        QCOMPARE(lines.size(), plain.lines().size());
        QCOMPARE(tended.replayed(), QString());
    }

    void a_rejection_is_withdrawn_while_nothing_was_done_and_the_question_is_asked_anew()
    {
        PaperRun run(desk());
        const auto first = run.openHandoff();
        QVERIFY(!run.decide(Verb::Reject));
        QCOMPARE(run.error(), u"A110"_qs);
        QCOMPARE(verbs(run), std::vector<Verb>{Verb::Retry});
        Decision withdraw;
        withdraw.handoff = first;
        withdraw.verb = Verb::Retry;
        QVERIFY(!run.decide(withdraw));
        // Withdrawing a no is no yes: nothing leaves before a person says so.
        QCOMPARE(run.dispatches(), 0);
        const auto second = run.openHandoff();
        QVERIFY(!second.empty() && second != first);
        QCOMPARE(rowOf(run).kind, HandoffKind::Approval);
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, q(R"({"id": "P1"})"));
        run.answer({}, q(R"({"id": 3})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 2);
        QCOMPARE(run.replayed(), QString());
    }

    void a_rejection_stands_once_part_of_its_step_was_done()
    {
        // Of the records the first is done as a test, so a no to the rest comes too late to be as if nothing had been.
        const QString drop = writeTool(u"drop"_qs, u"write_blind"_qs, q(R"(, "each": {"at": "/ids", "as": "id"})"));
        PaperRun run(agent(drop, step(u"a"_qs, u"drop"_qs, q(R"({"ids": [1,2,3,4,5,6,7,8,9,10,11]})"))));
        run.answer({}, q(R"({"ok": true})"));
        QCOMPARE(run.state.handoffs.back().kind, HandoffKind::Scope);
        QVERIFY(!run.decide(Verb::Reject));
        QCOMPARE(run.error(), u"A110"_qs);
        QVERIFY(verbs(run).empty());
        QCOMPARE(run.dispatches(), 1);
    }

    void a_rejection_that_skipped_its_step_stands()
    {
        PaperRun run(desk(q(R"(, "if_rejected": "skip")")));
        QVERIFY(!run.decide(Verb::Reject));
        QVERIFY(verbs(run).empty());
        QCOMPARE(run.sending(), u"look"_qs);
    }

    void an_aborted_run_is_not_brought_back_by_its_handoff()
    {
        PaperRun run(desk());
        QVERIFY(!run.decide(Verb::Abort));
        QVERIFY(verbs(run).empty());
    }

    void a_call_that_was_let_through_is_what_the_next_question_is_held_against()
    {
        PaperRun run(desk());
        QVERIFY(!run.decide(Verb::Approve));
        decide::Event answered;
        std::vector<decide::CallMade> calls;
        decide::RunState state;
        run.answer({}, q(R"({"id": "P1"})"));
        run.answer({}, q(R"({"id": 3})"));
        for (const auto& event : run.journal) {
            if (auto call = decide::callMadeBy(*run.def, state, event)) calls.push_back(*call);
            decide::fold(state, event);
        }
        // The read has no gate, so nobody is ever asked about it.
        QCOMPARE(calls.size(), std::size_t(1));
        QCOMPARE(calls[0].tool, std::string("pay"));
        QCOMPARE(calls[0].run, run.state.id);
        QVERIFY(calls[0].params == parseJson(R"({"amount": "10.00", "currency": "EUR", "to": "ACME GmbH"})").take());
    }
};

QTEST_GUILESS_MAIN(TendingTest)
#include "tendingtest.moc"
