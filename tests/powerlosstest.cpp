#include <QTemporaryDir>
#include <QTest>

#include <random>

#include "agentcore/store/audit.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"
#include "tests/support/recordingvfs.h"

using namespace handrail;
using namespace handrail::store;
using handrailtest::RecordingVfs;

/// Bytes that never reached the disk, and a disk that says no. HANDRAIL_IMAGES says how many images.
class PowerLossTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int moved_ = 0;  ///< times that a quiet moment moved the log
    std::string folder() const { return dir_.filePath(QString::fromLatin1(QTest::currentTestFunction())).toStdString(); }
    static StoreOptions on(const RecordingVfs& vfs) { return {.program = "a test", .newStoreId = "store-1", .headFolder = {}, .fileSystem = vfs.name(), .restingLog = 12}; }

    static Batch batch(int number, std::size_t size)
    {
        Batch batch;
        decide::Event event;
        event.time = 1000 + number;
        event.run = "r" + std::to_string(number % 7);
        event.kind = decide::EventKind::Judged;
        event.data = {{"n", number}, {"text", std::string(size, static_cast<char>('a' + number % 26))}};
        batch.events.push_back(event);
        RunRow row;
        row.summary.id = event.run;
        row.summary.agent = "desk";
        row.summary.updated = event.time;
        batch.runs.push_back(row);
        return batch;
    }

    /// What the store had said was safe, after so many steps of the history.
    struct Promise {
        std::size_t steps = 0;
        Seq seq = 0;
    };

    /// Commits of many sizes over several sessions. The log is moved into the file at each end of a session, and within
    /// one in its quiet moments, after which it is written anew from its beginning.
    std::vector<Promise> recordHistory(RecordingVfs& vfs)
    {
        std::vector<Promise> promises{{0, 0}};
        std::mt19937 random(7);
        int number = 0;
        for (int session = 0; session < 5; ++session) {
            auto store = openStore(folder(), on(vfs));
            if (!store) qFatal("%s", store.failure().message.c_str());
            for (int i = 0; i < 12; ++i) {
                auto one = batch(++number, random() % 9000);
                if ((*store)->commit(one).how != Committed::Committed) qFatal("not committed");
                promises.push_back({vfs.history.size(), (*store)->anchor().head.seq});
                const auto before = vfs.history.size();
                (*store)->rest();
                moved_ += vfs.history.size() > before;
            }
        }
        if (moved_ < 10) qFatal("The log was hardly moved.");
        return promises;
    }

    /// Opens what was left; the last line that is there, or a sentence.
    static QString seqIn(const RecordingVfs::Files& files, const std::string& folder, Seq& last)
    {
        RecordingVfs vfs("after");
        vfs.files = files;
        auto store = openStore(folder, on(vfs));
        if (!store) return QString::fromStdString(store.failure().message + " " + store.failure().where);
        last = (*store)->anchor().head.seq;
        store->reset();
        auto database = Database::open(databasePath(folder), Database::Access::Write, vfs.name());
        if (!database) return QString::fromStdString(database.failure().message);
        const auto report = audit(**database, {});
        if (!report) return QString::fromStdString(report.failure().message);
        return report->findings.empty() ? QString() : QString::fromStdString(report->findings.front().message);
    }

private slots:
    void every_acknowledged_commit_outlives_a_loss_of_power()
    {
        RecordingVfs vfs("before");
        const auto promises = recordHistory(vfs);
        const int given = qEnvironmentVariableIntValue("HANDRAIL_IMAGES");
        const int images = given > 0 ? given : 2'000;
        std::mt19937_64 random(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("HANDRAIL_SEED")) + 3);
        std::size_t cutShort = 0;
        for (int i = 0; i < images; ++i) {
            const std::size_t steps = 1 + random() % vfs.history.size();
            const int mode = i % 3;
            const auto seed = random();
            const auto files = RecordingVfs::lost(vfs.history, steps, [&](int sector) {
                return mode == 1 || (mode == 2 && (std::mt19937_64(seed + static_cast<std::uint64_t>(sector))() & 1));
            });
            Seq promised = 0;
            for (const auto& promise : promises) {
                if (promise.steps <= steps) promised = promise.seq;
            }
            Seq last = -1;
            const QString wrong = seqIn(files, folder(), last);
            const QString told = QStringLiteral("image %1: after %2 of %3 steps, kept %4: line %5 of %6 promised. %7")
                                     .arg(i).arg(steps).arg(vfs.history.size()).arg(mode).arg(last).arg(promised).arg(wrong);
            QVERIFY2(wrong.isEmpty() && last >= promised, qPrintable(told));
            cutShort += last < promises.back().seq;
        }
        // The images are not all of the finished store.
        QVERIFY(cutShort > static_cast<std::size_t>(images) / 2);
    }

    void a_flush_that_is_left_out_would_be_noticed()
    {
        RecordingVfs vfs("before");
        const auto promises = recordHistory(vfs);
        auto history = vfs.history;
        std::erase_if(history, [](const auto& step) { return step.kind == RecordingVfs::Step::Flush; });
        Seq last = -1;
        seqIn(RecordingVfs::lost(history, history.size(), [](int) { return false; }), folder(), last);
        QVERIFY(last < promises.back().seq);
    }

    void a_full_disk_refuses_the_commit_and_keeps_what_was_there()
    {
        RecordingVfs vfs("full");
        auto store = openStore(folder(), on(vfs));
        auto first = batch(1, 100);
        QCOMPARE((*store)->commit(first).how, Committed::Committed);
        for (int write = 0; write < 6; ++write) {
            vfs.failWriteAt = write;
            auto refused = batch(2, 9000);
            const auto result = (*store)->commit(refused);
            if (vfs.failWriteAt >= 0) break;
            QCOMPARE(result.how, Committed::Down);
            QCOMPARE(result.why->code, std::string("R101"));
            QCOMPARE((*store)->anchor().head.seq, 1);
        }
        vfs.failWriteAt = -1;
        auto later = batch(3, 100);
        QCOMPARE((*store)->commit(later).how, Committed::Committed);
        QCOMPARE((*store)->anchor().head.seq, 2);
    }

    void a_flush_that_fails_is_not_tried_again()
    {
        RecordingVfs vfs("broken");
        auto store = openStore(folder(), on(vfs));
        auto first = batch(1, 100);
        QCOMPARE((*store)->commit(first).how, Committed::Committed);
        vfs.failFlushAt = 0;
        const int before = vfs.flushes;
        auto second = batch(2, 100);
        const auto result = (*store)->commit(second);
        QCOMPARE(result.how, Committed::Down);
        QCOMPARE(result.why->code, std::string("R102"));
        QCOMPARE(vfs.flushes, before);
        QCOMPARE((*store)->anchor().head.seq, 1);
    }
};

QTEST_GUILESS_MAIN(PowerLossTest)
#include "powerlosstest.moc"
