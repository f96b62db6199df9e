#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Four eyes, limits of exposure, and the time in which a yes can still be taken back.
class QuorumTest : public QObject {
    Q_OBJECT

    static QString desk(const QString& approvals)
    {
        const QString show = q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency"}, "undo": {"tool": "back", "with": {}})");
        return agent(writeTool(u"pay"_qs, u"write_keyed"_qs, show) + u","_qs + writeTool(u"back"_qs, u"write_keyed"_qs),
                     step(u"a"_qs, u"pay"_qs, q(R"({"amount": "40.00", "currency": "EUR"})")),
                     q(R"("approvals": {%1}, )").arg(approvals));
    }
    static QString fourEyes() { return desk(q(R"("four_eyes": ["payment"])")); }
    static QString held() { return desk(q(R"("hold_s": {"payment": 10})")); }
    static QString limited(const char* perDay) { return desk(q(R"("exposure": [{"gate": "payment", "currency": "EUR", "per_day": "%1"}])").arg(QString::fromLatin1(perDay))); }

    static QString as(PaperRun& run, Verb verb, const char* who)
    {
        Decision decision;
        decision.verb = verb;
        decision.who = who;
        if (verb == Verb::Edit) decision.with = Json{{"amount", "39.00"}};
        const auto refused = run.decide(decision);
        return refused ? QString::fromStdString(refused->code) : QString();
    }
    static void letOut(PaperRun& run, const char* amount, Millis age, bool counts = true)
    {
        run.facts.out[amount] = {amount, "desk", "payment", "EUR", amount, run.now - age, counts};
    }

private slots:
    void two_people_must_agree_and_neither_asked()
    {
        PaperRun run(fourEyes());
        QCOMPARE(as(run, Verb::Approve, "ann"), u"A103"_qs);  // she started the run
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(as(run, Verb::Approve, "bob"), u"A106"_qs);
        QCOMPARE(as(run, Verb::Approve, "cid"), QString());
        QCOMPARE(run.sending(), u"pay"_qs);
        QCOMPARE(run.state.handoffs[0].approvers.size(), std::size_t(2));
    }

    void one_veto_ends_it()
    {
        PaperRun run(fourEyes());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(as(run, Verb::Reject, "cid"), QString());
        QCOMPARE(run.status(), u"aborted"_qs);
        QCOMPARE(run.dispatches(), 0);
    }

    void an_edit_voids_the_yes_before_it_and_its_editor_cannot_agree()
    {
        PaperRun run(fourEyes());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(as(run, Verb::Edit, "cid"), QString());
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(as(run, Verb::Approve, "cid"), u"A103"_qs);
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(as(run, Verb::Approve, "dan"), QString());
        QCOMPARE(textOf(run.state.active()->params, "amount"), std::string("39.00"));
    }

    void nobody_without_a_name_is_one_of_two()
    {
        PaperRun run(fourEyes());
        Decision decision;
        decision.verb = Verb::Approve;
        decision.handoff = run.openHandoff();
        const auto refused = decide::decideDecision(*run.def, run.state, decision, run.now);
        QCOMPARE(QString::fromStdString(refused.failure().code), u"A109"_qs);
    }

    void over_the_days_limit_a_second_person_must_agree_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<bool>("counts");
        QTest::addColumn<qint64>("age");
        QTest::addColumn<int>("needs");
        QTest::newRow("just within") << "60.00" << true << qint64(1'000) << 1;
        QTest::newRow("over by a cent") << "60.01" << true << qint64(1'000) << 2;
        QTest::newRow("what was refused does not count") << "99.00" << false << qint64(1'000) << 1;
        QTest::newRow("what is older than a day does not count") << "99.00" << true << qint64(86'400'001) << 1;
    }
    void over_the_days_limit_a_second_person_must_agree()
    {
        QFETCH(QString, before);
        QFETCH(bool, counts);
        QFETCH(qint64, age);
        PaperRun run(limited("100.00"));
        run.wait(300'000);  // nobody answered; asked again, what went out meanwhile counts
        letOut(run, before.toLatin1().constData(), age, counts);
        Decision again;
        again.verb = Verb::Retry;
        again.handoff = "run1-1";
        QVERIFY(!run.decide(again));
        QTEST(static_cast<int>(numberOf(run.state.handoffs.back().asked, "needs", 1)), "needs");
    }

    void no_rule_lets_pass_what_goes_over_the_limit()
    {
        const QString rule = q(R"("allow": [{"name": "small", "gate": "payment", "currency": "EUR", "at_most": "50.00"}], )");
        PaperRun within(desk(rule + q(R"("exposure": [{"gate": "payment", "currency": "EUR", "per_day": "40.00"}])")));
        QCOMPARE(within.sending(), u"pay"_qs);
        PaperRun over(desk(rule + q(R"("exposure": [{"gate": "payment", "currency": "EUR", "per_day": "39.99"}])")));
        QCOMPARE(over.status(), u"waiting_approval"_qs);
        QCOMPARE(numberOf(over.state.handoffs[0].asked, "needs"), std::int64_t(2));
        QVERIFY(textOf(over.state.handoffs[0].asked, "why").find("39.99 EUR") != std::string::npos);
    }

    void what_is_done_or_in_doubt_counts_and_what_is_refused_or_undone_does_not()
    {
        PaperRun run(limited("100.00"));
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(run.facts.out.size(), std::size_t(1));
        QVERIFY(run.facts.out.begin()->second.counts);  // on its way
        run.answer(u"T400"_qs);
        QVERIFY(!run.facts.out.begin()->second.counts);
        PaperRun doubtful(limited("100.00"));
        QCOMPARE(as(doubtful, Verb::Approve, "bob"), QString());
        for (int i = 0; i < 3 && !doubtful.state.hasUnknown(); ++i) {
            doubtful.answer(u"T109"_qs, u"null"_qs, u"maybe_sent"_qs);
            doubtful.wait(60'000);
        }
        QVERIFY(doubtful.state.hasUnknown());
        QVERIFY(doubtful.facts.out.begin()->second.counts);
    }

    void a_yes_that_was_enough_is_asked_again_when_the_limit_was_reached_meanwhile()
    {
        PaperRun run(desk(q(R"("hold_s": {"payment": 10}, "exposure": [{"gate": "payment", "currency": "EUR", "per_day": "50.00"}])")));
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        letOut(run, "20.00", 0);
        run.now += 1;
        run.wait(10'000);
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("A106"));
    }

    void an_approved_call_waits_for_its_hold_and_then_leaves()
    {
        PaperRun run(held());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(*decide::due(*run.def, run.state), run.now + 10'000);
        run.wait(9'999);
        QCOMPARE(run.dispatches(), 0);
        run.wait(1);
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void within_the_hold_it_can_be_stopped_and_is_asked_about_anew()
    {
        PaperRun run(held());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        Decision stop;
        stop.verb = Verb::Reject;
        stop.handoff = "run1-1";
        QVERIFY(!run.decide(stop));
        run.wait(20'000);
        QCOMPARE(run.dispatches(), 0);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("A108"));
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        run.wait(10'000);
        QCOMPARE(run.dispatches(), 1);
    }

    void what_was_sent_cannot_be_stopped()
    {
        PaperRun run(held());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        run.wait(10'000);
        Decision stop;
        stop.verb = Verb::Reject;
        stop.handoff = "run1-1";
        QCOMPARE(QString::fromStdString(run.decide(stop)->code), u"A104"_qs);
        QCOMPARE(run.sending(), u"pay"_qs);
    }

    void a_hold_outlives_the_process()
    {
        PaperRun run(held());
        QCOMPARE(as(run, Verb::Approve, "bob"), QString());
        run.now += 4'000;
        run.lose();
        QCOMPARE(run.dispatches(), 0);
        run.wait(6'000);
        QCOMPARE(run.dispatches(), 1);
    }
};

QTEST_GUILESS_MAIN(QuorumTest)
#include "quorumtest.moc"
