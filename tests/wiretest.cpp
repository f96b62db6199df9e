#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <QSemaphore>
#include <netdb.h>

#include "agentcore/wire/wire.h"
#include "tests/support/byteserver.h"

using namespace handrail;
using namespace handrail::wire;
using handrailtest::ByteServer;
using handrailtest::whole;
using Cut = handrailtest::ByteServer::Cut;

Q_DECLARE_METATYPE(Cut)

class WireTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Wire> wire_ = systemWire();

    static HttpRequest request(const std::string& url, bool isWrite = true)
    {
        HttpRequest request;
        request.method = isWrite ? "POST" : "GET";
        request.url = url;
        request.body = isWrite ? "{\"a\":1}" : "";
        request.isWrite = isWrite;
        request.allowPrivate = true;
        request.limit = 10'000;
        return request;
    }

    Reply finished(Call* call)
    {
        Reply reply;
        int times = 0;
        connect(call, &Call::finished, this, [&](const Reply& one) {
            reply = one;
            ++times;
        });
        if (!QTest::qWaitFor([&] { return times > 0; }, 20'000)) reply.note = "never finished";
        QCoreApplication::processEvents();
        if (times != 1) reply.code = "finished " + std::to_string(times) + " times";
        delete call;
        return reply;
    }
    Reply send(const HttpRequest& request) { return finished(wire_->http(request, this)); }
    Reply run(std::vector<std::string> arguments, Millis limit = 10'000, std::size_t most = 1 << 20, const std::string& input = {})
    {
        CommandRequest request;
        request.arguments = std::move(arguments);
        request.limit = limit;
        request.mostBytes = most;
        request.input = input;
        return finished(wire_->command(request, this));
    }

private slots:
    void every_end_of_a_connection_is_told_as_it_was_data()
    {
        QTest::addColumn<Cut>("cut");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("phase");
        QTest::addColumn<int>("requests");
        const int maybe = int(SendPhase::MaybeSent);
        const int answered = int(SendPhase::Answered);
        QTest::newRow("before the request was read") << Cut::AtOnce << u"T108"_qs << maybe << 0;
        QTest::newRow("in the request") << Cut::InRequest << u"T108"_qs << maybe << 0;
        QTest::newRow("after the request, before the reply") << Cut::AfterRequest << u"T108"_qs << maybe << 1;
        QTest::newRow("in the reply's headers") << Cut::InHeaders << u"T110"_qs << maybe << 1;
        QTest::newRow("in the reply's body") << Cut::InBody << u"T110"_qs << maybe << 1;
        QTest::newRow("after the reply") << Cut::None << QString() << answered << 1;
        QTest::newRow("a reset after the request") << Cut::Reset << u"T108"_qs << maybe << 1;
        QTest::newRow("silence") << Cut::Hang << u"T109"_qs << maybe << 1;
    }
    void every_end_of_a_connection_is_told_as_it_was()
    {
        QFETCH(Cut, cut);
        for (const bool isWrite : {true, false}) {
            ByteServer server(cut);
            auto wanted = request(server.url(), isWrite);
            if (cut == Cut::InRequest && isWrite) wanted.body = std::string(16 << 20, 'x');
            if (cut == Cut::Hang) wanted.limit = 300;
            const Reply reply = send(wanted);
            QTEST(QString::fromStdString(reply.code), "code");
            QTEST(int(reply.phase), "phase");
            QTEST(int(server.requests.size()), "requests");
            QCOMPARE(server.connections, 1);
        }
    }

    void what_never_left_is_told_as_not_sent_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowPrivate");
        QTest::addColumn<QString>("code");
        QTest::newRow("nobody listens") << u"http://127.0.0.1:1/"_qs << true << u"T103"_qs;
        QTest::newRow("a private address that is not allowed") << u"http://127.0.0.1:PORT/"_qs << false << u"U107"_qs;
        QTest::newRow("the same by name") << u"http://localhost:PORT/"_qs << false << u"U107"_qs;
        QTest::newRow("the same in IPv6") << u"http://[::ffff:127.0.0.1]:PORT/"_qs << false << u"U107"_qs;
        QTest::newRow("TLS cut off") << u"https://127.0.0.1:PORT/"_qs << true << u"T106"_qs;
        QTest::newRow("another scheme") << u"file:///etc/passwd"_qs << true << u"U102"_qs;
    }
    void what_never_left_is_told_as_not_sent()
    {
        QFETCH(QString, url);
        QFETCH(bool, allowPrivate);
        ByteServer server(url.startsWith(u"https"_qs) ? Cut::InRequest : Cut::None);
        auto wanted = request(url.replace(u"PORT"_qs, QString::number(server.serverPort())).toStdString());
        wanted.allowPrivate = allowPrivate;
        wanted.limit = 3'000;
        const Reply reply = send(wanted);
        QTEST(QString::fromStdString(reply.code), "code");
        QCOMPARE(reply.phase, SendPhase::NotSent);
        QVERIFY(server.requests.isEmpty());
        QVERIFY(!reply.note.empty());
    }

    void a_name_that_is_not_there_is_told_apart_from_a_resolver_that_is_down_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<QString>("code");
        QTest::newRow("no such name") << EAI_NONAME << u"T101"_qs;
        QTest::newRow("a name without an address") << EAI_NODATA << u"T101"_qs;
        QTest::newRow("a refusal for good") << EAI_FAIL << u"T101"_qs;
        QTest::newRow("no answer for now") << EAI_AGAIN << u"T102"_qs;
        QTest::newRow("there again") << 0 << u"T102"_qs;
    }
    void a_name_that_is_not_there_is_told_apart_from_a_resolver_that_is_down()
    {
        QFETCH(int, result);
        std::string asked;
        WireOptions options;
        options.lookup = [&](const std::string& host) {
            asked = host;
            return result;
        };
        const auto wire = systemWire(options);
        const Reply reply = finished(wire->http(request("http://user@no-such-host.invalid:81/x"), this));
        QTEST(QString::fromStdString(reply.code), "code");
        QCOMPARE(asked, std::string("no-such-host.invalid"));
        QCOMPARE(reply.phase, SendPhase::NotSent);
        QVERIFY(!reply.note.empty());
    }

    void a_resolver_that_says_nothing_is_taken_to_be_down()
    {
        // Shared: the thread that looks up may outlive this test by a moment.
        const auto silence = std::make_shared<QSemaphore>();
        WireOptions options;
        options.lookup = [silence](const std::string&) {
            silence->acquire();
            return EAI_NONAME;
        };
        const auto wire = systemWire(options);
        const Reply reply = finished(wire->http(request("http://no-such-host.invalid/"), this));
        silence->release();
        QCOMPARE(reply.code, std::string("T102"));
    }

    void the_request_is_what_was_asked_for()
    {
        ByteServer server;
        auto wanted = request(server.url("/refunds?x=1"));
        wanted.headers = {{"Idempotency-Key", "k1"}, {"Content-Type", "application/json"}};
        const Reply reply = send(wanted);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, std::string("{\"ok\":true}"));
        const QByteArray seen = server.requests.value(0);
        QVERIFY(seen.startsWith("POST /refunds?x=1 HTTP/1.1\r\n"));
        QVERIFY(seen.contains("Idempotency-Key: k1\r\n"));
        QVERIFY(!seen.contains("Expect"));
        QVERIFY(seen.endsWith("\r\n\r\n{\"a\":1}"));
    }

    void a_write_is_never_led_elsewhere()
    {
        ByteServer server(Cut::None, whole("", "307 Temporary Redirect", "Location: /other\r\n"));
        const Reply reply = send(request(server.url()));
        QCOMPARE(reply.code, Code("T112"));
        QCOMPARE(server.requests.size(), 1);
    }

    void a_read_is_led_on_within_its_origin_only()
    {
        ByteServer server;
        server.replies = {whole("", "302 Found", "Location: /other\r\n")};
        QCOMPARE(send(request(server.url(), false)).status, 200);
        QCOMPARE(server.requests.size(), 2);
        ByteServer other;
        server.replies = {whole("", "302 Found", "Location: " + QByteArray::fromStdString(other.url()) + "\r\n")};
        QCOMPARE(send(request(server.url(), false)).code, Code("T112"));
        QVERIFY(other.requests.isEmpty());
        server.replies = {4, whole("", "302 Found", "Location: /again\r\n")};
        QCOMPARE(send(request(server.url(), false)).code, Code("T112"));
    }

    void a_reply_that_is_too_large_is_stopped()
    {
        ByteServer server(Cut::None, whole(QByteArray(200'000, 'x')));
        auto wanted = request(server.url(), false);
        wanted.mostBytes = 100'000;
        QCOMPARE(send(wanted).code, Code("T111"));
    }

    void a_deleted_call_says_nothing_more()
    {
        ByteServer server(Cut::Hang);
        Call* call = wire_->http(request(server.url()), this);
        QSignalSpy spy(call, &Call::finished);
        QTRY_COMPARE(server.requests.size(), 1);
        delete call;
        QCoreApplication::processEvents();
        QCOMPARE(spy.count(), 0);
    }

    void a_command_gets_its_arguments_literally_and_nothing_of_our_environment()
    {
        qputenv("HANDRAIL_SECRET", "hidden");
        const Reply reply = run({"/bin/echo", "a b", "$(id)", "'\"`;&|", "*"});
        QCOMPARE(reply.phase, SendPhase::Answered);
        QCOMPARE(reply.body, std::string("a b $(id) '\"`;&| *\n"));
        QVERIFY(run({"/usr/bin/env"}).body.find("HANDRAIL_SECRET") == std::string::npos);
    }

    void a_command_reads_its_input_and_tells_its_exit()
    {
        QCOMPARE(run({"/bin/cat"}, 10'000, 1 << 20, "hello").body, std::string("hello"));
        const Reply failed = run({"/bin/sh", "-c", "echo why >&2; exit 7"});
        QCOMPARE(failed.status, 7);
        QCOMPARE(failed.errors, std::string("why\n"));
        QCOMPARE(failed.phase, SendPhase::Answered);
    }

    void a_command_that_cannot_start_was_not_sent()
    {
        const Reply missing = run({"/no/such/program"});
        QCOMPARE(missing.code, Code("T610"));
        QCOMPARE(missing.phase, SendPhase::NotSent);
        QCOMPARE(run({"echo"}).code, Code("U102"));
    }

    void a_command_over_its_limit_ends_with_all_its_children()
    {
        QTemporaryDir dir;
        const std::string pidFile = dir.filePath(u"pid"_qs).toStdString();
        const Reply reply = run({"/bin/sh", "-c", "sleep 60 & echo $! > " + pidFile + "; trap '' TERM; wait; sleep 60"}, 500);
        QCOMPARE(reply.code, Code("T109"));
        QCOMPARE(reply.phase, SendPhase::MaybeSent);
        QFile file(QString::fromStdString(pidFile));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto child = file.readAll().trimmed().toInt();
        QVERIFY(child > 1);
        // A dead child may wait for init to collect it; only a living one has something to run.
        QTRY_VERIFY(kill(child, 0) != 0 || [&] {
            QFile state(u"/proc/%1/stat"_qs.arg(child));
            return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z ");
        }());
    }

    void a_command_that_writes_too_much_is_stopped()
    {
        const Reply reply = run({"/usr/bin/yes"}, 10'000, 100'000);
        QCOMPARE(reply.code, Code("T111"));
        QVERIFY(reply.body.size() <= 100'000);
    }

    void a_command_ended_by_a_signal_is_told()
    {
        const Reply reply = run({"/bin/sh", "-c", "kill -9 $$"});
        QCOMPARE(reply.code, Code("T610"));
        QCOMPARE(reply.phase, SendPhase::MaybeSent);
    }
};

QTEST_GUILESS_MAIN(WireTest)
#include "wiretest.moc"
