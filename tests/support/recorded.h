#pragma once

#include "agentcore/replay/whatif.h"
#include "tests/support/paperrun.h"
#include "tests/support/paydesk.h"
#include "ui/replayview.h"

namespace handrailtest {

/// A read that fails once, a payment that a person thinks about for minutes, and changes; all on paper.
class RecordedRun {
public:
    RecordedRun() : run(payDesk())
    {
        run.now += 300;
        run.answer(q("T503"));
        run.wait(5'000);
        run.now += 900;
        run.answer({}, q(R"({"total": 5})"));
        run.now += 240'000;
        Decision decision;
        decision.verb = Verb::Edit;
        decision.with = Json{{"amount", "4"}};
        decision.who = "ann";
        if (run.decide(decision)) qFatal("the decision was refused");
        run.now += 1'200;
        run.answer({}, q(R"({"id": 7})"));
    }

    std::vector<JournalLine> lines() const
    {
        std::vector<JournalLine> all;
        for (const auto& event : run.journal) all.push_back(decide::lineOf(event));
        return all;
    }
    Seq seqOf(const char* event, int nth = 1) const
    {
        for (const auto& line : lines()) {
            if (line.event == event && --nth == 0) return line.seq;
        }
        return 0;
    }

    PaperRun run;
};

/// Answers a replay view as the console does, at once.
inline void joinTo(ui::ReplayView& view, const RecordedRun& recorded)
{
    const auto& run = recorded.run;
    QObject::connect(&view, &ui::ReplayView::momentWanted, &view, [&](qint64 seq) { view.setMoment(seq, replay::replay(*run.def, run.journal, seq)); });
    QObject::connect(&view, &ui::ReplayView::replayWanted, &view, [&] { view.setReplayed(replay::replay(*run.def, run.journal)); });
    QObject::connect(&view, &ui::ReplayView::whatIfWanted, &view, [&](const Json& change) {
        auto told = replay::whatIf(*run.def, run.journal, change);
        if (told) view.setWhatIf(*told);
        else view.setRefused(told.failure());
    });
    view.setRecording(QStringLiteral("run1"), run.def->source, recorded.lines());
}

}  // namespace handrailtest
