#include <QRandomGenerator>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/cutserver.h"
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

using namespace handrail;
using namespace handrailtest;

Q_DECLARE_METATYPE(CutAt)

/// What the journal says has left, against the connections that a server of the test's own has counted: the real
/// driver, store and wire. HANDRAIL_CUTS says how many runs there are of each row.
class WireCountTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<Certificate> certificate_;
    std::unique_ptr<wire::Wire> wire_;
    QRandomGenerator random_{20261126};
    int stages_ = 0;

    static int rounds()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_CUTS");
        return given > 0 ? given : 1;
    }
    static QString desk(const CutServer& server, const QString& effect)
    {
        const QString text = agent(writeTool(u"x"_qs, effect, q(R"(, "timeout_s": 0.2, "retry": {"attempts": 3, "base_s": 0.01, "cap_s": 0.02})")),
                                   step(u"a"_qs, u"x"_qs, q(R"({"text": "pay"})")));
        // Here calls are to leave, whatever became of those before: what gives a host rest is tried out elsewhere (tests/limitstest.cpp).
        return QString(text).replace(u"\"url\": \"http://127.0.0.1:1\""_qs, q(R"("url": "%1", "limits": {"failures_in_a_row": 1000, "failure_share": 1, "least_calls": 100000, "retries": 1000})")
                                                                              .arg(QString::fromStdString(server.url()).chopped(2)));
    }
    static int dispatched(Stage& stage, const RunId& run)
    {
        int count = 0;
        for (const auto& event : *stage.store->events(run)) count += event.kind == decide::EventKind::Dispatched;
        return count;
    }
    static bool isSending(Stage& stage, const RunId& run)
    {
        const auto events = *stage.store->events(run);
        return !events.empty() && events.back().kind == decide::EventKind::Dispatched;
    }
    /// Lets the run come to its stop; the clock moves on only while nothing is under way.
    static bool drive(Stage& stage, const RunId& run)
    {
        return QTest::qWaitFor([&] {
            if (stage.store->run(run)->value().summary.status != RunStatus::Running) return true;
            if (!isSending(stage, run)) {
                stage.clock.at += 1'000;
                stage.driver->turn();
            }
            return false;
        }, 20'000);
    }

private slots:
    void initTestCase()
    {
        qRegisterMetaType<wire::Reply>();
        certificate_ = std::make_unique<Certificate>(dir_);
        wire::WireOptions options;
        options.authorities = certificate_->file.toStdString();
        wire_ = wire::systemWire(options);
    }

    void the_journal_counts_what_the_wire_carried_data()
    {
        QTest::addColumn<CutAt>("cut");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("keepAlive");
        QTest::addColumn<QString>("effect");
        const std::pair<const char*, CutAt> cuts[] = {{"before the request", CutAt::BeforeRequest}, {"in the request", CutAt::InRequest}, {"after the request", CutAt::AfterRequest},
                                                      {"before the reply", CutAt::BeforeReply}, {"in the reply", CutAt::InBody}, {"after the reply", CutAt::AfterReply},
                                                      {"reset", CutAt::Reset}, {"hang", CutAt::Hang}};
        for (const auto& [name, cut] : cuts) {
            for (const char* effect : {"write_keyed", "write_blind"}) {
                for (const bool keepAlive : {false, true}) {
                    // A handshake costs much: over TLS one of the two is enough.
                    for (const bool tls : {false, true}) {
                        if (!tls || keepAlive) QTest::addRow("%s, %s, %s, %s", name, effect, tls ? "https" : "http", keepAlive ? "keep-alive" : "close") << cut << tls << keepAlive << QString::fromLatin1(effect);
                    }
                }
            }
        }
    }
    void the_journal_counts_what_the_wire_carried()
    {
        QFETCH(CutAt, cut);
        QFETCH(bool, tls);
        QFETCH(bool, keepAlive);
        QFETCH(QString, effect);
        CutServer server(tls ? certificate_.get() : nullptr);
        std::unique_ptr<Stage> owned;
        int told = 0;
        for (int i = 0; i < rounds(); ++i) {
            // Before the host has failed so often that it would be given rest after all.
            if (i % 100 == 0) owned = std::make_unique<Stage>(dir_.filePath(QString::number(++stages_)).toStdString(), wire_.get());
            Stage& stage = *owned;
            server.expect(cut, keepAlive, random_.bounded(1, 100));
            const auto before = server.connections;
            const auto run = stage.start(desk(server, effect));
            QVERIFY(!run.empty());
            QVERIFY(drive(stage, run));
            const int mine = dispatched(stage, run);
            told += mine;
            QCOMPARE(server.connections - before, qint64(mine));
            // What carries no key is sent again only where no byte of it has left.
            const bool mayRepeat = effect == u"write_keyed"_qs || cut == CutAt::BeforeRequest;
            QVERIFY(mine == 1 || (mayRepeat && mine <= 3));
            QVERIFY(effect == u"write_keyed"_qs || server.requests <= 1);
        }
        QCOMPARE(server.connections, qint64(told));
    }
};

QTEST_GUILESS_MAIN(WireCountTest)
#include "wirecounttest.moc"
