#include "agentcore/decide/finding.h"

namespace handrail::decide {

HandoffId findingId(const std::string& key) { return "watch-" + sha256(key).substr(0, 10); }

Event findingEvent(const Finding& finding, Millis now)
{
    Event event;
    event.time = now;
    event.kind = EventKind::Noticed;
    event.data = {{"handoff", findingId(finding.key)}, {"key", finding.key}, {"agent", finding.agent}, {"step", finding.step},
                  {"tool", finding.tool}, {"code", finding.code}, {"title", finding.title}, {"why", finding.why},
                  {"suggestion", finding.suggestion}, {"risk", word(finding.risk)}, {"count", finding.count}};
    return event;
}

Outcome<Event> noteFinding(const Decision& decision, Millis now)
{
    if (decision.verb != Verb::Keep) {
        return failure("U102", "Nothing waits for this ticket, so there is nothing to " + word(decision.verb) + ".", {},
                       "Close it with: handrail keep " + decision.handoff);
    }
    Event event;
    event.time = now;
    event.kind = EventKind::Decided;
    event.data = {{"handoff", decision.handoff}, {"verb", word(decision.verb)}, {"who", decision.who}, {"reason", decision.reason}};
    return event;
}

InboxRow findingRow(const Event& filed)
{
    InboxRow row;
    row.id = textOf(filed.data, "handoff");
    row.kind = HandoffKind::Escalation;
    row.title = textOf(filed.data, "title");
    row.agent = textOf(filed.data, "agent");
    row.step = textOf(filed.data, "step");
    row.tool = textOf(filed.data, "tool");
    row.risk = fromWord<Risk>(textOf(filed.data, "risk")).value_or(Risk::Medium);
    row.count = static_cast<int>(numberOf(filed.data, "count", 1));
    row.group = textOf(filed.data, "key");
    row.created = filed.time;
    return row;
}

HandoffDetail findingDetail(const InboxRow& row, const Event& filed)
{
    HandoffDetail detail;
    detail.row = row;
    detail.why = textOf(filed.data, "why");
    detail.suggestion = textOf(filed.data, "suggestion");
    detail.effect = Effect::Read;
    detail.undoNote = "It is about many runs; there is nothing to undo.";
    detail.userInput = Json::object();
    const Code code = textOf(filed.data, "code");
    if (!code.empty()) detail.error = failure(code, codeInfo(code).sentence);
    if (row.state == HandoffState::Open) detail.actions = {Verb::Keep};
    return detail;
}

}  // namespace handrail::decide
