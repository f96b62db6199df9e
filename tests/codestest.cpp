#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#include "tests/support/planningrun.h"
#endif

#include "agentcore/failure.h"

using namespace handrail;
using namespace handrailtest;

/// Every code of the catalogue is produced by something and met by a test, and none is a dead word.
class CodesTest : public QObject {
    Q_OBJECT

    static QString textOfFolders(std::initializer_list<const char*> folders, const QRegularExpression& leftOut)
    {
        QString text;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto* folder : folders) {
            QDirIterator files(root.filePath(QString::fromLatin1(folder)), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (!leftOut.match(file.fileName()).hasMatch() && file.open(QIODevice::ReadOnly)) text += QString::fromUtf8(file.readAll());
            }
        }
        return text;
    }
    /// A status that a service sends is a code by rule (agentcore/tools/httpreply.cpp).
    static bool isPlainStatus(const Code& code) { return code.size() == 4 && code[0] == 'T' && code[1] >= '4' && code[1] <= '5'; }

private slots:
    void every_code_is_produced_and_met_by_a_test()
    {
        const QString sources = textOfFolders({"agentcore", "app", "ui"}, QRegularExpression(QStringLiteral("/(failure|retrytable)[^/]*$")));
        const QString tests = textOfFolders({"tests"}, QRegularExpression(QStringLiteral("/failuretest\\.cpp$")));
        QVERIFY(sources.size() > 100'000 && tests.size() > 100'000);
        QStringList wrong;
        for (const auto& code : allCodes()) {
            const QString quoted = QStringLiteral("\"%1\"").arg(QString::fromStdString(code));
            if (!isPlainStatus(code) && !sources.contains(quoted)) wrong.append(QString::fromStdString(code) + QStringLiteral(" is produced by nothing"));
            if (!isPlainStatus(code) && !tests.contains(QString::fromStdString(code))) wrong.append(QString::fromStdString(code) + QStringLiteral(" is met by no test"));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void each_row_of_a_table_of_tests_has_a_test_that_is_there_data()
    {
        QTest::addColumn<int>("rows");
        QTest::newRow("complaints") << 13;
        QTest::newRow("journeys") << 7 + 26;
    }
    void each_row_of_a_table_of_tests_has_a_test_that_is_there()
    {
        QFETCH(int, rows);
        QFile table(QStringLiteral(SOURCE_DIR "/tests/%1.md").arg(QLatin1String(QTest::currentDataTag())));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QRegularExpression named(QStringLiteral("`(\\w+test): (\\w+)`"));
        QStringList wrong;
        int found = 0;
        const auto lines = QString::fromUtf8(table.readAll()).split(u'\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString& line = lines[i];
            const bool isHead = line.startsWith(u"| ---"_qs) || lines.value(i + 1).startsWith(u"| ---"_qs);
            if (!line.startsWith(u"| "_qs) || isHead) continue;
            ++found;
            auto tests = named.globalMatch(line);
            if (!tests.hasNext()) wrong.append(line.left(60) + u" has no test"_qs);
            while (tests.hasNext()) {
                const auto match = tests.next();
                QFile source(QStringLiteral(SOURCE_DIR "/tests/") + match.captured(1) + u".cpp"_qs);
                const bool isThere = source.open(QIODevice::ReadOnly) && source.readAll().contains("    void " + match.captured(2).toUtf8() + "()");
                if (!isThere) wrong.append(match.captured(0) + u" is not there"_qs);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(found, rows);
    }

    void a_status_is_its_code_and_has_words_of_its_own()
    {
        for (int status = 400; status <= 599; ++status) {
            const auto info = codeInfo("T" + std::to_string(status));
            QVERIFY2(!info.sentence.empty() && info.sentence != codeInfo("X000").sentence, qPrintable(QString::number(status)));
            QVERIFY(!info.nextStep.empty());
        }
    }

    void u110_a_business_key_that_was_undone_stands_for_that_one_call()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["invoice"])")), step(u"a"_qs, u"pay"_qs, q(R"({"invoice": "${input.invoice}"})"))),
                     q(R"({"invoice": "I1"})"));
        auto row = run.facts.intents.begin()->second;
        PaperRun second(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["invoice"], "gate": "payment")")), step(u"a"_qs, u"pay"_qs, q(R"({"invoice": "I1"})"))));
        row.state = decide::IntentState::Undone;
        row.run = "another";
        second.facts.intents[row.key] = row;
        QVERIFY(!second.decide(Verb::Approve));
        QCOMPARE(second.error(), u"U110"_qs);
        QCOMPARE(second.dispatches(), 0);
    }

    void u106_an_undo_after_its_time_stops_with_a_ticket()
    {
        PaperRun run(agent(writeTool(u"make"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "drop", "with": {}, "within_s": 60})")) + u","_qs +
                               writeTool(u"drop"_qs, u"write_keyed"_qs) + u","_qs + readTool(u"find"_qs),
                           step(u"a"_qs, u"make"_qs) + u","_qs + step(u"b"_qs, u"find"_qs)));
        run.answer({}, u"{}"_qs);
        run.answer(u"T400"_qs);
        run.wait(60'001);
        Decision undo;
        undo.verb = Verb::Undo;
        undo.undoAll = true;
        QVERIFY(!run.decide(undo));
        QCOMPARE(run.error(), u"W108"_qs);
        QVERIFY(run.state.error->message.find("U106") != std::string::npos);
        QCOMPARE(run.dispatches("undo"), 0);
    }

    void w113_a_step_that_kills_its_process_three_times_is_not_tried_a_fourth_time()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 5, "base_s": 0.01})")), step(u"a"_qs, u"find"_qs), q(R"("escalation": {"repeats": 5}, )")));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(run.isSending());
            run.lose();
            run.wait(1'000);
        }
        QVERIFY(!run.isSending());
        QCOMPARE(run.error(), u"W113"_qs);
    }

    void t604_a_result_that_is_too_old_is_told_as_such()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1}, "fallback": {"cache_s": 1})")), step(u"a"_qs, u"find"_qs)));
        const auto key = decide::cacheKey(*run.def->tool("find"), Json::object());
        run.facts.kept[key] = {key, 1, run.now - 5'000};
        run.answer(u"T503"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        int told = 0;
        for (const auto& event : run.journal) told += textOf(event.data, "secondary") == "T604";
        QCOMPARE(told, 1);
    }

    void a107_a_yes_to_a_tool_that_changed_since_is_void()
    {
        PaperRun run(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"a"_qs, u"pay"_qs)));
        QVERIFY(!run.decide(Verb::Approve));
        run.answer(u"T607"_qs, u"null"_qs, u"not_sent"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QVERIFY(!run.decide(Verb::Retry));
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("A107"));
        QCOMPARE(run.dispatches(), 1);
    }

    void m109_a_proposal_without_confidence_is_put_to_a_person()
    {
        PlanningRun run;
        run.propose(u"find"_qs, q(R"({"id": "1042"})"), Json());
        QCOMPARE(run.status(), u"waiting_approval"_qs);
        QCOMPARE(textOf(run.state.handoffs.back().asked, "code"), std::string("M109"));
    }

    void w110_a_planner_that_has_used_its_tokens_asks_whether_to_go_on()
    {
        PlanningRun run(planned({}, {}, q(R"("limits": {"tokens": 100}, )")));
        run.answer({}, u"null"_qs, u"answered"_qs,
                   {{"proposal", {{"tool", "find"}, {"arguments", {{"id", "1042"}}}, {"why", "w"}, {"confidence", 0.9}}}, {"tokens_in", 70}, {"tokens_out", 30}});
        run.answer({}, u"1"_qs);
        QCOMPARE(run.status(), u"escalated"_qs);
        QCOMPARE(run.error(), u"W110"_qs);
        QVERIFY(!run.decide(Verb::Retry));
        QVERIFY(run.isSending() && run.state.active()->purpose == decide::Purpose::Plan);
    }

    void u104_a_value_of_the_right_form_and_out_of_its_limits()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "params": {"properties": {"n": {"maximum": 10}}})")), step(u"a"_qs, u"find"_qs, q(R"({"n": 11})"))));
        QCOMPARE(run.status(), u"failed"_qs);
        QCOMPARE(run.error(), u"U104"_qs);
    }
};

QTEST_GUILESS_MAIN(CodesTest)
#include "codestest.moc"
