#include <cstdio>
#include <iterator>
#include <tuple>

#include "agentcore/watch/figures.h"

namespace handrail::watch {
namespace {

using Labels = std::vector<std::pair<const char*, std::string>>;

/// Inside quotes a backslash, a quote and a line end are escaped; nothing else is special.
std::string escaped(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        if (c == '\\' || c == '"') safe += '\\';
        if (c == '\n') safe += "\\n";
        else safe += c;
    }
    return safe;
}

std::string seconds(Millis span)
{
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%03d", static_cast<long long>(span / 1000), static_cast<int>(span % 1000));
    return text;
}

class Writer {
public:
    void family(const std::string& name, const char* type, const char* help)
    {
        text_ += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }
    void sample(const std::string& name, const Labels& labels, const std::string& value)
    {
        text_ += name;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            text_ += (i == 0 ? "{" : ",") + std::string(labels[i].first) + "=\"" + escaped(labels[i].second) + "\"";
        }
        text_ += (labels.empty() ? " " : "} ") + value + "\n";
    }
    void sample(const std::string& name, const Labels& labels, std::int64_t value) { sample(name, labels, std::to_string(value)); }

    std::string text() { return std::move(text_); }

private:
    std::string text_;
};

void writeRuns(const Statistics& all, Writer& out)
{
    out.family("handrail_runs_started_total", "counter", "Runs started, by agent.");
    for (const auto& agent : all.agents) out.sample("handrail_runs_started_total", {{"agent", agent.agent}}, agent.runs);
    out.family("handrail_runs_ended_total", "counter", "Runs ended, by the state that they ended in.");
    for (const auto& [state, count] : all.runsEnded) out.sample("handrail_runs_ended_total", {{"state", state}}, count);
    out.family("handrail_retries_total", "counter", "Calls that were sent again, by agent.");
    for (const auto& agent : all.agents) out.sample("handrail_retries_total", {{"agent", agent.agent}}, agent.retries);
    out.family("handrail_results_reused_total", "counter", "Calls not made because the same one had succeeded before.");
    out.sample("handrail_results_reused_total", {}, all.reused);
}

void writeTools(const Statistics& all, Writer& out)
{
    out.family("handrail_tool_calls_total", "counter", "Calls that came to an end, by tool.");
    for (const auto& tool : all.tools) out.sample("handrail_tool_calls_total", {{"tool", tool.tool}}, tool.calls);
    out.family("handrail_tool_errors_total", "counter", "Calls that failed, by tool and failure code.");
    for (const auto& tool : all.tools) {
        for (const auto& [code, count] : tool.codes) {
            out.sample("handrail_tool_errors_total", {{"tool", tool.tool}, {"error_type", code}}, count);
        }
    }
    out.family("handrail_tool_call_duration_seconds", "summary", "How long calls took, by tool.");
    for (const auto& tool : all.tools) {
        out.sample("handrail_tool_call_duration_seconds_sum", {{"tool", tool.tool}}, seconds(tool.tookMs));
        out.sample("handrail_tool_call_duration_seconds_count", {{"tool", tool.tool}}, tool.calls);
    }
}

void writeDecisions(const HandoffFigures& handoff, Writer& out)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < handoff.buckets.size(); ++i) {
        sum += handoff.buckets[i];
        const bool isLast = i >= std::size(store::decisionBounds);
        out.sample("handrail_decision_seconds_bucket",
                   {{"kind", handoff.kind}, {"le", isLast ? "+Inf" : std::to_string(store::decisionBounds[i])}}, sum);
    }
    out.sample("handrail_decision_seconds_sum", {{"kind", handoff.kind}}, seconds(handoff.decisionMs));
    out.sample("handrail_decision_seconds_count", {{"kind", handoff.kind}}, sum);
}

void writeHandoffs(const Statistics& all, Writer& out)
{
    out.family("handrail_handoffs_total", "counter", "Questions to people, by kind.");
    for (const auto& handoff : all.handoffs) out.sample("handrail_handoffs_total", {{"kind", handoff.kind}}, handoff.asked);
    out.family("handrail_handoffs_decided_total", "counter", "Questions that were answered, by kind and answer; expired is one.");
    for (const auto& handoff : all.handoffs) {
        for (const auto& [verb, count] : handoff.verbs) {
            out.sample("handrail_handoffs_decided_total", {{"kind", handoff.kind}, {"verb", verb}}, count);
        }
        if (handoff.expired > 0) out.sample("handrail_handoffs_decided_total", {{"kind", handoff.kind}, {"verb", "expired"}}, handoff.expired);
    }
    out.family("handrail_decision_seconds", "histogram", "Time from question to answer, by kind.");
    for (const auto& handoff : all.handoffs) writeDecisions(handoff, out);
    out.family("handrail_handoffs_open", "gauge", "Questions that wait for an answer now, by kind.");
    for (const auto& [kind, count] : all.open) {
        if (kind != "all" && kind != "unknown") out.sample("handrail_handoffs_open", {{"kind", kind}}, count);
    }
    const auto unknown = all.open.find("unknown");
    out.family("handrail_unknown_outcomes_open", "gauge", "Calls of which nobody knows yet whether they happened.");
    out.sample("handrail_unknown_outcomes_open", {}, unknown == all.open.end() ? 0 : unknown->second);
}

void writeFallbacks(const Statistics& all, Writer& out)
{
    const std::tuple<const char*, const char*, std::int64_t FallbackFigures::*> families[] = {
        {"handrail_fallbacks_used_total", "Times something stood in for what failed, by kind.", &FallbackFigures::used},
        {"handrail_fallbacks_success_total", "Fallbacks that gave a result, by kind.", &FallbackFigures::success},
        {"handrail_fallbacks_failure_total", "Fallbacks that failed, too, by kind.", &FallbackFigures::failure}};
    for (const auto& [name, help, member] : families) {
        out.family(name, "counter", help);
        for (const auto& [kind, figures] : all.fallbacks) out.sample(name, {{"kind", kind}}, figures.*member);
    }
}

void writeNotifiers(const Statistics& all, Writer& out)
{
    out.family("handrail_notifications_total", "counter", "Notifications, by notifier and what came of them.");
    for (const auto& notifier : all.notifiers) {
        out.sample("handrail_notifications_total", {{"notifier", notifier.notifier}, {"result", "sent"}}, notifier.sent);
        out.sample("handrail_notifications_total", {{"notifier", notifier.notifier}, {"result", "failed"}}, notifier.failed);
    }
}

/// By the names that OpenTelemetry has for them, dots written as underscores.
void writeOpenTelemetry(const Statistics& all, Writer& out)
{
    out.family("target_info", "gauge", "What these figures are of.");
    out.sample("target_info", {{"service_name", "handrail"}, {"service_version", HANDRAIL_VERSION}}, 1);
    out.family("gen_ai_client_token_usage", "summary", "Tokens that models have read and written, by model.");
    for (const auto& model : all.models) {
        for (const auto& [type, tokens] : {std::pair("input", model.tokensIn), std::pair("output", model.tokensOut)}) {
            const Labels labels{{"gen_ai_operation_name", "chat"}, {"gen_ai_request_model", model.model}, {"gen_ai_token_type", type}};
            out.sample("gen_ai_client_token_usage_sum", labels, tokens);
            out.sample("gen_ai_client_token_usage_count", labels, model.calls);
        }
    }
}

}  // namespace

std::string prometheusText(const Statistics& statistics)
{
    Writer out;
    writeRuns(statistics, out);
    writeTools(statistics, out);
    writeFallbacks(statistics, out);
    writeHandoffs(statistics, out);
    writeNotifiers(statistics, out);
    writeOpenTelemetry(statistics, out);
    return out.text();
}

}  // namespace handrail::watch
