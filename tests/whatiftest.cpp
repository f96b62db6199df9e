#include <QTest>

#include "agentcore/replay/whatif.h"

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#include "tests/support/paydesk.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// One thing changed, and how the run would have gone, as far as its journal can tell.
class WhatIfTest : public QObject {
    Q_OBJECT

    static void play(PaperRun& run)
    {
        run.answer(u"T503"_qs);
        run.wait(5'000);
        run.answer({}, q(R"({"total": 5})"));
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, q(R"({"id": 7})"));
        QCOMPARE(run.status(), u"completed"_qs);
    }
    static WhatIf told(const PaperRun& run, const QString& change)
    {
        auto told = replay::whatIf(*run.def, run.journal, parseJson(change.toStdString()).take());
        if (!told) qFatal("%s", told.failure().message.c_str());
        return told.take();
    }
    static int count(const WhatIf& told, const std::string& mark)
    {
        return static_cast<int>(std::count_if(told.lines.begin(), told.lines.end(), [&](const auto& line) { return line.mark == mark; }));
    }
    static Seq seqOf(const PaperRun& run, decide::EventKind kind)
    {
        for (const auto& event : run.journal) {
            if (event.kind == kind) return event.seq;
        }
        return 0;
    }

private slots:
    void nothing_changed_is_the_same_to_the_end()
    {
        PaperRun run(payDesk());
        play(run);
        const auto same = told(run, q(R"({"limit": {}})"));
        QCOMPARE(same.stopped, std::string());
        QVERIFY(same.moment.run.summary.status == RunStatus::Completed);
        QCOMPARE(count(same, "only now") + count(same, "only journal"), 0);
    }

    void a_first_reply_that_had_been_good_spares_the_second_call()
    {
        PaperRun run(payDesk());
        play(run);
        const auto good = told(run, q(R"({"reply": {"seq": %1, "code": "", "result": {"total": 5}}})").arg(seqOf(run, decide::EventKind::Answered)));
        QVERIFY(count(good, "changed") > 0);
        QVERIFY(count(good, "only now") > 0);
        QVERIFY(good.moment.run.summary.status == RunStatus::WaitingApproval);
        QVERIFY(good.stopped.find("person") != std::string::npos);
    }

    void a_reply_that_had_failed_for_good_files_a_ticket()
    {
        PaperRun run(payDesk());
        play(run);
        const auto bad = told(run, q(R"({"reply": {"seq": %1, "code": "T403"}})").arg(seqOf(run, decide::EventKind::Answered)));
        QVERIFY(bad.moment.run.summary.status == RunStatus::Escalated);
    }

    void a_no_in_place_of_a_yes_ends_the_run_before_the_payment()
    {
        PaperRun run(payDesk());
        play(run);
        const auto no = told(run, q(R"({"decision": {"handoff": "run1-1", "verb": "reject"}})"));
        QVERIFY(no.moment.run.summary.status == RunStatus::Aborted);
        for (const auto& line : no.lines) QVERIFY(!line.now || line.now->step != "two" || line.now->event != "dispatched");
    }

    void other_arguments_are_a_call_that_the_journal_cannot_answer()
    {
        PaperRun run(payDesk());
        play(run);
        const auto more = told(run, q(R"({"argument": {"step": "two", "with": {"amount": "6"}}})"));
        QVERIFY(more.stopped.find("no answer") != std::string::npos);
        QVERIFY(more.moment.run.summary.status == RunStatus::Running);
        QVERIFY(count(more, "changed") > 0);
    }

    void a_shorter_limit_ends_it_in_time()
    {
        PaperRun run(payDesk());
        play(run);
        const auto late = told(run, q(R"({"limit": {"run_s": 1}})"));
        QVERIFY(late.moment.run.summary.status != RunStatus::Completed);
    }

    void a_definition_without_the_gate_asks_nobody()
    {
        PaperRun run(payDesk());
        play(run);
        const auto open = told(run, q(R"({"definition": {"tools": {"pay": {"gate": null}}}})"));
        QVERIFY(open.moment.run.summary.status == RunStatus::Completed);
        for (const auto& line : open.lines) QVERIFY(!line.now || line.now->event != "asked");
    }

    void what_cannot_be_changed_is_refused_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << q("{}") << q("U102");
        QTest::newRow("no object") << q("7") << q("U102");
        QTest::newRow("two things") << q(R"({"limit": {}, "definition": {}})") << q("U102");
        QTest::newRow("an unknown thing") << q(R"({"weather": {}})") << q("U102");
        QTest::newRow("a step that is not there") << q(R"({"argument": {"step": "nine", "with": {}}})") << q("U105");
        QTest::newRow("a line that is no reply") << q(R"({"reply": {"seq": 1, "code": "T503"}})") << q("U105");
        QTest::newRow("a decision that was not made") << q(R"({"decision": {"handoff": "run1-9", "verb": "approve"}})") << q("U105");
        QTest::newRow("no decision") << q(R"({"decision": {"handoff": "run1-1", "verb": "dance"}})") << q("U102");
    }
    void what_cannot_be_changed_is_refused()
    {
        QFETCH(QString, change);
        QFETCH(QString, code);
        PaperRun run(payDesk());
        play(run);
        const auto refused = replay::whatIf(*run.def, run.journal, parseJson(change.toStdString()).take());
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.failure().code), code);
    }
    void a_definition_that_is_invalid_is_refused_as_always()
    {
        PaperRun run(payDesk());
        play(run);
        QVERIFY(!replay::whatIf(*run.def, run.journal, parseJson(R"({"limit": {"fun_s": 1}})").take()));
    }
};

QTEST_GUILESS_MAIN(WhatIfTest)
#include "whatiftest.moc"
