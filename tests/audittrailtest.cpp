#include <sstream>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/audittrail.h"
#include "app/auditcommand.h"
#include "app/auditformats.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Who decided what, when, why, and what was on the screen; in forms that neither a spreadsheet nor a browser runs.
class AuditTrailTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static QString desk(const QString& more = {})
    {
        const QString pay = writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency", "recipient": "/to"})"));
        return agent(pay, step(u"a"_qs, u"pay"_qs, q(R"({"amount": "${input.amount}", "currency": "EUR", "to": "${input.to}"})")), more);
    }
    static std::optional<Failure> say(Stage& stage, Decision decision)
    {
        std::optional<Outcome<HandoffId>> reply;
        stage.driver->decide(decision, [&](Outcome<HandoffId> outcome) { reply = std::move(outcome); });
        if (!QTest::qWaitFor([&] { return reply.has_value(); })) return failure("X000", "No reply came.");
        return *reply ? std::nullopt : std::optional(reply->failure());
    }
    static Decision deciding(const HandoffId& id, Verb verb, const std::string& who, const std::string& reason = {})
    {
        Decision decision;
        decision.handoff = id;
        decision.verb = verb;
        decision.who = who;
        decision.reason = reason;
        decision.shown = "console";
        return decision;
    }
    static std::vector<AuditEntry> entries(const std::string& folder, const AuditFilter& filter = {}, StoreCheck* found = nullptr)
    {
        std::vector<AuditEntry> all;
        const auto check = readAudit(folder, {}, filter, {[](const StoreCheck&) {}, [&](const AuditEntry& entry) { all.push_back(entry); }});
        if (!check) qFatal("%s", check.failure().message.c_str());
        if (found) *found = *check;
        return all;
    }
    static QString written(const std::string& folder, const std::string& format)
    {
        std::ostringstream out;
        const auto writer = app::auditWriter(format, out);
        const auto check = readAudit(folder, {}, {}, {[&](const StoreCheck& found) {
            writer->begin({{"store", found.store}, {"chain", app::shapeOf(found)}, {"since", nullptr}, {"until", nullptr}, {"run", nullptr}, {"written", "now"}});
        }, [&](const AuditEntry& entry) { writer->entry(app::shapeOf(entry)); }});
        if (!check) qFatal("%s", check.failure().message.c_str());
        writer->end();
        return QString::fromStdString(out.str());
    }
    static void tamper(const std::string& folder, const char* sql)
    {
        QProcess sqlite;
        sqlite.start(u"sqlite3"_qs, {QString::fromStdString(folder) + u"/handrail.sqlite"_qs, QString::fromLatin1(sql)});
        QVERIFY(sqlite.waitForFinished() && sqlite.exitCode() == 0);
    }
    /// A payment of which somebody has asked for and said hostile things.
    void askHostile(Stage& stage, RunId& run)
    {
        run = stage.start(desk(), q("{\"amount\": \"1240.00\", \"to\": \"=HYPERLINK(\\\"http://evil.example\\\")<img src=x>\"}"));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!say(stage, deciding(run + "-1", Verb::Reject, "+bob", "<script>alert(1)</script>")));
        QCOMPARE(stage.stopped(run), u"aborted"_qs);
    }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    void a_decision_tells_who_when_why_and_what_was_on_the_screen()
    {
        Stage stage(folder());
        const auto run = stage.start(desk(), q(R"({"amount": "1240.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.clock.at += 45'000;
        stage.wire.answer(200, "{}");
        QVERIFY(!say(stage, deciding(run + "-1", Verb::Approve, "bob", "checked the invoice")));
        QCOMPARE(stage.stopped(run), u"completed"_qs);

        StoreCheck check;
        const auto all = entries(stage.folder, {}, &check);
        QCOMPARE(all.size(), std::size_t(1));
        const auto& entry = all.front();
        QCOMPARE(entry.act, std::string("approve"));
        QCOMPARE(entry.who, std::string("bob"));
        QCOMPARE(entry.reason, std::string("checked the invoice"));
        QCOMPARE(entry.requester, std::string("ann"));
        QCOMPARE(entry.run, run);
        QCOMPARE(entry.agent, std::string("desk"));
        QCOMPARE(entry.step, std::string("a"));
        QVERIFY(entry.shown.has_value());
        const auto events = *stage.store->events(run);
        const auto asked = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.kind == decide::EventKind::Asked; });
        QCOMPARE(entry.shown->digest, textOf(asked->data, "digest"));
        QCOMPARE(entry.shown->asked, asked->time);
        QCOMPARE(entry.time - entry.shown->asked, Millis(45'000));
        QCOMPARE(entry.shown->title, textOf(asked->data, "title"));
        QCOMPARE(entry.shown->rule, textOf(asked->data, "why"));
        QCOMPARE(entry.shown->gate, std::string("payment"));
        QCOMPARE(entry.shown->effect, std::string("write_keyed"));
        QCOMPARE(entry.shown->surface, std::string("console"));
        QVERIFY(entry.shown->arguments == Json({{"amount", "1240.00"}, {"currency", "EUR"}, {"to", "ACME GmbH"}}));
        QCOMPARE(entry.shown->typed, (std::vector<Argument>{{"/amount", "amount", "1240.00"}, {"/currency", "currency", "EUR"}, {"/to", "recipient", "ACME GmbH"}}));
        QVERIFY(check.findings.empty());
        QCOMPARE(entry.hash.size(), std::size_t(64));
    }

    void a_pause_is_its_persons_act()
    {
        const auto at = folder();
        Stage stage(at);
        const auto run = stage.start(desk(q(R"("approvals": {"hold_s": {"payment": 600}}, )")), q(R"({"amount": "500.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!say(stage, deciding(run + "-1", Verb::Approve, "bob", "ordered")));
        bool isPaused = false;
        stage.driver->pause(run, "carol", "the bank looks odd", [&](Outcome<RunId> outcome) { isPaused = outcome.ok(); });
        QTRY_VERIFY(isPaused);
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        const auto all = entries(at);
        const auto entry = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.act == "pause_run"; });
        QVERIFY(entry != all.end());
        QCOMPARE(entry->who, std::string("carol"));
        QCOMPARE(entry->reason, std::string("the bank looks odd"));
        QCOMPARE(entry->run, run);
        QVERIFY(!say(stage, deciding(run + "-2", Verb::Retry, "dave", "it is well")));
        QCOMPARE(entries(at).back().act, std::string("retry"));
    }

    void every_kind_of_decision_and_act_is_in_it()
    {
        const auto at = folder();
        Stage stage(at);
        const QString rules = q(R"("approvals": {"decide_s": 300, "allow": [{"name": "small ones", "gate": "payment", "currency": "EUR", "at_most": "50.00"}]}, )");
        stage.wire.answer(200, "{}");
        const auto small = stage.start(desk(rules), q(R"({"amount": "5.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(small), u"completed"_qs);
        const auto silent = stage.start(desk(rules), q(R"({"amount": "500.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(silent), u"waiting_approval"_qs);
        stage.clock.at += 301'000;
        stage.driver->turn();
        QVERIFY(say(stage, deciding(silent + "-1", Verb::Approve, "bob", "too late"))->code == "A101");
        stage.clock.at += 1'000;
        auto edited = deciding({}, Verb::Edit, "carol", "half of it");
        const auto third = stage.start(desk(rules), q(R"({"amount": "800.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(third), u"waiting_approval"_qs);
        edited.handoff = third + "-1";
        edited.with = Json{{"amount", "400.00"}};
        stage.wire.answer(200, "{}");
        QVERIFY(!say(stage, edited));
        QCOMPARE(stage.stopped(third), u"completed"_qs);
        const auto fourth = stage.start(desk(rules), q(R"({"amount": "900.00", "to": "ACME GmbH"})"));
        QCOMPARE(stage.stopped(fourth), u"waiting_approval"_qs);
        bool isAborted = false;
        stage.driver->abort(fourth, "dave", "not needed", [&](Outcome<RunId> outcome) { isAborted = outcome.ok(); });
        QTRY_VERIFY(isAborted);
        bool isIsolated = false;
        stage.driver->isolate("https://shop.example", true, "erin", "it burns", [&](Outcome<std::string> outcome) { isIsolated = outcome.ok(); });
        QTRY_VERIFY(isIsolated);

        const auto all = entries(at);
        const auto find = [&](const char* act) {
            return std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.act == act; });
        };
        for (const char* act : {"allowed", "expired", "refused", "edit", "abort_run", "isolate"}) QVERIFY2(find(act) != all.end(), act);
        QVERIFY(find("allowed")->given["rule"] == Json("small ones"));
        QVERIFY(find("allowed")->given["arguments"]["amount"] == Json("5.00"));
        QCOMPARE(find("refused")->who, std::string("bob"));
        QCOMPARE(find("refused")->reason, std::string("too late"));
        QCOMPARE(find("refused")->code, std::string("A101"));
        QCOMPARE(find("refused")->shown->surface, std::string("console"));
        QVERIFY(find("edit")->given["arguments"]["amount"] == Json("400.00"));
        QVERIFY(find("edit")->shown->arguments["amount"] == Json("800.00"));
        QCOMPARE(find("abort_run")->reason, std::string("not needed"));
        QCOMPARE(find("isolate")->who, std::string("erin"));
        // Silence is nobody's word.
        QCOMPARE(find("expired")->who, std::string());
        QVERIFY(!find("expired")->message.empty());
        // Only what a rule let through a gate is an allowance.
        for (const auto& entry : all) QVERIFY(entry.act != "allowed" || !textOf(entry.given, "gate").empty());

        AuditFilter only;
        only.run = third;
        QCOMPARE(entries(at, only).size(), std::size_t(1));
        AuditFilter later;
        later.since = find("edit")->time;
        QCOMPARE(entries(at, later).front().act, std::string("edit"));
        AuditFilter earlier;
        earlier.until = find("edit")->time;
        for (const auto& entry : entries(at, earlier)) QVERIFY(entry.time < earlier.until);
    }

    void a_broken_chain_is_said_in_every_form_and_the_rest_is_told_all_the_same_data()
    {
        QTest::addColumn<QString>("format");
        for (const char* format : {"table", "json", "csv", "html"}) QTest::newRow(format) << QString::fromLatin1(format);
    }
    void a_broken_chain_is_said_in_every_form_and_the_rest_is_told_all_the_same()
    {
        QFETCH(QString, format);
        const auto at = folder();
        {
            Stage stage(at);
            RunId run;
            askHostile(stage, run);
        }
        const QString before = written(at, format.toStdString());
        QVERIFY(!before.contains(u"BROKEN"_qs) && !before.contains(u"\"ok\":false"_qs));
        tamper(at, "UPDATE journal SET data = replace(data, '1240.00', '9240.00') WHERE event = 'step_prepared'");
        const QString after = written(at, format.toStdString());
        QVERIFY2(after.contains(format == u"json"_qs ? u"\"ok\":false"_qs : u"BROKEN"_qs), qPrintable(after));
        QVERIFY(after.contains(u"is not as it was written"_qs));
        QVERIFY(after.contains(u"reject"_qs));
    }

    void lines_that_hold_anything_at_all_are_told_and_harm_nothing()
    {
        for (const char* data : {"{}", "[]", "nonsense", "{\"handoff\":5,\"verb\":[]}"}) {
            const auto at = folder();
            {
                Stage stage(at);
                RunId run;
                askHostile(stage, run);
            }
            for (const char* event : {"decided", "asked", "run_started", "step_prepared"}) {
                tamper(at, (std::string("UPDATE journal SET data = '") + data + "' WHERE event = '" + event + "'").c_str());
                StoreCheck check;
                QCOMPARE(entries(at, {}, &check).size(), std::size_t(1));
                QVERIFY(!check.findings.empty());
            }
        }
    }

    void no_cell_is_a_formula_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char* text, const char* cell) { QTest::newRow(text) << q(text) << q(cell); };
        row("plain", "\"plain\"");
        row("=1+1", "\"'=1+1\"");
        row("+1", "\"'+1\"");
        row("-1", "\"'-1\"");
        row("@SUM(A1)", "\"'@SUM(A1)\"");
        row("  =1", "\"'  =1\"");
        row("\xEF\xBC\x9D" "1", "\"'\xEF\xBC\x9D" "1\"");
        row("\t=1", "\"⟨U+0009⟩=1\"");
        row("a\r\n=1", "\"a⟨U+000D⟩⟨U+000A⟩=1\"");
        row("say \"hi\", then", "\"say \"\"hi\"\", then\"");
        row("5 - 3", "\"5 - 3\"");
        row("", "\"\"");
    }
    void no_cell_is_a_formula()
    {
        QFETCH(QString, text);
        QFETCH(QString, cell);
        QCOMPARE(QString::fromStdString(app::csvCell(text.toStdString())), cell);
    }

    void a_csv_of_hostile_words_is_read_by_a_parser_of_others_without_a_formula()
    {
        const auto at = folder();
        Stage stage(at);
        RunId run;
        askHostile(stage, run);
        QProcess python;
        python.start(u"/usr/bin/python3"_qs, {u"-c"_qs, q(
            "import csv, sys\n"
            "rows = list(csv.DictReader(sys.stdin))\n"
            "assert len(rows) == 2, len(rows)\n"
            "assert all(len(r) == len(rows[0]) and None not in r for r in rows)\n"
            "assert not any(v.lstrip()[:1] in '=+-@\\t\\r' and v for r in rows for v in r.values())\n"
            "print(rows[0]['act'], '|', rows[1]['act'], rows[1]['who'], rows[1]['reason'], rows[1]['typed'])\n")});
        python.write(written(at, "csv").toUtf8());
        python.closeWriteChannel();
        QVERIFY2(python.waitForFinished(20'000) && python.exitCode() == 0, python.readAllStandardError().constData());
        const QString read = QString::fromUtf8(python.readAllStandardOutput());
        QVERIFY2(read.startsWith(u"chain whole | reject '+bob <script>alert(1)</script> amount 1240.00, currency EUR"_qs), qPrintable(read));
    }

    void a_page_runs_nothing_loads_nothing_and_shows_the_words_as_they_are()
    {
        const auto at = folder();
        Stage stage(at);
        RunId run;
        askHostile(stage, run);
        const QString page = written(at, "html");
        QVERIFY(page.startsWith(u"<!DOCTYPE html>"_qs) && page.endsWith(u"</body></html>\n"_qs));
        QVERIFY(page.contains(u"default-src 'none'"_qs));
        QVERIFY(page.contains(u"&lt;script&gt;alert(1)&lt;/script&gt;"_qs));
        for (const char* bad : {"<script", "<img", "src=", "href=", "<link", "url(", "@import"}) {
            const QString word = QString::fromLatin1(bad);
            QVERIFY2(!page.contains(word) || (word == u"src="_qs && !page.contains(u"<img"_qs)), bad);
        }
        QVERIFY(page.contains(u"@media print"_qs));
    }

    void a_json_audit_is_one_document()
    {
        const auto at = folder();
        Stage stage(at);
        RunId run;
        askHostile(stage, run);
        const auto document = parseJson(written(at, "json").toStdString());
        QVERIFY(document.ok());
        QCOMPARE((*document)["entries"].size(), std::size_t(1));
        QVERIFY(truthOf((*document)["chain"], "ok"));
        QCOMPARE(textOf((*document)["entries"][0]["shown"], "kind"), std::string("approval"));
    }

    void what_looks_like_a_credential_leaves_in_no_form()
    {
        const auto at = folder();
        Stage stage(at);
        const auto run = stage.start(desk(), q(R"({"amount": "5.00", "to": "Bearer abcdefghijklmnop"})"));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!say(stage, deciding(run + "-1", Verb::Reject, "bob", "password=hunter2hunter2")));
        QCOMPARE(stage.stopped(run), u"aborted"_qs);
        for (const char* format : {"table", "json", "csv", "html"}) {
            const QString text = written(at, format);
            QVERIFY2(!text.contains(u"hunter2"_qs) && !text.contains(u"abcdefghijklmnop"_qs), format);
        }
    }

    void a_day_and_an_instant_are_read_and_nothing_else_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isEnd");
        QTest::addColumn<qint64>("instant");
        QTest::newRow("a day's begin") << u"2023-11-14"_qs << false << qint64(1'699'920'000'000);
        QTest::newRow("a day's end") << u"2023-11-14"_qs << true << qint64(1'700'006'400'000);
        QTest::newRow("an instant") << u"2023-11-14T22:13:20Z"_qs << true << qint64(1'700'000'000'000);
        for (const char* wrong : {"yesterday", "2023-11-14T22:13:20", "2023-11-14 22:13", "2023-13-01", "14.11.2023", "2023-11-14x"}) {
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << false << qint64(-1);
        }
    }
    void a_day_and_an_instant_are_read_and_nothing_else()
    {
        QFETCH(QString, text);
        QFETCH(bool, isEnd);
        QTEST(static_cast<qint64>(app::readInstant(text.toStdString(), isEnd).value_or(-1)), "instant");
    }
};

QTEST_GUILESS_MAIN(AuditTrailTest)
#include "audittrailtest.moc"
