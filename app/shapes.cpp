#include "app/shapes.h"

#include <algorithm>

namespace handrail::app {
namespace {

Json instant(Millis at) { return at > 0 ? Json(rfc3339(at)) : Json(); }

/// An open handoff whose time is over is expired, even if no runtime was there to write it down.
HandoffState stateAt(const InboxRow& row, Millis now)
{
    const bool isOver = row.state == HandoffState::Open && !row.unknown && row.decideBy > 0 && row.decideBy <= now;
    return isOver ? HandoffState::Expired : row.state;
}

Json attemptsOf(const std::vector<AttemptView>& attempts)
{
    Json list = Json::array();
    for (const auto& attempt : attempts) {
        list.push_back({{"number", attempt.number}, {"purpose", attempt.purpose}, {"began", instant(attempt.began)},
                        {"took_ms", attempt.tookMs}, {"code", attempt.code}, {"note", attempt.note},
                        {"wait_ms", attempt.waitMs}, {"injected", attempt.injected}});
    }
    return list;
}

/// `{code, message, step, title, tool, attempts}`: what failed, for `error` and `failing` alike.
Json failingOf(const HandoffDetail& handoff)
{
    if (!handoff.error) return Json();
    return {{"code", handoff.error->code}, {"message", handoff.error->message}, {"hint", handoff.error->hint},
            {"step", handoff.row.step}, {"title", handoff.failing.title}, {"tool", handoff.row.tool},
            {"attempts", attemptsOf(handoff.failing.attempts)}};
}

Json undoOf(const std::vector<UndoItem>& items)
{
    Json list = Json::array();
    for (const auto& item : items) {
        list.push_back({{"step", item.step}, {"title", item.title}, {"tool", item.tool}, {"with", item.with},
                        {"until", instant(item.until)}, {"lost", item.lost}});
    }
    return list;
}

}  // namespace

Json shapeOf(const Failure& failure)
{
    return {{"code", failure.code}, {"message", failure.message}, {"where", failure.where}, {"hint", failure.hint}};
}

Json shapeOf(const RunSummary& run)
{
    Json shape = {{"id", run.id}, {"agent", run.agent}, {"version", run.version}, {"state", word(run.status)},
                  {"step", run.step.empty() ? Json() : Json(run.step)}, {"steps_done", run.stepsDone},
                  {"steps_total", run.stepsTotal}, {"handoffs", run.handoffs}, {"error", nullptr},
                  {"result", run.result}, {"created", instant(run.created)}, {"updated", instant(run.updated)},
                  {"ran_ms", run.ranFor}, {"user", run.user}};
    if (run.error) shape["error"] = {{"code", run.error->code}, {"message", run.error->message}};
    return shape;
}

Json shapeOf(const StepView& step)
{
    Json shape = {{"id", step.id}, {"title", step.title}, {"tool", step.tool}, {"state", word(step.status)},
                  {"records", step.records}, {"records_done", step.recordsDone}, {"arguments", step.arguments},
                  {"result", step.result}, {"key", step.key}, {"fallback", step.fallback}, {"attempts", attemptsOf(step.attempts)},
                  {"took_ms", step.tookMs}, {"error", nullptr}};
    if (step.error) shape["error"] = {{"code", step.error->code}, {"message", step.error->message}};
    return shape;
}

Json shapeOf(const RunDetail& run)
{
    Json shape = shapeOf(run.summary);
    shape["input"] = run.input;
    shape["plan"] = Json::array();
    for (const auto& step : run.plan) shape["plan"].push_back(shapeOf(step));
    shape["retries"] = run.retries;
    shape["tokens"] = run.tokens;
    shape["cost"] = run.cost.empty() ? Json() : Json{{"amount", run.cost}, {"currency", run.currency}};
    shape["trace_id"] = run.trace;
    shape["limits"] = {{"run_s", static_cast<double>(run.runLimitMs) / 1000.0}, {"steps", run.stepLimit}};
    return shape;
}

Json shapeOf(const InboxRow& row, Millis now)
{
    return {{"id", row.id}, {"kind", word(row.kind)}, {"state", word(stateAt(row, now))}, {"title", row.title},
            {"run", row.run}, {"agent", row.agent}, {"step", row.step}, {"tool", row.tool}, {"risk", word(row.risk)},
            {"unknown", row.unknown}, {"count", row.count}, {"group", row.group}, {"created", instant(row.created)},
            {"decide_by", instant(row.decideBy)}, {"assignee", row.assignee.empty() ? Json() : Json(row.assignee)},
            {"snoozed_until", instant(row.snoozedUntil)}};
}

Json shapeOf(const HandoffDetail& handoff, Millis now)
{
    Json shape = shapeOf(handoff.row, now);
    shape["digest"] = handoff.digest;
    shape["why"] = handoff.why;
    shape["server"] = handoff.server;
    shape["request"] = handoff.request;
    shape["arguments"] = handoff.arguments;
    shape["effect"] = word(handoff.effect);
    shape["gate"] = handoff.gate.empty() ? Json() : Json(handoff.gate);
    if (handoff.needs > 1) {
        shape["needs"] = handoff.needs;
        shape["approved_by"] = handoff.approvers;
    }
    if (!handoff.exposure.is_null()) shape["exposure"] = handoff.exposure;
    if (handoff.holdUntil > 0) shape["hold_until"] = instant(handoff.holdUntil);
    if (handoff.last) shape["last_call"] = {{"run", handoff.last->run}, {"arguments", handoff.last->params}, {"time", instant(handoff.last->at)}};
    shape["undo_note"] = handoff.undoNote;
    shape["undo_list"] = undoOf(handoff.undo);
    shape["suggestion"] = handoff.suggestion;
    shape["agent_words"] = handoff.agentWords;
    if (!handoff.model.empty()) {
        shape["model"] = handoff.model;
        shape["backup"] = handoff.isBackup;
        shape["confidence"] = handoff.confidence ? Json(*handoff.confidence) : Json();
        shape["mode"] = handoff.mode;
    }
    shape["user_input"] = handoff.userInput;
    shape["look_for"] = handoff.lookFor;
    shape["plan"] = Json::array();
    shape["executed"] = Json::array();
    shape["remaining"] = Json::array();
    for (const auto& step : handoff.plan) {
        shape["plan"].push_back(shapeOf(step));
        const bool wasExecuted = step.status == StepStatus::Done || step.status == StepStatus::Undone;
        if (wasExecuted) shape["executed"].push_back(shapeOf(step));
        if (step.status == StepStatus::Planned) shape["remaining"].push_back(shapeOf(step));
    }
    shape["error"] = failingOf(handoff);
    const bool hasFailed = handoff.row.kind == HandoffKind::Escalation && !handoff.isPause;
    shape["failing"] = hasFailed ? failingOf(handoff) : Json();
    shape["trace_id"] = handoff.trace;
    shape["log"] = Json::array();
    for (const auto& line : handoff.log) shape["log"].push_back(shapeOf(line));
    shape["actions"] = Json::array();
    for (const auto verb : handoff.actions) shape["actions"].push_back(word(verb));
    if (!handoff.undone.empty() || !handoff.notUndone.empty() || !handoff.undoUnknown.empty()) {
        shape["undo"] = {{"undone", handoff.undone}, {"not_undone", handoff.notUndone}, {"unknown", handoff.undoUnknown}};
    }
    if (handoff.decidedVerb) {
        shape["decided"] = {{"verb", word(*handoff.decidedVerb)}, {"who", handoff.decidedBy},
                            {"reason", handoff.decidedReason}, {"time", instant(handoff.decidedAt)}};
    }
    return shape;
}

Json shapeOf(const JournalLine& line)
{
    Json shape = {{"seq", line.seq}, {"time", instant(line.time)}, {"run", line.run}, {"step", line.step},
                  {"attempt", line.attempt}, {"event", line.event}};
    // What an event says of itself stands beside these, never in their place.
    for (const auto& [name, value] : line.data.items()) {
        if (!shape.contains(name)) shape[name] = value;
    }
    return shape;
}

Json shapeOf(const HostView& host)
{
    return {{"host", host.host}, {"breaker", host.breaker}, {"in_flight", host.inFlight},
            {"retries_left", host.retriesLeft < 0 ? Json() : Json(host.retriesLeft)}, {"open_until", instant(host.openUntil)},
            {"isolated_by", host.who}, {"reason", host.reason}};
}

int exitOf(RunStatus status)
{
    switch (status) {
    case RunStatus::Completed: return 0;
    case RunStatus::Running:
    case RunStatus::WaitingApproval: return 10;
    case RunStatus::Escalated: return 11;
    case RunStatus::Failed: return 12;
    case RunStatus::TimedOut: return 13;
    case RunStatus::Aborted:
    case RunStatus::Stopped: return 14;
    }
    return 12;
}

int exitOf(const Failure& failure)
{
    if (failure.code == "U105" || failure.code == "A105" || failure.code == "A101") return 4;
    if (failure.code[0] == 'R') return 3;
    return 2;
}

int worstExit(const std::vector<int>& exits)
{
    static constexpr int order[] = {12, 13, 14, 11, 10};
    for (const int candidate : order) {
        if (std::find(exits.begin(), exits.end(), candidate) != exits.end()) return candidate;
    }
    return 0;
}

}  // namespace handrail::app
