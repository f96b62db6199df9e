#include "agentcore/decide/proposal.h"

#include <cstdio>

#include "agentcore/decide/ticket.h"

namespace handrail::decide {
namespace {

std::string twoDigits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

std::string whyAsked(const Definition& definition, const Offer& offer)
{
    std::string why;
    if (offer.proposed.isBackup) why = "The backup model " + offer.proposed.model + " stood in. ";
    if (offer.doubt && offer.doubt->code != "M109") return why + offer.doubt->message;
    if (offer.confidence.is_null()) return why + "The model gave no confidence, which counts as 0: a person decides.";
    const bool isLow = offer.proposed.confidence < definition.planner->confidence;
    if (isLow) {
        return why + "The model's confidence is " + twoDigits(offer.proposed.confidence) + ", below " +
               twoDigits(definition.planner->confidence) + ": a person decides, and from now on about every proposal.";
    }
    return why + "The run is in advisory mode: the agent proposes and a person decides.";
}

std::string modelOf(const Definition& definition, const RunState& state)
{
    const auto& models = definition.planner->models;
    return models[std::min(state.planning.model, models.size() - 1)].name;
}

}  // namespace

Json proposedData(const Offer& offer)
{
    const Proposed& proposed = offer.proposed;
    Json data = {{"tool", proposed.step.tool}, {"arguments", proposed.step.with}, {"why", proposed.why},
                 {"confidence", offer.confidence}, {"model", proposed.model}, {"mode", word(offer.mode)}, {"title", proposed.step.title}};
    if (proposed.isBackup) data["backup"] = true;
    if (offer.doubt) data["code"] = offer.doubt->code;
    return data;
}

Json proposalRequest(const Definition& definition, const RunState& state, Millis now, const Offer& offer)
{
    const Step& step = offer.proposed.step;
    const Tool& tool = *definition.tool(step.tool);
    Json data = {{"handoff", nextHandoffId(state)}, {"kind", "proposal"}, {"step", step.id}, {"tool", tool.name}, {"risk", word(riskOf(tool))}};
    const std::string typed = typedText(tool, step.with);
    data["title"] = step.title + (typed.empty() ? "?" : ": " + typed + "?");
    data["why"] = whyAsked(definition, offer);
    data["arguments"] = step.with;
    data["agent_words"] = offer.proposed.why;
    data["model"] = offer.proposed.model;
    data["backup"] = offer.proposed.isBackup;
    data["confidence"] = offer.confidence;
    data["mode"] = word(offer.mode);
    data["may_run"] = offer.mayRun;
    if (offer.doubt) {
        data["code"] = offer.doubt->code;
        data["message"] = offer.doubt->message;
        if (!offer.doubt->where.empty()) data["marked"] = offer.doubt->where;
    }
    data["digest"] = sha256(canonical({{"run", state.id}, {"step", step.id}, {"tool", tool.digest}, {"proposal", step.with}}));
    data["decide_by"] = now + definition.approvals.decide;
    data["suggestion"] = offer.mayRun ? "Read what it would do and why, then approve, change or reject it, or tell the agent what to do instead."
                                      : "It cannot be run as it is: change it by hand, reject it, or tell the agent what to do instead.";
    return data;
}

Json plannerTicket(const Definition& definition, const RunState& state, Millis now, const Failure& why, const std::string& question)
{
    const bool isQuestion = !question.empty();
    const std::string model = modelOf(definition, state);
    Json data = {{"handoff", nextHandoffId(state)}, {"kind", "escalation"}, {"step", ""}, {"tool", "model:" + model}, {"risk", word(Risk::Medium)}};
    data["title"] = isQuestion ? "The agent " + definition.name + " has a question" : "Planning stopped: " + codeInfo(why.code).title;
    data["why"] = isQuestion ? std::string("The agent cannot go on without a person's answer.") : codeInfo(why.code).sentence;
    data["code"] = why.code;
    data["message"] = why.message;
    data["unknown"] = false;
    data["model"] = model;
    data["backup"] = state.planning.model > 0;
    if (isQuestion) data["agent_words"] = question;
    // Whose doing it is decides how the run goes on: a service that was down says nothing about the agent.
    const bool isModelsDoing = !isQuestion && codeInfo(why.code).fault == Fault::Model;
    data["mode"] = word(isModelsDoing ? Mode::Stopped : modeOf(definition, state));
    data["suggestion"] = isQuestion ? "Answer the question; the agent goes on with your answer." : codeInfo(why.code).nextStep;
    data["decide_by"] = now + definition.escalation.guidance;
    data["group"] = definition.name + "/planner/" + why.code;
    data["digest"] = sha256(canonical({{"run", state.id}, {"handoff", data["handoff"]}, {"code", why.code}, {"question", question}}));
    return data;
}

std::string nextStepId(const Definition& definition, const RunState& state)
{
    std::string id = "p" + std::to_string(state.steps.size() + 1);
    while (definition.step(id) || proposedBy(state, id)) id += "_";
    return id;
}

std::vector<Verb> proposalVerbs(const HandoffRecord& handoff)
{
    if (!truthOf(handoff.asked, "may_run", true)) return {Verb::Edit, Verb::Answer, Verb::Reject, Verb::Abort};
    return {Verb::Approve, Verb::Edit, Verb::Answer, Verb::Reject, Verb::Abort};
}

std::vector<Verb> plannerVerbs(const HandoffRecord& handoff, bool canUndo)
{
    std::vector<Verb> verbs{Verb::Answer, Verb::Retry};
    if (!textOf(handoff.asked, "agent_words").empty()) verbs = {Verb::Answer};
    if (canUndo) verbs.push_back(Verb::Undo);
    verbs.push_back(Verb::Abort);
    return verbs;
}

}  // namespace handrail::decide
