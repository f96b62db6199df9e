#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

#include "agentcore/definition/checklist.h"

using namespace handrail;
using namespace handrailtest;

/// Each line of the practical checklist: what makes it fail, where, and what makes it pass.
class ChecklistTest : public QObject {
    Q_OBJECT

    static std::vector<ChecklistLine> lines(const QString& text)
    {
        const auto result = parseDefinition(text.toStdString(), "desk.json");
        for (const auto& mistake : result.mistakes) qWarning("%s %s", mistake.where.c_str(), mistake.message.c_str());
        return result.definition ? checklist(*result.definition, text.toStdString(), "desk.json") : std::vector<ChecklistLine>();
    }
    static const ChecklistLine* line(const std::vector<ChecklistLine>& all, const QString& id)
    {
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id.toStdString(); });
        return found == all.end() ? nullptr : &*found;
    }
    /// One tool, planned as a gated payment's forerunner where that matters.
    static QString desk(const QString& tool, const QString& more = {}) { return agent(tool, step(u"a"_qs, u"call"_qs), more); }

private slots:
    void each_line_fails_and_passes_for_its_own_reason_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("failing");
        QTest::addColumn<QString>("passing");
        const QString bare = q(R"("call": {"server": "shop", "request": {"method": "POST", "path": "/c"}%1})");
        const auto tool = [&](const char* members) { return bare.arg(QString::fromLatin1(members)); };
        QTest::newRow("time-outs") << "time_outs" << desk(tool("")) << desk(tool(R"(, "timeout_s": 5)"));
        QTest::newRow("effects") << "effects" << desk(tool("")) << desk(tool(R"(, "effect": "write_blind")"));
        QTest::newRow("doubts") << "doubts" << desk(tool(R"(, "effect": "write_blind")")) << desk(writeTool(u"call"_qs, u"write_keyed"_qs));
        QTest::newRow("retries") << "retries" << desk(readTool(u"call"_qs, q(R"(, "retry": {"attempts": 1})"))) << desk(readTool(u"call"_qs));
        QTest::newRow("approvals") << "approvals" << desk(tool("")) << desk(tool(R"(, "gate": "personal_data")"));
        QTest::newRow("consent") << "consent" << desk(tool(R"(, "gate": "payment", "show": {"amount": "/a"})"))
                                 << desk(tool(R"(, "gate": "payment", "show": {"amount": "/a", "currency": "/c", "recipient": "/r"})"));
        QTest::newRow("undo") << "undo" << desk(tool(""), q(R"("review": ["call"], )"))
                              << desk(tool(R"(, "undo": {"tool": "back", "with": {}})") + u","_qs + writeTool(u"back"_qs, u"write_blind"_qs), q(R"("review": ["call"], )"));
        QTest::newRow("input") << "input" << desk(tool("")) << desk(tool(R"(, "params": {"type": "object"})"));
        QTest::newRow("notifiers") << "notifiers" << desk(tool(""), q(R"("notify": [], )"))
                                   << desk(tool(""), q(R"("notify": [{"kind": "webhook", "url": "${secret:env:HOOK}"}], )"));
        QTest::newRow("drill") << "drill" << desk(tool("")) << desk(tool(""), q(R"("inject": {"call": {"rate": 0.1, "kinds": ["slow"]}}, )"));
        const QString pay = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")"));
        const QString plan = step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"pay"_qs);
        QTest::newRow("fallbacks") << "fallbacks" << agent(readTool(u"find"_qs) + u","_qs + pay, plan)
                                   << agent(readTool(u"find"_qs, q(R"(, "fallback": {"cache_s": 60})")) + u","_qs + pay, plan);
    }
    void each_line_fails_and_passes_for_its_own_reason()
    {
        QFETCH(QString, id);
        QFETCH(QString, failing);
        QFETCH(QString, passing);
        const auto bad = lines(failing);
        const auto good = lines(passing);
        QVERIFY(line(bad, id) && line(good, id));
        QVERIFY(!line(bad, id)->passes());
        QVERIFY(line(good, id)->passes());
        for (const auto& gap : line(bad, id)->gaps) {
            QVERIFY2(gap.where.starts_with("desk.json, line "), gap.where.c_str());
            QVERIFY2(gap.write.ends_with('.'), gap.write.c_str());
        }
    }

    void a_gap_is_told_where_it_is_to_be_filled()
    {
        const auto all = lines(desk(q("\n\"call\": {\"server\": \"shop\", \"request\": {\"method\": \"POST\", \"path\": \"/c\"}}")));
        QCOMPARE(line(all, u"time_outs"_qs)->gaps.front().where, std::string("desk.json, line 4, column 1: /tools/call"));
    }

    void a_tool_that_only_undoes_needs_no_gate_of_its_own()
    {
        const auto all = lines(desk(writeTool(u"call"_qs, u"write_keyed"_qs, q(R"(, "undo": {"tool": "back", "with": {}})")) + u","_qs + writeTool(u"back"_qs, u"write_blind"_qs)));
        QVERIFY(line(all, u"approvals"_qs)->passes());
    }

    void a_drill_that_failed_fails_the_line_until_it_is_run_again()
    {
        const QString text = desk(readTool(u"call"_qs), q(R"("inject": {"call": {"rate": 0.1, "kinds": ["slow"]}}, )"));
        const auto parsed = parseDefinition(text.toStdString());
        DrillNote note{parsed.definition->digest, 1'700'000'000'000, 10, 7, 1, 2, "ann"};
        const auto told = [&] { return checklist(*parsed.definition, text.toStdString(), "desk.json", note); };
        const auto failed = told();
        QVERIFY(!line(failed, u"drill"_qs)->passes());
        QCOMPARE(line(failed, u"drill"_qs)->note, std::string("The last drill was run on 2023-11-14T22:13:20.000Z (10 runs): 7 lines passed, 1 failed, 2 were not met."));
        note.failed = 0;
        note.definition = "another";
        const auto fine = told();
        QVERIFY(line(fine, u"drill"_qs)->passes());
        QVERIFY(line(fine, u"drill"_qs)->note.ends_with(" The definition has changed since."));
        // Run once, it needs no failures of its own in the definition.
        const QString bare = desk(readTool(u"call"_qs));
        const auto plain = parseDefinition(bare.toStdString());
        const auto drilled = checklist(*plain.definition, bare.toStdString(), "desk.json", note);
        QVERIFY(line(drilled, u"drill"_qs)->passes());
    }

    void production_is_not_asked_for_a_drill()
    {
        QString text = desk(readTool(u"call"_qs));
        text.replace(u"\"environment\": \"test\""_qs, u"\"environment\": \"production\""_qs);
        QVERIFY(line(lines(text), u"drill"_qs)->passes());
    }
};

QTEST_GUILESS_MAIN(ChecklistTest)
#include "checklisttest.moc"
