#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

#include "agentcore/definition/checklist.h"
#include "agentcore/definition/fix.h"
#include "agentcore/definition/textedit.h"
#include "agentcore/json.h"

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

    static FixProposal fixOf(const QString& text)
    {
        const auto result = parseDefinition(text.toStdString(), "desk.json");
        if (!result.definition) qFatal("%s", result.mistakes.front().message.c_str());
        return proposeFix(*result.definition, text.toStdString(), "desk.json");
    }
    /// What a patch program that others wrote makes of a text.
    static QString patched(const QString& text, const std::string& diff)
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"desk.json"_qs));
        if (!file.open(QIODevice::ReadWrite)) return {};
        file.write(text.toUtf8());
        file.close();
        QProcess patch;
        patch.setWorkingDirectory(dir.path());
        patch.start(u"git"_qs, {u"apply"_qs, u"--unidiff-zero"_qs, u"-p0"_qs, u"-"_qs});
        patch.write(QByteArray::fromStdString(diff));
        patch.closeWriteChannel();
        if (!patch.waitForFinished() || patch.exitCode() != 0) return QString::fromUtf8(patch.readAllStandardError());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

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
        const auto told = [&] { return checklist(*parsed.definition, text.toStdString(), "desk.json", {note, {}}); };
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
        const auto drilled = checklist(*plain.definition, bare.toStdString(), "desk.json", {note, {}});
        QVERIFY(line(drilled, u"drill"_qs)->passes());
    }

    void a_notifier_whose_last_message_did_not_arrive_fails_the_line_until_one_does()
    {
        const QString text = desk(readTool(u"call"_qs), QStringLiteral("\"notify\": [{\"kind\": \"webhook\", \"url\": \"https://hooks.example/x\"}], "));
        const auto parsed = parseDefinition(text.toStdString());
        QVERIFY2(parsed.definition, parsed.mistakes.empty() ? "" : parsed.mistakes.front().message.c_str());
        const std::string label = parsed.definition->notify.front().label();
        KnownOfAgent known;
        const auto told = [&] { return checklist(*parsed.definition, text.toStdString(), "desk.json", known); };
        const auto untried = told();
        QVERIFY(line(untried, u"notifiers"_qs)->passes());
        QVERIFY(line(untried, u"notifiers"_qs)->note.find("handrail notify --test") != std::string::npos);
        known.notifiers = {{label, 2, 1, 1'000, 2'000, "T106: The name hooks.example is not known."}};
        const auto failed = told();
        QVERIFY(!line(failed, u"notifiers"_qs)->passes());
        QCOMPARE(line(failed, u"notifiers"_qs)->gaps.front().pointer, std::string("/notify/0"));
        QVERIFY(line(failed, u"notifiers"_qs)->gaps.front().write.find("T106") != std::string::npos);
        known.notifiers.front().lastSent = 3'000;
        const auto well = told();
        QVERIFY(line(well, u"notifiers"_qs)->passes());
        QCOMPARE(line(well, u"notifiers"_qs)->note, std::string());
    }

    void production_is_not_asked_for_a_drill()
    {
        QString text = desk(readTool(u"call"_qs));
        text.replace(u"\"environment\": \"test\""_qs, u"\"environment\": \"production\""_qs);
        QVERIFY(line(lines(text), u"drill"_qs)->passes());
    }

    void a_fix_makes_its_line_pass_and_changes_nothing_else_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("changes");  ///< as RFC 6902 says it
        const QString call = q("\n  \"call\": {\n    \"server\": \"shop\",\n    \"request\": {\"method\": \"POST\", \"path\": \"/c\"}%1\n  }\n");
        const auto tool = [&](const char* members) { return desk(call.arg(QString::fromLatin1(members))); };
        const auto row = [](const char* name, const char* id, const QString& text, const char* changes) { QTest::newRow(name) << q(id) << text << q(changes); };
        row("a time-out over lines", "time_outs", tool(""), R"([{"op":"add","path":"/tools/call/timeout_s","value":30}])");
        row("a time-out on one line", "time_outs", desk(readTool(u"call"_qs)), R"([{"op":"add","path":"/tools/call/timeout_s","value":30}])");
        row("a payment's time-out", "time_outs", tool(R"(, "gate": "payment")"), R"([{"op":"add","path":"/tools/call/timeout_s","value":5}])");
        row("attempts", "retries", desk(readTool(u"call"_qs, q(R"(, "retry": {"attempts": 1, "base_s": 2})"))), R"([{"op":"replace","path":"/tools/call/retry/attempts","value":3}])");
        row("notifiers", "notifiers", desk(readTool(u"call"_qs), q(R"("notify": [], )")), R"([{"op":"add","path":"/notify/-","value":{"kind":"desktop"}}])");
        row("roles", "consent", agent(writeTool(u"call"_qs, u"write_blind"_qs, q(R"(, "gate": "payment", "show": {"amount": "/sum"})")),
                                      step(u"a"_qs, u"call"_qs, q(R"({"sum": "1", "currency": "EUR", "recipient": "ACME"})"))),
            R"([{"op":"add","path":"/tools/call/show/currency","value":"/currency"},{"op":"add","path":"/tools/call/show/recipient","value":"/recipient"}])");
        row("input", "input", agent(readTool(u"call"_qs), step(u"a"_qs, u"call"_qs, q(R"({"order": "${input.order_id}", "note": "for ${input.who.name}"})"))),
            R"([{"op":"add","path":"/input","value":{"required":["order_id","who"],"type":"object"}}])");
        row("params", "input", agent(writeTool(u"call"_qs, u"write_blind"_qs), step(u"a"_qs, u"call"_qs, q(R"({"to": "x", "sum": "1"})")) + u","_qs + step(u"b"_qs, u"call"_qs, q(R"({"to": "y"})"))),
            R"([{"op":"add","path":"/tools/call/params","value":{"required":["to"],"type":"object"}}])");
        row("params of a list", "input", agent(writeTool(u"call"_qs, u"write_blind"_qs, q(R"(, "each": {"at": "/ids", "as": "id"})")), step(u"a"_qs, u"call"_qs, q(R"({"ids": [1], "to": "y"})"))),
            R"([{"op":"add","path":"/tools/call/params","value":{"required":["id","to"],"type":"object"}}])");
    }
    void a_fix_makes_its_line_pass_and_changes_nothing_else()
    {
        QFETCH(QString, id);
        QFETCH(QString, text);
        QFETCH(QString, changes);
        QVERIFY(!line(lines(text), id)->passes());
        const auto fix = fixOf(text);
        const QString fixed = QString::fromStdString(fix.text);
        QVERIFY2(line(lines(fixed), id)->passes(), qPrintable(fixed));
        // Of all that was proposed, what belongs to this line, and nothing at all that is not an answer to the checklist.
        const Json done = Json::diff(*parseJson(text.toStdString()), *parseJson(fix.text));
        for (const auto& change : *parseJson(changes.toStdString())) QVERIFY2(std::find(done.begin(), done.end(), change) != done.end(), dump(done).c_str());
        for (const auto& change : done) {
            const QString path = QString::fromStdString(textOf(change, "path"));
            const bool isAnswer = path.endsWith(u"/timeout_s"_qs) || path.endsWith(u"/params"_qs) || path == u"/input"_qs || changes.contains(u'"' + path + u'"');
            QVERIFY2(isAnswer && textOf(change, "op") != "remove", dump(done).c_str());
        }
        QCOMPARE(patched(text, fix.diff), fixed);
        // Done is done.
        QVERIFY(fixOf(fixed).diff.empty());
    }

    void a_diff_keeps_every_byte_that_it_does_not_need()
    {
        const QString text = q("{\n  \"handrail\": 1, \"name\": \"desk\",   \"version\": \"1\",\r\n  \"tools\": {\n    \"a\": {\n      \"command\": [\"/bin/true\"],\n      \"effect\": \"read\"\n    },\n"
                               "    \"b\": { \"command\": [\"/bin/true\"], \"effect\": \"read\" }\n  },\n\n\n  \"plan\": [ {\"id\": \"x\", \"title\": \"X\", \"tool\": \"a\"} ]\n}");
        const auto fix = fixOf(text);
        QCOMPARE(QString::fromStdString(fix.diff), q(
            "--- desk.json\n+++ desk.json\n@@ -3,9 +3,10 @@\n   \"tools\": {\n     \"a\": {\n       \"command\": [\"/bin/true\"],\n-      \"effect\": \"read\"\n+      \"effect\": \"read\",\n"
            "+      \"timeout_s\": 30\n     },\n-    \"b\": { \"command\": [\"/bin/true\"], \"effect\": \"read\" }\n+    \"b\": { \"command\": [\"/bin/true\"], \"effect\": \"read\", \"timeout_s\": 30 }\n   },\n \n \n"));
        QCOMPARE(patched(text, fix.diff), QString::fromStdString(fix.text));
    }

    void what_somebody_has_to_decide_is_said_and_not_guessed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        const QString bare = q(R"("call": {"server": "shop", "timeout_s": 5, "request": {"method": "POST", "path": "/c"}%1})");
        const auto tool = [&](const char* members) { return desk(bare.arg(QString::fromLatin1(members))); };
        QTest::newRow("an effect class") << tool(R"(, "params": {})") << u"/tools/call"_qs;
        QTest::newRow("a key") << tool(R"(, "params": {}, "effect": "write_blind", "gate": "own")") << u"/tools/call/effect"_qs;
        QTest::newRow("a gate") << desk(writeTool(u"call"_qs, u"write_keyed"_qs, q(R"(, "timeout_s": 5, "params": {})"))) << u"/tools/call"_qs;
        QTest::newRow("a drill") << desk(readTool(u"call"_qs, q(R"(, "timeout_s": 5)"))) << u"/inject"_qs;
        QTest::newRow("a role by another name") << desk(writeTool(u"call"_qs, u"write_keyed"_qs, q(R"(, "timeout_s": 5, "gate": "payment", "params": {})"))) << u"/tools/call/show/amount"_qs;
        const QString pay = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "timeout_s": 5, "gate": "own", "params": {})"));
        QTest::newRow("a fallback") << agent(readTool(u"find"_qs, q(R"(, "timeout_s": 5)")) + u","_qs + pay, step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"pay"_qs)) << u"/tools/find"_qs;
    }
    void what_somebody_has_to_decide_is_said_and_not_guessed()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        const auto fix = fixOf(text);
        QCOMPARE(QString::fromStdString(fix.diff), QString());
        QCOMPARE(QString::fromStdString(fix.text), text);
        const bool isSaid = std::any_of(fix.undecided.begin(), fix.undecided.end(), [&](const auto& open) {
            return open.where.ends_with(": " + place.toStdString()) && open.why.ends_with('.');
        });
        QVERIFY(isSaid);
    }

    void places_are_found_in_any_valid_text()
    {
        const std::string text = " { \"a\\u0062\" : [1, {\"x~/\": \"}\\\"]\"}, [] ] ,\"n\":null } ";
        const auto spans = definition::spansOf(text);
        const auto at = [&](const char* pointer) { const auto& span = spans.at(pointer); return text.substr(span.begin, span.end - span.begin); };
        QCOMPARE(at("/ab/0"), std::string("1"));
        QCOMPARE(at("/ab/1/x~0~1"), std::string("\"}\\\"]\""));
        QCOMPARE(at("/ab/2"), std::string("[]"));
        QCOMPARE(at("/n"), std::string("null"));
        QCOMPARE(text[spans.at("/n").key], '"');
    }
};

QTEST_GUILESS_MAIN(ChecklistTest)
#include "checklisttest.moc"
