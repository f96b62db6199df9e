#pragma once

#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"

/// A run that plans for itself, on paper: the test says what the models answer.
namespace handrailtest {

/// Reads, writes and a gated write, a model and its backup; `more` are further members of the planner.
inline QString planned(const QString& more = {}, const QString& plan = {}, const QString& limits = {})
{
    const QString models = q(R"("models": [{"name": "main", "kind": "openai", "url": "http://127.0.0.1:1/v1", "allow_private": true, "model": "m"},
        {"name": "backup", "kind": "anthropic", "url": "http://127.0.0.1:2", "allow_private": true, "model": "t", "simplified": true}])");
    const QString planner = q(R"("planner": {"goal": "Settle ${input.order}", %1 %2}, %3)").arg(more, models, limits);
    const QString text = agent(readTool(u"find"_qs) + u","_qs + readTool(u"mail"_qs, q(R"(, "grounds": false)")) + u","_qs +
                                   writeTool(u"note"_qs, u"write_keyed"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")),
                               plan, planner);
    return plan.isEmpty() ? QString(text).replace(q(R"(, "plan": [])"), QString()) : text;
}

class PlanningRun : public PaperRun {
public:
    explicit PlanningRun(const QString& definition = planned(), const QString& input = q(R"({"order": "1042"})")) : PaperRun(definition, input) {}

    /// The model under way proposes a step.
    void propose(const QString& tool, const QString& arguments = q("{}"), const Json& confidence = 0.9)
    {
        Json proposal = {{"tool", tool.toStdString()}, {"arguments", parseJson(arguments.toStdString()).take()}, {"why", "Because."}};
        if (!confidence.is_null()) proposal["confidence"] = confidence;
        answer({}, u"null"_qs, u"answered"_qs, {{"proposal", proposal}});
    }
    /// It answers what cannot be used; with a proposal where there was one.
    void err(const QString& code, const Json& more = Json::object())
    {
        Json data = {{"message", code.toStdString() + " it is."}};
        data.update(more);
        answer(code, u"null"_qs, u"answered"_qs, data);
    }
    /// One step, proposed and done.
    void take(const QString& tool, const QString& arguments, const QString& result)
    {
        propose(tool, arguments);
        answer({}, result);
    }
    using PaperRun::take;

    Decision saying(Verb verb, const std::string& text = {}) const
    {
        Decision decision;
        decision.verb = verb;
        decision.text = text;
        return decision;
    }
    HandoffDetail open() const { return decide::handoffOf(*def, state, *state.handoff(openHandoff())); }
    QString verbs() const
    {
        QString list;
        for (const auto verb : open().actions) list += QString::fromStdString(word(verb)) + u' ';
        return list.trimmed();
    }
    QString mode() const { return QString::fromStdString(decide::word(decide::modeOf(*def, state))); }
};

}  // namespace handrailtest
