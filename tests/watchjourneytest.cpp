#include <QTcpSocket>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/programs.h"
#include "tests/support/definitions.h"
#endif
#include "tests/support/byteserver.h"

using namespace handrailtest;

/// Log, figures, metrics and notifiers from a terminal, over the demo's shop.
class WatchJourneyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    std::unique_ptr<Terminal> terminal_;

    QString withHook(const QString& name, const ByteServer& hook)
    {
        return terminal_->agent(name, [&](Json& document) { document["notify"] = {{{"kind", "webhook"}, {"url", hook.url("/hook")}}}; });
    }

    /// What `run` says while a server of this test answers it.
    Said saidBeside(const QString& agent, const QString& input) const
    {
        QProcess process;
        process.setProcessEnvironment(Terminal::environmentWith({u"XDG_STATE_HOME="_qs + dir_->path() + u"/state"_qs}));
        process.start(QStringLiteral(HANDRAIL_PROGRAM), {u"run"_qs, agent, u"--input"_qs, input, u"--user"_qs, u"demo"_qs, u"--json"_qs, u"--store"_qs, terminal_->store()});
        (void)QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30'000);
        return Terminal::saidBy(process);
    }

    static QByteArray get(int port, const QByteArray& request)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
        if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; })) return "not connected";
        socket.write(request);
        (void)QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
        return socket.readAll();
    }

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

    void a_short_command_leaves_a_whole_log_behind()
    {
        const auto said = terminal_->say({u"run"_qs, terminal_->agent(u"order-status"_qs), u"--input"_qs, q(R"({"order_id": "1042"})"), u"--trace"_qs,
                                          u"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"_qs});
        QCOMPARE(said.exit, 0);
        const QString run = QString::fromStdString(said.out["id"].get<std::string>());
        const auto log = terminal_->say({u"log"_qs, u"--run"_qs, run});
        QCOMPARE(log.exit, 0);
        QCOMPARE(text(log.out.front()["event"]), u"\"run_started\""_qs);
        QCOMPARE(text(log.out.back()["event"]), u"\"run_ended\""_qs);
        for (const auto& line : log.out) QCOMPARE(text(line["trace_id"]), u"\"0af7651916cd43dd8448eb211c80319c\""_qs);
        QCOMPARE(text(terminal_->say({u"show"_qs, run}).out["trace_id"]), u"\"0af7651916cd43dd8448eb211c80319c\""_qs);
        QCOMPARE(terminal_->say({u"log"_qs, u"--search"_qs, u"nothing like it"_qs}).out.size(), std::size_t(0));
        QCOMPARE(terminal_->say({u"log"_qs, u"--since"_qs, u"soon"_qs}).exit, 2);
    }

    void a_run_is_drilled_with_failures_on_purpose_that_say_so_and_leave_the_service_alone()
    {
        const QString faults = q(R"({"find_order": {"rate": 1, "kinds": ["http_500"], "seed": 3}})");
        const auto drill = [&](const char* environment) {
            const QString path = terminal_->agent(u"order-status"_qs, [&](Json& document) {
                document["environment"] = environment;
                document["tools"]["find_order"]["retry"] = {{"attempts", 2}, {"base_s", 0.01}};
            });
            return terminal_->say({u"run"_qs, path, u"--input"_qs, q(R"({"order_id": "1042"})"), u"--inject"_qs, faults});
        };
        const auto refused = drill("production");
        QCOMPARE(refused.exit, 2);
        QCOMPARE(text(refused.error["code"]), u"\"U102\""_qs);
        QCOMPARE(drill("staging").exit, 11);
        const auto failing = terminal_->say({u"show"_qs, terminal_->handoff()}).out["failing"];
        QCOMPARE(text(failing["code"]), u"\"T500\""_qs);
        QCOMPARE(failing["attempts"].size(), std::size_t(2));
        for (const auto& attempt : failing["attempts"]) QCOMPARE(text(attempt["injected"]), u"true"_qs);
    }

    void what_access_was_refused_stands_in_the_log_of_security()
    {
        ByteServer service(ByteServer::Cut::None, whole("{}", "403 Forbidden"));
        const auto said = saidBeside(terminal_->agent(u"order-status"_qs, [&](Json& document) { document["servers"]["shop"]["url"] = service.url(""); }),
                                     q(R"({"order_id": "1042"})"));
        QCOMPARE(said.exit, 11);
        const auto log = terminal_->say({u"log"_qs, u"--security"_qs});
        QCOMPARE(log.out.size(), std::size_t(1));
        QCOMPARE(text(log.out[0]["error_type"]), u"\"T403\""_qs);
        QCOMPARE(text(log.out[0]["user_id"]), u"\"demo\""_qs);
    }

    void a_trace_that_is_none_is_a_mistake_of_use()
    {
        const auto said = terminal_->say({u"run"_qs, terminal_->agent(u"order-status"_qs), u"--input"_qs, q(R"({"order_id": "1042"})"), u"--trace"_qs, u"abc"_qs});
        QCOMPARE(said.exit, 2);
        QCOMPARE(text(said.error["code"]), u"\"U102\""_qs);
    }

    void a_short_command_waits_until_its_ticket_was_told()
    {
        ByteServer hook(ByteServer::Cut::None, whole("ok"));
        QCOMPARE(saidBeside(withHook(u"pay-invoice"_qs, hook), q(R"({"invoice_id": "INV-2001"})")).exit, 10);
        QCOMPARE(hook.requests.size(), 1);
        QVERIFY(hook.requests[0].contains("Pay 1,240.00 EUR to ACME GmbH?"));
        const auto stats = terminal_->say("stats");
        QCOMPARE(stats.out["notifiers"][0]["sent"].get<int>(), 1);
        QCOMPARE(stats.out["handoffs"][0]["asked"].get<int>(), 1);
        QCOMPARE(stats.out["open"]["approval"].get<int>(), 1);
    }

    void the_figures_are_there_from_a_terminal()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        const auto stats = terminal_->say({u"stats"_qs, u"--range"_qs, u"7d"_qs});
        QCOMPARE(stats.exit, 0);
        QCOMPARE(stats.out["runs"]["started"].get<int>(), 2);
        QVERIFY(stats.out["tools"][0]["error_rate"].get<double>() > 0);
        QVERIFY(!stats.out["error_types"].empty());
        const auto metrics = terminal_->say("metrics");
        QVERIFY(metrics.out["text"].get<std::string>().find("# TYPE handrail_tool_errors_total counter\n") != std::string::npos);
        QCOMPARE(terminal_->say({u"stats"_qs, u"--range"_qs, u"often"_qs}).exit, 2);
    }

    void serve_hands_the_figures_out_on_loopback_alone()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        QProcess serve;
        serve.start(QStringLiteral(HANDRAIL_PROGRAM), {u"serve"_qs, u"--metrics"_qs, u"0"_qs, u"--json"_qs, u"--store"_qs, terminal_->store()});
        QVERIFY(QTest::qWaitFor([&] { return serve.canReadLine(); }, 20'000));
        const auto announced = handrail::parseJson(serve.readLine().toStdString());
        const QString address = QString::fromStdString(handrail::textOf(*announced, "metrics"));
        QVERIFY2(address.startsWith(u"http://127.0.0.1:"_qs), qPrintable(address));
        const int port = address.section(u':', 2).section(u'/', 0, 0).toInt();
        const QByteArray good = get(port, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY2(good.startsWith("HTTP/1.1 200 OK\r\n"), good.constData());
        QVERIFY(good.contains("handrail_runs_started_total{agent=\"order-status\"} 1\n"));
        QVERIFY(get(port, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        QVERIFY(get(port, "POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 405"));
        QVERIFY(get(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 404"));
        QVERIFY(get(port, "nonsense\r\n\r\n").startsWith("HTTP/1.1 400"));
        QVERIFY(get(port, "GET /metrics HTTP/1.1\r\nX: " + QByteArray(20'000, 'x')).startsWith("HTTP/1.1 431"));
        serve.terminate();
        QVERIFY(serve.waitForFinished(20'000));
        QCOMPARE(serve.exitCode(), 0);
    }

    void notifiers_can_be_tried_without_a_store()
    {
        ByteServer hook(ByteServer::Cut::None, whole("ok"));
        QProcess process;
        process.start(QStringLiteral(HANDRAIL_PROGRAM), {u"notify"_qs, u"--test"_qs, withHook(u"pay-invoice"_qs, hook), u"--json"_qs, u"--store"_qs, terminal_->store()});
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(hook.requests.size(), 1);
        QVERIFY(hook.requests[0].contains("This is a test"));
        QVERIFY(!QFile::exists(terminal_->store()));
    }
};

QTEST_GUILESS_MAIN(WatchJourneyTest)
#include "watchjourneytest.moc"
