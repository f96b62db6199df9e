#include <csignal>

#include <QTemporaryDir>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/garbler.h"
#include "tests/support/mcpstage.h"
#endif

#include "agentcore/tools/mcpsession.h"

using namespace handrail;
using namespace handrailtest;

/// Sessions with a server on this machine that has the bad habits of real ones.
class McpTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    QString log() const { return dir_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QString::fromLatin1(QTest::currentDataTag()).remove(u' ')); }
    static QString code(const Json& answered) { return QString::fromStdString(textOf(answered, "code")); }
    static QString phase(const Json& answered) { return QString::fromStdString(textOf(answered, "phase")); }
    static QString text(const Json& answered) { return QString::fromStdString(textOf(answered.value("result", Json::object()), "text")); }
    static pid_t serverIn(const QString& log) { return linesOf(log).filter(u"pid "_qs).last().mid(4).toInt(); }

private slots:
    void a_tool_is_called_in_either_era_data()
    {
        QTest::addColumn<QString>("habits");
        QTest::newRow("newest") << u"modern"_qs;
        QTest::newRow("2025") << u""_qs;
        QTest::newRow("2024") << u"2024"_qs;
        QTest::newRow("dies of the newer question") << u"dies_on_discover"_qs;
        QTest::newRow("does not answer the newer question") << u"silent_on_discover"_qs;
        QTest::newRow("newest, and slow to begin") << u"modern slow_on_discover"_qs;
        QTest::newRow("five changes before each answer") << u"changes_early"_qs;
    }
    void a_tool_is_called_in_either_era()
    {
        QFETCH(QString, habits);
        Sessions sessions(fakeServer(log(), habits));
        QCOMPARE(text(sessions.made("echo", {{"text", "a"}})), u"a/1"_qs);
        QCOMPARE(text(sessions.made("echo", {{"text", "b"}})), u"b/2"_qs);
        QCOMPARE(told(log(), u"tools/call"_qs), 2);
        // The first list is believed until the server says that it changed; the newest era says how long.
        if (habits.isEmpty()) QCOMPARE(told(log(), u"tools/list"_qs), 2);
    }

    void a_server_of_the_newest_era_is_asked_to_tell_of_changes_data()
    {
        QTest::addColumn<QString>("habits");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("pages");
        // Each list has two pages; one that is believed for minutes is read again only when it is told to have changed.
        QTest::newRow("it tells") << u"modern believes listens"_qs << 1 << 4;
        QTest::newRow("it tells nothing") << u"modern believes"_qs << 0 << 2;
        QTest::newRow("it stops telling") << u"modern believes listens stops_telling"_qs << 1 << 4;
    }
    void a_server_of_the_newest_era_is_asked_to_tell_of_changes()
    {
        QFETCH(QString, habits);
        Sessions sessions(fakeServer(log(), habits));
        QCOMPARE(text(sessions.made("echo", {{"text", "a"}})), u"a/1"_qs);
        QCOMPARE(text(sessions.made("grow")), u"changed"_qs);
        QCOMPARE(text(sessions.made("echo", {{"text", "b"}})), u"b/3"_qs);
        QTEST(told(log(), u"subscriptions/listen"_qs), "asked");
        QTEST(told(log(), u"tools/list"_qs), "pages");
    }

    /// What the reference servers from npm said when they were recorded (tests/mcp/record.py), without them.
    void what_servers_of_others_said_is_understood_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* server, const char* tool, const char* arguments, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(server) << QString::fromLatin1(tool) << QString::fromLatin1(arguments) << QString::fromLatin1(expected);
        };
        row("everything, a text", "everything", "echo", R"({"message": "hello"})", "Echo: hello");
        row("everything, a sum", "everything", "get-sum", R"({"a": 2, "b": 3})", "5");
        row("everything, structured", "everything", "get-structured-content", R"({"location": "New York"})", "Cloudy");
        row("everything, of the wrong kind", "everything", "get-sum", R"({"a": "two"})", "T606");
        row("everything, no such tool", "everything", "no-such-tool", "{}", "T608");
        row("filesystem, a folder", "filesystem", "list_directory", R"({"path": "/srv/inbox"})", "[FILE] note.txt");
        row("filesystem, a file", "filesystem", "read_text_file", R"({"path": "/srv/inbox/note.txt"})", "remember");
        row("filesystem, out of bounds", "filesystem", "read_text_file", R"({"path": "/etc/passwd"})", "T606");
        row("memory, an empty graph", "memory", "read_graph", "{}", R"("entities":[])");
        row("memory, new entities", "memory", "create_entities",
            R"({"entities": [{"name": "ACME GmbH", "entityType": "buyer", "observations": ["pays late"]}]})", "pays late");
    }
    void what_servers_of_others_said_is_understood()
    {
        QFETCH(QString, server);
        QFETCH(QString, tool);
        QFETCH(QString, arguments);
        QFETCH(QString, expected);
        const QString fixture = QStringLiteral(MCP_FOLDER "/recorded/") + server + QStringLiteral(".txt");
        QVERIFY(QFile::exists(fixture));
        Sessions sessions(fakeServer(log()));
        const QString player = commandServer({u"/usr/bin/python3"_qs, QStringLiteral(MCP_FOLDER "/play.py"), fixture});
        sessions.definition = parseDefinition(mcpAgent(player, toolAt(tool), step(u"a"_qs, u"t"_qs)).toStdString()).definition;
        const Json answered = sessions.made("t", parseJson(arguments.toStdString()).take());
        if (expected.startsWith(u"T6"_qs)) QCOMPARE(code(answered), expected);
        else QVERIFY2(code(answered).isEmpty() && dump(answered["result"]).find(expected.toStdString()) != std::string::npos, dump(answered).c_str());
    }

    void every_end_tells_how_far_the_call_got_data()
    {
        QTest::addColumn<QString>("habits");
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("phase");
        QTest::addColumn<QString>("code");
        const QString not_sent = u"not_sent"_qs, maybe = u"maybe_sent"_qs, answered = u"answered"_qs;
        QTest::newRow("no answer") << u""_qs << u"slow"_qs << maybe << u"T109"_qs;
        QTest::newRow("the process dies") << u""_qs << u"die"_qs << maybe << u"T610"_qs;
        QTest::newRow("a malformed line") << u""_qs << u"junk"_qs << maybe << u"T609"_qs;
        QTest::newRow("a line without end") << u""_qs << u"endless"_qs << maybe << u"T111"_qs;
        QTest::newRow("nested without end") << u""_qs << u"nest"_qs << maybe << u"T111"_qs;
        QTest::newRow("a result of an unknown kind") << u""_qs << u"kind"_qs << maybe << u"T609"_qs;
        QTest::newRow("an error of the tool") << u""_qs << u"fails"_qs << answered << u"T606"_qs;
        QTest::newRow("an error of the server") << u""_qs << u"internal"_qs << answered << u"T500"_qs;
        QTest::newRow("no such tool") << u""_qs << u"none"_qs << not_sent << u"T608"_qs;
        QTest::newRow("no such tool in the newest era") << u"modern"_qs << u"none"_qs << not_sent << u"T608"_qs;
        QTest::newRow("a version of the future") << u"unknown_version"_qs << u"echo"_qs << not_sent << u"T609"_qs;
        QTest::newRow("a list without end") << u"no_end"_qs << u"echo"_qs << not_sent << u"T609"_qs;
    }
    void every_end_tells_how_far_the_call_got()
    {
        QFETCH(QString, habits);
        QFETCH(QString, tool);
        Sessions sessions(fakeServer(log(), habits));
        const auto answered = sessions.made(tool.toLatin1().constData(), Json::object(), tool == u"slow" ? 1500 : 60'000);
        QTEST(phase(answered), "phase");
        QTEST(code(answered), "code");
        QCOMPARE(told(log(), u"tools/call"_qs), phase(answered) == u"not_sent" ? 0 : 1);
        QVERIFY(!textOf(answered, "message").empty());
        // Whatever it was, the next call finds a server, started anew where the old one is gone.
        if (habits.isEmpty()) QVERIFY(text(sessions.made("echo", {{"text", "x"}})).startsWith(u"x/"));
        QCOMPARE(told(log(), u"\"%1\""_qs.arg(tool)), phase(answered) == u"not_sent" ? 0 : 1);
    }

    void a_program_that_is_not_there_was_not_spoken_to()
    {
        Sessions sessions(q(R"({"kind": "mcp", "command": ["/nowhere/at/all"]})"));
        const auto answered = sessions.made("echo");
        QCOMPARE(phase(answered), u"not_sent"_qs);
        QCOMPARE(code(answered), u"T610"_qs);
    }

    void the_last_words_and_the_progress_are_told()
    {
        Sessions sessions(fakeServer(log()));
        QVERIFY(textOf(sessions.made("slow", Json::object(), 1500), "note").find("3 of 10") != std::string::npos);
        QVERIFY(textOf(sessions.made("die"), "note").find("Segmentation fault") != std::string::npos);
    }

    void what_is_given_up_is_cancelled_and_its_late_answer_is_nobodys()
    {
        Sessions sessions(fakeServer(log()));
        QCOMPARE(code(sessions.made("late", Json::object(), 1500)), u"T109"_qs);
        QCOMPARE(text(sessions.made("echo", {{"text", "x"}})), u"x/2"_qs);
        QCOMPARE(told(log(), u"notifications/cancelled"_qs), 1);
        {
            act::Attempt attempt(sessions.invocation("slow"), sessions.definition, nullptr);
            attempt.start(*sessions.wire, *sessions.servers);
            QTRY_COMPARE(told(log(), u"\"slow\""_qs), 1);
        }
        QTRY_COMPARE(told(log(), u"notifications/cancelled"_qs), 2);
    }

    void a_question_of_the_server_is_told_from_an_answer_by_its_method()
    {
        Sessions sessions(fakeServer(log()));
        QCOMPARE(text(sessions.made("same_id")), u"answered"_qs);
        QTRY_COMPARE(told(log(), u"\"result\":{}"_qs), 1);
    }

    void a_changed_definition_stops_the_call_before_it_is_sent()
    {
        Sessions sessions(fakeServer(log()));
        const auto first = sessions.made("grow");
        QCOMPARE(code(first), QString());
        auto again = sessions.invocation("grow");
        again.pinned = first["told"];
        const auto answered = sessions.made(again);
        QCOMPARE(code(answered), u"T607"_qs);
        QCOMPARE(phase(answered), u"not_sent"_qs);
        QVERIFY(textOf(answered, "message").find("its description") != std::string::npos);
        QCOMPARE(told(log(), u"\"grow\""_qs), 1);
        again.pinned = answered["told"];
        QCOMPARE(code(sessions.made(again)), QString());
    }

    void a_tool_that_vanished_is_gone()
    {
        Sessions sessions(fakeServer(log()));
        QCOMPARE(code(sessions.made("vanish")), QString());
        QCOMPARE(code(sessions.made("vanish")), u"T608"_qs);
        QCOMPARE(told(log(), u"\"vanish\""_qs), 1);
    }

    void a_look_calls_nothing_and_tells_the_definition()
    {
        Sessions sessions(fakeServer(log()));
        auto look = sessions.invocation("grow");
        look.looks = true;
        const auto answered = sessions.made(look);
        QCOMPARE(code(answered), QString());
        QCOMPARE(textOf(answered, "pin").size(), std::size_t(64));
        QCOMPARE(textOf(answered["told"]["definition"], "description"), std::string("Says it again."));
        QCOMPARE(told(log(), u"tools/call"_qs), 0);
    }

    void a_question_becomes_one_for_a_person_and_is_answered_next_time_data()
    {
        QTest::addColumn<QString>("habits");
        QTest::addColumn<QString>("answer");
        QTest::newRow("newest") << u"modern"_qs << u"red s 1\n\u00e4"_qs;
        QTest::newRow("2025") << u""_qs << u"red"_qs;
    }
    void a_question_becomes_one_for_a_person_and_is_answered_next_time()
    {
        QFETCH(QString, habits);
        Sessions sessions(fakeServer(log(), habits));
        const auto asked = sessions.made("ask");
        QCOMPARE(code(asked), u"T606"_qs);
        QVERIFY2(textOf(asked, "message").find("Which colour?\" It wants: colour (string).") != std::string::npos, textOf(asked, "message").c_str());
        auto again = sessions.invocation("ask");
        again.asked = asked["asks"];
        again.guidance = "red";
        QTEST(text(sessions.made(again)), "answer");
        // What does not fit the form answers nothing.
        again.guidance = "{\"colour\": 7}";
        QCOMPARE(code(sessions.made(again)), u"T606"_qs);
    }

    void whatever_bytes_come_they_are_read_or_refused()
    {
        const std::vector<std::string> seeds{
            R"({"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","inputSchema":{"properties":{"x":{"type":"string","x-mcp-header":"X"}}},"annotations":{"readOnlyHint":false}}],"nextCursor":"n"}})",
            R"([{"jsonrpc":"2.0","id":"s","method":"elicitation/create","params":{"message":"m","requestedSchema":{"type":"object","properties":{"c":{"type":"string","default":"d"}}}}}])",
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"ä"}})"};
        std::uint64_t state = 42;
        const auto draw = [&](std::size_t below) { return static_cast<std::size_t>((state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 33) % below; };
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 4'000; ++i) {
            std::string text = seeds[draw(seeds.size())];
            for (std::size_t n = draw(6); n > 0; --n) {
                const std::size_t at = draw(text.size());
                if (draw(3) == 0) text.erase(at, 1 + draw(8));
                else if (draw(2) == 0) text.insert(at, text.substr(draw(text.size()), draw(20)));
                else text[at] = static_cast<char>(draw(256));
                if (text.empty()) text = "x";
            }
            const auto messages = tools::mcp::readMessages(text);
            ++(messages ? read : refused);
            for (const auto& message : messages ? *messages : std::vector<tools::mcp::Message>{}) {
                if (message.body.is_object()) (void)tools::mcp::readTools(message.body);
                (void)tools::mcp::answerTo(message.body, "{}");
            }
        }
        QVERIFY(read > 200 && refused > 200);
    }

    void a_server_that_says_wrong_things_anywhere_ends_calls_but_nothing_else()
    {
        GarblingWire liars;
        Sessions sessions(fakeServer(log()));
        tools::McpServers servers(liars, *sessions.clock);
        std::map<std::string, int> ends;
        for (int i = 0; i < 600; ++i) {
            auto invocation = sessions.invocation("echo", Json::object(), 20);
            if (i % 3 == 0) invocation.guidance = "blue";
            act::Attempt attempt(invocation, sessions.definition, nullptr);
            std::optional<wire::Reply> reply;
            connect(&attempt, &act::Attempt::finished, &attempt, [&](const wire::Reply& said) { reply = said; });
            attempt.start(liars, servers);
            QVERIFY(QTest::qWaitFor([&] { return reply.has_value(); }, 90'000));
            const Json answered = attempt.answered(*reply, 0);
            ++ends[textOf(answered, "code")];
            // What was not handed over says so, and nothing else claims it.
            QVERIFY(textOf(answered, "phase") != "maybe_sent" || textOf(answered, "code").starts_with("T1") || textOf(answered, "code").starts_with("T6"));
        }
        QVERIFY(ends.size() > 1 && ends.count("X000") == 0);
    }

    void a_result_is_its_structure_before_its_text()
    {
        Sessions plain(fakeServer(log()));
        QCOMPARE(dump(plain.made("structured")["result"]), std::string("{\"total\":7}"));
        Sessions typed(fakeServer(log()), q(R"(, "result": {"type": "object", "required": ["total"]})"));
        QCOMPARE(code(typed.made("structured")), QString());
        QCOMPARE(code(typed.made("echo", {{"text", "x"}})), u"T601"_qs);
    }

    void a_server_gets_nothing_of_our_environment_and_ends_with_its_whole_group()
    {
        qputenv("HANDRAIL_TEST_SECRET", "s3cret");
        Sessions sessions(fakeServer(log(), u"stays"_qs));
        QCOMPARE(text(sessions.made("echo", {{"text", "x"}})), u"x/1"_qs);
        const pid_t server = serverIn(log());
        QFile environment(u"/proc/%1/environ"_qs.arg(server));
        QVERIFY(environment.open(QIODevice::ReadOnly));
        QCOMPARE(environment.readAll().split('\0').size(), 3);
        QCOMPARE(::kill(-server, 0), 0);
        sessions.servers.reset();
        QTRY_VERIFY(::kill(-server, 0) != 0);
    }
};

QTEST_GUILESS_MAIN(McpTest)
#include "mcptest.moc"
