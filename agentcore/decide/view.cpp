#include "agentcore/decide/view.h"

#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/ticket.h"

namespace handrail::decide {
namespace {

StepView stepView(const Step& planned, const StepState& state, const Tool* tool)
{
    StepView view;
    view.id = planned.id;
    view.title = planned.title.empty() ? planned.id : planned.title;
    view.tool = planned.tool;
    view.status = state.status;
    view.records = state.records.empty() ? 1 : static_cast<int>(state.records.size());
    view.recordsDone = static_cast<int>(std::count_if(state.records.begin(), state.records.end(), [](const auto& r) {
        return r.status == RecordStatus::Done;
    }));
    view.arguments = state.arguments;
    view.result = state.result;
    // A key that the provider never saw would be looked for in vain.
    if (tool && tool->effect == Effect::WriteKeyed) view.key = state.key;
    view.fallback = state.fallback;
    view.attempts = state.attempts;
    view.error = state.error;
    view.tookMs = state.took;
    return view;
}

std::string undoNoteOf(const Tool& tool)
{
    if (!tool.isWrite()) return "It only reads; there is nothing to undo.";
    if (!tool.undo) return "It cannot be undone.";
    std::string note = "It can be undone with " + tool.undo->tool;
    const Millis within = tool.undo->within;
    if (within >= 7'200'000) note += " within " + std::to_string(within / 3'600'000) + " h";
    else if (within > 0) note += " within " + std::to_string(std::max<Millis>(1, within / 60'000)) + " min";
    return note + ".";
}

/// The steps that an undo has taken back, could not, or is in doubt about.
void tellUndo(const RunState& state, HandoffDetail& detail)
{
    if (!state.undoing) return;
    const auto nameOf = [&](int number) {
        return state.stepId(static_cast<std::size_t>(state.effects[static_cast<std::size_t>(number)].step));
    };
    for (const int number : state.undoing->undone) detail.undone.push_back(nameOf(number));
    for (const int number : state.undoing->remaining) {
        const bool inDoubt = state.call && state.call->record == number && state.call->phase == CallPhase::Doubt;
        (inDoubt ? detail.undoUnknown : detail.notUndone).push_back(nameOf(number));
    }
}

/// What is under way in a paused run at this moment: its reply may have come since the pause began.
void tellPause(const RunState& state, const HandoffRecord& handoff, HandoffDetail& detail)
{
    detail.isPause = true;
    if (handoff.state != HandoffState::Open) return;
    const Call* call = state.active();
    if (call && call->phase == CallPhase::Dispatched) detail.why += "\nA call is under way; its reply is still heard.";
    else if (state.call && state.call->mayHaveActed()) detail.why += "\nThe last call may have been carried out; that is looked into when the run goes on.";
    else detail.why += "\nNothing is under way.";
}

/// Which model spoke, in which mode, and in its own words.
void tellPlanning(const Definition& definition, const HandoffRecord& handoff, HandoffDetail& detail)
{
    detail.agentWords = textOf(handoff.asked, "agent_words");
    detail.model = textOf(handoff.asked, "model");
    detail.mode = textOf(handoff.asked, "mode");
    detail.isBackup = truthOf(handoff.asked, "backup");
    const auto confidence = handoff.asked.find("confidence");
    if (confidence != handoff.asked.end() && confidence->is_number()) detail.confidence = confidence->get<double>();
    if (handoff.step >= 0 || !definition.planner) return;
    for (const auto& model : definition.planner->models) {
        if (model.name == detail.model) detail.server = model.url;
    }
}

/// The asking of the models, drawn as a step is.
StepView planningView(const RunState& state, const HandoffRecord& handoff)
{
    StepView view;
    view.title = "Plan the next step";
    view.tool = textOf(handoff.asked, "tool");
    view.status = StepStatus::Failed;
    view.attempts = state.planning.attempts;
    return view;
}

}  // namespace

std::vector<StepView> planOf(const Definition& definition, const RunState& state)
{
    std::vector<StepView> plan;
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        const Step& step = stepOf(definition, state, i);
        plan.push_back(stepView(step, state.steps[i], definition.tool(step.tool)));
    }
    return plan;
}

RunSummary summaryOf(const Definition& definition, const RunState& state)
{
    RunSummary summary;
    summary.id = state.id;
    summary.agent = definition.name;
    summary.version = definition.version;
    summary.status = state.status;
    if (!state.isEnded()) summary.step = state.stepId(static_cast<std::size_t>(state.at));
    summary.stepsTotal = static_cast<int>(state.steps.size());
    summary.stepsDone = static_cast<int>(std::count_if(state.steps.begin(), state.steps.end(), [](const auto& step) {
        return step.status == StepStatus::Done || step.status == StepStatus::Skipped;
    }));
    for (const auto& handoff : state.handoffs) {
        if (handoff.state == HandoffState::Open) summary.handoffs.push_back(handoff.id);
    }
    summary.error = state.error;
    summary.result = state.result;
    summary.created = state.created;
    summary.updated = state.updated;
    summary.ranFor = state.ran;
    summary.user = state.user();
    return summary;
}

RunDetail detailOf(const Definition& definition, const RunState& state)
{
    RunDetail detail;
    detail.summary = summaryOf(definition, state);
    detail.input = state.input();
    detail.plan = planOf(definition, state);
    detail.runLimitMs = definition.limits.run;
    detail.stepLimit = definition.limits.steps;
    detail.retries = state.retries;
    detail.tokens = state.planning.tokensInAll;
    if (definition.planner && !definition.planner->currency.empty()) {
        detail.cost = state.planning.costInAll;
        detail.currency = definition.planner->currency;
    }
    detail.trace = textOf(state.started, "trace");
    return detail;
}

InboxRow rowOf(const Definition& definition, const RunState& state, const HandoffRecord& handoff)
{
    InboxRow row;
    row.id = handoff.id;
    row.kind = handoff.kind;
    row.state = handoff.state;
    row.title = handoff.title;
    row.run = state.id;
    row.agent = definition.name;
    row.step = textOf(handoff.asked, "step");
    row.tool = textOf(handoff.asked, "tool");
    row.risk = fromWord<Risk>(textOf(handoff.asked, "risk")).value_or(Risk::Medium);
    row.unknown = handoff.unknown;
    row.group = textOf(handoff.asked, "group");
    row.assignee = handoff.assignee;
    row.snoozedUntil = handoff.snoozedUntil;
    row.created = handoff.created;
    row.decideBy = handoff.decideBy;
    if (heldHandoff(state) != handoff.id) return row;
    // Until it leaves it stays where an operator sees it, with the time that is left to stop it.
    const bool isInPause = state.standsStill();
    row.state = HandoffState::Open;
    row.title = (isInPause ? "Approved, not sent while paused: " : "Approved, leaves soon: ") + handoff.title;
    row.decideBy = isInPause ? 0 : state.steps[static_cast<std::size_t>(handoff.step)].holdUntil;
    return row;
}

HandoffDetail handoffOf(const Definition& definition, const RunState& state, const HandoffRecord& handoff)
{
    HandoffDetail detail;
    detail.row = rowOf(definition, state, handoff);
    detail.digest = handoff.digest;
    detail.why = textOf(handoff.asked, "why");
    detail.needs = static_cast<int>(numberOf(handoff.asked, "needs", 1));
    detail.approvers = handoff.approvers;
    detail.exposure = handoff.asked.value("exposure", Json());
    detail.isInPause = state.standsStill();
    if (canBeStopped(state, handoff)) detail.holdUntil = state.steps[static_cast<std::size_t>(handoff.step)].holdUntil;
    detail.arguments = handoff.asked.value("arguments", Json());
    if (const Tool* tool = definition.tool(detail.row.tool)) {
        const auto server = definition.servers.find(tool->server);
        if (server != definition.servers.end()) detail.server = server->second.url;
        if (!tool->each) detail.schema = tool->paramsSource;
        detail.effect = tool->effect;
        detail.gate = tool->gate;
        if (detail.arguments.is_object()) detail.typed = typedArguments(*tool, detail.arguments);
        detail.undoNote = undoNoteOf(*tool);
    }
    tellPlanning(definition, handoff, detail);
    const bool isReview = handoff.kind == HandoffKind::Review;
    detail.undo = undoList(definition, state, isReview ? handoff.step : -1);
    detail.suggestion = textOf(handoff.asked, "suggestion");
    detail.userInput = state.input();
    detail.trace = textOf(state.started, "trace");
    detail.plan = planOf(definition, state);
    const Code code = textOf(handoff.asked, "code");
    if (!code.empty()) detail.error = failure(code, textOf(handoff.asked, "message"));
    if (handoff.isPause()) tellPause(state, handoff, detail);
    else if (handoff.step < 0) detail.failing = planningView(state, handoff);
    else if (handoff.kind == HandoffKind::Escalation && handoff.step < static_cast<int>(detail.plan.size())) {
        detail.failing = detail.plan[static_cast<std::size_t>(handoff.step)];
    }
    detail.actions = possibleVerbs(definition, state, handoff);
    detail.lookFor = textOf(handoff.asked, "look_for");
    tellUndo(state, detail);
    detail.decidedBy = textOf(handoff.decided, "who");
    detail.decidedReason = textOf(handoff.decided, "reason");
    detail.decidedVerb = fromWord<Verb>(textOf(handoff.decided, "verb"));
    detail.decidedAt = handoff.decidedAt;
    return detail;
}

JournalLine lineOf(const Event& event)
{
    return {event.seq, event.time, event.run, event.step, event.attempt, word(event.kind), event.data};
}

}  // namespace handrail::decide
