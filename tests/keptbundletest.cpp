#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/replay/bundle.h"
#include "agentcore/replay/replay.h"
#include "agentcore/replaying.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Bundles that released versions have made, in tests/data/bundles/VERSION: for ever they replay to the same
/// decisions, byte for byte. HANDRAIL_WRITE_BUNDLES=1 makes those of this version, once, before it is released.
class KeptBundleTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static QString kept() { return QStringLiteral(SOURCE_DIR "/tests/data/bundles/"); }

    static QString desk(const QString& more = {}, const QString& stepMore = {})
    {
        return agent(readTool(u"find"_qs, q(R"(, "fallback": {"cache_s": 60})")) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment", "show": {"amount": "/amount"})")) + u","_qs +
                         writeTool(u"note"_qs, u"write_blind"_qs, q(R"(, "undo": {"tool": "forget", "with": {"text": "${params.text}"}})")) + u","_qs + writeTool(u"forget"_qs, u"write_keyed"_qs),
                     step(u"look"_qs, u"find"_qs, q("{}"), stepMore) + u","_qs + step(u"write"_qs, u"note"_qs, q(R"({"text": "${look.result.name}"})")) + u","_qs +
                         step(u"settle"_qs, u"pay"_qs, q(R"({"amount": "${look.result.total}"})")),
                     q(R"("limits": {"run_s": 20}, )") + more);
    }
    /// Lets time pass until the run has come to its next stop.
    static void settle(Stage& stage, const RunId& run)
    {
        for (int i = 0; i < 40; ++i) {
            (void)QTest::qWaitFor([&] { return stage.store->run(run)->value().due > stage.clock.at || !stage.store->run(run)->value().live; }, 200);
            const auto row = *stage.store->run(run);
            if (!row->live) return;
            stage.clock.at = std::max(stage.clock.at + 500, row->due);
            stage.driver->turn();
        }
    }
    /// A run of each kind of end, and of each kind of stop.
    RunId play(Stage& stage, const QString& end)
    {
        const auto find = [&] { stage.wire.answer(200, R"({"name": "Ann Smith", "total": "12.50"})"); };
        if (end == u"failed"_qs) {
            for (int i = 0; i < 3; ++i) stage.wire.answer(503, "{}");
            return stage.start(desk({}, q(R"(, "on_failure": "fail")")));
        }
        if (end == u"timed_out"_qs) {
            // Its first call takes all the time that the run has.
            const auto run = stage.start(agent(readTool(u"find"_qs), step(u"look"_qs, u"find"_qs) + u","_qs + step(u"again"_qs, u"find"_qs), q(R"("limits": {"run_s": 3, "step_s": 30}, )")));
            (void)QTest::qWaitFor([&] { return stage.wire.silent.size() == 1; });
            stage.clock.at += 3'000;
            stage.wire.speak(0, 200, "1");
            (void)QTest::qWaitFor([&] { return !stage.store->run(run)->value().live; });
            return run;
        }
        if (end == u"escalated"_qs) {
            for (int i = 0; i < 3; ++i) stage.wire.answer(503, "{}");
            return stage.start(desk());
        }
        stage.wire.answer(503, "{}");
        find();
        if (end == u"unknown"_qs) stage.wire.fail("T108", wire::SendPhase::MaybeSent);
        else stage.wire.answer(200, R"({"id": 7})");
        const auto run = stage.start(desk());
        settle(stage, run);
        if (end == u"completed"_qs) {
            stage.wire.answer(200, R"({"id": 8})");
            stage.decide(run + "-1", Verb::Approve);
        }
        if (end == u"aborted"_qs) stage.decide(run + "-1", Verb::Reject);
        if (end == u"undone"_qs) {
            stage.wire.answer(400, "{}");
            stage.decide(run + "-1", Verb::Approve);
            settle(stage, run);
            stage.wire.answer(200, "{}");
            Decision decision;
            decision.handoff = run + "-2";
            decision.verb = Verb::Undo;
            decision.undoAll = true;
            decision.who = "bob";
            std::optional<Outcome<HandoffId>> reply;
            stage.driver->decide(decision, [&](Outcome<HandoffId> outcome) { reply = std::move(outcome); });
            (void)QTest::qWaitFor([&] { return reply.has_value(); });
        }
        return run;
    }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    void this_version_makes_its_own_when_it_is_asked_to_data()
    {
        QTest::addColumn<QString>("state");
        const auto row = [](const char* name, const char* state) { QTest::newRow(name) << QString::fromLatin1(state); };
        row("completed", "completed");
        row("failed", "failed");
        row("timed_out", "timed_out");
        row("aborted", "aborted");
        row("undone", "aborted");
        row("escalated", "escalated");
        row("unknown", "escalated");
        row("waiting_approval", "waiting_approval");
    }
    void this_version_makes_its_own_when_it_is_asked_to()
    {
        QFETCH(QString, state);
        const QString end = QString::fromLatin1(QTest::currentDataTag());
        Stage stage(folder());
        const auto run = play(stage, end);
        settle(stage, run);
        QCOMPARE(QString::fromStdString(word((*stage.store->run(run))->summary.status)), state);
        const auto text = bundleOf(stage.folder, run);
        QVERIFY2(text.ok(), text.ok() ? "" : text.failure().message.c_str());
        const auto bundle = replay::readBundle(*text);
        QVERIFY(bundle.ok());
        QVERIFY(!replay::replay(*parseDefinition(dump(bundle->definition)).definition, bundle->events).differs);
        // One that is kept is never written over: what a version has decided stays what it has decided.
        const QString file = kept() + QStringLiteral(HANDRAIL_VERSION "/") + end + u".json"_qs;
        if (!qEnvironmentVariableIsSet("HANDRAIL_WRITE_BUNDLES") || QFile::exists(file)) return;
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QVERIFY(!writeBundle(*text, file.toStdString()));
    }

    void every_kept_bundle_decides_the_same_byte_for_byte_data()
    {
        QTest::addColumn<QString>("file");
        QDirIterator files(kept(), {u"*.json"_qs}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            QTest::newRow(qPrintable(file.mid(kept().size()))) << file;
        }
    }
    void every_kept_bundle_decides_the_same_byte_for_byte()
    {
        QFETCH(QString, file);
        QFile content(file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        const std::string text = content.readAll().toStdString();
        const auto bundle = replay::readBundle(text);
        QVERIFY2(bundle.ok(), bundle.ok() ? "" : bundle.failure().message.c_str());
        const auto definition = parseDefinition(dump(bundle->definition)).definition;
        QVERIFY(definition);
        const auto told = replay::replay(*definition, bundle->events);
        QVERIFY2(!told.differs, told.differs ? (told.differs->message + "\n" + dump(told.differs->journal) + "\n" + dump(told.differs->now)).c_str() : "");
        QCOMPARE(told.lines.size(), bundle->events.size());
        QCOMPARE(*replay::bundleText(*bundle), text);
        // What it came to stands in its name.
        const QString name = QFileInfo(file).completeBaseName();
        const QString state = name == u"undone"_qs ? u"aborted"_qs : name == u"unknown"_qs ? u"escalated"_qs : name;
        QCOMPARE(QString::fromStdString(word(told.moment.run.summary.status)), state);
    }

    void this_version_has_all_of_its_own()
    {
        for (const char* end : {"completed", "failed", "timed_out", "aborted", "undone", "escalated", "unknown", "waiting_approval"}) {
            QVERIFY2(QFile::exists(kept() + QStringLiteral("0.1.0/") + QString::fromLatin1(end) + u".json"_qs), end);
        }
    }
};

QTEST_GUILESS_MAIN(KeptBundleTest)
#include "keptbundletest.moc"
