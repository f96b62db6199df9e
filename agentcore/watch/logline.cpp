#include "agentcore/watch/logline.h"

#include <algorithm>
#include <string_view>

#include "agentcore/retrytable.h"
#include "agentcore/tools/pattern.h"

namespace handrail::watch {
namespace {

using decide::Event;
using decide::EventKind;

constexpr std::size_t longestMessage = 1'000;
constexpr std::size_t longestDetail = 300;

/// Members of an event that may stand in a log: none of them can hold arguments or results.
constexpr const char* contextMembers[] = {"purpose", "phase", "status", "verdict", "row",  "why",   "note",   "handoff", "kind",
                                          "title",   "verb",  "who",    "reason",  "rule", "gate",  "state",  "host",    "isolated",
                                          "unknown", "risk",  "inner",  "effect",  "runs", "lines", "before", "injected", "replayed",
                                          "success", "age_ms", "secondary", "fallback", "count", "assignee", "snoozed_until"};

std::string toolOf(const RunStory& story, const Event& event)
{
    const std::string told = textOf(event.data, "tool");
    if (!told.empty()) return told;
    const auto found = story.tools.find(textOf(event.data, "purpose"));
    return found == story.tools.end() ? std::string() : found->second;
}

std::string levelOfEnd(const std::string& state)
{
    if (state == "completed") return "info";
    return state == "aborted" ? "warning" : "error";
}

std::string levelOfJudgement(const std::string& verdict) { return verdict == "unknown" || verdict == "happened" || verdict == "stop" ? "error" : "warning"; }

/// Empty for what is not logged.
std::string levelOf(const Event& event)
{
    const std::string code = textOf(event.data, "code");
    switch (event.kind) {
    case EventKind::RunStarted:
    case EventKind::Proposed:
    case EventKind::Decided:
    case EventKind::Tended:
    case EventKind::Withdrawn:
    case EventKind::Reused:
    case EventKind::StepSkipped:
    case EventKind::UndoStarted:
    case EventKind::EffectUndone:
    case EventKind::UndoEnded:
    case EventKind::StorePruned: return "info";
    case EventKind::Recovered:
    case EventKind::Answered: return code.empty() ? "info" : "warning";
    case EventKind::Allowed: return textOf(event.data, "gate").empty() ? "" : "info";
    case EventKind::Asked: return textOf(event.data, "risk") == "critical" ? "critical" : "warning";
    case EventKind::FallbackUsed:
    case EventKind::DecidedLate:
    case EventKind::AbortAsked:
    case EventKind::Paused:
    case EventKind::Expired:
    case EventKind::HostSet: return "warning";
    case EventKind::Judged: return textOf(event.data, "verdict") == "done" ? "" : levelOfJudgement(textOf(event.data, "verdict"));
    case EventKind::Lost:
    case EventKind::StepFailed:
    case EventKind::RolledBack: return "error";
    case EventKind::RunEnded: return levelOfEnd(textOf(event.data, "state"));
    default: return "";
    }
}

/// Access failures, once each: where they were met, not where they were judged.
bool isSecurity(const Event& event)
{
    const Code code = textOf(event.data, "code");
    const bool isWho = code == "U107" || code == "A103" || code == "A109";
    if (event.kind == EventKind::Answered) return !code.empty() && (isWho || rowFor(code).isSecurity);
    if (event.kind == EventKind::DecidedLate) return isWho;
    return event.kind == EventKind::HostSet || event.kind == EventKind::RolledBack;
}

Json contextOf(const Event& event)
{
    Json context = Json::object();
    if (event.attempt > 0) context["attempt"] = event.attempt;
    for (const char* member : contextMembers) {
        const auto found = event.data.find(member);
        // Why a model proposes a step is its own words, and may repeat what it was given.
        if (event.kind == EventKind::Proposed && std::string_view(member) == "why") continue;
        if (found == event.data.end() || found->is_structured() || found->is_null()) continue;
        context[member] = found->is_string() ? Json(tools::shortened(found->get<std::string>(), longestDetail)) : *found;
    }
    return context;
}

Json orNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// What went wrong, in a sentence.
std::string messageOf(const Event& event)
{
    for (const char* member : {"message", "why"}) {
        const std::string text = textOf(event.data, member);
        if (!text.empty() && !textOf(event.data, "code").empty()) return tools::shortened(text, longestMessage);
    }
    const Code code = textOf(event.data, "code");
    return code.empty() ? std::string() : codeInfo(code).sentence;
}

}  // namespace

void follow(RunStory& story, const Event& event)
{
    switch (event.kind) {
    case EventKind::RunStarted:
        story.agent = textOf(event.data, "agent");
        story.user = textOf(event.data, "user");
        story.trace = textOf(event.data, "trace");
        return;
    case EventKind::Intent: story.tools[textOf(event.data, "purpose")] = textOf(event.data, "tool"); return;
    case EventKind::Dispatched:
        if (event.attempt > 1) ++story.retries;
        return;
    case EventKind::Answered:
    case EventKind::Lost: story.lastCode = textOf(event.data, "code"); return;
    default: return;
    }
}

std::optional<Json> logLine(const RunStory& story, const Event& event)
{
    const std::string level = levelOf(event);
    if (level.empty()) return std::nullopt;
    const bool isCall = event.kind == EventKind::Answered;
    return Json{{"timestamp", rfc3339(event.time)},
                {"level", level},
                {"event", decide::word(event.kind)},
                {"security", isSecurity(event)},
                {"trace_id", orNull(story.trace)},
                {"user_id", orNull(story.user)},
                {"workflow_id", orNull(event.run)},
                {"agent", orNull(story.agent)},
                {"step_name", orNull(event.step)},
                {"tool_name", orNull(toolOf(story, event))},
                {"error_type", orNull(textOf(event.data, "code"))},
                {"error_message", orNull(messageOf(event))},
                {"retries", story.retries},
                {"duration_ms", isCall ? Json(numberOf(event.data, "took_ms")) : Json()},
                {"seq", event.seq},
                {"context", contextOf(event)}};
}

Json watchLine(Millis now, const std::string& level, const std::string& event, const std::string& message, Json context)
{
    return {{"timestamp", rfc3339(now)}, {"level", level},        {"event", event},       {"security", false},
            {"trace_id", nullptr},       {"user_id", nullptr},    {"workflow_id", nullptr}, {"agent", nullptr},
            {"step_name", nullptr},      {"tool_name", nullptr},  {"error_type", nullptr}, {"error_message", orNull(message)},
            {"retries", 0},              {"duration_ms", nullptr}, {"seq", nullptr},       {"context", std::move(context)}};
}

}  // namespace handrail::watch
