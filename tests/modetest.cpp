#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/planningrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Who decides about what a model proposes, and when a run that goes round and round is stopped.
class ModeTest : public QObject {
    Q_OBJECT

    static QString kind(const PlanningRun& run) { return QString::fromStdString(word(run.open().row.kind)); }
    static QString many(int steps) { return q(R"("limits": {"run_s": 100000, "steps": %1},)").arg(steps); }

private slots:
    void the_confidence_decides_who_decides_data()
    {
        QTest::addColumn<QString>("more");
        QTest::addColumn<double>("confidence");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("sure enough") << QString() << 0.8 << false;
        QTest::newRow("not sure enough") << QString() << 0.79 << true;
        QTest::newRow("none given") << QString() << -1.0 << true;
        QTest::newRow("another threshold") << q(R"("confidence": 0.3,)") << 0.4 << false;
        QTest::newRow("none given and no threshold") << q(R"("confidence": 0,)") << -1.0 << false;
        QTest::newRow("advisory by definition") << q(R"("mode": "advisory",)") << 1.0 << true;
    }
    void the_confidence_decides_who_decides()
    {
        QFETCH(QString, more);
        QFETCH(double, confidence);
        QFETCH(bool, isAsked);
        PlanningRun run(planned(more));
        run.propose(u"find"_qs, q(R"({"id": "1042"})"), confidence < 0 ? Json() : Json(confidence));
        QCOMPARE(run.openHandoff().empty(), !isAsked);
        if (!isAsked) {
            QCOMPARE(run.sending(), u"find"_qs);
            return;
        }
        QCOMPARE(kind(run), u"proposal"_qs);
        QCOMPARE(run.verbs(), u"approve edit answer reject abort"_qs);
        QCOMPARE(run.open().agentWords, std::string("Because."));
        QCOMPARE(run.open().mode, std::string("advisory"));
        QVERIFY(!run.decide(Verb::Approve));
        QCOMPARE(run.sending(), u"find"_qs);
    }

    void a_person_says_no_or_something_else()
    {
        PlanningRun no;
        no.propose(u"note"_qs, q("{}"), 0.5);
        QVERIFY(!no.decide(Verb::Reject));
        QCOMPARE(no.status(), u"aborted"_qs);
        QCOMPARE(no.error(), u"A110"_qs);
        PlanningRun other;
        other.propose(u"note"_qs, q("{}"), 0.5);
        QVERIFY(!other.decide(other.saying(Verb::Answer, "Look first.")));
        QCOMPARE(other.sending(), u"model:main"_qs);
        QCOMPARE(other.dispatches(), 0);
    }

    void what_a_person_let_go_of_is_not_run_as_if_nothing_had_been_said()
    {
        PlanningRun run;
        run.propose(u"note"_qs, q(R"({"text": "a"})"), 0.5);
        Decision other = run.saying(Verb::Answer, "Not that.");
        other.mode = "autonomous";
        QVERIFY(!run.decide(other));
        run.propose(u"note"_qs, q(R"({"text": "a"})"), 1.0);
        QCOMPARE(kind(run), u"proposal"_qs);
        QCOMPARE(run.open().error->code, std::string("M110"));
        QCOMPARE(run.dispatches(), 0);
    }

    void what_a_person_approved_is_what_was_shown()
    {
        PlanningRun run;
        run.propose(u"note"_qs, q("{}"), 0.5);
        Decision decision = run.saying(Verb::Approve);
        decision.digest = "another";
        QCOMPARE(QString::fromStdString(run.decide(decision)->code), u"A102"_qs);
        decision.digest = run.open().digest;
        QVERIFY(!run.decide(decision));
        QCOMPARE(run.sending(), u"note"_qs);
    }

    void a_low_confidence_begins_the_advisory_mode_and_an_operator_ends_it()
    {
        PlanningRun run;
        run.propose(u"find"_qs, q(R"({"n": 1})"), 0.5);
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, u"1"_qs);
        QCOMPARE(run.mode(), u"advisory"_qs);
        run.propose(u"find"_qs, q(R"({"n": 2})"), 1.0);
        QCOMPARE(kind(run), u"proposal"_qs);
        Decision back = run.saying(Verb::Approve);
        back.mode = "autonomous";
        QVERIFY(!run.decide(back));
        run.answer({}, u"2"_qs);
        run.propose(u"find"_qs, q(R"({"n": 3})"), 1.0);
        QCOMPARE(run.sending(), u"find"_qs);
        QCOMPARE(run.mode(), u"autonomous"_qs);
    }

    void no_operator_lifts_what_the_definition_says()
    {
        PlanningRun run(planned(q(R"("mode": "advisory",)")));
        run.propose(u"find"_qs);
        Decision back = run.saying(Verb::Approve);
        back.mode = "autonomous";
        QCOMPARE(QString::fromStdString(run.decide(back)->code), u"U102"_qs);
        back.mode = "stopped";
        QCOMPARE(QString::fromStdString(run.decide(back)->code), u"U102"_qs);
    }

    void twenty_good_decisions_end_the_advisory_mode_data()
    {
        QTest::addColumn<int>("edits");
        QTest::addColumn<QString>("mode");
        QTest::newRow("17 of 20") << 3 << u"autonomous"_qs;
        QTest::newRow("16 of 20") << 4 << u"advisory"_qs;
    }
    void twenty_good_decisions_end_the_advisory_mode()
    {
        QFETCH(int, edits);
        PlanningRun run(planned({}, {}, many(100)));
        for (int i = 0; i < 20; ++i) {
            if (i == 19) QCOMPARE(run.mode(), u"advisory"_qs);
            run.propose(u"find"_qs, q(R"({"n": %1})").arg(i), i == 0 ? 0.5 : 1.0);
            Decision decision = run.saying(i < edits ? Verb::Edit : Verb::Approve);
            if (i < edits) decision.with = Json{{"x", 1}};
            QVERIFY(!run.decide(decision));
            run.answer({}, QString::number(i));
        }
        QTEST(run.mode(), "mode");
    }

    void the_step_limit_ends_the_planning()
    {
        PlanningRun run(planned({}, {}, many(3)));
        for (int i = 0; i < 3; ++i) run.take(u"find"_qs, q(R"({"n": %1})").arg(i), QString::number(i));
        run.propose(u"find"_qs, q(R"({"n": 3})"));
        QCOMPARE(run.error(), u"W102"_qs);
        QCOMPARE(run.dispatches(), 3);
        QVERIFY(!run.decide(run.saying(Verb::Answer, "Then finish.")));
        run.propose(u"_finish"_qs, q(R"({"summary": "No more."})"));
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void the_same_read_three_times_is_a_loop()
    {
        PlanningRun run;
        for (int i = 0; i < 2; ++i) run.take(u"find"_qs, q(R"({"id": "1"})"), u"7"_qs);
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.take(u"find"_qs, q(R"({"id": "1"})"), u"7"_qs);
        QCOMPARE(run.error(), u"W103"_qs);
        QCOMPARE(run.mode(), u"stopped"_qs);
        QVERIFY(run.verbs().contains(u"answer"_qs));
        QVERIFY(!run.decide(run.saying(Verb::Answer, "It will not change.")));
        QCOMPARE(run.sending(), u"model:main"_qs);
        QCOMPARE(run.mode(), u"advisory"_qs);
    }

    void a_write_is_not_made_a_second_time_without_a_person()
    {
        PlanningRun run;
        run.take(u"note"_qs, q(R"({"text": "a"})"), u"1"_qs);
        run.propose(u"note"_qs, q(R"({"text": "a"})"), 1.0);
        QCOMPARE(kind(run), u"proposal"_qs);
        QCOMPARE(run.open().error->code, std::string("W103"));
        QCOMPARE(run.dispatches(), 1);
    }

    void a_write_that_goes_from_a_to_b_to_a_is_stopped()
    {
        PlanningRun run;
        run.take(u"note"_qs, q(R"({"state": "open"})"), u"1"_qs);
        run.take(u"note"_qs, q(R"({"state": "closed"})"), u"2"_qs);
        run.propose(u"note"_qs, q(R"({"state": "open"})"), 1.0);
        QCOMPARE(kind(run), u"proposal"_qs);
        QCOMPARE(run.open().error->code, std::string("W104"));
        QCOMPARE(run.dispatches(), 2);
    }

    void a_cycle_that_is_seen_three_times_is_stopped_data()
    {
        QTest::addColumn<int>("length");
        for (const int length : {2, 3, 6}) QTest::addRow("of %d", length) << length;
    }
    void a_cycle_that_is_seen_three_times_is_stopped()
    {
        QFETCH(int, length);
        PlanningRun run(planned({}, {}, many(100)));
        int taken = 0;
        for (; taken < 30 && run.sending() == u"model:main"_qs; ++taken) {
            run.take(u"find"_qs, q(R"({"n": %1})").arg(taken % length), QString::number(taken));
        }
        QCOMPARE(taken, 3 * length);
        QCOMPARE(run.error(), u"W104"_qs);
    }

    void five_steps_that_tell_nothing_new_are_no_progress()
    {
        PlanningRun run;
        run.take(u"find"_qs, q(R"({"n": 0})"), u"[]"_qs);
        for (int i = 1; i <= 4; ++i) run.take(u"find"_qs, q(R"({"n": %1})").arg(i), u"[]"_qs);
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.take(u"find"_qs, q(R"({"n": 5})"), u"[]"_qs);
        QCOMPARE(run.error(), u"W105"_qs);
    }

    void a_person_s_word_begins_the_looking_anew()
    {
        PlanningRun run;
        for (int i = 0; i <= 5; ++i) run.take(u"find"_qs, q(R"({"n": %1})").arg(i), u"[]"_qs);
        Decision goOn = run.saying(Verb::Retry);
        goOn.mode = "autonomous";
        QVERIFY(!run.decide(goOn));
        for (int i = 6; i <= 9; ++i) run.take(u"find"_qs, q(R"({"n": %1})").arg(i), u"[]"_qs);
        QCOMPARE(run.sending(), u"model:main"_qs);
        run.take(u"find"_qs, q(R"({"n": 10})"), u"[]"_qs);
        QCOMPARE(run.error(), u"W105"_qs);
    }

    void what_is_new_is_progress()
    {
        PlanningRun run;
        for (int i = 0; i < 12; ++i) run.take(i % 3 == 2 ? u"note"_qs : u"find"_qs, q(R"({"n": %1})").arg(i), QString::number(i));
        QCOMPARE(run.sending(), u"model:main"_qs);
    }
};

QTEST_GUILESS_MAIN(ModeTest)
#include "modetest.moc"
