#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/paydesk.h"
#include "tests/support/stage.h"
#endif

#include "agentcore/reader.h"

using namespace handrail;
using namespace handrailtest;

/// Handoffs that people take, put off and come back to, through the driver and on disk.
class TendedTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int folders_ = 0;

    std::string folder() { return dir_.filePath(QString::number(++folders_)).toStdString(); }

    static std::optional<Failure> tend(Stage& stage, const HandoffId& id, std::optional<std::string> assignee, std::optional<Millis> until)
    {
        std::optional<Outcome<HandoffId>> reply;
        stage.driver->tend({id, "bob", std::move(assignee), until}, [&](Outcome<HandoffId> outcome) { reply = std::move(outcome); });
        if (!QTest::qWaitFor([&] { return reply.has_value(); })) return failure("X000", "No reply came.");
        return *reply ? std::nullopt : std::optional(reply->failure());
    }
    static QStringList shown(const Stage& stage, const InboxFilter& filter)
    {
        QStringList ids;
        const auto rows = openReader(stage.folder).take()->inbox(filter).take();
        for (const auto& row : rows) ids.append(QString::fromStdString(row.id));
        ids.sort();
        return ids;
    }
    /// A run that has read and waits at its gate; its handoff.
    static HandoffId asked(Stage& stage)
    {
        stage.wire.answer(200, "{}");
        const auto run = stage.start(payDesk());
        return stage.stopped(run) == u"waiting_approval"_qs ? run + "-1" : HandoffId();
    }

private slots:
    void initTestCase() { QVERIFY(dir_.isValid()); }

    void mine_is_what_i_have_and_what_is_put_off_is_out_of_the_way_until_then()
    {
        Stage stage(folder());
        const auto taken = asked(stage);
        const auto putOff = asked(stage);
        QVERIFY(!taken.empty() && !putOff.empty());
        QVERIFY(!tend(stage, taken, "bob", {}));
        QVERIFY(!tend(stage, putOff, {}, stage.clock.at + 60'000));
        InboxFilter mine;
        mine.assignee = "bob";
        QCOMPARE(shown(stage, mine), QStringList({QString::fromStdString(taken)}));
        InboxFilter awake;
        awake.now = stage.clock.at;
        QCOMPARE(shown(stage, awake), QStringList({QString::fromStdString(taken)}));
        InboxFilter asleep = awake;
        asleep.snoozedOnly = true;
        QCOMPARE(shown(stage, asleep), QStringList({QString::fromStdString(putOff)}));
        awake.now += 60'000;
        QCOMPARE(shown(stage, awake).size(), 2);
        // Without an instant nothing is hidden.
        QCOMPARE(shown(stage, {}).size(), 2);
    }

    void what_is_put_off_counts_as_such_and_nowhere_else()
    {
        Stage stage(folder());
        const auto putOff = asked(stage);
        const auto taken = asked(stage);
        QVERIFY(!tend(stage, putOff, {}, stage.clock.at + 60'000));
        QVERIFY(!tend(stage, taken, "bob", {}));
        const auto reader = openReader(stage.folder).take();
        auto counts = reader->counts(stage.clock.at, "bob").take();
        QCOMPARE(counts["all"], 1);
        QCOMPARE(counts["approval"], 1);
        QCOMPARE(counts["snoozed"], 1);
        QCOMPARE(counts["mine"], 1);
        counts = reader->counts(stage.clock.at + 60'000, "carol").take();
        QCOMPARE(counts["all"], 2);
        QCOMPARE(counts["snoozed"], 0);
        QCOMPARE(counts["mine"], 0);
    }

    void who_has_it_and_until_when_is_known_after_a_restart()
    {
        Stage stage(folder());
        const auto id = asked(stage);
        QVERIFY(!tend(stage, id, "carol", {}));
        QVERIFY(!tend(stage, id, {}, stage.clock.at + 60'000));
        stage.open();
        stage.driver->recover();
        const auto row = openReader(stage.folder).take()->handoff(id)->value().row;
        QCOMPARE(row.assignee, std::string("carol"));
        QCOMPARE(row.snoozedUntil, stage.clock.at + 60'000);
        QVERIFY(!stage.decide(id, Verb::Approve));
        QCOMPARE(stage.wire.requests.size(), std::size_t(2));
    }

    void a_handoff_that_is_not_there_or_closed_is_told_so()
    {
        Stage stage(folder());
        QCOMPARE(tend(stage, "nothing-1", "bob", {})->code, std::string("U105"));
        const auto id = asked(stage);
        QVERIFY(!stage.decide(id, Verb::Reject));
        QCOMPARE(tend(stage, id, "bob", {})->code, std::string("A105"));
    }

    void a_rejection_is_withdrawn_once_and_the_run_asks_again()
    {
        Stage stage(folder());
        const auto id = asked(stage);
        const RunId run = id.substr(0, id.rfind('-'));
        QVERIFY(!stage.decide(id, Verb::Reject));
        QCOMPARE(stage.stopped(run), u"aborted"_qs);
        const auto requests = stage.wire.requests.size();
        QVERIFY(!stage.decide(id, Verb::Retry));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(stage.decide(id, Verb::Retry).has_value());
        QCOMPARE(stage.wire.requests.size(), requests);
        stage.wire.answer(200, "{}");
        QVERIFY(!stage.decide(run + "-2", Verb::Approve));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), requests + 1);
    }

    void a_question_is_shown_with_the_call_that_was_let_through_before()
    {
        Stage stage(folder());
        const auto first = asked(stage);
        QVERIFY(!openReader(stage.folder).take()->handoff(first)->value().last);
        stage.wire.answer(200, "{}");
        QVERIFY(!stage.decide(first, Verb::Approve));
        const RunId run = first.substr(0, first.rfind('-'));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        const auto second = asked(stage);
        const auto detail = openReader(stage.folder).take()->handoff(second)->value();
        QVERIFY(detail.last.has_value());
        QCOMPARE(detail.last->run, run);
        QVERIFY(detail.last->params == Json({{"amount", "5"}}));
    }
};

QTEST_GUILESS_MAIN(TendedTest)
#include "tendedtest.moc"
