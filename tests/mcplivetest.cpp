#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/mcpstage.h"
#include "tests/support/npm.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Sessions with servers that others wrote, as they come from npm (tests/mcp/package.json).
class McpLiveTest : public QObject {
    Q_OBJECT

    static QString package(const char* name) { return npmPackages() + u"@modelcontextprotocol/"_qs + QString::fromLatin1(name) + u"/dist/index.js"_qs; }
    static QString started(const QStringList& arguments)
    {
        return commandServer(QStringList{npmNode()} + arguments);
    }
    /// An agent with one tool at a server, and one attempt on it.
    struct Desk {
        explicit Desk(const QString& server, const char* tool, const QString& more = {})
        {
            const QString name = QString::fromLatin1(tool);
            const auto parsed = parseDefinition(mcpAgent(server, toolAt(name, more), step(QStringLiteral("a"), QStringLiteral("t"))).toStdString());
            for (const auto& mistake : parsed.mistakes) qWarning("%s %s", mistake.where.c_str(), mistake.message.c_str());
            sessions.definition = parsed.definition;
        }
        Json made(Json params = Json::object(), Millis limit = 20'000) { return sessions.made("t", std::move(params), limit); }
        Sessions sessions{QStringLiteral("{\"kind\": \"mcp\", \"command\": [\"/nowhere\"]}")};
    };
    static std::string text(const Json& answered) { return textOf(answered.value("result", Json::object()), "text"); }
    static int freePort()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return server.serverPort();
    }

private slots:
    void initTestCase() { needNpm(); }

    void the_everything_server_over_its_transports_data()
    {
        QTest::addColumn<QString>("transport");
        QTest::newRow("stdio") << u"stdio"_qs;
        QTest::newRow("streamable HTTP") << u"streamableHttp"_qs;
        QTest::newRow("HTTP and SSE") << u"sse"_qs;
    }
    void the_everything_server_over_its_transports()
    {
        QFETCH(QString, transport);
        QProcess process;
        QString server = started({package("server-everything"), transport});
        if (transport != u"stdio") {
            const int port = freePort();
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"PORT"_qs, QString::number(port));
            process.setProcessEnvironment(environment);
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(npmNode(), {package("server-everything"), transport});
            QByteArray said;
            QVERIFY(QTest::qWaitFor([&] { return (said += process.readAll()).contains(QByteArray::number(port)); }, 20'000));
            server = webServer(u"http://127.0.0.1:%1/%2"_qs.arg(QString::number(port), transport == u"sse" ? u"sse"_qs : u"mcp"_qs));
        }
        QCOMPARE(text(Desk(server, "echo").made({{"message", "hello"}})), std::string("Echo: hello"));
        const auto sum = Desk(server, "get-sum").made({{"a", 2}, {"b", 3}});
        QVERIFY2(text(sum).find('5') != std::string::npos, dump(sum).c_str());
        QCOMPARE(textOf(Desk(server, "get-structured-content").made({{"location", "New York"}})["result"], "conditions"), std::string("Cloudy"));
        QCOMPARE(textOf(Desk(server, "get-sum").made({{"a", "two"}}), "code"), std::string("T606"));
        QCOMPARE(textOf(Desk(server, "no-such-tool").made(), "code"), std::string("T608"));
        Desk slow(server, "trigger-long-running-operation");
        const auto late = slow.made({{"duration", 30}, {"steps", 30}}, 3'000);
        QCOMPARE(textOf(late, "code"), std::string("T109"));
        QCOMPARE(textOf(late, "phase"), std::string("maybe_sent"));
        process.kill();
        process.waitForFinished();
    }

    void the_filesystem_server()
    {
        QTemporaryDir inbox;
        QFile file(inbox.filePath(u"note.txt"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("remember");
        file.close();
        const QString server = started({package("server-filesystem"), inbox.path()});
        const auto list = Desk(server, "list_directory").made({{"path", inbox.path().toStdString()}});
        QVERIFY2(dump(list).find("[FILE] note.txt") != std::string::npos, dump(list).c_str());
        QVERIFY(dump(Desk(server, "read_text_file").made({{"path", file.fileName().toStdString()}})).find("remember") != std::string::npos);
        QCOMPARE(textOf(Desk(server, "read_text_file").made({{"path", "/etc/passwd"}}), "code"), std::string("T606"));
    }

    void the_memory_server()
    {
        // It keeps its graph beside its own program, so it is only asked here.
        const auto graph = Desk(started({package("server-memory")}), "read_graph", q(R"(, "result": {"type": "object", "required": ["entities"]})")).made();
        QCOMPARE(textOf(graph, "code"), std::string());
        QVERIFY(graph["result"]["entities"].is_array());
    }

    void a_server_of_the_newest_era()
    {
        const QString server = started({QStringLiteral(MCP_FOLDER) + u"/modernserver.mjs"_qs});
        QCOMPARE(dump(Desk(server, "add").made({{"a", 1}, {"b", 2}})["result"]), std::string("{\"sum\":3}"));
        const auto failed = Desk(server, "fail").made();
        QCOMPARE(textOf(failed, "code"), std::string("T606"));
        QVERIFY(textOf(failed, "message").find("No luck.") != std::string::npos);
        Desk asking(server, "ask");
        const auto asked = asking.made();
        QVERIFY2(textOf(asked, "message").find("Which colour?") != std::string::npos, dump(asked).c_str());
        auto again = asking.sessions.invocation("t");
        again.asked = asked["asks"];
        again.guidance = "blue";
        QCOMPARE(text(asking.sessions.made(again)), std::string("blue, as asked before"));
    }
};

QTEST_GUILESS_MAIN(McpLiveTest)
#include "mcplivetest.moc"
