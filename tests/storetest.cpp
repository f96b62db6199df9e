#include <csignal>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <sys/resource.h>
#include <sys/stat.h>

#include "agentcore/store/database.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"

using namespace handrail;
using namespace handrail::store;

class StoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::string folder(const char* name) const { return dir_.filePath(QString::fromLatin1(name)).toStdString(); }

    static std::unique_ptr<Store> opened(const std::string& folder)
    {
        auto store = openStore(folder, {"a test", "store-1", {}, {}, false});
        if (!store) qFatal("%s", store.failure().message.c_str());
        return store.take();
    }

    static Batch oneRun(const std::string& id, Millis due = 0, bool live = true)
    {
        Batch batch;
        decide::Event event;
        event.time = 1000;
        event.run = id;
        event.kind = decide::EventKind::RunStarted;
        event.data = {{"agent", "desk"}};
        batch.events.push_back(event);
        RunRow row;
        row.summary.id = id;
        row.summary.agent = "desk";
        row.summary.created = 1000;
        row.due = due;
        row.live = live;
        batch.runs.push_back(row);
        return batch;
    }

    static InboxRow handoff(const std::string& id, Risk risk, Millis decideBy, Millis created)
    {
        InboxRow row;
        row.id = id;
        row.run = "r";
        row.title = "Title 100% of " + id;
        row.risk = risk;
        row.decideBy = decideBy;
        row.created = created;
        return row;
    }

private slots:
    void all_that_wait_for_a_person_hear_of_a_clock_in_doubt()
    {
        auto store = opened(folder("waiting"));
        for (const auto status : {RunStatus::Running, RunStatus::WaitingApproval, RunStatus::Escalated, RunStatus::Completed}) {
            auto batch = oneRun(word(status), 0, false);
            batch.runs.front().summary.status = status;
            QVERIFY(store->commit(batch).how == Committed::Committed);
        }
        // Paused with a call under way: it is taken over as one that is live, and once.
        auto sending = oneRun("sending", 0, true);
        sending.runs.front().summary.status = RunStatus::Escalated;
        QVERIFY(store->commit(sending).how == Committed::Committed);
        QCOMPARE(store->waitingRuns().value(), (std::vector<RunId>{"escalated", "waiting_approval"}));
        QCOMPARE(store->liveRuns().value(), std::vector<RunId>{"sending"});
    }

    void what_sqlite_says_has_a_code_and_words_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<QString>("code");
        QTest::newRow("full") << 13 << "R101";
        QTest::newRow("an error of the disk, extended") << 10 + 5 * 256 << "R102";
        QTest::newRow("corrupt") << 11 << "R103";
        QTest::newRow("no database") << 26 << "R103";
        QTest::newRow("not to be written") << 8 << "R105";
        QTest::newRow("busy") << 5 << "R106";
        QTest::newRow("no memory") << 7 << "R107";
    }
    void what_sqlite_says_has_a_code_and_words()
    {
        QFETCH(int, result);
        const auto at = folder(QTest::currentDataTag());
        opened(at);
        const auto database = Database::open(databasePath(at), Database::Access::Read);
        const Failure why = (*database)->failureOf(result);
        QTEST(QString::fromStdString(why.code), "code");
        QVERIFY(!why.message.empty() && !why.hint.empty());
    }

    void what_was_committed_is_there_after_opening_again()
    {
        const auto at = folder("again");
        {
            auto store = opened(at);
            auto batch = oneRun("r1");
            QCOMPARE(store->commit(batch).how, Committed::Committed);
            QCOMPARE(batch.events.front().seq, Seq(1));
            auto more = oneRun("r2");
            QCOMPARE(store->commit(more).how, Committed::Committed);
            QCOMPARE(more.events.front().seq, Seq(2));
        }
        auto store = opened(at);
        const auto events = store->events("r2");
        QCOMPARE(events->size(), std::size_t(1));
        QCOMPARE(events->front().seq, Seq(2));
        QCOMPARE(textOf(events->front().data, "agent"), std::string("desk"));
        auto third = oneRun("r3");
        store->commit(third);
        QCOMPARE(third.events.front().seq, Seq(3));
    }

    void a_line_is_read_as_it_was_written_member_by_member()
    {
        const auto at = folder("members");
        auto store = opened(at);
        auto batch = oneRun("r");
        decide::Event event;
        event.time = 2'345;
        event.run = "r";
        event.step = "pay";
        event.attempt = 3;
        event.kind = decide::EventKind::Dispatched;
        event.data = {{"key", "k-1"}, {"list", {1, 2}}};
        batch.events.push_back(event);
        QCOMPARE(store->commit(batch).how, Committed::Committed);
        const auto events = store->events("r").take();
        QCOMPARE(events.size(), std::size_t(2));
        const auto& read = events.back();
        QCOMPARE(read.seq, Seq(2));
        QCOMPARE(read.time, Millis(2'345));
        QCOMPARE(read.run, std::string("r"));
        QCOMPARE(read.step, std::string("pay"));
        QCOMPARE(read.attempt, 3);
        QCOMPARE(read.kind, decide::EventKind::Dispatched);
        QVERIFY(read.data == event.data);
    }

    void a_line_that_cannot_be_read_is_named_and_never_left_out_data()
    {
        QTest::addColumn<QString>("spoilt");
        QTest::newRow("no JSON") << QStringLiteral("UPDATE journal SET data = '{' WHERE seq = 1");
        QTest::newRow("no object") << QStringLiteral("UPDATE journal SET data = '[1]' WHERE seq = 1");
        QTest::newRow("no such event") << QStringLiteral("UPDATE journal SET event = 'danced' WHERE seq = 1");
    }
    void a_line_that_cannot_be_read_is_named_and_never_left_out()
    {
        QFETCH(QString, spoilt);
        const auto at = folder(("spoilt" + std::to_string(qHash(spoilt))).c_str());
        auto store = opened(at);
        auto batch = oneRun("r");
        QCOMPARE(store->commit(batch).how, Committed::Committed);
        {
            auto database = Database::open(databasePath(at), Database::Access::Write);
            QCOMPARE((*database)->execute(spoilt.toUtf8().constData()), 0);
        }
        const auto events = store->events("r");
        QVERIFY(!events);
        QCOMPARE(events.failure().code, std::string("R103"));
        QVERIFY(events.failure().message.find("Line 1 ") != std::string::npos);
    }

    void a_store_without_its_own_name_is_damaged()
    {
        const auto at = folder("nameless");
        opened(at);
        auto database = Database::open(databasePath(at), Database::Access::Write).take();
        QCOMPARE(*readStoreId(*database), std::string("store-1"));
        QCOMPARE(database->execute("DELETE FROM meta WHERE name = 'store_id'"), 0);
        const auto id = readStoreId(*database);
        QVERIFY(!id);
        QCOMPARE(id.failure().code, std::string("R103"));
    }

    void a_journal_that_the_disk_does_not_give_back_is_an_error_and_not_an_empty_one()
    {
        const auto at = folder("torn");
        auto batch = oneRun("r");
        opened(at)->commit(batch);
        auto database = Database::open(databasePath(at), Database::Access::Write).take();
        QCOMPARE(database->execute("ALTER TABLE journal RENAME TO torn"), 0);
        QCOMPARE(database->execute("CREATE VIEW journal AS SELECT seq, time, run, step, attempt, event, data, abs(-9223372036854775807 - 1) AS hash FROM torn"), 0);
        QVERIFY(!readHead(*database));
        QCOMPARE(database->execute("DROP VIEW journal"), 0);
        QCOMPARE(database->execute("CREATE VIEW journal AS SELECT seq, time, run, step, attempt, event, abs(-9223372036854775807 - 1) AS data FROM torn"), 0);
        QVERIFY(!readEvents(*database, "r", 0, -1));
    }

    void a_second_process_is_told_who_has_the_store()
    {
        const auto at = folder("lock");
        auto store = opened(at);
        const auto second = openStore(at, {"another", "x", {}, {}, false});
        QVERIFY(!second);
        QCOMPARE(second.failure().code, std::string("R106"));
        QVERIFY(second.failure().message.find("a test (process ") != std::string::npos);
        QVERIFY(holderOf(at).rfind("a test", 0) == 0);
        store.reset();
        QVERIFY(openStore(at, {"another", "x", {}, {}, false}).ok());
    }

    void store_and_folder_are_private()
    {
        const auto at = folder("private");
        opened(at + "/");
        struct stat info{};
        stat(at.c_str(), &info);
        QCOMPARE(int(info.st_mode & 0777), 0700);
        stat(databasePath(at).c_str(), &info);
        QCOMPARE(int(info.st_mode & 0777), 0600);
    }

    void a_looser_store_is_refused_with_the_command_that_mends_it()
    {
        const auto at = folder("loose");
        opened(at);
        chmod(databasePath(at).c_str(), 0644);
        const auto refused = openStore(at, {"a test", "x", {}, {}, false});
        QCOMPARE(refused.failure().code, std::string("R102"));
        QVERIFY(refused.failure().hint.find("chmod 600") != std::string::npos);
        chmod(databasePath(at).c_str(), 0600);
        chmod(at.c_str(), 0755);
        QVERIFY(openStore(at, {"a test", "x", {}, {}, false}).failure().hint.find("chmod 700") != std::string::npos);
    }

    void what_is_no_store_is_refused_and_left_alone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("this is not a database, it only looks like a file of one\n").repeated(50);
        QTest::newRow("a cut header") << QByteArray("SQLite format 3\0garbage", 23) + QByteArray(2000, 'x');
    }
    void what_is_no_store_is_refused_and_left_alone()
    {
        QFETCH(QByteArray, bytes);
        const auto at = folder(QTest::currentDataTag());
        QVERIFY(QDir().mkpath(QString::fromStdString(at)));
        chmod(at.c_str(), 0700);
        QFile file(QString::fromStdString(databasePath(at)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        chmod(databasePath(at).c_str(), 0600);
        const auto refused = openStore(at, {"a test", "x", {}, {}, false});
        QVERIFY(!refused);
        QCOMPARE(refused.failure().code, std::string("R103"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
    }

    void a_newer_store_is_refused()
    {
        const auto at = folder("newer");
        opened(at);
        {
            auto database = Database::open(databasePath(at), Database::Access::Write);
            database.value()->execute("PRAGMA user_version=99");
        }
        const auto refused = openStore(at, {"a test", "x", {}, {}, false});
        QCOMPARE(refused.failure().code, std::string("R103"));
        QVERIFY(refused.failure().message.find("newer") != std::string::npos);
        QCOMPARE(openReadStore(at).failure().code, std::string("R103"));
    }

    void a_store_of_an_older_form_is_brought_up_to_date_and_keeps_everything()
    {
        const std::string at = folder("older");
        QVERIFY(QDir().mkpath(QString::fromStdString(at)));
        QFile::setPermissions(QString::fromStdString(at), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QProcess sqlite;
        sqlite.setStandardInputFile(QStringLiteral(SOURCE_DIR "/tests/data/store-form1.sql"));
        sqlite.start(u"sqlite3"_qs, {QString::fromStdString(databasePath(at))});
        QVERIFY(sqlite.waitForFinished() && sqlite.exitCode() == 0);
        QFile::setPermissions(QString::fromStdString(databasePath(at)), QFile::ReadOwner | QFile::WriteOwner);

        auto store = openStore(at, {"a test", "other", {}, {}, false});
        QVERIFY2(store.ok(), store.ok() ? "" : store.failure().message.c_str());
        QCOMPARE((*store)->anchor().head.seq, 13);
        QVERIFY((*store)->isolatedHosts()->empty());
        const auto run = (*(*store)->liveRuns());
        QVERIFY(run.empty());
        auto more = oneRun("new");
        QCOMPARE((*store)->commit(more).how, Committed::Committed);
        QCOMPARE((*store)->anchor().head.seq, 14);
    }

    void one_of_two_decisions_wins()
    {
        auto store = opened(folder("race"));
        auto batch = oneRun("r");
        batch.handoffs.push_back(handoff("r-1", Risk::High, 0, 1));
        store->commit(batch);
        auto first = oneRun("r");
        first.stillOpen = {"r-1"};
        first.handoffs.push_back(handoff("r-1", Risk::High, 0, 1));
        first.handoffs.back().state = HandoffState::Decided;
        QCOMPARE(store->commit(first).how, Committed::Committed);
        auto second = oneRun("r");
        second.stillOpen = {"r-1"};
        const auto result = store->commit(second);
        QCOMPARE(result.how, Committed::Conflict);
        QCOMPARE(result.why->code, std::string("A105"));
        QCOMPARE(store->events("r")->size(), std::size_t(2));
    }

    void due_and_live_runs_are_rows_not_objects()
    {
        auto store = opened(folder("due"));
        auto batch = oneRun("a", 500, false);
        auto other = oneRun("b", 100, true);
        batch.events.push_back(other.events.front());
        batch.runs.push_back(other.runs.front());
        store->commit(batch);
        QCOMPARE(*store->nextDue().value(), Millis(100));
        QCOMPARE(store->dueRuns(499, 10).value(), std::vector<RunId>{"b"});
        QCOMPARE(store->dueRuns(500, 10).value(), (std::vector<RunId>{"b", "a"}));
        QCOMPARE(store->liveRuns().value(), std::vector<RunId>{"b"});
    }

    void a_reader_cannot_write()
    {
        const auto at = folder("readonly");
        opened(at);
        auto database = Database::open(databasePath(at), Database::Access::Read);
        QVERIFY((*database)->execute("DELETE FROM journal") != 0);
    }

    void a_full_disk_keeps_what_was_acknowledged()
    {
        const auto at = folder("full");
        auto store = opened(at);
        auto batch = oneRun("r1");
        QCOMPARE(store->commit(batch).how, Committed::Committed);
        {
            // A page limit stands for the end of the disk: SQLite reports both as SQLITE_FULL.
            rlimit limit{};
            getrlimit(RLIMIT_FSIZE, &limit);
            const auto before = limit;
            limit.rlim_cur = 60'000;
            std::signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &limit);
            auto large = oneRun("r2");
            large.events.front().data["text"] = std::string(500'000, 'x');
            const auto result = store->commit(large);
            setrlimit(RLIMIT_FSIZE, &before);
            QCOMPARE(result.how, Committed::Down);
            QVERIFY(result.why->code == "R101" || result.why->code == "R102");
        }
        QCOMPARE(store->events("r1")->size(), std::size_t(1));
        QCOMPARE(store->events("r2")->size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "storetest.moc"
