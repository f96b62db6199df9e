#include "agentcore/decide/event.h"

#include <array>

namespace handrail::decide {
namespace {

constexpr std::array<std::pair<EventKind, const char*>, 33> words{{
    {EventKind::RunStarted, "run_started"},   {EventKind::Recovered, "recovered"},
    {EventKind::StepPrepared, "step_prepared"}, {EventKind::Allowed, "allowed"},
    {EventKind::Asked, "asked"},              {EventKind::Decided, "decided"},
    {EventKind::DecidedLate, "decided_late"}, {EventKind::Tended, "tended"}, {EventKind::AbortAsked, "abort_asked"},
    {EventKind::Expired, "expired"},
    {EventKind::Withdrawn, "withdrawn"},      {EventKind::Intent, "intent"},
    {EventKind::Dispatched, "dispatched"},    {EventKind::Answered, "answered"},
    {EventKind::Lost, "lost"},                {EventKind::Judged, "judged"},
    {EventKind::Waiting, "waiting"},          {EventKind::FallbackUsed, "fallback_used"},
    {EventKind::Reused, "reused"},            {EventKind::Proposed, "proposed"},
    {EventKind::StepDone, "step_done"},       {EventKind::StepSkipped, "step_skipped"},
    {EventKind::StepFailed, "step_failed"},   {EventKind::UndoStarted, "undo_started"},
    {EventKind::EffectUndone, "effect_undone"}, {EventKind::UndoEnded, "undo_ended"},
    {EventKind::RunEnded, "run_ended"},       {EventKind::RolledBack, "rolled_back"},
    {EventKind::Paused, "paused"},            {EventKind::Resumed, "resumed"},
    {EventKind::HostSet, "host_set"},         {EventKind::StorePruned, "store_pruned"},
    {EventKind::Noticed, "noticed"},
}};

}  // namespace

std::string word(EventKind kind)
{
    for (const auto& [candidate, text] : words) {
        if (candidate == kind) return text;
    }
    return {};
}

std::optional<EventKind> eventKind(const std::string& word)
{
    for (const auto& [kind, text] : words) {
        if (word == text) return kind;
    }
    return std::nullopt;
}

std::string readable(const Event& event)
{
    std::string line = word(event.kind);
    if (!event.step.empty()) line += " " + event.step;
    if (event.attempt > 0) line += " #" + std::to_string(event.attempt);
    static constexpr const char* told[] = {"purpose", "verb",    "who",    "verdict", "code",
                                           "phase",   "kind",    "handoff", "rule",   "state", "model", "to",      "mode",    "delay_ms"};
    for (const char* member : told) {
        const auto found = event.data.find(member);
        if (found == event.data.end() || *found == Json("")) continue;
        line += std::string(" ") + member + "=" + (found->is_string() ? found->get<std::string>() : dump(*found));
    }
    return line;
}

}  // namespace handrail::decide
