#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>
#include <sys/stat.h>

#include "agentcore/audit.h"
#include "agentcore/store/database.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/sqlitestore.h"

using namespace handrail;
using namespace handrail::store;

/// A store as evidence: what was changed in it behind the program's back is found.
class AuditTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    QString folder_;
    QString heads_;

    StoreOptions options() const { return {"a test", "store-1", heads_.toStdString(), {}, false}; }
    std::unique_ptr<Store> opened() const
    {
        auto store = openStore(folder_.toStdString(), options());
        if (!store) qFatal("%s", store.failure().message.c_str());
        return store.take();
    }
    static Batch lines(const std::string& run, int count, RunStatus status = RunStatus::Running)
    {
        Batch batch;
        for (int i = 0; i < count; ++i) {
            decide::Event event;
            event.time = 1000 + i;
            event.run = run;
            event.step = "pay";
            event.kind = decide::EventKind::Judged;
            event.data = {{"n", i}, {"amount", "12.00"}};
            batch.events.push_back(event);
        }
        RunRow row;
        row.summary.id = run;
        row.summary.agent = "desk";
        row.summary.status = status;
        row.summary.updated = 5'000;
        row.live = status == RunStatus::Running;
        batch.runs.push_back(row);
        return batch;
    }
    void commit(Store& store, Batch batch) const { QVERIFY(store.commit(batch).how == Committed::Committed); }
    void keepHead(const Store& store) const { QVERIFY(!writeAnchor(headPath(heads_.toStdString(), "store-1"), store.anchor(), false)); }

    void tamper(const char* sql) const
    {
        sqlite3* db = nullptr;
        QCOMPARE(sqlite3_open(databasePath(folder_.toStdString()).c_str(), &db), SQLITE_OK);
        char* error = nullptr;
        QVERIFY2(sqlite3_exec(db, sql, nullptr, nullptr, &error) == SQLITE_OK, error);
        sqlite3_close(db);
    }
    QStringList found(const std::string& anchor = {}) const
    {
        const auto check = verifyStore(folder_.toStdString(), heads_.toStdString(), anchor);
        if (!check) return {QString::fromStdString(check.failure().message)};
        QStringList findings;
        for (const auto& finding : check->findings) findings.append(QString::fromStdString(finding.message));
        return findings;
    }

private slots:
    void init()
    {
        folder_ = dir_.filePath(QStringLiteral("%1%2").arg(QString::fromLatin1(QTest::currentTestFunction()), QString::fromLatin1(QTest::currentDataTag())).replace(u' ', u'-'));
        heads_ = folder_ + u"-heads"_qs;
    }

    void an_untouched_store_is_as_it_was_written()
    {
        auto store = opened();
        commit(*store, lines("r1", 5));
        keepHead(*store);
        QCOMPARE(found(), QStringList());
        store.reset();
        QCOMPARE(found(), QStringList());
        QCOMPARE(verifyStore(folder_.toStdString(), {}, {})->lines, 5);
    }

    void whatever_was_done_to_the_journal_is_found_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("finding");
        QTest::newRow("edited") << QByteArray("UPDATE journal SET data = replace(data, '12.00', '99.00') WHERE seq = 3") << u"Line 3 of the journal is not as it was written."_qs;
        QTest::newRow("re-timed") << QByteArray("UPDATE journal SET time = 1 WHERE seq = 3") << u"Line 3 of the journal is not as it was written."_qs;
        QTest::newRow("deleted") << QByteArray("DELETE FROM journal WHERE seq IN (3, 4)") << u"Lines 3 to 4 of the journal are missing."_qs;
        QTest::newRow("reordered") << QByteArray("UPDATE journal SET seq = -1 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = -1") << u"Line 2 of the journal is not as it was written."_qs;
        QTest::newRow("cut off") << QByteArray("DELETE FROM journal WHERE seq > 4") << u"The journal ends at line 4, but it was at line 6 before: the store was cut, or an older copy was put back."_qs;
        QTest::newRow("emptied") << QByteArray("UPDATE journal SET data = '', event = 'pruned', run = '' WHERE seq = 2") << u"1 lines have lost their content, but only 0 were let go by a rule."_qs;
        QTest::newRow("replaced to the end") << QByteArray("UPDATE journal SET hash = 'x' WHERE seq = 6") << u"Line 6 of the journal is not as it was written."_qs;
    }
    void whatever_was_done_to_the_journal_is_found()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QString, finding);
        {
            auto store = opened();
            commit(*store, lines("r1", 6));
            keepHead(*store);
        }
        tamper(sql.constData());
        QVERIFY2(found().contains(finding), qPrintable(found().join(u'\n')));
    }

    void an_older_copy_that_was_put_back_is_refused_until_a_person_accepts()
    {
        const QString file = QString::fromStdString(databasePath(folder_.toStdString()));
        const std::string copy = (folder_ + u".copy"_qs).toStdString();
        {
            auto store = opened();
            commit(*store, lines("r1", 3));
            QVERIFY(!backupStore(folder_.toStdString(), copy));
            commit(*store, lines("r1", 3));
            keepHead(*store);
        }
        for (const auto* rest : {"-wal", "-shm"}) QFile::remove(file + QString::fromLatin1(rest));
        QVERIFY(QFile::remove(file) && QFile::copy(QString::fromStdString(copy), file));
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        const auto refused = openStore(folder_.toStdString(), options());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.failure().code, std::string("R103"));
        QVERIFY(refused.failure().hint.find("accept-rollback") != std::string::npos);
        QCOMPARE(found().size(), 1);

        QVERIFY(!acceptRollback(folder_.toStdString(), heads_.toStdString(), "a test", "bob", "the disk died"));
        auto store = opened();
        const auto events = *store->events("r1");
        QCOMPARE(events.size(), std::size_t(4));
        QCOMPARE(events.back().kind, decide::EventKind::RolledBack);
        QCOMPARE(found(), QStringList());
        QVERIFY(acceptRollback(folder_.toStdString(), heads_.toStdString(), "a test", "bob", "again"));
    }

    void an_anchor_kept_elsewhere_proves_what_the_head_beside_it_cannot()
    {
        const std::string anchor = (folder_ + u".anchor"_qs).toStdString();
        {
            auto store = opened();
            commit(*store, lines("r1", 6));
        }
        QVERIFY(anchorStore(folder_.toStdString(), anchor).ok());
        struct stat info{};
        QCOMPARE(stat(anchor.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 077, 0u);
        QCOMPARE(found(anchor), QStringList());
        tamper("DELETE FROM journal WHERE seq > 4");
        QCOMPARE(found(), QStringList());
        QCOMPARE(found(anchor).size(), 1);
        QCOMPARE(verifyStore(folder_.toStdString(), {}, folder_.toStdString() + ".none").failure().code, std::string("U105"));
    }

    void a_damaged_end_of_the_journal_is_found_at_the_start()
    {
        {
            auto store = opened();
            commit(*store, lines("r1", 200));
        }
        tamper("UPDATE journal SET data = '{}' WHERE seq = 190");
        const auto refused = openStore(folder_.toStdString(), options());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.failure().code, std::string("R103"));
        QCOMPARE(refused.failure().where, std::string("line 190"));
    }

    void a_backup_of_a_store_in_use_is_whole_private_and_never_overwrites()
    {
        auto store = opened();
        commit(*store, lines("r1", 50));
        const std::string copy = (folder_ + u".copy"_qs).toStdString();
        QVERIFY(!backupStore(folder_.toStdString(), copy));
        commit(*store, lines("r1", 5));
        struct stat info{};
        QCOMPARE(stat(copy.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
        const auto again = backupStore(folder_.toStdString(), copy);
        QVERIFY(again && again->code == "U102");
        const QString restored = folder_ + u"-restored"_qs;
        QVERIFY(QDir().mkpath(restored) && QFile::copy(QString::fromStdString(copy), QString::fromStdString(databasePath(restored.toStdString()))));
        const auto check = verifyStore(restored.toStdString(), {}, {});
        QVERIFY(check->findings.empty());
        QCOMPARE(check->lines, 50);
    }

    void pruning_lets_ended_runs_go_and_keeps_the_chain()
    {
        auto store = opened();
        commit(*store, lines("done1", 5, RunStatus::Completed));
        commit(*store, lines("live1", 5));
        commit(*store, lines("done2", 5, RunStatus::Failed));
        commit(*store, lines("doubt", 5, RunStatus::Aborted));
        Batch doubt;
        InboxRow open;
        open.id = "doubt-1";
        open.run = "doubt";
        open.unknown = true;
        doubt.handoffs.push_back(open);
        decide::IntentRow intent;
        intent.key = "k1";
        intent.run = "done1";
        intent.state = decide::IntentState::Done;
        intent.result = {{"id", 7}};
        doubt.intents.push_back(intent);
        intent.key = "k2";
        intent.run = "done2";
        intent.state = decide::IntentState::Unknown;
        doubt.intents.push_back(intent);
        doubt.events = lines("live1", 1).events;
        commit(*store, doubt);

        QCOMPARE(store->prune({5'000, "bob", 9'000})->runs, 0);
        const auto pruned = store->prune({5'001, "bob", 9'000});
        QCOMPARE(pruned->runs, 1);
        QCOMPARE(pruned->lines, 5);
        QVERIFY(!*store->run("done1"));
        QVERIFY(*store->run("done2") && *store->run("doubt") && *store->run("live1"));
        QCOMPARE(store->events("doubt")->size(), std::size_t(5));
        // A run that has the same business key must still find what was done.
        QVERIFY(*store->intent("k1") && (*store->intent("k1"))->result == Json({{"id", 7}}));
        const auto check = verifyStore(folder_.toStdString(), {}, {});
        QVERIFY2(check->findings.empty(), check->findings.empty() ? "" : check->findings.front().message.c_str());
        QCOMPARE(check->pruned, 5);
        keepHead(*store);
        store.reset();
        QVERIFY(openStore(folder_.toStdString(), options()).ok());
    }
};

QTEST_GUILESS_MAIN(AuditTest)
#include "audittest.moc"
