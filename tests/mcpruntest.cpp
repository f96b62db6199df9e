#include <QTemporaryDir>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/mcpstage.h"
#include "tests/support/stage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Whole runs over the real driver, store and wire, with a server of ours on this machine.
class McpRunTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<wire::Wire> wire_ = wire::systemWire();
    QString path(const char* name) const { return dir_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QString::fromLatin1(QTest::currentDataTag()) + QString::fromLatin1(name)); }
    QString log() const { return path(".log"); }
    std::string store() const { return path(".store").toStdString(); }
    QString desk(const QString& tools, const QString& plan, const QString& habits = {}) const { return mcpAgent(fakeServer(log(), habits), tools, plan); }
    static Decision decision(const HandoffId& handoff, Verb verb, const char* text = "")
    {
        Decision decision;
        decision.handoff = handoff;
        decision.verb = verb;
        decision.who = "bob";
        decision.text = text;
        return decision;
    }
    static QString ticket(Stage& stage, const RunId& run)
    {
        const auto row = stage.store->run(run).value();
        return QString::fromStdString(row->summary.error ? row->summary.error->code + " " + row->summary.error->message : std::string());
    }
    static HandoffId handoff(Stage& stage, const RunId& run) { return stage.store->run(run).value()->summary.handoffs.back(); }
    static bool decide(Stage& stage, const HandoffId& handoff, Verb verb, const char* text = "")
    {
        std::optional<bool> isDone;
        stage.driver->decide(decision(handoff, verb, text), [&](Outcome<HandoffId> outcome) { isDone = outcome.ok(); });
        return QTest::qWaitFor([&] { return isDone.has_value(); }) && *isDone;
    }
    /// What the server will do from its next list on, without being another server.
    void teach(const char* habits) const
    {
        QFile file(log() + QStringLiteral(".habits"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(habits);
    }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    void a_run_looks_at_a_tool_once_and_calls_it_as_often_as_planned()
    {
        Stage stage(store(), wire_.get());
        const auto run = stage.start(desk(mcpTool(u"echo"_qs), step(u"a"_qs, u"echo"_qs, q(R"({"text": "x"})")) + u","_qs + step(u"b"_qs, u"echo"_qs, q(R"({"text": "y"})"))));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.readable(run).filter(u"purpose=look"_qs).filter(u"intent"_qs).size(), 1);
        QCOMPARE(told(log(), u"tools/call"_qs), 2);
        QCOMPARE(textOf(stage.store->run(run).value()->summary.result, "text"), std::string("y/2"));
    }

    void a_changed_definition_waits_for_a_person_and_then_holds_for_other_runs()
    {
        const QString text = desk(mcpTool(u"echo"_qs, u"write_blind"_qs), step(u"a"_qs, u"echo"_qs, q(R"({"text": "x"})")));
        Stage stage(store(), wire_.get());
        QCOMPARE(stage.stopped(stage.start(text)), u"completed"_qs);
        teach("other");
        stage.open();
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY2(ticket(stage, run).startsWith(u"T607"_qs), qPrintable(ticket(stage, run)));
        QCOMPARE(told(log(), u"tools/call"_qs), 1);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Retry));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.stopped(stage.start(text)), u"completed"_qs);
        QCOMPARE(told(log(), u"tools/call"_qs), 3);
    }

    void an_approval_binds_what_the_server_told_of_the_tool()
    {
        const QString text = desk(mcpTool(u"grow"_qs, u"write_blind"_qs, q(R"(, "gate": "paid_call")")) + u","_qs + mcpTool(u"echo"_qs),
                                  step(u"a"_qs, u"grow"_qs));
        Stage stage(store(), wire_.get());
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QCOMPARE(told(log(), u"tools/call"_qs), 0);
        // Another run makes the server change, and it is started anew: the yes is for what was shown.
        QCOMPARE(stage.stopped(stage.start(desk(mcpTool(u"grow"_qs), step(u"g"_qs, u"grow"_qs)))), u"completed"_qs);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Approve));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY(ticket(stage, run).startsWith(u"T607"_qs));
        QCOMPARE(told(log(), u"tools/call"_qs), 1);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Retry));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Approve));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(told(log(), u"tools/call"_qs), 2);
    }

    void an_undo_looks_at_its_tool_first_and_its_approval_binds_what_was_told()
    {
        const QString text = mcpAgent(fakeServer(log()), mcpTool(u"echo"_qs, u"write_blind"_qs, q(R"(, "undo": {"tool": "structured", "with": {}})")) + u","_qs +
                                          mcpTool(u"structured"_qs, u"write_blind"_qs, q(R"(, "gate": "paid_call")")),
                                      step(u"a"_qs, u"echo"_qs, q(R"({"text": "x"})")), q(R"("review": ["echo"],)"));
        Stage stage(store(), wire_.get());
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Undo));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QCOMPARE(stage.readable(run).filter(u"intent"_qs).filter(u"purpose=look"_qs).size(), 2);
        QCOMPARE(told(log(), u"tools/call"_qs), 1);
        // The server is another one by the time of the yes: nothing is undone before a person has seen that.
        teach("other");
        stage.open();
        stage.driver->recover();
        QVERIFY(decide(stage, handoff(stage, run), Verb::Approve));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY2(ticket(stage, run).startsWith(u"W108"_qs) && ticket(stage, run).contains(u"T607"_qs), qPrintable(ticket(stage, run)));
        QCOMPARE(told(log(), u"tools/call"_qs), 1);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Retry));
        QCOMPARE(stage.stopped(run), u"waiting_approval"_qs);
        QVERIFY(decide(stage, handoff(stage, run), Verb::Approve));
        stage.stopped(run);
        QCOMPARE(told(log(), u"tools/call"_qs), 2);
        QCOMPARE(stage.readable(run).filter(u"effect_undone"_qs).size(), 1);
    }

    void what_a_server_says_of_a_tool_only_makes_it_stricter()
    {
        // The definition calls both a read; one says of itself that it writes.
        const auto ended = [&](const QString& tool) {
            Stage stage(path(".store").toStdString() + tool.toStdString(), wire_.get());
            const auto run = stage.start(desk(mcpTool(tool, u"read"_qs, q(R"(, "timeout_s": 1.5, "retry": {"attempts": 1})")), step(u"a"_qs, tool)));
            const QString status = stage.stopped(run);
            return status + u" "_qs + ticket(stage, run).left(4);
        };
        QCOMPARE(ended(u"slow"_qs), u"escalated T109"_qs);
        QCOMPARE(ended(u"says_it_writes"_qs), u"escalated W114"_qs);
    }

    void a_write_without_a_key_that_was_not_answered_is_in_doubt_data()
    {
        QTest::addColumn<QString>("tool");
        for (const char* tool : {"slow", "die", "junk", "late"}) QTest::newRow(tool) << QString::fromLatin1(tool);
    }
    void a_write_without_a_key_that_was_not_answered_is_in_doubt()
    {
        QFETCH(QString, tool);
        Stage stage(store(), wire_.get());
        const auto run = stage.start(desk(mcpTool(tool, u"write_blind"_qs, q(R"(, "timeout_s": 1.5)")), step(u"a"_qs, tool)));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY2(ticket(stage, run).startsWith(u"W114"_qs), qPrintable(ticket(stage, run)));
        QCOMPARE(told(log(), u"tools/call"_qs), 1);
    }

    void a_keyed_write_is_sent_again_to_a_new_process_with_the_same_key()
    {
        Stage stage(store(), wire_.get());
        const auto run = stage.start(desk(mcpTool(u"die"_qs, u"write_keyed"_qs, q(R"(, "key_param": "request", "retry": {"attempts": 2, "jitter": "none", "base_s": 0.001})")), step(u"a"_qs, u"die"_qs)));
        QTRY_COMPARE(told(log(), u"tools/call"_qs), 1);
        QTRY_VERIFY_WITH_TIMEOUT((stage.clock.at += 10, stage.driver->turn(), told(log(), u"tools/call"_qs) == 2), 20'000);
        const auto calls = linesOf(log()).filter(u"tools/call"_qs);
        const auto key = [&](int i) { return textOf(Json::parse(calls[i].toStdString())["params"]["arguments"], "request"); };
        QCOMPARE(key(0), key(1));
        QCOMPARE(key(0).size(), std::size_t(64));
        QCOMPARE(linesOf(log()).filter(u"pid "_qs).size(), 2);
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
    }

    void a_question_becomes_a_ticket_and_its_answer_goes_to_the_tool_data()
    {
        QTest::addColumn<QString>("habits");
        QTest::addColumn<QString>("result");
        QTest::newRow("newest") << u"modern"_qs << u"red s 1\n\u00e4"_qs;
        QTest::newRow("2025") << u""_qs << u"red"_qs;
    }
    void a_question_becomes_a_ticket_and_its_answer_goes_to_the_tool()
    {
        QFETCH(QString, habits);
        Stage stage(store(), wire_.get());
        const auto run = stage.start(desk(mcpTool(u"ask"_qs, u"write_blind"_qs), step(u"a"_qs, u"ask"_qs), habits));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY2(ticket(stage, run).contains(u"Which colour?"_qs), qPrintable(ticket(stage, run)));
        QVERIFY(decide(stage, handoff(stage, run), Verb::Answer, "red"));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QTEST(QString::fromStdString(textOf(stage.store->run(run).value()->summary.result, "text")), "result");
    }

    void a_run_can_be_told_again_from_its_journal()
    {
        Stage stage(store(), wire_.get());
        const auto run = stage.start(desk(mcpTool(u"grow"_qs), step(u"a"_qs, u"grow"_qs) + u","_qs + step(u"b"_qs, u"grow"_qs)));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        decide::RunState state;
        for (const auto& event : *stage.store->events(run)) decide::fold(state, event);
        QCOMPARE(state.pins.size(), std::size_t(1));
        QCOMPARE(state.offered.size(), std::size_t(1));
        QVERIFY(state.pins["grow"].digest != state.offered["grow"].digest);
    }
};

QTEST_GUILESS_MAIN(McpRunTest)
#include "mcpruntest.moc"
