#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/programs.h"
#endif

using namespace handrailtest;

/// The demo's cases from a terminal, against the real shop: what the command says, and what its books say.
class JourneyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    std::unique_ptr<Terminal> terminal_;

    /// A bundled agent that fails on purpose, with waits that are short enough for a test.
    QString drilled(const QString& name, const Json& inject, const std::function<void(Json&)>& edit = {}) const
    {
        return terminal_->agent(name, [&](Json& agent) {
            agent["inject"] = inject;
            for (auto& [tool, written] : agent["tools"].items()) {
                written["timeout_s"] = 0.3;
                written["retry"] = {{"attempts", 3}, {"base_s", 0.01}, {"cap_s", 0.02}};
            }
            if (edit) edit(agent);
        });
    }
    Said drill(const QString& agent, const char* input, const QStringList& more = {}) const
    {
        return terminal_->say(QStringList{QStringLiteral("drill"), agent, QStringLiteral("--input"), QString::fromUtf8(input)} + more);
    }
    /// The results of a drill's lines by their ids.
    static QString resultOf(const Said& said, const char* id)
    {
        for (const auto& line : said.out["lines"]) {
            if (handrail::textOf(line, "id") == id) return QString::fromStdString(handrail::textOf(line, "result"));
        }
        return {};
    }

    Said decide(const QStringList& words) { return terminal_->say(QStringList{words.first(), terminal_->handoff()} + words.mid(1)); }

private slots:
    void init()
    {
        dir_ = std::make_unique<QTemporaryDir>();
        shop_ = std::make_unique<ShopProcess>(dir_->path(), QStringList{u"--demo"_qs});
        QVERIFY(shop_->port() > 0);
        terminal_ = std::make_unique<Terminal>(dir_->path(), shop_->port());
    }
    void cleanup()
    {
        shop_.reset();
        dir_.reset();
    }

    void a_run_that_needs_nobody_completes()
    {
        const auto said = terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        QCOMPARE(said.exit, 0);
        QCOMPARE(text(said.out["state"]), u"\"completed\""_qs);
        QCOMPARE(said.out["steps_done"].get<int>(), 2);
        QCOMPARE(said.out["result"].size(), std::size_t(3));
        const auto journal = terminal_->say({u"journal"_qs, QString::fromStdString(said.out["id"].get<std::string>())});
        QCOMPARE(text(journal.out.front()["event"]), u"\"run_started\""_qs);
        QCOMPARE(text(journal.out.back()["event"]), u"\"run_ended\""_qs);
    }

    void a_payment_waits_is_approved_and_paid_once()
    {
        const auto said = terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        QCOMPARE(said.exit, 10);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        const auto shown = terminal_->say({u"show"_qs, terminal_->handoff()});
        QCOMPARE(text(shown.out["title"]), u"\"Pay 1,240.00 EUR to ACME GmbH?\""_qs);
        QCOMPARE(text(shown.out["gate"]), u"\"payment\""_qs);
        QCOMPARE(text(shown.out["arguments"]["amount"]), u"\"1240.00\""_qs);
        QCOMPARE(shown.out["executed"].size(), std::size_t(1));
        const QString id = terminal_->handoff();
        QCOMPARE(terminal_->say({u"approve"_qs, id, u"--reason"_qs, u"checked"_qs}).exit, 0);
        const auto again = terminal_->say({u"approve"_qs, id});
        QCOMPARE(again.exit, 4);
        QCOMPARE(text(again.error["code"]), u"\"A105\""_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void a_rejected_payment_is_never_made()
    {
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        const auto said = decide({u"reject"_qs, u"--reason"_qs, u"wrong supplier"_qs});
        QCOMPARE(said.exit, 14);
        QCOMPARE(text(said.out["error"]["code"]), u"\"A110\""_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void an_edited_payment_is_what_was_edited()
    {
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        // Its precondition was never read for the new amount, so the question comes again, with it.
        QCOMPARE(decide({u"edit"_qs, u"--with"_qs, u"{\"amount\": \"900.00\"}"_qs}).exit, 10);
        QCOMPARE(text(terminal_->say({u"show"_qs, terminal_->handoff()}).out["title"]), u"\"Pay 900.00 EUR to ACME GmbH?\""_qs);
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QCOMPARE(shop_->value(u"SELECT amount FROM payments"_qs), u"900.00"_qs);
    }

    void a_lost_reply_without_a_key_is_a_doubt_that_only_a_person_settles()
    {
        const auto said = terminal_->run(terminal_->agent(u"refund-without-key"_qs), R"({"order_id": "1043"})");
        QCOMPARE(said.exit, 11);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
        const auto shown = terminal_->say({u"show"_qs, terminal_->handoff()});
        QCOMPARE(shown.out["unknown"].get<bool>(), true);
        QCOMPARE(text(shown.out["error"]["code"]), u"\"W114\""_qs);
        QCOMPARE(terminal_->say({u"retry"_qs, terminal_->handoff()}).exit, 2);
        QCOMPARE(terminal_->say("resume").exit, 0);
        QCOMPARE(decide({u"settle"_qs, u"--cannot-tell"_qs}).exit, 11);
        QCOMPARE(decide({u"settle"_qs, u"--happened"_qs, u"--reference"_qs, u"RF-1"_qs}).exit, 0);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
    }

    void a_lost_reply_with_a_key_settles_itself()
    {
        const auto said = terminal_->run(terminal_->agent(u"refund-with-key"_qs), R"({"order_id": "1044"})");
        QCOMPARE(said.exit, 0);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
        QCOMPARE(shop_->count(u"requests WHERE method = 'POST'"_qs), 2);
        QCOMPARE(shop_->value(u"SELECT COUNT(DISTINCT key) FROM requests WHERE method = 'POST'"_qs), u"1"_qs);
    }

    void three_time_outs_are_one_ticket_and_a_retry_goes_on()
    {
        const auto said = terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        QCOMPARE(said.exit, 11);
        QCOMPARE(shop_->count(u"requests"_qs), 3);
        const auto shown = terminal_->say({u"show"_qs, terminal_->handoff()});
        QCOMPARE(text(shown.out["error"]["code"]), u"\"T109\""_qs);
        QCOMPARE(shown.out["failing"]["attempts"].size(), std::size_t(3));
        QCOMPARE(decide({u"retry"_qs}).exit, 0);
        QCOMPARE(shop_->count(u"requests"_qs), 4);
    }

    void thirteen_deletions_stop_after_the_first()
    {
        const auto said = terminal_->run(terminal_->agent(u"delete-test-users"_qs),
                                         R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})");
        QCOMPARE(said.exit, 10);
        QCOMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 1);
        const auto shown = terminal_->say({u"show"_qs, terminal_->handoff()});
        QCOMPARE(text(shown.out["kind"]), u"\"scope\""_qs);
        QCOMPARE(shown.out["arguments"].size(), std::size_t(12));
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QCOMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 13);
    }

    void a_changed_note_is_taken_back()
    {
        const auto said = terminal_->run(terminal_->agent(u"change-note"_qs), R"({"note_id": "7", "text": "new"})");
        QCOMPARE(said.exit, 0);
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"new"_qs);
        QCOMPARE(decide({u"undo"_qs}).exit, 0);
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"The buyer asked for a call."_qs);
        QVERIFY(terminal_->handoff().isEmpty());
    }

    void what_is_wrong_is_said_with_code_place_and_status_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QString>("code");
        QTest::newRow("no such file") << QStringList{u"run"_qs, u"/no/such.json"_qs} << 2 << u"U105"_qs;
        QTest::newRow("input of the wrong shape") << QStringList{u"run"_qs, u"AGENT"_qs, u"--input"_qs, u"{\"order_id\": \"x\"}"_qs} << 2 << u"U102"_qs;
        QTest::newRow("input missing") << QStringList{u"run"_qs, u"AGENT"_qs} << 2 << u"U101"_qs;
        QTest::newRow("input is no JSON") << QStringList{u"run"_qs, u"AGENT"_qs, u"--input"_qs, u"{"_qs} << 2 << u"U102"_qs;
        QTest::newRow("no such run") << QStringList{u"show"_qs, u"nosuchrun0"_qs} << 4 << u"U105"_qs;
        QTest::newRow("no such handoff") << QStringList{u"approve"_qs, u"nosuchrun0-1"_qs} << 4 << u"U105"_qs;
        QTest::newRow("no such command") << QStringList{u"aprove"_qs, u"x"_qs} << 2 << u"U102"_qs;
        QTest::newRow("two answers") << QStringList{u"settle"_qs, u"x-1"_qs, u"--happened"_qs, u"--cannot-tell"_qs} << 2 << u"U102"_qs;
    }
    void what_is_wrong_is_said_with_code_place_and_status()
    {
        QFETCH(QStringList, words);
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        words.replaceInStrings(u"AGENT"_qs, terminal_->agent(u"order-status"_qs));
        const auto said = terminal_->say(words);
        QTEST(said.exit, "exit");
        QFETCH(QString, code);
        QCOMPARE(text(said.error["code"]), u'"' + code + u'"');
        QVERIFY(!said.error["message"].get<std::string>().empty());
        QVERIFY(!said.error["hint"].get<std::string>().empty());
    }

    void an_invalid_definition_is_refused_with_its_line()
    {
        const QString path = terminal_->agent(u"order-status"_qs, [](Json& agent) { agent["tools"]["find_order"]["time_out_s"] = 3; });
        const auto said = terminal_->say({u"check"_qs, path});
        QCOMPARE(said.exit, 2);
        QCOMPARE(said.out["valid"].get<bool>(), false);
        QVERIFY(said.out["errors"][0]["where"].get<std::string>().find("line 1") != std::string::npos);
        QVERIFY(said.out["errors"][0]["hint"].get<std::string>().find("timeout_s") != std::string::npos);
        QVERIFY(!QFile::exists(terminal_->store()));
        // Valid, but a line of the checklist fails: there is no drill. With one, nothing is missing.
        const auto valid = terminal_->say({u"check"_qs, terminal_->agent(u"order-status"_qs)});
        QCOMPARE(valid.exit, 1);
        QStringList failing;
        for (const auto& line : valid.out["checklist"]) {
            if (!line["passes"].get<bool>()) failing.append(QString::fromStdString(line["id"].get<std::string>()));
        }
        QCOMPARE(failing, QStringList{u"drill"_qs});
        const auto drilled = [](Json& agent) { agent["inject"] = {{"find_order", {{"rate", 0.1}, {"kinds", {"timeout"}}}}}; };
        QCOMPARE(terminal_->say({u"check"_qs, terminal_->agent(u"order-status"_qs, drilled)}).exit, 0);
    }

    void a_drill_stops_at_the_limit_files_one_ticket_a_run_and_leaves_the_store_alone()
    {
        const QString agent = drilled(u"order-status"_qs, {{"find_order", {{"rate", 1}, {"kinds", {"http_500", "timeout"}}, {"seed", 7}}}});
        const QString page = dir_->filePath(u"drill.html"_qs);
        const QString journals = dir_->filePath(u"journals"_qs);
        const auto said = drill(agent, R"({"order_id": "1042"})", {u"--runs"_qs, u"2"_qs, u"--report"_qs, page, u"--journals"_qs, journals});
        QCOMPARE(said.exit, 0);
        QVERIFY(text(said.out["note"]).contains(u"real endpoints"_qs) && text(said.out["note"]).contains(u"http://127.0.0.1:"_qs));
        for (const char* id : {"injected", "retries", "handoffs", "ends", "replay"}) QCOMPARE(resultOf(said, id), u"pass"_qs);
        for (const char* id : {"fallbacks", "effects", "doubts"}) QCOMPARE(resultOf(said, id), u"not met"_qs);
        QCOMPARE(said.out["runs"].size(), std::size_t(2));
        for (const auto& run : said.out["runs"]) {
            QCOMPARE(text(run["state"]), u"\"escalated\""_qs);
            QFile kept(journals + u'/' + QString::fromStdString(run["journal"]["file"].get<std::string>()));
            QVERIFY(kept.open(QIODevice::ReadOnly));
            QCOMPARE(handrail::sha256(kept.readAll().toStdString()), run["journal"]["sha256"].get<std::string>());
            QCOMPARE(terminal_->say({u"replay"_qs, kept.fileName()}).exit, 0);
        }
        QCOMPARE(shop_->count(u"requests"_qs), 0);  // every call failed in the wire's place
        QVERIFY(!QFile::exists(terminal_->store() + u"/handrail.sqlite"_qs));
        QFile file(page);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray html = file.readAll();
        QVERIFY(html.contains("Retries stop at the limit") && html.contains(said.out["definition"].get<std::string>().c_str()) && !html.contains("<script"));
        QCOMPARE(drill(agent, R"({"order_id": "1042"})", {u"--report"_qs, page}).exit, 2);
        QCOMPARE(drill(agent, R"({"order_id": "1042"})", {u"--journals"_qs, journals}).exit, 2);
    }

    void a_drill_reports_also_where_a_journal_must_not_leave_the_store()
    {
        const QString agent = terminal_->agent(u"order-status"_qs, [](Json& document) { document["input"]["properties"]["note"] = {{"type", "string"}}; });
        const QString journals = dir_->filePath(u"journals"_qs);
        const auto said = drill(agent, R"({"order_id": "1042", "note": "AKIAIOSFODNN7EXAMPLE"})", {u"--runs"_qs, u"1"_qs, u"--journals"_qs, journals});
        QVERIFY(!said.out.is_null());
        QCOMPARE(said.out["runs"].size(), std::size_t(1));
        QVERIFY(!said.out["runs"][0].contains("journal"));
        QVERIFY(text(said.out["runs"][0]["journal_not_kept"]).contains(u"U107"_qs));
        QVERIFY(QDir(journals).isEmpty());
    }

    void the_checklist_says_when_the_last_drill_was_and_how_it_ended()
    {
        const auto line = [&](const QString& agent) {
            const auto said = terminal_->say({u"check"_qs, agent});
            for (const auto& one : said.out["checklist"]) {
                if (handrail::textOf(one, "id") == "drill") return one;
            }
            return Json();
        };
        const Json inject = {{"find_order", {{"rate", 1}, {"kinds", {"connection"}}}}};
        const QString agent = drilled(u"order-status"_qs, inject);
        QVERIFY(text(line(agent)["note"]).contains(u"No drill"_qs));
        QCOMPARE(drill(agent, R"({"order_id": "1042"})", {u"--runs"_qs, u"1"_qs}).exit, 0);
        const Json told = line(agent);
        QVERIFY2(text(told["note"]).contains(u"(1 runs): "_qs) && text(told["note"]).contains(u" 0 failed"_qs), text(told).toUtf8());
        QVERIFY(!text(told["note"]).contains(u"changed since"_qs));
        const QString changed = drilled(u"order-status"_qs, inject, [](Json& one) { one["description"] = "another"; });
        QVERIFY(text(line(changed)["note"]).contains(u"changed since"_qs));
    }

    void a_drill_leaves_doubts_with_a_person_and_gates_unanswered()
    {
        const Json lost = {{"refund", {{"rate", 1}, {"kinds", {"timeout"}}}}};
        const auto doubts = drill(drilled(u"refund-without-key"_qs, lost), R"({"order_id": "1043"})", {u"--runs"_qs, u"2"_qs});
        QCOMPARE(doubts.exit, 0);
        for (const char* id : {"effects", "doubts", "time_outs", "handoffs"}) QCOMPARE(resultOf(doubts, id), u"pass"_qs);
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        const auto gate = drill(drilled(u"pay-invoice"_qs, {{"pay", {{"rate", 1}, {"kinds", {"http_500"}}}}}), R"({"invoice_id": "INV-2001"})", {u"--runs"_qs, u"2"_qs});
        QCOMPARE(gate.exit, 0);
        for (const auto& run : gate.out["runs"]) QCOMPARE(text(run["state"]), u"\"waiting_approval\""_qs);
        for (const char* id : {"injected", "retries", "effects"}) QCOMPARE(resultOf(gate, id), u"not met"_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        QCOMPARE(terminal_->say("runs").out.size(), std::size_t(0));
    }

    void a_drill_sends_a_keyed_write_again_under_its_key_and_acts_once()
    {
        const Json inject = {{"refund", {{"rate", 0.5}, {"kinds", {"slow", "http_500"}}, {"seed", 3}}}};
        const auto agent = drilled(u"refund-with-key"_qs, inject, [](Json& one) { one["tools"]["refund"]["business_key"] = {"order_id"}; });
        const auto said = drill(agent, R"({"order_id": "1044"})", {u"--runs"_qs, u"4"_qs, u"--seed"_qs, u"3"_qs});
        QCOMPARE(said.exit, 0);
        QCOMPARE(resultOf(said, "effects"), u"pass"_qs);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
        const auto again = drill(agent, R"({"order_id": "1044"})", {u"--runs"_qs, u"4"_qs, u"--seed"_qs, u"3"_qs});
        QVERIFY(again.out["injected"] == said.out["injected"]);  // the same seed, the same failures
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
    }

    void only_staging_and_test_are_drilled_and_without_inject_every_tool_fails_now_and_then()
    {
        const auto refused = drill(terminal_->agent(u"order-status"_qs, [](Json& agent) { agent["environment"] = "production"; }), R"({"order_id": "1042"})");
        QCOMPARE(refused.exit, 2);
        QVERIFY(text(refused.error["message"]).contains(u"only for staging and test"_qs));
        QVERIFY(!text(refused.error["hint"]).isEmpty());
        QCOMPARE(shop_->count(u"requests"_qs), 0);
        const auto bare = drill(terminal_->agent(u"change-note"_qs), R"({"note_id": "7", "text": "new"})", {u"--runs"_qs, u"1"_qs});
        QVERIFY(bare.out["own_inject"] == Json(false));
        QCOMPARE(bare.out["inject"].size(), std::size_t(2));
        QCOMPARE(drill(terminal_->agent(u"order-status"_qs), "{}").exit, 2);
    }

    void the_store_is_evidence_and_can_be_copied_pruned_and_put_back()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        const QString copy = dir_->filePath(u"copy.sqlite"_qs);
        QCOMPARE(terminal_->say({u"backup"_qs, copy}).exit, 0);
        QCOMPARE(terminal_->say({u"backup"_qs, copy}).exit, 2);
        const QString anchor = dir_->filePath(u"anchor.json"_qs);
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        QCOMPARE(terminal_->say({u"anchor"_qs, anchor}).exit, 0);
        const auto fine = terminal_->say({u"verify"_qs, u"--anchor"_qs, anchor});
        QCOMPARE(fine.exit, 0);
        QVERIFY(fine.out["ok"].get<bool>() && fine.out["lines"].get<int>() > 10);
        QCOMPARE(terminal_->say({u"prune"_qs, u"--older-than"_qs, u"1"_qs}).out["runs"].get<int>(), 0);
        QCOMPARE(terminal_->say({u"prune"_qs, u"--older-than"_qs, u"0"_qs}).out["runs"].get<int>(), 2);
        QCOMPARE(terminal_->say({u"verify"_qs, u"--anchor"_qs, anchor}).exit, 0);
        QVERIFY(terminal_->say("runs").out.empty());
        // The copy is put back: refused until somebody says that it is meant.
        QVERIFY(QFile::remove(terminal_->store() + u"/handrail.sqlite"_qs) && QFile::copy(copy, terminal_->store() + u"/handrail.sqlite"_qs));
        QCOMPARE(terminal_->say("verify").exit, 1);
        QCOMPARE(terminal_->say("resume").exit, 3);
        QCOMPARE(terminal_->say({u"accept-rollback"_qs, u"--reason"_qs, u"disk"_qs}).exit, 0);
        QCOMPARE(terminal_->say("resume").exit, 0);
        QCOMPARE(terminal_->say("verify").exit, 0);
        QCOMPARE(terminal_->say("runs").out.size(), std::size_t(1));
    }

    void the_retry_table_is_shown_with_what_a_definition_says_instead()
    {
        const QString path = terminal_->agent(u"order-status"_qs, [](Json& agent) { agent["tools"]["find_order"]["retry"]["on"] = {{"T503", "refused"}}; });
        const auto said = terminal_->say({u"check"_qs, path, u"--table"_qs});
        QCOMPARE(said.exit, 0);
        const auto& rows = said.out["rows"];
        QVERIFY(rows.size() > 40);
        QCOMPARE(text(rows.back()["condition"]), u"\"X000\""_qs);
        QCOMPARE(said.out["instead"].size(), std::size_t(1));
        QCOMPARE(text(said.out["instead"][0]["instead"]), u"\"no\""_qs);
        QCOMPARE(text(said.out["instead"][0]["table"]), u"\"retry\""_qs);
    }

    void with_serve_on_the_store_commands_go_through_it()
    {
        QProcess serve;
        serve.setProcessEnvironment(Terminal::environmentWith({}));
        serve.start(QStringLiteral(HANDRAIL_PROGRAM), {u"serve"_qs, u"--store"_qs, terminal_->store()});
        QVERIFY(serve.waitForReadyRead(10'000));
        QCOMPARE(terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})").exit, 10);
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QCOMPARE(terminal_->say("runs").out.size(), std::size_t(1));
        const auto second = terminal_->say("serve");
        QCOMPARE(second.exit, 3);
        QCOMPARE(text(second.error["code"]), u"\"R106\""_qs);
        QVERIFY(second.error["message"].get<std::string>().find("handrail serve (process ") != std::string::npos);
        serve.terminate();
        QVERIFY(serve.waitForFinished(10'000));
        QCOMPARE(serve.exitCode(), 0);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void a_run_that_waits_goes_on_when_another_command_decides()
    {
        QProcess waiting;
        waiting.setProcessEnvironment(Terminal::environmentWith({}));
        waiting.start(QStringLiteral(HANDRAIL_PROGRAM), {u"run"_qs, terminal_->agent(u"pay-invoice"_qs), u"--wait"_qs, u"--json"_qs,
                                                         u"--store"_qs, terminal_->store(), u"--input"_qs, u"{\"invoice_id\": \"INV-2001\"}"_qs});
        QVERIFY(waiting.waitForStarted());
        QTRY_VERIFY(!terminal_->handoff().isEmpty());
        QCOMPARE(waiting.state(), QProcess::Running);
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QVERIFY(waiting.waitForFinished(10'000));
        QCOMPARE(waiting.exitCode(), 0);
        QCOMPARE(text(Terminal::saidBy(waiting).out["state"]), u"\"completed\""_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void a_command_is_a_tool_too()
    {
        const QString path = dir_->filePath(u"say.json"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"handrail\": 1, \"name\": \"say\", \"version\": \"1\", \"tools\": {\"say\": {\"command\": [\"/bin/echo\", \"{text}\"], \"effect\": \"read\"}},"
                   "\"plan\": [{\"id\": \"a\", \"title\": \"Say it\", \"tool\": \"say\", \"with\": {\"text\": \"$(id) ${input.who}\"}}]}");
        file.close();
        const auto said = terminal_->run(path, "{\"who\": \"world\"}");
        QCOMPARE(said.exit, 0);
        QCOMPARE(text(said.out["result"]["text"]), u"\"$(id) world\\n\""_qs);
    }

    void a_decision_can_be_recorded_now_and_driven_later()
    {
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        QCOMPARE(decide({u"approve"_qs, u"--no-drive"_qs}).exit, 0);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        const auto resumed = terminal_->say("resume");
        QCOMPARE(resumed.exit, 0);
        QCOMPARE(resumed.out.size(), std::size_t(1));
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void a_store_of_rubbish_is_refused_and_left_alone()
    {
        QDir().mkpath(terminal_->store());
        QFile::setPermissions(terminal_->store(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile file(terminal_->store() + u"/handrail.sqlite"_qs);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.close();
        const auto said = terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        QCOMPARE(said.exit, 3);
        QCOMPARE(text(said.error["code"]), u"\"R103\""_qs);
        QCOMPARE(terminal_->say("inbox").exit, 3);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(4096, 'x'));
    }

    void an_audit_goes_into_a_new_file_and_a_broken_chain_is_its_exit()
    {
        QCOMPARE(terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})").exit, 10);
        QCOMPARE(decide({u"approve"_qs, u"--as"_qs, u"bob"_qs, u"--reason"_qs, u"checked"_qs}).exit, 0);
        const auto told = terminal_->say("audit");
        QCOMPARE(told.exit, 0);
        QCOMPARE(told.out["entries"].size(), std::size_t(1));
        QCOMPARE(text(told.out["entries"][0]["who"]), u"\"bob\""_qs);
        QCOMPARE(text(told.out["entries"][0]["shown"]["title"]), u"\"Pay 1,240.00 EUR to ACME GmbH?\""_qs);
        QCOMPARE(text(told.out["entries"][0]["shown"]["surface"]), u"\"command line\""_qs);
        QCOMPARE(terminal_->say("audit --until 2020-01-01").out["entries"].size(), std::size_t(0));
        QCOMPARE(terminal_->say("audit --since tomorrow").exit, 2);

        const QString file = dir_->path() + u"/audit.csv"_qs;
        const auto written = terminal_->say({u"audit"_qs, file});
        QCOMPARE(written.exit, 0);
        QCOMPARE(written.out["entries"].get<int>(), 1);
        QVERIFY((QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)) == 0);
        QCOMPARE(terminal_->say({u"audit"_qs, file}).exit, 2);
        QCOMPARE(terminal_->say({u"audit"_qs, dir_->path() + u"/audit.xls"_qs}).exit, 2);

        QProcess sqlite;
        sqlite.start(u"sqlite3"_qs, {terminal_->store() + u"/handrail.sqlite"_qs, u"UPDATE journal SET data = replace(data, 'bob', 'eve') WHERE event = 'decided'"_qs});
        QVERIFY(sqlite.waitForFinished() && sqlite.exitCode() == 0);
        const auto broken = terminal_->say("audit");
        QCOMPARE(broken.exit, 1);
        QVERIFY(broken.out["chain"]["ok"] == Json(false));
        QCOMPARE(terminal_->say({u"audit"_qs, dir_->path() + u"/audit.html"_qs}).exit, 1);
    }

    void a_store_from_yesterday_is_refused_until_a_person_accepts_it()
    {
        const QString anchor = dir_->path() + u"/anchor"_qs;
        const QString copy = dir_->path() + u"/copy"_qs;
        const QString store = terminal_->store() + u"/handrail.sqlite"_qs;
        const QString agent = terminal_->agent(u"order-status"_qs);
        const auto order = [&] { return terminal_->run(agent, R"({"order_id": "1042"})"); };
        QCOMPARE(order().exit, 0);
        QCOMPARE(terminal_->say("accept-rollback --reason early").exit, 2);
        QCOMPARE(terminal_->say({u"backup"_qs, copy}).exit, 0);
        QCOMPARE(order().exit, 0);
        QCOMPARE(terminal_->say({u"anchor"_qs, anchor}).exit, 0);
        QCOMPARE(terminal_->say({u"verify"_qs, u"--anchor"_qs, anchor}).exit, 0);

        for (const auto* rest : {"-wal", "-shm"}) QFile::remove(store + QString::fromLatin1(rest));
        QVERIFY(QFile::remove(store) && QFile::copy(copy, store));
        const auto refused = order();
        QCOMPARE(refused.exit, 3);
        QCOMPARE(text(refused.error["code"]), u"\"R103\""_qs);
        QCOMPARE(terminal_->say("verify").exit, 1);
        QCOMPARE(terminal_->say({u"accept-rollback"_qs, u"--as"_qs, u"bob"_qs, u"--reason"_qs, u"the disk died"_qs}).exit, 0);
        QCOMPARE(terminal_->say("verify").exit, 0);
        QCOMPARE(order().exit, 0);
        // Who accepted it stands in the audit; a head that was kept elsewhere still tells what was lost.
        const auto told = terminal_->say("audit");
        QCOMPARE(text(told.out["entries"][0]["act"]), u"\"accept_rollback\""_qs);
        QCOMPARE(text(told.out["entries"][0]["who"]), u"\"bob\""_qs);
        QCOMPARE(text(told.out["entries"][0]["reason"]), u"\"the disk died\""_qs);
        QCOMPARE(terminal_->say({u"verify"_qs, u"--anchor"_qs, anchor}).exit, 1);
    }
};

QTEST_GUILESS_MAIN(JourneyTest)
#include "journeytest.moc"
