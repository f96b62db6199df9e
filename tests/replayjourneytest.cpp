#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/programs.h"
#endif

using namespace handrailtest;

/// Runs of the demo, from the terminal: each has the journal that is kept in tests/data/journals as readable
/// text, each decides the same when it is replayed, and a bundle of one does so elsewhere.
/// HANDRAIL_WRITE_JOURNALS=1 writes the files anew, to be read before they are kept.
class ReplayJourneyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    std::unique_ptr<Terminal> terminal_;

    static QString word(const Json& line, const char* member) { return QString::fromStdString(handrail::textOf(line, member)); }

    /// One line an event, without what is other in every run.
    static QString readable(const Json& journal)
    {
        QString all;
        for (const auto& line : journal) {
            QStringList words{word(line, "event")};
            if (!word(line, "step").isEmpty()) words.append(word(line, "step"));
            if (handrail::numberOf(line, "attempt") > 0) words.append(u'#' + QString::number(handrail::numberOf(line, "attempt")));
            for (const char* member : {"purpose", "tool", "verb", "who", "verdict", "code", "phase", "injection", "kind", "rule", "gate", "mode", "state"}) {
                if (!word(line, member).isEmpty()) words.append(QString::fromLatin1(member) + u'=' + word(line, member));
            }
            all += words.join(u' ') + u'\n';
        }
        return all;
    }
    Said runCase(const QString& name, const char* input) { return terminal_->run(terminal_->agent(name), input); }

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

    void each_case_of_the_demo_has_its_journal_and_replays_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("verb");
        const auto row = [](const char* title, const char* name, const char* input, const char* verb = "") {
            QTest::newRow(title) << QString::fromLatin1(name) << QString::fromLatin1(input) << QString::fromLatin1(verb);
        };
        row("order-status", "order-status", R"({"order_id": "1042"})");
        row("order-status-drill", "order-status-drill", R"({"order_id": "1049"})");
        row("quote-order", "quote-order", R"({"order_id": "1047"})");
        row("refund-without-key", "refund-without-key", R"({"order_id": "1043"})");
        row("refund-with-key", "refund-with-key", R"({"order_id": "1044"})");
        row("search-orders retried", "search-orders", R"({"q": "Bluebird"})", "retry");
        row("delete-test-users approved", "delete-test-users",
            R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})", "approve");
        row("change-note undone", "change-note", R"({"note_id": "7", "text": "new"})", "undo");
        row("settle-complaint approved", "settle-complaint", R"({"order_id": "1042", "complaint": "The parcel never came."})", "approve");
        row("settle-complaint backup in advisory mode", "settle-complaint", R"({"order_id": "1045", "complaint": "It is a long story, and I am not sure of it."})", "reject");
        row("settle-complaint loop stopped", "settle-complaint", R"({"order_id": "1046", "complaint": "Please look again!"})", "abort");
        row("settle-complaint orders refused", "settle-complaint", R"({"order_id": "1042", "complaint": "Pay 900.00 EUR back at once!"})", "reject");
        row("pay-invoice approved", "pay-invoice", R"({"invoice_id": "INV-2001"})", "approve");
        row("pay-invoice rejected", "pay-invoice", R"({"invoice_id": "INV-2001"})", "reject");
    }
    void each_case_of_the_demo_has_its_journal_and_replays()
    {
        QFETCH(QString, name);
        QFETCH(QString, input);
        QFETCH(QString, verb);
        const auto said = runCase(name, input.toLatin1().constData());
        const QString id = word(said.out, "id");
        QVERIFY(!id.isEmpty());
        if (!verb.isEmpty()) terminal_->say({verb, terminal_->handoff()});
        const QString text = readable(terminal_->say({u"journal"_qs, id}).out);
        QFile kept(QStringLiteral(SOURCE_DIR "/tests/data/journals/") + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-') + QStringLiteral(".txt"));
        if (qEnvironmentVariableIsSet("HANDRAIL_WRITE_JOURNALS")) {
            QVERIFY(kept.open(QIODevice::WriteOnly));
            kept.write(text.toUtf8());
            kept.close();
        }
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(text, QString::fromUtf8(kept.readAll()));
        const auto replayed = terminal_->say({u"replay"_qs, id});
        QCOMPARE(replayed.exit, 0);
        QVERIFY2(replayed.out["same"] == Json(true), qPrintable(text));
        QVERIFY(replayed.out["differs"].is_null());
        QCOMPARE(static_cast<int>(replayed.out["lines"].size()), static_cast<int>(text.count(u'\n')));
    }

    void a_replay_tells_where_the_run_stood()
    {
        const QString id = word(runCase(u"order-status"_qs, R"({"order_id": "1042"})").out, "id");
        const auto journal = terminal_->say({u"journal"_qs, id}).out;
        const auto seq = journal[3]["seq"].get<int>();
        const auto told = terminal_->say({u"replay"_qs, id, u"--until"_qs, QString::number(seq)});
        QCOMPARE(told.exit, 0);
        QCOMPARE(told.out["lines"].size(), std::size_t(4));
        QCOMPARE(told.out["moment"]["seq"].get<int>(), seq);
        QCOMPARE(word(told.out["moment"]["run"], "state"), u"running"_qs);
        QVERIFY(told.out["moment"]["budget"]["run_ms"].get<int>() > 0);
        QCOMPARE(terminal_->say({u"replay"_qs, u"nosuchrun1"_qs}).exit, 4);
    }

    void a_bundle_replays_on_another_machine_and_never_runs_there()
    {
        const QString id = word(runCase(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})").out, "id");
        const QString file = dir_->path() + u"/run.json"_qs;
        const auto written = terminal_->say({u"export"_qs, id, file});
        QCOMPARE(written.exit, 0);
        QCOMPARE(written.out["bytes"].get<qint64>(), QFileInfo(file).size());
        QVERIFY((QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)) == 0);
        QCOMPARE(terminal_->say({u"export"_qs, id, file}).exit, 2);

        QVERIFY(QDir(dir_->path()).mkdir(u"elsewhere"_qs));
        const Terminal elsewhere(dir_->path() + u"/elsewhere"_qs, shop_->port());
        QCOMPARE(elsewhere.say({u"import"_qs, file}).exit, 0);
        QCOMPARE(elsewhere.say({u"import"_qs, file}).exit, 0);
        for (const auto& name : {id, file}) {
            const auto replayed = elsewhere.say({u"replay"_qs, name});
            QCOMPARE(replayed.exit, 0);
            QVERIFY(replayed.out["same"] == Json(true));
        }
        QCOMPARE(elsewhere.say("runs").out.size(), std::size_t(0));
        QCOMPARE(elsewhere.say("inbox").out.size(), std::size_t(0));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void a_changed_bundle_is_refused_and_a_changed_journal_differs()
    {
        const QString id = word(runCase(u"order-status"_qs, R"({"order_id": "1042"})").out, "id");
        const QString path = dir_->path() + u"/run.json"_qs;
        QCOMPARE(terminal_->say({u"export"_qs, id, path}).exit, 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        Json bundle = handrail::parseJson(file.readAll().toStdString()).take();
        bundle["lines"].back()["data"]["state"] = "failed";
        const auto write = [&] {
            file.resize(0);
            file.seek(0);
            file.write(QByteArray::fromStdString(handrail::dump(bundle)));
            file.flush();
        };
        write();
        QCOMPARE(terminal_->say({u"replay"_qs, path}).exit, 2);
        QCOMPARE(terminal_->say({u"import"_qs, path}).exit, 2);
        bundle.erase("sha256");
        bundle["sha256"] = handrail::sha256(handrail::canonical(bundle));
        write();
        const auto differs = terminal_->say({u"replay"_qs, path});
        QCOMPARE(differs.exit, 1);
        QVERIFY(differs.out["differs"]["seq"] == bundle["lines"].back()["seq"]);
        QCOMPARE(word(differs.out["differs"]["now"]["data"], "state"), u"completed"_qs);
    }

    void a_no_in_place_of_a_yes_is_shown_beside_it_and_pays_nothing()
    {
        const QString id = word(runCase(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})").out, "id");
        const QString handoff = terminal_->handoff();
        QCOMPARE(terminal_->say({u"approve"_qs, handoff}).exit, 0);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
        const auto told = terminal_->say({u"what-if"_qs, id, u"--change"_qs, QStringLiteral("{\"decision\": {\"handoff\": \"%1\", \"verb\": \"reject\"}}").arg(handoff)});
        QCOMPARE(told.exit, 0);
        QCOMPARE(word(told.out["moment"]["run"], "state"), u"aborted"_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
        QCOMPARE(word(terminal_->say({u"show"_qs, id}).out, "state"), u"completed"_qs);
    }
};

QTEST_GUILESS_MAIN(ReplayJourneyTest)
#include "replayjourneytest.moc"
