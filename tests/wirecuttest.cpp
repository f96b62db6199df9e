#include <QEventLoop>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "agentcore/wire/wire.h"
#include "tests/support/cutserver.h"

using namespace handrail;
using namespace handrail::wire;
using handrailtest::Certificate;
using handrailtest::CutAt;
using handrailtest::CutServer;

Q_DECLARE_METATYPE(CutAt)

/// What the wire says of how far a request got, against what a server of the test's own has counted.
class WireCutTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<Certificate> certificate_;
    std::unique_ptr<Certificate> stranger_;
    std::unique_ptr<Wire> wire_;
    QRandomGenerator random_{20261124};
    int calls_ = 0;

    static int rounds()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_CUTS");
        return given > 0 ? given : 5;
    }

    Reply send(CutServer& server, bool isWrite, qsizetype size, Millis limit)
    {
        HttpRequest request;
        request.method = isWrite ? "POST" : "GET";
        request.url = server.url();
        request.isWrite = isWrite;
        request.body = isWrite ? std::string(static_cast<std::size_t>(size), 'b') : std::string();
        request.allowPrivate = true;
        request.limit = limit;
        ++calls_;
        std::unique_ptr<Call> call(wire_->http(request, nullptr));
        Reply told;
        told.note = "never finished";
        QEventLoop loop;
        connect(call.get(), &Call::finished, &loop, [&](const Reply& reply) {
            told = reply;
            loop.quit();
        });
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        loop.exec();
        return told;
    }

private slots:
    void initTestCase()
    {
        certificate_ = std::make_unique<Certificate>(dir_);
        stranger_ = std::make_unique<Certificate>(dir_, u"stranger"_qs);
        QVERIFY(QFile::exists(certificate_->file));
        WireOptions options;
        options.authorities = certificate_->file.toStdString();
        wire_ = systemWire(options);
    }

    void the_phase_told_is_what_the_server_saw_data()
    {
        QTest::addColumn<CutAt>("cut");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("keepAlive");
        QTest::addColumn<bool>("isLarge");
        QTest::addColumn<QString>("codes");
        const std::pair<const char*, std::pair<CutAt, const char*>> cuts[] = {
            {"before the request", {CutAt::BeforeRequest, "T107 T108"}}, {"in the request", {CutAt::InRequest, "T108"}},
            {"after the request", {CutAt::AfterRequest, "T108"}},        {"before the reply", {CutAt::BeforeReply, "T108"}},
            {"in the headers", {CutAt::InHeaders, "T110"}},              {"in the body", {CutAt::InBody, "T110"}},
            {"after the reply", {CutAt::AfterReply, ""}},                {"reset", {CutAt::Reset, "T108"}},
            {"hang", {CutAt::Hang, "T109"}}};
        for (const auto& [name, cut] : cuts) {
            for (const bool tls : {false, true}) {
                for (const bool keepAlive : {false, true}) {
                    for (const bool isLarge : {false, true}) {
                        QTest::addRow("%s, %s, %s, %s", name, tls ? "https" : "http", keepAlive ? "keep-alive" : "close", isLarge ? "large" : "small")
                            << cut.first << tls << keepAlive << isLarge << QString::fromLatin1(cut.second);
                    }
                }
            }
        }
    }
    void the_phase_told_is_what_the_server_saw()
    {
        QFETCH(CutAt, cut);
        QFETCH(bool, tls);
        QFETCH(bool, keepAlive);
        QFETCH(bool, isLarge);
        QFETCH(QString, codes);
        CutServer server(tls ? certificate_.get() : nullptr);
        for (int i = 0; i < rounds(); ++i) {
            const bool isWrite = i % 4 != 3;
            const qsizetype size = isLarge ? 600'000 : 40;
            server.expect(cut, keepAlive, random_.bounded(1, isWrite ? static_cast<int>(size) + 100 : 60));
            // Some requests are over before the cut is reached; then it is a cut after the request.
            const Reply reply = send(server, isWrite, size, cut == CutAt::Hang ? 60 : 10'000);
            const QString told = QStringLiteral("%1 %2, %3 bytes, %4 requests").arg(QString::fromStdString(reply.code), QString::fromStdString(reply.note))
                                     .arg(server.bytes).arg(server.requests);
            const bool notSent = reply.phase == SendPhase::NotSent;
            QVERIFY2(!notSent || server.bytes == 0, qPrintable(told));
            QVERIFY2(server.bytes == 0 || !notSent, qPrintable(told));
            QVERIFY2(server.requests <= 1, qPrintable(told));
            const bool isWhole = reply.phase == SendPhase::Answered;
            QVERIFY2(isWhole == (cut == CutAt::AfterReply || (cut == CutAt::InRequest && reply.code.empty())), qPrintable(told));
            QVERIFY2(!isWhole || (server.requests == 1 && reply.body.size() == 2000 && reply.status == 200), qPrintable(told));
            QVERIFY2(codes.split(u' ').contains(QString::fromStdString(reply.code)) || (isWhole && reply.code.empty()), qPrintable(told));
        }
        QCOMPARE(server.connections, rounds());
        QVERIFY(server.requestsInAll <= rounds());
    }

    void a_certificate_that_nobody_vouches_for_gets_not_one_byte()
    {
        CutServer server(stranger_.get());
        const Reply reply = send(server, true, 40, 5'000);
        QCOMPARE(reply.code, std::string("T105"));
        QCOMPARE(reply.phase, SendPhase::NotSent);
        QCOMPARE(server.bytes, 0);
    }

    void a_handshake_that_is_cut_was_not_sent()
    {
        CutServer server(certificate_.get());
        server.expect(CutAt::InHandshake, false, 0);
        const Reply reply = send(server, true, 40, 5'000);
        QCOMPARE(reply.code, std::string("T106"));
        QCOMPARE(reply.phase, SendPhase::NotSent);
        QCOMPARE(server.bytes, 0);
    }

    void nothing_is_ever_sent_on_a_kept_connection()
    {
        CutServer server;
        for (int i = 0; i < 20; ++i) {
            server.expect(CutAt::AfterReply, true, 0);
            QCOMPARE(send(server, i % 2 == 0, 40, 5'000).phase, SendPhase::Answered);
        }
        QCOMPARE(server.connections, 20);
        QCOMPARE(server.requestsInAll, 20);
    }
};

QTEST_GUILESS_MAIN(WireCutTest)
#include "wirecuttest.moc"
