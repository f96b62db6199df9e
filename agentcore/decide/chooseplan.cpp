#include <algorithm>

#include "agentcore/decide/chooser.h"
#include "agentcore/decide/money.h"
#include "agentcore/decide/proposal.h"
#include "agentcore/decide/records.h"
#include "agentcore/decide/stuck.h"
#include "agentcore/definition/reference.h"

namespace handrail::decide {
namespace {

bool isForm(const Code& code) { return code == "M101" || code == "M102" || code == "M103" || code == "M104"; }

std::string titleOf(const Tool& tool)
{
    std::string text = tool.description.substr(0, tool.description.find_first_of(".\n"));
    if (text.empty() || text.size() > 80) text = tool.name;
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace

const Model& Chooser::modelAtWork() const
{
    const auto& models = def_.planner->models;
    return models[std::min(state_.planning.model, models.size() - 1)];
}

bool Chooser::hasBackup() const { return state_.planning.model + 1 < def_.planner->models.size(); }

/// The plan is done: the next step is asked for.
void Chooser::choosePlan()
{
    const Json input = state_.input();
    const auto goal = fill(def_.planner->goal, [&](const std::string& root) { return root == "input" ? &input : nullptr; });
    if (!goal) return endRun(RunStatus::Failed, goal.failure().code, goal.failure().message);
    if (def_.limits.tokens > 0 && state_.planning.tokens >= def_.limits.tokens) {
        return askAboutPlanning("W110", "The models of this run have used " + std::to_string(state_.planning.tokens) + " tokens; its limit is " +
                                            std::to_string(def_.limits.tokens) + ".");
    }
    const std::string& atMost = def_.planner->atMost;
    if (!atMost.empty() && compareDecimals(state_.planning.cost, atMost).value_or(-1) >= 0) {
        return askAboutPlanning("W110", "The models of this run have cost " + state_.planning.cost + " " + def_.planner->currency + "; its limit is " + atMost + ".");
    }
    makeCall(Purpose::Plan, modelAtWork().call, {{"step", state_.steps.size() + 1}, {"answers", state_.planning.unusable}}, 0, {}, 0);
}

/// Held back by its breaker: another model need not wait for that.
bool Chooser::goesToBackup(const Tool& tool, const Code& code)
{
    if (!tool.isModel || code != "W111" || !hasBackup()) return false;
    planVerdict("backup", code, codeInfo(code).sentence, "Its service is left alone for a while, so the next model is asked.", 0);
    return true;
}

void Chooser::planVerdict(const std::string& verdict, const Code& code, const std::string& message, std::string_view why, int attempt)
{
    Json data = {{"purpose", "plan"}, {"verdict", verdict}, {"code", code}, {"message", message}, {"why", why}, {"model", modelAtWork().name}};
    if (state_.planning.model > 0) data["backup"] = true;
    if (verdict == "backup") data["to"] = def_.planner->models[state_.planning.model + 1].name;
    say(EventKind::Judged, std::move(data), attempt);
}

void Chooser::judgePlan(const Call& call, const Choice& choice, const Code& code)
{
    if (code.empty()) return takeProposal(call);
    const std::string message = textOf(call.answer, "message", codeInfo(code).sentence);
    const bool isFirst = state_.planning.unusable == 0;
    const bool mayAskAgain = isForm(code) || code == "M105" || code == "M106";
    const std::string allowed = textOf(call.answer, "allowed");
    if (mayAskAgain && isFirst) return planVerdict("again", code, message + (allowed.empty() ? "" : " " + allowed), "It is asked once more, with what was wrong.", call.attempt);
    if (code == "M107" && !state_.planning.isCompacted) {
        return planVerdict("compact", code, message, "Only what must not be lost is told the next time.", call.attempt);
    }
    // A model that refused, or made something up twice, is not answered by looking for one that agrees.
    const bool isFinal = code == "M105" || code == "M106" || code == "M107" || code == "M108";
    if (!isFinal && hasBackup()) return planVerdict("backup", code, message, "The next model is asked.", call.attempt);
    planVerdict("refused", code, message, isFinal ? std::string_view("A person decides.") : choice.why, call.attempt);
    const Json proposal = call.answer.value("proposal", Json());
    const bool canBeMended = (code == "M104" || code == "M106") && def_.tools.count(textOf(proposal, "tool")) > 0;
    if (canBeMended) return offer(proposal, failure(code, message, textOf(call.answer, "where")), false);
    askAboutPlanning(code, message);
}

void Chooser::askAboutPlanning(const Code& code, const std::string& message, const std::string& question)
{
    say(EventKind::Asked, plannerTicket(def_, state_, now_, failure(code, message), question));
}

void Chooser::takeProposal(const Call& call)
{
    const Json proposal = call.answer.value("proposal", Json::object());
    const Json arguments = proposal.value("arguments", Json::object());
    const std::string name = textOf(proposal, "tool");
    Json judged = {{"purpose", "plan"}, {"verdict", "done"}, {"model", modelAtWork().name}};
    if (state_.planning.model > 0) judged["backup"] = true;
    say(EventKind::Judged, std::move(judged), call.attempt);
    if (name == "_finish") return complete(textOf(arguments, "summary"));
    const std::string question = name == "_ask" ? textOf(arguments, "question") : std::string();
    if (!question.empty()) return askAboutPlanning("M109", "The agent asks: " + question, question);
    const Tool* tool = def_.tool(name);
    const auto records = tool ? recordsOf(*tool, arguments) : Outcome<std::vector<Json>>(failure("M105", "There is no such tool."));
    if (!records) return askAboutPlanning(records.failure().code, records.failure().message);
    if (state_.prepared >= def_.limits.steps) {
        return askAboutPlanning("W102", "The run has taken " + std::to_string(def_.limits.steps) + " steps; that is its limit.");
    }
    auto doubt = contradiction(state_, name, arguments);
    if (!doubt) doubt = repeatedWrite(*tool, state_, *records);
    offer(proposal, std::move(doubt), true);
}

/// Into the plan; to be run at once, or first put to a person.
void Chooser::offer(const Json& proposal, std::optional<Failure> doubt, bool mayRun)
{
    Offer made;
    made.confidence = proposal.value("confidence", Json());
    made.proposed.confidence = made.confidence.is_number() ? made.confidence.get<double>() : 0;
    made.proposed.step.id = nextStepId(def_, state_);
    made.proposed.step.tool = textOf(proposal, "tool");
    made.proposed.step.title = titleOf(*def_.tool(made.proposed.step.tool));
    made.proposed.step.with = proposal.value("arguments", Json::object());
    made.proposed.why = textOf(proposal, "why");
    made.proposed.model = modelAtWork().name;
    made.proposed.isBackup = state_.planning.model > 0;
    made.mayRun = mayRun;
    const bool isLow = made.proposed.confidence < def_.planner->confidence;
    made.mode = isLow ? Mode::Advisory : modeOf(def_, state_);
    if (!doubt && isLow) doubt = failure("M109", codeInfo("M109").sentence);
    made.doubt = std::move(doubt);
    say(EventKind::Proposed, proposedData(made)).step = made.proposed.step.id;
    if (!made.doubt && made.mode == Mode::Autonomous) return;
    say(EventKind::Asked, proposalRequest(def_, state_, now_, made)).step = made.proposed.step.id;
}

}  // namespace handrail::decide
