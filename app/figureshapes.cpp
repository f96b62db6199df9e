#include "agentcore/dashboard.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

Json instantOf(Millis at) { return at > 0 ? Json(rfc3339(at)) : Json(); }

Json figuresOf(const ToolFigures& tool)
{
    return {{"tool", tool.tool}, {"calls", tool.calls}, {"errors", tool.errors}, {"error_rate", tool.errorRate()},
            {"average_ms", tool.calls > 0 ? tool.tookMs / tool.calls : 0}, {"codes", tool.codes}};
}

Json figuresOf(const TypeOnDay& type)
{
    return {{"day", type.day}, {"code", type.code}, {"title", codeInfo(type.code).title}, {"count", type.count}};
}

Json figuresOf(const AgentFigures& agent)
{
    return {{"agent", agent.agent}, {"runs", agent.runs}, {"retries", agent.retries}, {"retries_per_run", agent.retriesPerRun()}};
}

Json figuresOf(const HandoffFigures& handoff)
{
    static constexpr const char* names[] = {"10s", "30s", "1m", "5m", "15m", "1h", "later"};
    Json within = Json::object();
    for (std::size_t i = 0; i < handoff.buckets.size() && i < std::size(names); ++i) within[names[i]] = handoff.buckets[i];
    return {{"kind", handoff.kind}, {"asked", handoff.asked}, {"decided", handoff.decided}, {"expired", handoff.expired},
            {"average_s", handoff.averageMs() / 1000}, {"median_s", timeToDecision(handoff, 0.5) / 1000}, {"p90_s", timeToDecision(handoff, 0.9) / 1000}, {"verbs", handoff.verbs}, {"time_to_decision", within}};
}

Json figuresOf(const NotifierFigures& notifier)
{
    return {{"notifier", notifier.notifier}, {"sent", notifier.sent}, {"failed", notifier.failed}, {"last_sent", instantOf(notifier.lastSent)},
            {"last_failed", instantOf(notifier.lastFailed)}, {"last_error", notifier.lastError}};
}

Json figuresOf(const ModelFigures& model)
{
    return {{"model", model.model}, {"calls", model.calls}, {"tokens_in", model.tokensIn}, {"tokens_out", model.tokensOut}};
}

Json figuresOf(const FallbackFigures& fallback)
{
    return {{"used", fallback.used}, {"success", fallback.success}, {"failure", fallback.failure}};
}

template <typename Figures>
Json listOf(const std::vector<Figures>& figures)
{
    Json list = Json::array();
    for (const auto& one : figures) list.push_back(figuresOf(one));
    return list;
}

}  // namespace

Json shapeOf(const Statistics& statistics)
{
    Json fallbacks = Json::object();
    for (const auto& [kind, figures] : statistics.fallbacks) fallbacks[kind] = figuresOf(figures);
    return {{"from", statistics.from.empty() ? Json() : Json(statistics.from)},
            {"runs", {{"started", statistics.runsStarted}, {"ended", statistics.runsEnded}, {"retries", statistics.retries},
                      {"retries_per_run", statistics.retriesPerRun()}, {"reused", statistics.reused}}},
            {"tools", listOf(statistics.tools)},
            {"error_types", listOf(statistics.types)},
            {"agents", listOf(statistics.agents)},
            {"fallbacks", fallbacks},
            {"handoffs", listOf(statistics.handoffs)},
            {"models", listOf(statistics.models)},
            {"open", statistics.open},
            {"notifiers", listOf(statistics.notifiers)}};
}

}  // namespace handrail::app
