#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Many records: the first is a test, the rest waits for a yes that binds exactly that list.
class ScopeTest : public QObject {
    Q_OBJECT

    static QString drop() { return writeTool(u"drop"_qs, u"write_keyed"_qs, q(R"(, "each": {"at": "/ids", "as": "id"}, "undo": {"tool": "back", "with": {"id": "${params.id}"}})")); }
    static QString back() { return writeTool(u"back"_qs, u"write_keyed"_qs); }
    static QString ids(int from, int count)
    {
        QStringList list;
        for (int i = 0; i < count; ++i) list.append(QString::number(from + i));
        return q(R"({"ids": [%1]})").arg(list.join(u','));
    }
    static void answerAll(PaperRun& run)
    {
        while (run.isSending()) run.answer({}, q(R"({"ok": true})"));
    }
    static int acts(const PaperRun& run) { return run.dispatches(); }

private slots:
    void ten_records_need_no_yes_and_eleven_do_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("done");
        QTest::newRow("ten") << 10 << 10;
        QTest::newRow("eleven") << 11 << 1;
    }
    void ten_records_need_no_yes_and_eleven_do()
    {
        QFETCH(int, records);
        PaperRun run(agent(drop() + u","_qs + back(), step(u"a"_qs, u"drop"_qs, ids(1, records))));
        answerAll(run);
        QTEST(acts(run), "done");
        QCOMPARE(run.status(), records > 10 ? u"waiting_approval"_qs : u"completed"_qs);
    }

    void two_lists_of_six_are_twelve()
    {
        PaperRun run(agent(drop() + u","_qs + back(), step(u"a"_qs, u"drop"_qs, ids(1, 6)) + u","_qs + step(u"b"_qs, u"drop"_qs, ids(11, 6))));
        answerAll(run);
        QCOMPARE(acts(run), 7);
        const auto& asked = run.state.handoffs.back().asked;
        QCOMPARE(textOf(asked, "kind"), std::string("scope"));
        QCOMPARE(asked["arguments"].size(), std::size_t(5));
        QVERIFY(textOf(asked, "why").find("6 of them were changed by earlier steps") != std::string::npos);
        QVERIFY(!run.decide(Verb::Approve));
        answerAll(run);
        QCOMPARE(acts(run), 12);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void what_lies_outside_of_the_window_does_not_count()
    {
        PaperRun run(agent(drop() + u","_qs + back() + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")),
                           step(u"a"_qs, u"drop"_qs, ids(1, 6)) + u","_qs + step(u"p"_qs, u"pay"_qs) + u","_qs + step(u"b"_qs, u"drop"_qs, ids(11, 6)),
                           q(R"("approvals": {"decide_s": 3600}, )")));
        answerAll(run);
        run.wait(600'001);
        QVERIFY(!run.decide(Verb::Approve));
        answerAll(run);
        QCOMPARE(run.status(), u"completed"_qs);
    }

    void past_the_limit_even_a_single_one_asks_first()
    {
        QString plan = step(u"a"_qs, u"drop"_qs, ids(1, 10));
        plan += u","_qs + step(u"b"_qs, u"drop"_qs, ids(50, 1));
        PaperRun run(agent(drop() + u","_qs + back(), plan));
        answerAll(run);
        QCOMPARE(acts(run), 10);
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QVERIFY(run.state.handoffs.back().title.find("10 of 11") != std::string::npos);
        QVERIFY(!run.decide(Verb::Reject));
        QCOMPARE(acts(run), 10);
    }
};

QTEST_GUILESS_MAIN(ScopeTest)
#include "scopetest.moc"
