#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/mcpstage.h"
#endif
#include "agentcore/wire/sse.h"
#include "tests/support/webserver.h"

using namespace handrail;
using namespace handrailtest;

/// Sessions with a server over HTTP: what is sent, once, and what is made of what comes back.
class McpHttpTest : public QObject {
    Q_OBJECT

    static QString code(const Json& answered) { return QString::fromStdString(textOf(answered, "code")); }
    static QString phase(const Json& answered) { return QString::fromStdString(textOf(answered, "phase")); }
    static QString text(const Json& answered) { return QString::fromStdString(textOf(answered.value("result", Json::object()), "text")); }

    static Json reply(const WebRequest& to, const Json& result) { return {{"jsonrpc", "2.0"}, {"id", to.message()["id"]}, {"result", result}}; }
    static Json said(const char* words) { return {{"content", {{{"type", "text"}, {"text", words}}}}}; }
    static void send(QTcpSocket& socket, const QByteArray& bytes)
    {
        socket.write(bytes);
        socket.disconnectFromHost();
    }

    /// Everything but tools/call, as a server of one era says it.
    static bool usual(const WebRequest& request, QTcpSocket& socket, bool isModern)
    {
        const std::string method = request.method();
        const QByteArray session = isModern ? QByteArray() : QByteArray("Mcp-Session-Id: s-1\r\n");
        if (method == "tools/call") return false;
        if (method == "server/discover" && isModern) send(socket, WebServer::json(reply(request, {{"supportedVersions", {"2026-07-28"}}})));
        else if (method == "server/discover") send(socket, WebServer::whole("400 Bad Request", "Bad Request: no session"));
        else if (method == "initialize") send(socket, WebServer::json(reply(request, {{"protocolVersion", "2025-06-18"}, {"capabilities", Json::object()}}), session));
        else if (method == "tools/list") {
            send(socket, WebServer::json(reply(request, {{"ttlMs", 60'000}, {"tools", {{{"name", "echo"}, {"inputSchema", {{"properties", {{"text", {{"type", "string"}, {"x-mcp-header", "Text"}}}}}}}}}}})));
        } else if (request.line.startsWith("GET")) send(socket, WebServer::whole("405 Method Not Allowed", ""));
        else send(socket, WebServer::whole("202 Accepted", ""));
        return true;
    }

    /// A server of one era whose calls are answered so.
    static WebServer::Answer answering(bool isModern, std::function<QByteArray(const WebRequest&)> call)
    {
        return [isModern, call](const WebRequest& request, QTcpSocket& socket) {
            if (!usual(request, socket, isModern)) send(socket, call(request));
        };
    }

private slots:
    void the_newest_era_tells_everything_with_each_request()
    {
        WebServer web(answering(true, [](const WebRequest& request) { return WebServer::json(reply(request, said("hello"))); }));
        Sessions sessions(webServer(web.url()));
        QCOMPARE(text(sessions.made("echo", {{"text", "\u00e4"}})), u"hello"_qs);
        QCOMPARE(text(sessions.made("echo", {{"text", "b"}})), u"hello"_qs);
        QCOMPARE(web.requests.size(), 4);
        for (const auto& request : web.requests) {
            QCOMPARE(request.headers["mcp-protocol-version"], QByteArray("2026-07-28"));
            QCOMPARE(request.headers["mcp-method"].toStdString(), request.method());
            QVERIFY(request.message()["params"]["_meta"].contains("io.modelcontextprotocol/clientCapabilities"));
        }
        QCOMPARE(web.requests[2].headers["mcp-name"], QByteArray("echo"));
        QCOMPARE(web.requests[2].headers["mcp-param-text"], QByteArray("=?base64?w6Q=?="));
        QCOMPARE(web.requests[3].headers["mcp-param-text"], QByteArray("b"));
    }

    void an_older_server_gives_a_session_that_is_kept()
    {
        WebServer web(answering(false, [](const WebRequest& request) { return WebServer::json(reply(request, said("hello"))); }));
        Sessions sessions(webServer(web.url()));
        QCOMPARE(text(sessions.made("echo")), u"hello"_qs);
        QCOMPARE(text(sessions.made("echo")), u"hello"_qs);
        QCOMPARE(web.count("initialize"), 1);
        QCOMPARE(web.count("notifications/initialized"), 1);
        const auto& last = web.requests.last().headers;
        QCOMPARE(last["mcp-session-id"], QByteArray("s-1"));
        QCOMPARE(last["mcp-protocol-version"], QByteArray("2025-06-18"));
        QVERIFY(!last.contains("mcp-method"));
    }

    void a_forgotten_session_is_opened_anew_for_the_next_call()
    {
        int calls = 0;
        WebServer web(answering(false, [&](const WebRequest& request) {
            return ++calls == 1 ? WebServer::whole("404 Not Found", "") : WebServer::json(reply(request, said("hello")));
        }));
        Sessions sessions(webServer(web.url()));
        const auto first = sessions.made("echo");
        QCOMPARE(code(first), u"T425"_qs);
        QCOMPARE(phase(first), u"answered"_qs);
        QCOMPARE(text(sessions.made("echo")), u"hello"_qs);
        QCOMPARE(web.count("initialize"), 2);
        QCOMPARE(calls, 2);
    }

    void every_end_of_a_call_is_told_and_nothing_is_sent_twice_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("phase");
        QTest::addColumn<QString>("code");
        QTest::newRow("cut before the reply") << QByteArray() << u"maybe_sent"_qs << u"T108"_qs;
        QTest::newRow("cut in the stream") << WebServer::stream("data: \n\n") << u"maybe_sent"_qs << u"T110"_qs;
        QTest::newRow("another's answer") << WebServer::json({{"jsonrpc", "2.0"}, {"id", 77}, {"result", Json::object()}}) << u"maybe_sent"_qs << u"T609"_qs;
        QTest::newRow("no message") << WebServer::whole("200 OK", "<html>") << u"maybe_sent"_qs << u"T609"_qs;
        QTest::newRow("elsewhere") << WebServer::whole("307 Temporary Redirect", "", "Location: /other\r\n") << u"maybe_sent"_qs << u"T112"_qs;
        QTest::newRow("not allowed") << WebServer::whole("403 Forbidden", "") << u"answered"_qs << u"T403"_qs;
        QTest::newRow("out of order") << WebServer::whole("503 Service Unavailable", "") << u"answered"_qs << u"T503"_qs;
    }
    void every_end_of_a_call_is_told_and_nothing_is_sent_twice()
    {
        QFETCH(QByteArray, reply);
        WebServer web(answering(true, [&](const WebRequest&) { return reply; }));
        Sessions sessions(webServer(web.url()));
        const auto answered = sessions.made("echo");
        QTEST(phase(answered), "phase");
        QTEST(code(answered), "code");
        QCOMPARE(web.count("tools/call"), 1);
    }

    void what_never_left_is_not_sent_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("code");
        QTest::newRow("nobody listens") << u"http://127.0.0.1:1/mcp"_qs << u", \"allow_private\": true"_qs << u"T103"_qs;
        QTest::newRow("a private address") << u"http://127.0.0.1:1/mcp"_qs << u""_qs << u"U107"_qs;
    }
    void what_never_left_is_not_sent()
    {
        QFETCH(QString, url);
        QFETCH(QString, more);
        Sessions sessions(webServer(url, more));
        const auto answered = sessions.made("echo");
        QCOMPARE(phase(answered), u"not_sent"_qs);
        QTEST(code(answered), "code");
    }

    void a_silent_server_is_given_up_by_closing_the_connection()
    {
        int closed = 0;
        WebServer web([&](const WebRequest& request, QTcpSocket& socket) {
            if (!usual(request, socket, true)) connect(&socket, &QTcpSocket::disconnected, &socket, [&] { ++closed; });
        });
        Sessions sessions(webServer(web.url()));
        const auto answered = sessions.made("echo", Json::object(), 1500);
        QCOMPARE(phase(answered), u"maybe_sent"_qs);
        QCOMPARE(code(answered), u"T109"_qs);
        QTRY_COMPARE(closed, 1);
        QCOMPARE(web.count("tools/call"), 1);
    }

    void no_other_failure_turns_a_call_under_way_into_one_that_was_not_sent()
    {
        WebServer web([&](const WebRequest& request, QTcpSocket& socket) {
            // A list that is out of date at once, so that the next call asks for it again.
            if (request.method() == "tools/list") return send(socket, WebServer::json(reply(request, {{"tools", {{{"name", "echo"}}}}})));
            (void)usual(request, socket, true);
        });
        Sessions sessions(webServer(web.url()));
        act::Attempt first(sessions.invocation("echo"), sessions.definition, nullptr);
        std::optional<wire::Reply> ended;
        connect(&first, &act::Attempt::finished, &first, [&](const wire::Reply& said) { ended = said; });
        first.start(*sessions.wire, *sessions.servers);
        QTRY_COMPARE(web.count("tools/call"), 1);
        web.close();
        const auto second = sessions.made("echo");
        QCOMPARE(code(second), u"T103"_qs);
        QCOMPARE(phase(second), u"not_sent"_qs);
        QTRY_VERIFY(ended.has_value());
        QCOMPARE(ended->code, std::string("T108"));
        QCOMPARE(ended->phase, wire::SendPhase::MaybeSent);
    }

    void a_stream_that_ends_early_is_asked_for_its_rest_and_the_call_is_not_sent_again()
    {
        Json id;
        WebServer web([&](const WebRequest& request, QTcpSocket& socket) {
            if (request.method() == "tools/call") {
                id = request.message()["id"];
                return send(socket, WebServer::stream("retry: 10\r\nid: e-7\r\ndata:\r\n\r\n"));
            }
            if (!request.headers.contains("last-event-id")) return void(usual(request, socket, false));
            const Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"result", said("the rest")}};
            send(socket, WebServer::stream(": a comment\r\n\r\ndata: " + QByteArray::fromStdString(dump(message)) + "\r\n\r\n"));
        });
        Sessions sessions(webServer(web.url()));
        QCOMPARE(text(sessions.made("echo")), u"the rest"_qs);
        QCOMPARE(web.count("tools/call"), 1);
        QCOMPARE(web.requests.last().headers["last-event-id"], QByteArray("e-7"));
    }

    void the_oldest_transport_is_the_last_resort_and_stays_on_its_own_server_data()
    {
        QTest::addColumn<QByteArray>("endpoint");
        QTest::addColumn<QString>("code");
        QTest::newRow("its own") << QByteArray("/messages?s=1") << QString();
        QTest::newRow("elsewhere") << QByteArray("http://127.0.0.2:1/messages") << u"T112"_qs;
    }
    void the_oldest_transport_is_the_last_resort_and_stays_on_its_own_server()
    {
        QFETCH(QByteArray, endpoint);
        QTcpSocket* events = nullptr;
        WebServer web([&](const WebRequest& request, QTcpSocket& socket) {
            if (request.line.startsWith("GET")) {
                events = &socket;
                return void(socket.write(WebServer::stream("event: endpoint\ndata: " + endpoint + "\n\n")));
            }
            if (request.line.startsWith("POST /mcp")) return send(socket, WebServer::whole("404 Not Found", ""));
            send(socket, WebServer::whole("202 Accepted", "Accepted"));
            Json result;
            if (request.method() == "initialize") result = {{"protocolVersion", "2024-11-05"}};
            if (request.method() == "tools/list") result = {{"tools", {{{"name", "echo"}}}}};
            if (request.method() == "tools/call") result = said("by the old way");
            if (!result.is_null()) events->write("event: message\ndata: " + QByteArray::fromStdString(dump(reply(request, result))) + "\n\n");
        });
        Sessions sessions(webServer(web.url()));
        const auto answered = sessions.made("echo");
        QTEST(code(answered), "code");
        if (code(answered).isEmpty()) QCOMPARE(text(answered), u"by the old way"_qs);
        else QCOMPARE(phase(answered), u"not_sent"_qs);
    }

    void a_secret_goes_with_each_request_and_into_no_journal()
    {
        qputenv("MCP_TEST_TOKEN", "tok-12345");
        WebServer web(answering(true, [](const WebRequest& request) { return WebServer::json(reply(request, said("you are tok-12345"))); }));
        Sessions sessions(webServer(web.url(), q(R"(, "allow_private": true, "headers": {"Authorization": "Bearer ${secret:env:MCP_TEST_TOKEN}"})")));
        QCOMPARE(text(sessions.made("echo")), u"you are [secret:MCP_TEST_TOKEN]"_qs);
        for (const auto& request : web.requests) QCOMPARE(request.headers["authorization"], QByteArray("Bearer tok-12345"));
    }

    void an_event_stream_is_read_alike_however_it_is_cut()
    {
        const std::string bytes = "\xEF\xBB\xBF: hello\r\nid: 1\r\ndata: a\r\ndata: b\r\n\r\ndata\n\nevent: x\rdata:c\r\rretry: 250\nretry: no\nid: 2\n\ndata: cut off";
        const auto read = [](const std::vector<std::string>& pieces) {
            wire::SseReader reader;
            QStringList heard;
            for (const auto& piece : pieces) {
                reader.read(piece, [&](const wire::SseEvent& event) { heard.append(QString::fromStdString(event.type + "|" + event.data + "|" + event.id)); });
            }
            heard.append(QString::number(reader.retry().value_or(-1)));
            return heard;
        };
        const QStringList expected{u"message|a\nb|1"_qs, u"message||1"_qs, u"x|c|1"_qs, u"message||2"_qs, u"250"_qs};
        QCOMPARE(read({bytes}), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) QCOMPARE(read({bytes.substr(0, cut), bytes.substr(cut)}), expected);
        wire::SseReader small(16);
        QVERIFY(!small.read("data: " + std::string(20, 'x'), [](const wire::SseEvent&) {}));
    }
};

QTEST_GUILESS_MAIN(McpHttpTest)
#include "mcphttptest.moc"
