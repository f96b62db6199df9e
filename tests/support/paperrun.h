#pragma once

#include <map>

#include <QString>
#include <QStringList>

#include "agentcore/decide/decision.h"
#include "agentcore/decide/intents.h"
#include "agentcore/decide/next.h"
#include "agentcore/decide/ticket.h"
#include "agentcore/decide/view.h"
#include "agentcore/replay/replay.h"
#include "tests/support/decisions.h"

namespace handrailtest {

using namespace handrail;

/// Facts that a test owns: intents of other runs, and the draw.
class PaperFacts : public decide::Facts {
public:
    std::optional<decide::IntentRow> intent(const std::string& key) override
    {
        const auto found = intents.find(key);
        return found == intents.end() ? std::nullopt : std::optional(found->second);
    }
    std::optional<decide::CachedResult> cached(const std::string& key) override
    {
        const auto found = kept.find(key);
        return found == kept.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<std::string> exposed(const std::string&, const std::string& gate, const std::string& currency, Millis since) override
    {
        std::vector<std::string> amounts;
        for (const auto& [id, row] : out) {
            if (row.counts && row.gate == gate && row.currency == currency && row.at > since) amounts.push_back(row.amount);
        }
        return amounts;
    }
    std::vector<decide::Claim> claims(const std::string&) override { return claimed; }
    decide::Admission admit(const Tool&, decide::Lane, bool, Millis) override { return admission; }
    double draw() override { return nextDraw; }

    std::map<std::string, decide::IntentRow> intents;
    std::map<std::string, decide::CachedResult> kept;
    std::map<std::string, decide::ExposedRow> out;
    std::vector<decide::Claim> claimed;  ///< by other runs
    decide::Admission admission;
    double nextDraw = 0.5;
};

/// A run that takes place on paper: no store, no wire, no clock but `now`. Whatever next() says is
/// folded at once; what happens from outside is told by the test.
class PaperRun {
public:
    explicit PaperRun(const QString& definition, const QString& input = QStringLiteral("{}"))
    {
        const auto parsed = parseDefinition(definition.toStdString());
        for (const auto& mistake : parsed.mistakes) qFatal("%s %s", mistake.where.c_str(), mistake.message.c_str());
        def = parsed.definition;
        Json steps = Json::array();
        for (const auto& step : def->plan) steps.push_back(step.id);
        decide::Event started;
        started.run = "run1";
        started.kind = decide::EventKind::RunStarted;
        started.data = {{"agent", def->name}, {"input", parseJson(input.toStdString()).take()}, {"steps", steps}, {"user", "ann"}};
        take(started);
        drive();
    }

    /// Whatever was played decides the same when it is replayed from its journal alone.
    ~PaperRun()
    {
        if (const QString wrong = replayed(); isReplayed && !wrong.isEmpty()) qFatal("%s", qPrintable(wrong));
    }
    PaperRun(const PaperRun&) = delete;

    /// Where a replay comes to something else; empty when it does not.
    QString replayed() const
    {
        const auto told = replay::replay(*def, journal);
        if (!told.differs) return {};
        return QStringLiteral("a replay differs at line %1: %2\njournal: %3\nnow: %4\n").arg(told.differs->seq)
                   .arg(QString::fromStdString(told.differs->message), QString::fromStdString(dump(told.differs->journal)), QString::fromStdString(dump(told.differs->now))) + lines().join(u'\n');
    }

    void take(decide::Event event)
    {
        event.time = now;
        event.seq = ++seq;
        if (auto row = decide::intentBy(state, event)) {
            facts.intents[row->key] = *row;
            if (auto counted = decide::exposedBy(*def, state, event, *row)) facts.out[row->key] = *counted;
        }
        if (auto row = decide::cacheBy(*def, state, event)) facts.kept[row->key] = *row;
        decide::fold(state, event);
        journal.push_back(std::move(event));
    }

    void drive()
    {
        for (int i = 0; i < 1000; ++i) {
            auto events = decide::next(*def, state, now, facts);
            if (events.empty()) return;
            for (auto& event : events) take(std::move(event));
        }
        qFatal("next() never comes to rest");
    }

    void wait(Millis span)
    {
        now += span;
        drive();
    }

    /// The call under way comes back.
    void answer(const QString& code, const QString& result = QStringLiteral("null"), const QString& phase = QStringLiteral("answered"),
                Json more = Json::object())
    {
        Q_ASSERT(state.active() && state.active()->phase == decide::CallPhase::Dispatched);
        decide::Event event;
        event.run = state.id;
        event.step = state.stepAtWork();
        event.attempt = state.active()->attempt;
        event.kind = decide::EventKind::Answered;
        event.data = {{"phase", phase.toStdString()}, {"code", code.toStdString()}, {"took_ms", 5}};
        const Json body = parseJson(result.toStdString()).take();
        if (!body.is_null()) event.data["result"] = body;
        event.data.update(more);
        take(event);
        drive();
    }

    void lose()
    {
        decide::Event recovered;
        recovered.run = state.id;
        recovered.kind = decide::EventKind::Recovered;
        take(recovered);
        if (isSending()) take(decide::lostEvent(state, now));
        drive();
    }

    /// What a person's act comes to happens, or is refused.
    std::optional<Failure> happen(Outcome<std::vector<decide::Event>> events)
    {
        if (!events) return events.failure();
        for (auto& event : *events) take(std::move(event));
        drive();
        return std::nullopt;
    }
    std::optional<Failure> abort() { return happen(decide::decideAbort(state, "bob", "enough", now)); }
    std::optional<Failure> pause(const std::string& who = "ann", const std::string& why = "the provider looks odd")
    {
        return happen(decide::decidePause(state, who, why, now));
    }
    std::optional<Failure> decide(Decision decision)
    {
        if (decision.handoff.empty()) decision.handoff = openHandoff();
        if (decision.who.empty()) decision.who = "bob";
        return happen(decide::decideDecision(*def, state, decision, now));
    }
    std::optional<Failure> decide(Verb verb)
    {
        Decision decision;
        decision.verb = verb;
        return decide(decision);
    }

    std::string openHandoff() const
    {
        for (const auto& handoff : state.handoffs) {
            if (handoff.state == HandoffState::Open) return handoff.id;
        }
        return {};
    }
    bool isSending() const { return state.active() && state.active()->phase == decide::CallPhase::Dispatched; }
    QString sending() const { return isSending() ? QString::fromStdString(state.active()->tool) : QString(); }
    std::string key() const { return state.active() ? state.active()->key : std::string(); }
    QString status() const { return QString::fromStdString(word(state.status)); }
    QString error() const { return state.error ? QString::fromStdString(state.error->code) : QString(); }
    int dispatches(const std::string& purpose = "act") const
    {
        int count = 0;
        for (const auto& event : journal) {
            count += event.kind == decide::EventKind::Dispatched && textOf(event.data, "purpose") == purpose;
        }
        return count;
    }
    /// The journal as readable text, one line an event.
    QStringList lines() const
    {
        QStringList text;
        for (const auto& event : journal) text.append(QString::fromStdString(decide::readable(event)));
        return text;
    }

    DefinitionPtr def;
    decide::RunState state;
    PaperFacts facts;
    std::vector<decide::Event> journal;
    Millis now = 1'000'000;
    bool isReplayed = true;  ///< false: the test wrote choices into the journal that next() did not make
    Seq seq = 0;
};

}  // namespace handrailtest
