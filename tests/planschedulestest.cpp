#include <QTest>

#include <random>
#include <set>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/planningrun.h"
#include "tests/support/tallied.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Models that say anything, services that fail, crashes, waits and persons, by chance: whatever the
/// order, nothing runs that a person had to see first, and every run replays. HANDRAIL_SCHEDULES says how many.
class PlanSchedulesTest : public QObject {
    Q_OBJECT

    using Random = std::mt19937_64;

    static std::uint64_t upTo(Random& random, std::uint64_t most) { return random() % most; }

    static void modelSpeaks(PlanningRun& run, Random& random)
    {
        static const char* codes[] = {"M101", "M102", "M103", "M104", "M105", "M106", "M107", "M108", "M112", "T500", "T429q", "T109", "T404"};
        static const char* tools[] = {"find", "find", "note", "note", "pay", "mail", "_ask", "_finish"};
        const QString tool = q(tools[upTo(random, std::size(tools))]);
        QString arguments = q(R"({"text": "%1"})").arg(upTo(random, 4));
        if (tool == u"_ask"_qs) arguments = q(R"({"question": "Which?"})");
        if (tool == u"_finish"_qs) arguments = q(R"({"summary": "Done."})");
        if (upTo(random, 3) > 0) return run.propose(tool, arguments, upTo(random, 5) == 0 ? Json() : Json(0.6 + 0.1 * static_cast<double>(upTo(random, 5))));
        const std::string code = codes[upTo(random, std::size(codes))];
        Json more = Json::object();
        if (code == "M104" || code == "M106") more["proposal"] = {{"tool", upTo(random, 2) ? "note" : "pay"}, {"arguments", {{"text", "made up"}}}, {"confidence", 1}};
        run.err(QString::fromStdString(code), more);
    }
    static void toolAnswers(PlanningRun& run, Random& random)
    {
        static const char* codes[] = {"", "", "", "", "T500", "T403", "T404", "T108"};
        const std::string code = codes[upTo(random, std::size(codes))];
        run.answer(QString::fromStdString(code), code.empty() ? QString::number(upTo(random, 3)) : u"null"_qs, code == "T108" ? u"maybe_sent"_qs : u"answered"_qs);
    }
    static void personDecides(PlanningRun& run, Random& random)
    {
        const auto* handoff = run.state.handoff(run.openHandoff());
        const auto verbs = decide::possibleVerbs(*run.def, run.state, *handoff);
        if (verbs.empty()) return run.wait(1'000);
        Decision decision = run.saying(verbs[upTo(random, verbs.size())], "Do it another way.");
        if (decision.verb == Verb::Abort && upTo(random, 4) > 0) decision.verb = verbs.front();
        if (decision.verb == Verb::Edit) decision.with = Json{{"text", std::to_string(upTo(random, 4))}};
        if (decision.verb == Verb::Settle) decision.settlement = upTo(random, 2) ? Settlement::Happened : Settlement::NotHappened;
        if (upTo(random, 6) == 0) decision.mode = "autonomous";
        (void)run.decide(decision);
    }

    static void play(PlanningRun& run, Random& random)
    {
        for (int i = 0; i < 120 && !run.state.isEnded(); ++i) {
            if (upTo(random, 12) == 0) run.lose();
            else if (run.isSending() && run.state.active()->purpose == decide::Purpose::Plan) modelSpeaks(run, random);
            else if (run.isSending()) toolAnswers(run, random);
            else if (run.state.status != RunStatus::Running && upTo(random, 12) > 0) personDecides(run, random);
            else run.wait(static_cast<Millis>(upTo(random, upTo(random, 4) == 0 ? 600'000 : 40'000)));
        }
    }

    /// What broke the promise; empty when nothing did.
    static QString wrongIn(const PlanningRun& run)
    {
        std::map<std::string, const decide::Event*> proposals;
        std::map<std::string, std::set<std::string>> said;  ///< by step: what persons said of its proposal
        std::map<std::string, std::string> kinds;
        std::set<std::string> allowed;  ///< steps whose exact call a person has approved, or written himself
        std::map<std::string, std::string> writes;
        for (const auto& event : run.journal) {
            if (event.kind == decide::EventKind::Proposed) proposals[event.step] = &event;
            if (event.kind == decide::EventKind::Asked) kinds[textOf(event.data, "handoff")] = textOf(event.data, "kind");
            if (event.kind == decide::EventKind::Decided && kinds[textOf(event.data, "handoff")] == "proposal") said[event.step].insert(textOf(event.data, "verb"));
            const bool isConsent = event.kind == decide::EventKind::Decided && kinds[textOf(event.data, "handoff")] == "approval";
            if (isConsent && (textOf(event.data, "verb") == "approve" || textOf(event.data, "verb") == "edit")) allowed.insert(event.step);
            const bool isAct = event.kind == decide::EventKind::Intent && textOf(event.data, "purpose") == "act";
            if (!isAct) continue;
            const auto found = proposals.find(event.step);
            if (found == proposals.end()) return u"a call of no proposed step: "_qs + QString::fromStdString(event.step);
            const Json& proposal = found->second->data;
            const std::string code = textOf(proposal, "code");
            const bool isSeen = said[event.step].count("approve") + said[event.step].count("edit") > 0;
            const bool isLow = !proposal["confidence"].is_number() || proposal["confidence"].get<double>() < 0.8;
            const QString step = QString::fromStdString(event.step);
            if ((code == "M104" || code == "M106") && said[event.step].count("edit") == 0) return u"made up and run: "_qs + step;
            if ((isLow || textOf(proposal, "mode") != "autonomous" || !code.empty()) && !isSeen) return u"run without a person: "_qs + step;
            const std::string tool = textOf(event.data, "tool");
            if (tool != "note" && tool != "pay") continue;
            const auto [first, isNew] = writes.emplace(tool + dump(event.data["params"]), event.step);
            if (!isNew && first->second != event.step && !isSeen && allowed.count(event.step) == 0 && isDone(run, first->second)) return u"written twice: "_qs + step;
        }
        return {};
    }
    static bool isDone(const PlanningRun& run, const std::string& step)
    {
        return std::any_of(run.state.effects.begin(), run.state.effects.end(), [&](const auto& effect) {
            return run.state.stepId(static_cast<std::size_t>(effect.step)) == step && !effect.undone;
        });
    }

private slots:
    void nothing_runs_that_a_person_had_to_see_first()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_SCHEDULES");
        const int schedules = given > 0 ? given : 500;
        std::set<std::string> ends;
        Tallied tallied;
        for (int i = 0; i < schedules; ++i) {
            Random random(static_cast<std::uint64_t>(i));
            PlanningRun run(planned({}, {}, q(R"("limits": {"run_s": 300, "steps": 12},)")));
            play(run, random);
            const QString wrong = wrongIn(run);
            if (!wrong.isEmpty()) QFAIL(qPrintable(QStringLiteral("schedule %1: %2\n%3").arg(i).arg(wrong, run.lines().join(u'\n'))));
            ends.insert(word(run.state.status));
            tallied.add(run);
        }
        tallied.tell();
        // The schedules reach every kind of end, else they prove little.
        for (const char* end : {"completed", "failed", "timed_out", "aborted"}) QVERIFY2(ends.count(end) > 0, end);
    }
};

QTEST_GUILESS_MAIN(PlanSchedulesTest)
#include "planschedulestest.moc"
