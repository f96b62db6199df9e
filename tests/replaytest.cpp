#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#include "tests/support/paydesk.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// A journal says again what it said, or the first line that does not is named.
class ReplayTest : public QObject {
    Q_OBJECT

    /// A read that is tried twice, a question, an edit, a payment.
    static void play(PaperRun& run)
    {
        run.answer(u"T503"_qs);
        run.wait(5'000);
        run.answer({}, q(R"({"total": 5})"));
        Decision decision;
        decision.verb = Verb::Edit;
        decision.with = Json{{"amount", "4"}};
        QVERIFY(!run.decide(decision));
        run.answer({}, q(R"({"id": 7})"));
    }
    static Json dataOf(const PaperRun& run, std::size_t line) { return run.journal[line].data; }
    static std::size_t lineOf(const PaperRun& run, decide::EventKind kind)
    {
        for (std::size_t i = 0; i < run.journal.size(); ++i) {
            if (run.journal[i].kind == kind) return i;
        }
        return run.journal.size();
    }

private slots:
    void every_choice_comes_again()
    {
        PaperRun run(payDesk());
        play(run);
        QCOMPARE(run.status(), u"completed"_qs);
        const auto told = replay::replay(*run.def, run.journal);
        QVERIFY(!told.differs);
        QCOMPARE(told.lines.size(), run.journal.size());
        QCOMPARE(told.lines.front().verdict, std::string("given"));
        QCOMPARE(told.lines.back().verdict, std::string("same"));
        QVERIFY(told.moment.run.summary.status == RunStatus::Completed);
    }

    void the_first_line_that_differs_is_named_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, decide::EventKind kind, const char* pointer, const char* value) {
            QTest::newRow(name) << static_cast<int>(kind) << q(pointer) << q(value);
        };
        row("a wait of another length", decide::EventKind::Waiting, "/delay_ms", "1");
        row("a call with other parameters", decide::EventKind::Intent, "/params", R"({"x": 1})");
        row("another key", decide::EventKind::StepDone, "/fingerprint", R"("0")");
        row("another time limit", decide::EventKind::Dispatched, "/limit_ms", "1");
        row("a question with another digest", decide::EventKind::Asked, "/digest", R"("0")");
        row("a decision about another digest", decide::EventKind::Decided, "/digest", R"("0")");
        row("a longer yes", decide::EventKind::Decided, "/execute_by", "99999999999");
        row("another end", decide::EventKind::RunEnded, "/state", R"("failed")");
    }
    void the_first_line_that_differs_is_named()
    {
        QFETCH(int, kind);
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        PaperRun run(payDesk());
        play(run);
        auto events = run.journal;
        const auto line = lineOf(run, static_cast<decide::EventKind>(kind));
        events[line].data[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString()).take();
        const auto told = replay::replay(*run.def, events);
        QVERIFY(told.differs);
        QCOMPARE(told.differs->seq, events[line].seq);
        QCOMPARE(told.differs->code, std::string("W112"));
        QVERIFY(told.differs->journal["data"] == events[line].data);
        QVERIFY(told.differs->now["data"] == dataOf(run, line));
        QCOMPARE(told.lines.back().verdict, std::string("differs"));
        QCOMPARE(told.lines.size(), line + 1);
    }

    void what_came_from_outside_changes_what_is_decided()
    {
        PaperRun run(payDesk());
        play(run);
        auto events = run.journal;
        const auto answered = lineOf(run, decide::EventKind::Answered);
        events[answered].data["code"] = "T404";
        const auto told = replay::replay(*run.def, events);
        QVERIFY(told.differs);
        QCOMPARE(told.differs->seq, events[answered + 1].seq);
    }

    void a_line_that_is_missing_is_found()
    {
        PaperRun run(payDesk());
        play(run);
        for (std::size_t line = 0; line < run.journal.size(); ++line) {
            auto events = run.journal;
            if (replay::isFromOutside(events[line]) && line > 0) continue;
            events.erase(events.begin() + static_cast<std::ptrdiff_t>(line));
            QVERIFY2(replay::replay(*run.def, events).differs, decide::readable(run.journal[line]).c_str());
        }
    }

    void another_definition_differs()
    {
        PaperRun run(payDesk());
        play(run);
        const auto other = parseDefinition(payDesk().replace(u"\"two\""_qs, u"\"three\""_qs).toStdString());
        QVERIFY(other.definition);
        QCOMPARE(replay::replay(*other.definition, run.journal).differs->seq, Seq(1));
        const auto quick = parseDefinition(payDesk().replace(u"\"plan\""_qs, u"\"limits\": {\"step_s\": 2}, \"plan\""_qs).toStdString());
        QVERIFY(quick.definition);
        QVERIFY(replay::replay(*quick.definition, run.journal).differs);
    }

    void an_instant_is_the_same_however_one_came_to_it()
    {
        QStringList steps;
        for (int i = 0; i < 30; ++i) steps.append(step(u"s%1"_qs.arg(i), u"find"_qs, q(R"({"n": %1})").arg(i)));
        PaperRun run(agent(readTool(u"find"_qs), steps.join(u','), u"\"limits\": {\"steps\": 40},"_qs));
        for (int i = 0; i < 30; ++i) run.answer({}, q(R"({"n": %1})").arg(i));
        QCOMPARE(run.status(), u"completed"_qs);
        QVERIFY(run.journal.size() > 150);
        replay::Instants instants(*run.def, run.journal);
        const auto all = static_cast<Seq>(run.journal.size());
        for (Seq i = 0; i < all; ++i) {
            const Seq seq = 1 + (i * 67) % all;
            const auto told = instants.at(seq);
            const auto whole = replay::replay(*run.def, run.journal, seq);
            QVERIFY(!told.differs && !whole.differs);
            QCOMPARE(told.moment.seq, seq);
            QCOMPARE(told.moment.decision, whole.moment.decision);
            QVERIFY(told.moment.run.plan == whole.moment.run.plan);
            QVERIFY(told.moment.run.summary == whole.moment.run.summary);
            QCOMPARE(told.moment.runLeft, whole.moment.runLeft);
        }
        auto events = run.journal;
        std::size_t choice = 100;
        while (replay::isFromOutside(events[choice])) ++choice;
        events[choice].data["other"] = true;
        replay::Instants changed(*run.def, events);
        QVERIFY(!changed.at(90).differs);
        QVERIFY(changed.at(all).differs);
        QCOMPARE(changed.at(all).differs->seq, events[choice].seq);
    }

    void a_long_replay_can_be_left()
    {
        QStringList steps;
        for (int i = 0; i < 30; ++i) steps.append(step(u"s%1"_qs.arg(i), u"find"_qs, q(R"({"n": %1})").arg(i)));
        PaperRun run(agent(readTool(u"find"_qs), steps.join(u','), u"\"limits\": {\"steps\": 40},"_qs));
        for (int i = 0; i < 30; ++i) run.answer({}, q(R"({"n": %1})").arg(i));
        std::vector<std::size_t> asked;
        const auto whole = replay::replayWhile(*run.def, run.journal, [&](std::size_t behind) {
            asked.push_back(behind);
            return true;
        });
        QVERIFY(whole && !whole->differs);
        QCOMPARE(whole->lines.size(), run.journal.size());
        QVERIFY(asked.size() >= 2 && std::is_sorted(asked.begin(), asked.end()));
        QVERIFY(!replay::replayWhile(*run.def, run.journal, [](std::size_t) { return false; }));
    }

    void a_replay_stops_where_it_is_told()
    {
        PaperRun run(payDesk());
        play(run);
        const auto line = lineOf(run, decide::EventKind::Waiting);
        const auto told = replay::replay(*run.def, run.journal, run.journal[line - 1].seq);
        QVERIFY(!told.differs);
        QCOMPARE(told.lines.size(), line);
        QCOMPARE(told.moment.seq, run.journal[line - 1].seq);
        QVERIFY(told.moment.rule.find("retry table") != std::string::npos);
        QCOMPARE(told.moment.retriesLeft, 20);
        QCOMPARE(told.moment.run.plan.size(), std::size_t(2));
        QVERIFY(told.moment.run.plan[0].status == StepStatus::Running);
        QVERIFY(replay::replay(*run.def, run.journal, run.journal.back().seq).moment.retriesLeft == 19);
    }

    void a_wait_that_did_not_fit_keeps_its_draw()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"one"_qs, u"find"_qs), q(R"("limits": {"step_s": 1},)")));
        run.facts.nextDraw = 0.99;
        run.now += 200;
        run.answer(u"T503"_qs);
        QVERIFY(run.lines().join(u' ').contains(u"refused"_qs));
        QVERIFY(dataOf(run, lineOf(run, decide::EventKind::Judged))["draw"] == Json(0.99));
    }

    void an_intent_of_another_run_stands_in_the_event_that_it_led_to()
    {
        const QString shared = agent(writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "business_key": ["order"])")),
                                     step(u"zero"_qs, u"look"_qs) + u","_qs + step(u"one"_qs, u"pay"_qs, q(R"({"order": "1"})")))
                                   .replace(u"\"tools\": {"_qs, u"\"tools\": {"_qs + readTool(u"look"_qs) + u","_qs);
        for (const auto state : {decide::IntentState::Unknown, decide::IntentState::Undone, decide::IntentState::Open, decide::IntentState::Done}) {
            PaperRun run(shared);
            const Tool& tool = *run.def->tool("pay");
            const Json params = {{"order", "1"}};
            decide::IntentRow row;
            row.key = decide::intentKey(tool, params, "other", "one", decide::Purpose::Act);
            row.digest = decide::intentDigest(tool, params);
            row.run = "other";
            row.step = "one";
            row.state = state;
            row.firstUsed = 5;
            run.facts.intents[row.key] = row;
            run.answer({}, u"1"_qs);
            QCOMPARE(run.replayed(), QString());
            QCOMPARE(run.dispatches(), 1);
            const bool isTold = run.lines().join(u' ').contains(u"failed"_qs);
            if (isTold) QVERIFY(dataOf(run, lineOf(run, decide::EventKind::StepFailed))["prior"]["run"] == Json("other"));
            QCOMPARE(isTold, state == decide::IntentState::Unknown || state == decide::IntentState::Undone);
        }
    }

    void a_journal_that_makes_no_sense_is_refused_and_harms_nothing()
    {
        PaperRun run(payDesk());
        play(run);
        for (std::size_t line = 0; line < run.journal.size(); ++line) {
            for (const Json& odd : {Json::object(), Json{{"steps", 7}, {"proposal", 5}, {"handoff", 3}}, Json{{"handoff", "run1-1"}, {"verb", "undo"}, {"revoked", true}},
                                    Json{{"code", ""}, {"proposal", "x"}, {"result", Json::array({1})}}}) {
                auto events = run.journal;
                events[line].data = odd;
                (void)replay::replay(*run.def, events);
                events[line].kind = decide::EventKind::Answered;
                (void)replay::replay(*run.def, events);
            }
        }
        QVERIFY(replay::replay(*run.def, {}).differs);
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "replaytest.moc"
