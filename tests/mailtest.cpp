#include <QTemporaryDir>
#include <QTest>

#include "agentcore/watch/courier.h"
#include "agentcore/watch/notifierbook.h"
#include "agentcore/watching.h"
#include "tests/support/byteserver.h"
#include "tests/support/mailserver.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/watchstage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Mails and webhooks over the real wire, and what the watch makes of a run for them.
class MailTest : public QObject {
    Q_OBJECT

    std::unique_ptr<wire::Wire> wire_ = wire::systemWire();
    std::unique_ptr<Clock> clock_ = systemClock();
    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static Notifier mailTo(const std::string& server)
    {
        Notifier notifier;
        notifier.kind = Notifier::Kind::Email;
        notifier.smtp = server;
        notifier.from = "handrail@example.com";
        notifier.to = {"ann@example.com", "bob@example.com"};
        notifier.allowPrivate = true;
        return notifier;
    }
    static Notifier hook(const std::string& url, const char* style = "plain")
    {
        Notifier notifier;
        notifier.kind = Notifier::Kind::Webhook;
        notifier.style = style;
        notifier.url = url;
        notifier.allowPrivate = true;
        return notifier;
    }
    static watch::Notice notice()
    {
        watch::Notice notice;
        notice.key = "k";
        notice.handoff = "r1-1";
        notice.title = "Refund 1042 stopped";
        notice.at = 1'764'064'800'000;
        return notice;
    }

    /// Sends one and gives what became of it; without patience for more tries.
    std::optional<Failure> send(const Notifier& notifier)
    {
        watch::Courier courier(*wire_, *clock_);
        std::optional<std::optional<Failure>> over;
        connect(&courier, &watch::Courier::told, this, [&](const Notifier&, const watch::Notice&, const std::optional<Failure>& why) { over = why; });
        courier.hurry();
        courier.send(notifier, notice());
        if (!QTest::qWaitFor([&] { return over.has_value(); }, 20'000)) return failure("X000", "Nothing came of it.");
        return *over;
    }

    static QString failing(const QString& notify)
    {
        return agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs), q(R"("notify": [%1], )").arg(notify));
    }
    static QString hookEntry(const char* more = "") { return q(R"({"kind": "webhook", "url": "%1"%2})").arg(q("http://127.0.0.1:1/hook"), q(more)); }

private slots:
    void a_mail_arrives_whole()
    {
        MailServer server;
        QCOMPARE(send(mailTo(server.address())), std::nullopt);
        QCOMPARE(server.mails.size(), 1);
        QCOMPARE(server.mails[0].from, QByteArray("handrail@example.com"));
        QCOMPARE(server.mails[0].to, (QList<QByteArray>{"ann@example.com", "bob@example.com"}));
        QVERIFY(server.mails[0].text.contains("Subject: =?utf-8?B?"));
        const QByteArray body = server.mails[0].text.mid(server.mails[0].text.indexOf("\r\n\r\n"));
        QVERIFY(QByteArray::fromBase64(body.simplified().replace(" ", "")).startsWith("Refund 1042 stopped\n"));
    }

    void a_refused_recipient_is_told_with_the_servers_words()
    {
        MailServer server;
        server.recipientReply = "550 5.1.1 no such person here";
        const auto why = send(mailTo(server.address()));
        QVERIFY(why.has_value());
        QCOMPARE(why->code, std::string("T550"));
        QVERIFY(why->message.find("no such person") != std::string::npos);
        QVERIFY(server.mails.isEmpty());
    }

    void a_password_never_goes_over_a_plain_connection()
    {
        MailServer server;
        qputenv("MAIL_PASSWORD", "hunter22");
        Notifier notifier = mailTo(server.address());
        notifier.user = "ann";
        notifier.password = "${secret:env:MAIL_PASSWORD}";
        const auto why = send(notifier);
        QVERIFY(why.has_value());
        QCOMPARE(why->code, std::string("T106"));
        QVERIFY(server.mails.isEmpty());
    }

    void a_server_that_is_not_there_is_a_failure_data()
    {
        QTest::addColumn<bool>("isMail");
        QTest::addColumn<bool>("isPrivateAllowed");
        QTest::addColumn<QString>("code");
        QTest::newRow("mail") << true << true << u"T103"_qs;
        QTest::newRow("webhook") << false << true << u"T103"_qs;
        QTest::newRow("mail to a private address that nobody named") << true << false << u"U107"_qs;
        QTest::newRow("webhook to a private address that nobody named") << false << false << u"U107"_qs;
    }
    void a_server_that_is_not_there_is_a_failure()
    {
        QFETCH(bool, isMail);
        QFETCH(bool, isPrivateAllowed);
        Notifier notifier = isMail ? mailTo("smtp://127.0.0.1:1") : hook("http://127.0.0.1:1/");
        notifier.allowPrivate = isPrivateAllowed;
        const auto why = send(notifier);
        QVERIFY(why.has_value());
        QTEST(QString::fromStdString(why->code), "code");
    }

    void a_webhook_is_one_post_of_json()
    {
        ByteServer server(ByteServer::Cut::None, whole("ok"));
        QCOMPARE(send(hook(server.url("/hook"), "slack")), std::nullopt);
        QCOMPARE(server.requests.size(), 1);
        QVERIFY(server.requests[0].startsWith("POST /hook HTTP/1.1\r\n"));
        QVERIFY(server.requests[0].contains("Content-Type: application/json\r\n"));
        const auto body = parseJson(server.requests[0].mid(server.requests[0].indexOf("\r\n\r\n") + 4).toStdString());
        QVERIFY(body.ok());
        QCOMPARE(textOf(*body, "text"), std::string("Refund 1042 stopped"));
    }

    void a_webhooks_address_may_be_a_secret_and_is_shown_nowhere()
    {
        ByteServer server(ByteServer::Cut::None, whole("gone", "410 Gone"));
        qputenv("HOOK_URL", QByteArray::fromStdString(server.url("/T000/B000/XXXX")));
        const Notifier notifier = hook("${secret:env:HOOK_URL}");
        QCOMPARE(notifier.label(), std::string("webhook (plain) to env:HOOK_URL"));
        const auto why = send(notifier);
        QVERIFY(server.requests[0].startsWith("POST /T000/B000/XXXX"));
        QCOMPARE(why->code, std::string("T410"));
        QVERIFY((why->message + why->where + why->hint).find("T000") == std::string::npos);
    }

    void a_secret_that_cannot_be_read_is_a_failure_of_the_notifier()
    {
        const auto why = send(hook("${secret:env:NO_SUCH_HOOK}"));
        QCOMPARE(why->code, std::string("U101"));
    }

    void an_address_that_the_definition_writes_out_may_be_private()
    {
        const auto parsed = parseDefinition(failing(hookEntry() + u", "_qs + q(R"({"kind": "webhook", "url": "%1"})").arg(q("https://hooks.example.com/x"))).toStdString());
        QVERIFY(parsed.definition);
        QVERIFY(parsed.definition->notify[0].allowPrivate);
        QVERIFY(!parsed.definition->notify[1].allowPrivate);
    }

    void a_ticket_is_told_where_its_definition_says()
    {
        WatchStage stage(folder());
        stage.wire.answer(503, "{}");
        stage.people.answer(200, "ok");
        stage.people.answer(250, "");
        const auto run = stage.start(failing(hookEntry() + q(R"(, {"kind": "email", "smtp": "%1", "from": "h@example.com", "to": ["ann@example.com"]})").arg(q("smtp://127.0.0.1:25"))));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        stage.watcher->look();
        QTRY_COMPARE(stage.people.requests.size(), std::size_t(1));
        QTRY_COMPARE(stage.people.mails.size(), std::size_t(1));
        const auto body = parseJson(stage.people.requests[0].body);
        QCOMPARE(textOf(*body, "handoff"), run + "-1");
        QVERIFY(stage.desktop.empty());
        QTRY_COMPARE(stage.events().count(u"notification_sent"_qs), 2);
    }

    void without_a_word_about_it_the_desktop_is_told()
    {
        WatchStage stage(folder());
        stage.wire.answer(503, "{}");
        const auto run = stage.start(agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs)));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        stage.watcher->look();
        QCOMPARE(stage.desktop.size(), std::size_t(1));
        QCOMPARE(stage.desktop.front().id, run + "-1");
    }

    void tickets_with_one_cause_are_told_once()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 3; ++i) {
            stage.wire.answer(400, "{}");
            stage.people.answer(200, "ok");
            QCOMPARE(stage.stopped(stage.start(failing(hookEntry()))), u"escalated"_qs);
            stage.watcher->look();
        }
        QTRY_COMPARE(stage.events().count(u"notification_sent"_qs), 1);
        QCOMPARE(stage.people.requests.size(), std::size_t(1));
    }

    void what_fails_is_seen_in_the_log_and_the_figures_and_stops_no_run()
    {
        WatchStage stage(folder());
        for (int i = 0; i < 2; ++i) stage.wire.answer(200, "{}");
        stage.people.answer(404, "no such hook");
        const auto run = stage.start(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"a"_qs, u"pay"_qs),
                                           q(R"("notify": [%1], )").arg(hookEntry())));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        stage.watcher->look();
        QTRY_VERIFY(stage.line("notification_failed").has_value());
        QCOMPARE(textOf(*stage.line("notification_failed"), "error_type"), std::string("T404"));
        const auto book = watch::readNotifierBook(stage.folder);
        QCOMPARE(book.front().failed, 1);
        QCOMPARE(book.front().notifier, std::string("webhook (plain) to http://127.0.0.1:1"));
        QVERIFY(book.front().lastError.find("T404") != std::string::npos);
        QVERIFY(!stage.decide(run + "-1", Verb::Approve));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
    }

    void what_was_answered_while_nobody_watched_is_not_told()
    {
        WatchStage stage(folder());
        stage.watcher->look();
        const auto run = stage.start(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")), step(u"a"_qs, u"pay"_qs),
                                           q(R"("notify": [%1], )").arg(hookEntry())));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(!stage.decide(run + "-1", Verb::Reject));
        QCOMPARE(stage.stopped(run), u"aborted"_qs);
        stage.watcher->look();
        QCoreApplication::processEvents();
        QVERIFY(stage.people.requests.empty());
    }

    void the_last_notifications_are_heard_out_before_the_end()
    {
        WatchStage stage(folder());
        stage.wire.answer(400, "{}");
        QCOMPARE(stage.stopped(stage.start(failing(hookEntry()))), u"escalated"_qs);
        bool isOver = false;
        QObject::connect(stage.watcher.get(), &watch::Watcher::finished, stage.watcher.get(), [&] { isOver = true; });
        stage.watcher->finish();
        QTRY_COMPARE(stage.people.silent.size(), std::size_t(1));
        QVERIFY(!isOver);
        Q_EMIT stage.people.silent[0]->finished([] {
            wire::Reply reply;
            reply.phase = wire::SendPhase::Answered;
            reply.status = 200;
            return reply;
        }());
        QTRY_VERIFY(isOver);
        QCOMPARE(stage.events().last(), u"notification_sent"_qs);
    }

    void each_notifier_of_a_definition_can_be_tried()
    {
        MailServer mails;
        ByteServer hooks(ByteServer::Cut::None, whole("no", "500 Internal Server Error"));
        const auto parsed = parseDefinition(failing(q(R"({"kind": "desktop"}, {"kind": "webhook", "url": "%1"}, {"kind": "email", "smtp": "%2", "from": "h@example.com", "to": ["ann@example.com"]})")
                                                        .arg(QString::fromStdString(hooks.url()), QString::fromStdString(mails.address()))).toStdString());
        QVERIFY(parsed.definition);
        NotifierTrial trial(parsed.definition);
        std::optional<std::vector<NotifierTrial::Result>> results;
        trial.begin([&](std::vector<NotifierTrial::Result> all) { results = std::move(all); });
        QTRY_VERIFY(results.has_value());
        QCOMPARE(results->size(), std::size_t(3));
        QVERIFY(!(*results)[0].isSent && !(*results)[0].why);
        QCOMPARE((*results)[1].why->code, std::string("T500"));
        QVERIFY((*results)[2].isSent);
        QCOMPARE(hooks.connections, 1);
        QCOMPARE(mails.mails.size(), 1);
    }
};

QTEST_GUILESS_MAIN(MailTest)
#include "mailtest.moc"
