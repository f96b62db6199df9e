#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

#include "agentcore/tools/tool.h"

using namespace handrail;
using namespace handrailtest;

class ToolsTest : public QObject {
    Q_OBJECT

    static DefinitionPtr parsed(const QString& tools)
    {
        const auto result = parseDefinition(agent(tools, step(u"a"_qs, u"t"_qs)).toStdString());
        for (const auto& mistake : result.mistakes) qWarning("%s %s", mistake.where.c_str(), mistake.message.c_str());
        return result.definition;
    }
    static tools::Invocation invocation(const DefinitionPtr& definition, const char* params, const std::string& key = {})
    {
        return {definition.get(), definition->tool("t"), parseJson(params).take(), key, 1000};
    }
    static QString http(const QString& more) { return q("\"t\": {\"server\": \"shop\", %1}").arg(more); }
    static wire::Reply reply(int status, const std::string& body, std::vector<std::pair<std::string, std::string>> headers = {})
    {
        wire::Reply reply;
        reply.phase = wire::SendPhase::Answered;
        reply.status = status;
        reply.body = body;
        reply.headers = std::move(headers);
        return reply;
    }

private slots:
    void a_parameter_adds_no_segment_query_or_option_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("code");
        QTest::newRow("plain") << QByteArray("{\"id\": \"1042\"}") << u"http://127.0.0.1:1/o/1042/x"_qs << QString();
        QTest::newRow("a slash") << QByteArray("{\"id\": \"a/b\"}") << u"http://127.0.0.1:1/o/a%2Fb/x"_qs << QString();
        QTest::newRow("a query") << QByteArray("{\"id\": \"a?b=c#d&e\"}") << u"http://127.0.0.1:1/o/a%3Fb%3Dc%23d%26e/x"_qs << QString();
        QTest::newRow("letters of other scripts") << QByteArray("{\"id\": \"ä\"}") << u"http://127.0.0.1:1/o/%C3%A4/x"_qs << QString();
        QTest::newRow("a number") << QByteArray("{\"id\": 7}") << u"http://127.0.0.1:1/o/7/x"_qs << QString();
        QTest::newRow("the folder above") << QByteArray("{\"id\": \"..\"}") << QString() << u"U102"_qs;
        QTest::newRow("a list") << QByteArray("{\"id\": [1]}") << QString() << u"U102"_qs;
        QTest::newRow("missing") << QByteArray("{}") << QString() << u"U101"_qs;
    }
    void a_parameter_adds_no_segment_query_or_option()
    {
        QFETCH(QByteArray, params);
        QFETCH(QString, code);
        const auto definition = parsed(http(q("\"request\": {\"method\": \"GET\", \"path\": \"/o/{id}/x\"}, \"effect\": \"read\"")));
        const auto prepared = tools::prepare(invocation(definition, params.constData()));
        QCOMPARE(prepared ? QString() : QString::fromStdString(prepared.failure().code), code);
        if (prepared) QTEST(QString::fromStdString(std::get<wire::HttpRequest>(prepared->request).url), "url");
    }

    void what_stands_in_path_and_query_is_not_said_again_in_the_body()
    {
        const auto definition = parsed(http(q("\"request\": {\"method\": \"POST\", \"path\": \"/o/{id}\", \"query\": [\"dry\"], \"body\": \"params\", \"key_header\": \"Idempotency-Key\"}, \"effect\": \"write_keyed\"")));
        const auto prepared = tools::prepare(invocation(definition, "{\"id\": 1, \"dry\": true, \"text\": \"x & y\"}", "k-9"));
        const auto& request = std::get<wire::HttpRequest>(prepared->request);
        QCOMPARE(request.url, std::string("http://127.0.0.1:1/o/1?dry=true"));
        QCOMPARE(request.body, std::string("{\"text\":\"x & y\"}"));
        QVERIFY(std::find(request.headers.begin(), request.headers.end(), std::pair<std::string, std::string>("Idempotency-Key", "k-9")) != request.headers.end());
        QVERIFY(request.isWrite);
    }

    void a_form_is_encoded_and_a_key_can_be_a_parameter()
    {
        const auto form = parsed(http(q("\"request\": {\"method\": \"POST\", \"path\": \"/o\", \"body\": \"form\"}")));
        QCOMPARE(std::get<wire::HttpRequest>(tools::prepare(invocation(form, "{\"a\": \"x y\", \"b\": 2}"))->request).body, std::string("a=x%20y&b=2"));
        const auto keyed = parsed(http(q("\"request\": {\"method\": \"POST\", \"path\": \"/o\", \"body\": \"params\", \"key_param\": \"request_id\"}, \"effect\": \"write_keyed\"")));
        QCOMPARE(std::get<wire::HttpRequest>(tools::prepare(invocation(keyed, "{\"a\": 1}", "k"))->request).body, std::string("{\"a\":1,\"request_id\":\"k\"}"));
    }

    void a_reply_becomes_a_code_and_a_result_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("good") << 200 << QByteArray("{\"id\": \"1\"}") << QString();
        QTest::newRow("another shape") << 200 << QByteArray("{\"id\": 1}") << u"T601"_qs;
        QTest::newRow("no JSON") << 200 << QByteArray("<html>") << u"T601"_qs;
        QTest::newRow("two equal keys") << 200 << QByteArray("{\"id\": \"1\", \"id\": \"2\"}") << u"T601"_qs;
        QTest::newRow("empty") << 200 << QByteArray() << u"T603"_qs;
        QTest::newRow("deep") << 200 << QByteArray(100, '[') << u"T601"_qs;
        QTest::newRow("taken up, not done") << 202 << QByteArray("{\"id\": \"1\"}") << u"T202"_qs;
        QTest::newRow("a result per item") << 207 << QByteArray("{\"id\": \"1\"}") << u"T605"_qs;
        QTest::newRow("items, all done") << 207 << QByteArray("{\"items\": [{\"status\": 200}, {\"status\": 201}]}") << QString();
        QTest::newRow("items, one refused") << 207 << QByteArray("{\"items\": [{\"status\": 200}, {\"status\": 409}]}") << u"T605"_qs;
        QTest::newRow("items, none done") << 207 << QByteArray("{\"items\": [{\"status\": 404}, {\"status\": 409}]}") << u"T409"_qs;
        QTest::newRow("items, one without a state") << 207 << QByteArray("{\"items\": [{\"status\": 200}, {}]}") << u"T605"_qs;
        QTest::newRow("an error in a 200, of the right shape") << 200 << QByteArray("{\"id\": \"1\", \"error\": \"mail\"}") << QString();
        QTest::newRow("nothing but an error in a 200") << 200 << QByteArray("{\"id\": 1, \"error\": \"mail\"}") << u"T601"_qs;
        QTest::newRow("an error and no result") << 200 << QByteArray("{\"error\": {\"status\": 503}, \"id\": null}") << u"T601"_qs;
        QTest::newRow("an empty error") << 200 << QByteArray("{\"id\": \"1\", \"error\": null}") << QString();
        QTest::newRow("not found") << 404 << QByteArray("{}") << u"T404"_qs;
        QTest::newRow("too many") << 429 << QByteArray("{}") << u"T429"_qs;
        QTest::newRow("quota gone") << 429 << QByteArray("{\"error\": {\"code\": \"insufficient_quota\"}}") << u"T429q"_qs;
        QTest::newRow("conflict") << 409 << QByteArray("{\"error\": \"edited\"}") << u"T409"_qs;
        QTest::newRow("several to choose from") << 300 << QByteArray("[{\"id\": 1}, {\"id\": 2}]") << u"U103"_qs;
        QTest::newRow("key in use") << 409 << QByteArray("{\"error\": {\"code\": \"idempotency_key_in_use\"}}") << u"T409i"_qs;
        QTest::newRow("unprocessable") << 422 << QByteArray("{\"error\": \"amount\"}") << u"T422"_qs;
        QTest::newRow("key reused") << 422 << QByteArray("{\"error\": {\"code\": \"idempotency_key_reused\"}}") << u"T422k"_qs;
        for (const auto& [name, state, code] : {std::tuple{"statement time-out", "57014", "T701"}, {"lock held", "55P03", "T702"}, {"serialization", "40001", "T703"},
                                                {"deadlock", "40P01", "T703"}, {"constraint", "23505", "T704"}, {"wrong password", "28P01", "T705"}}) {
            QTest::addRow("a database tells: %s", name)
                << 500 << QByteArray("{\"code\": \"") + state + "\", \"message\": \"m\", \"details\": null, \"hint\": null}" << QString::fromLatin1(code);
        }
        QTest::newRow("a code of the service's own is no SQLSTATE") << 500 << QByteArray("{\"code\": \"40001\", \"message\": \"m\"}") << u"T500"_qs;
        QTest::newRow("unavailable") << 503 << QByteArray("down") << u"T503"_qs;
    }
    void a_reply_becomes_a_code_and_a_result()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto definition = parsed(http(q("\"request\": {\"method\": \"GET\", \"path\": \"/o\"}, \"effect\": \"read\", \"result\": {\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"string\"}}}")));
        const auto call = invocation(definition, "{}");
        const auto answer = tools::interpret(call, *tools::prepare(call), reply(status, body.toStdString()), 0);
        QTEST(QString::fromStdString(answer.code), "code");
        QCOMPARE(answer.message.empty(), answer.code.empty());
    }

    void a_commands_database_error_is_told_inside_data()
    {
        QTest::addColumn<QByteArray>("errors");
        QTest::addColumn<QString>("inner");
        QTest::newRow("psql") << QByteArray("ERROR:  40P01: deadlock detected") << u"T703"_qs;
        QTest::newRow("psql without its code") << QByteArray("ERROR:  deadlock detected") << QString();
        QTest::newRow("sqlite") << QByteArray("Runtime error near line 1: database is locked (5)") << u"T702"_qs;
        QTest::newRow("anything else") << QByteArray("40001") << QString();
    }
    void a_commands_database_error_is_told_inside()
    {
        QFETCH(QByteArray, errors);
        const auto definition = parsed(q("\"t\": {\"command\": [\"/usr/bin/psql\"], \"effect\": \"read\"}"));
        const auto call = invocation(definition, "{}");
        auto ended = reply(1, "");
        ended.errors = errors.toStdString();
        const auto answer = tools::interpret(call, *tools::prepare(call), ended, 0);
        QCOMPARE(answer.code, std::string("T611"));
        QTEST(QString::fromStdString(answer.inner), "inner");
    }

    void an_error_inside_a_200_is_no_result()
    {
        const auto definition = parsed(http(q("\"request\": {\"method\": \"GET\", \"path\": \"/o\"}, \"effect\": \"read\"")));
        const auto call = invocation(definition, "{}");
        const auto answer = [&](const char* body) { return tools::interpret(call, *tools::prepare(call), reply(200, body), 0); };
        const auto failed = answer("{\"error\": {\"status\": 503, \"message\": \"try later\"}}");
        QCOMPARE(failed.code, std::string("T606"));
        QCOMPARE(failed.inner, std::string("T503"));
        QVERIFY(failed.message.find("try later") != std::string::npos);
        QCOMPARE(answer("{\"errors\": [{\"message\": \"no\"}], \"data\": null}").code, std::string("T606"));
        QCOMPARE(answer("{\"ok\": false, \"error\": \"channel_not_found\"}").code, std::string("T606"));
        // With a result beside it, it is for the definition's schema to say.
        QCOMPARE(answer("{\"errors\": [{}], \"data\": {\"id\": 1}}").code, std::string());
        QCOMPARE(answer("{\"error\": \"\", \"id\": 1}").code, std::string());
        QCOMPARE(answer("{\"error\": null}").code, std::string());
    }

    void a_call_that_was_taken_up_says_where_its_state_stands_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("poll");
        QTest::newRow("a path") << QByteArray("/jobs/7?full=1") << QByteArray("/jobs/7?full=1");
        QTest::newRow("the same origin") << QByteArray("http://127.0.0.1:1/jobs/7#top") << QByteArray("/jobs/7");
        QTest::newRow("another origin") << QByteArray("http://evil.example/jobs/7") << QByteArray();
        QTest::newRow("another port that begins alike") << QByteArray("http://127.0.0.1:10/jobs/7") << QByteArray();
        QTest::newRow("a host in disguise") << QByteArray("//evil.example/jobs/7") << QByteArray();
        QTest::newRow("a backslash") << QByteArray("/\\evil.example/7") << QByteArray();
        QTest::newRow("relative") << QByteArray("jobs/7") << QByteArray();
        QTest::newRow("a line break") << QByteArray("/jobs/7\r\nX: 1") << QByteArray();
    }
    void a_call_that_was_taken_up_says_where_its_state_stands()
    {
        QFETCH(QByteArray, location);
        const auto definition = parsed(http(q("\"request\": {\"method\": \"POST\", \"path\": \"/o\", \"body\": \"params\", \"key_header\": \"Idempotency-Key\"}, \"effect\": \"write_keyed\"")));
        auto call = invocation(definition, "{\"a\": 1}", "k-9");
        const auto answer = tools::interpret(call, *tools::prepare(call), reply(202, "{}", {{"location", location.toStdString()}, {"retry-after", "2"}}), 0);
        QCOMPARE(answer.code, std::string("T202"));
        QCOMPARE(answer.retryAfter, 2'000);
        QTEST(QByteArray::fromStdString(answer.poll), "poll");
        call.poll = "/jobs/7";
        const auto prepared = tools::prepare(call);
        const auto& request = std::get<wire::HttpRequest>(prepared->request);
        QCOMPARE(request.method, std::string("GET"));
        QCOMPARE(request.url, std::string("http://127.0.0.1:1/jobs/7"));
        QVERIFY(!request.isWrite && request.body.empty());
        for (const auto& header : request.headers) QVERIFY(header.first != "Idempotency-Key" && header.first != "Content-Type");
    }

    void retry_after_is_read_or_ignored_with_a_word_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qlonglong>("wait");
        QTest::newRow("seconds") << QByteArray("7") << 7000LL;
        QTest::newRow("a date") << QByteArray("Sun, 06 Nov 1994 08:49:47 GMT") << 10'000LL;
        QTest::newRow("a date that has passed") << QByteArray("Sun, 06 Nov 1994 08:49:27 GMT") << -1LL;
        QTest::newRow("negative") << QByteArray("-5") << -1LL;
        QTest::newRow("over a day") << QByteArray("90000") << -1LL;
        QTest::newRow("garbage") << QByteArray("soon") << -1LL;
    }
    void retry_after_is_read_or_ignored_with_a_word()
    {
        QFETCH(QByteArray, header);
        QFETCH(qlonglong, wait);
        const auto definition = parsed(http(q("\"request\": {\"method\": \"GET\", \"path\": \"/o\"}, \"effect\": \"read\"")));
        const auto call = invocation(definition, "{}");
        const auto answer = tools::interpret(call, *tools::prepare(call), reply(503, "", {{"retry-after", header.toStdString()}}), 784'111'777'000);
        QCOMPARE(qlonglong(answer.retryAfter), wait);
        QCOMPARE(answer.retryNote.empty(), wait >= 0);
    }

    void a_command_keeps_each_parameter_one_argument_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << QByteArray("{\"n\": 5, \"f\": \"/a b\"}") << u"/usr/bin/tail|-n|5|/a b"_qs;
        QTest::newRow("shell words stay words") << QByteArray("{\"n\": 5, \"f\": \"$(id); rm\"}") << u"/usr/bin/tail|-n|5|$(id); rm"_qs;
        QTest::newRow("no option") << QByteArray("{\"n\": 5, \"f\": \"--follow\"}") << u"U102"_qs;
        QTest::newRow("no list") << QByteArray("{\"n\": [5], \"f\": \"x\"}") << u"U102"_qs;
    }
    void a_command_keeps_each_parameter_one_argument()
    {
        QFETCH(QByteArray, params);
        const auto definition = parsed(q("\"t\": {\"command\": [\"/usr/bin/tail\", \"-n\", \"{n}\", \"{f}\"], \"effect\": \"read\"}"));
        const auto prepared = tools::prepare(invocation(definition, params.constData()));
        QStringList line;
        if (prepared) {
            for (const auto& argument : std::get<wire::CommandRequest>(prepared->request).arguments) line.append(QString::fromStdString(argument));
        }
        QTEST(prepared ? line.join(u'|') : QString::fromStdString(prepared.failure().code), "line");
    }

    void a_command_answers_with_text_json_or_its_exit()
    {
        const auto text = parsed(q("\"t\": {\"command\": [\"/bin/true\"], \"effect\": \"read\"}"));
        const auto call = invocation(text, "{}");
        QCOMPARE(dump(tools::interpret(call, {}, reply(0, "a\n"), 0).result), std::string("{\"text\":\"a\\n\"}"));
        auto failed = reply(3, "");
        failed.errors = "no such file\nmore";
        const auto answer = tools::interpret(call, {}, failed, 0);
        QCOMPARE(answer.code, Code("T611"));
        QVERIFY(answer.message.find("status 3: no such file") != std::string::npos);
    }

    void secrets_are_read_when_used_and_named_when_echoed()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"token"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from-a-file\n");
        file.close();
        QString source = agent(http(q("\"request\": {\"method\": \"GET\", \"path\": \"/o\"}, \"effect\": \"read\"")), step(u"a"_qs, u"t"_qs));
        source.replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"headers\": {\"A\": \"x ${secret:file:%1}\"}"_qs.arg(path));
        const auto definition = parseDefinition(source.toStdString()).definition;
        QVERIFY(definition);
        const auto call = invocation(definition, "{}");
        file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
        QCOMPARE(tools::prepare(call).failure().code, Code("U101"));
        file.setPermissions(QFile::ReadOwner);
        const auto prepared = tools::prepare(call);
        QCOMPARE(std::get<wire::HttpRequest>(prepared->request).headers.front().second, std::string("x from-a-file"));
        const auto answer = tools::interpret(call, *prepared, reply(400, "{\"error\": {\"message\": \"bad from-a-file\"}, \"from-a-file\": 1}"), 0);
        QVERIFY(dump(answer.result).find("from-a-file\"") == std::string::npos || dump(answer.result).find("[secret:") != std::string::npos);
        QVERIFY(answer.message.find("bad [secret:") != std::string::npos);
        QVERIFY(prepared->line.find("from-a-file") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ToolsTest)
#include "toolstest.moc"
