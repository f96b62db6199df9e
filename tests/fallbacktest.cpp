#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// What stands in for a read that failed: an earlier result, then the read-only path; and always visibly.
class FallbackTest : public QObject {
    Q_OBJECT

    static QString desk(const QString& fallback)
    {
        return agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1}, "fallback": %1)").arg(fallback)) + u","_qs +
                         readTool(u"replica"_qs, q(R"(, "retry": {"attempts": 1})")),
                     step(u"a"_qs, u"find"_qs, q(R"({"id": "7"})")));
    }
    static QString both() { return desk(q(R"({"cache_s": 3600, "read_only": "replica"})")); }
    static void keep(PaperRun& run, Millis age, const char* result)
    {
        const auto key = decide::cacheKey(*run.def->tool("find"), parseJson(R"({"id": "7"})").take());
        run.facts.kept[key] = {key, parseJson(result).take(), run.now - age};
    }
    static QString stoodIn(const PaperRun& run) { return QString::fromStdString(run.state.steps[0].fallback); }
    static int used(const PaperRun& run, const char* kind)
    {
        int count = 0;
        for (const auto& event : run.journal) count += event.kind == decide::EventKind::FallbackUsed && textOf(event.data, "kind") == kind;
        return count;
    }

private slots:
    void an_earlier_result_stands_in_and_says_how_old_it_is()
    {
        PaperRun run(both());
        keep(run, 90'000, R"({"total": 5})");
        run.answer(u"T503"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(dump(run.state.steps[0].result), std::string(R"({"total":5})"));
        QCOMPARE(stoodIn(run), u"a result from 90 s before"_qs);
        QCOMPARE(used(run, "read_only"), 0);
    }

    void what_was_read_is_kept_for_the_next_run()
    {
        PaperRun run(both());
        run.answer({}, q(R"({"total": 9})"));
        QCOMPARE(run.facts.kept.size(), std::size_t(1));
        QCOMPARE(dump(run.facts.kept.begin()->second.result), std::string(R"({"total":9})"));
    }

    void a_result_that_is_too_old_is_not_used_and_the_read_only_path_is()
    {
        PaperRun run(both());
        keep(run, 3'600'001, R"({"total": 5})");
        run.answer(u"T503"_qs);
        QCOMPARE(run.sending(), u"replica"_qs);
        QCOMPARE(used(run, "cache"), 1);
        run.answer({}, q(R"({"total": 6})"));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(dump(run.state.steps[0].result), std::string(R"({"total":6})"));
        QCOMPARE(stoodIn(run), u"the read-only path replica"_qs);
    }

    void when_the_fallback_fails_too_a_person_is_told_of_both()
    {
        PaperRun run(both());
        run.answer(u"T503"_qs);
        run.answer(u"T500"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"T503"_qs);
        QVERIFY(run.state.error->message.find("replica") != std::string::npos);
        QCOMPARE(run.dispatches(), 2);
    }

    void an_answer_of_the_service_is_not_papered_over_data()
    {
        QTest::addColumn<QString>("code");
        for (const auto* code : {"T404", "T403", "T400", "T105", "T607"}) QTest::newRow(code) << QString::fromLatin1(code);
    }
    void an_answer_of_the_service_is_not_papered_over()
    {
        QFETCH(QString, code);
        PaperRun run(both());
        keep(run, 1'000, R"({"total": 5})");
        run.answer(code);
        QVERIFY(run.status() != u"completed"_qs);
        QCOMPARE(run.dispatches(), 1);
        QCOMPARE(used(run, "cache") + used(run, "read_only"), 0);
    }

    void a_service_that_is_given_rest_costs_no_attempt_when_something_stands_in()
    {
        PaperRun run(agent(readTool(u"first"_qs) + u","_qs + readTool(u"find"_qs, q(R"(, "fallback": {"cache_s": 60})")),
                           step(u"b"_qs, u"first"_qs) + u","_qs + step(u"a"_qs, u"find"_qs, q(R"({"id": "7"})"))));
        keep(run, 1'000, R"({"total": 5})");
        run.facts.admission = {"W111", run.now + 30'000};
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(run.dispatches(), 1);
    }

    void a_person_may_ask_for_the_fallback_of_a_failed_read()
    {
        PaperRun run(both());
        keep(run, 1'000, R"({"total": 5})");
        run.answer(u"T400"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.decide(Verb::Fallback));
        QCOMPARE(run.status(), u"completed"_qs);
        QCOMPARE(dump(run.state.steps[0].result), std::string(R"({"total":5})"));
    }

    void a_persons_fallback_that_finds_nothing_comes_back_as_a_ticket()
    {
        PaperRun run(desk(q(R"({"cache_s": 60})")));
        run.answer(u"T400"_qs);
        QVERIFY(!run.decide(Verb::Fallback));
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(run.state.error->message.find("No earlier result") != std::string::npos);
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.sending(), u"find"_qs);
    }

    void a_write_has_no_fallback()
    {
        PaperRun run(agent(writeTool(u"note"_qs, u"write_keyed"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"note"_qs)));
        run.answer(u"T400"_qs);
        QCOMPARE(QString::fromStdString(run.decide(Verb::Fallback)->code), u"U102"_qs);
        const auto refused = parseDefinition(agent(writeTool(u"note"_qs, u"write_keyed"_qs, q(R"(, "fallback": {"cache_s": 5})")), step(u"a"_qs, u"note"_qs)).toStdString());
        QCOMPARE(refused.mistakes.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(FallbackTest)
#include "fallbacktest.moc"
