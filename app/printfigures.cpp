#include <cstdio>
#include <iostream>
#include <map>

#include "app/print.h"

/// How the log and the figures look on a terminal.
namespace handrail::app {
namespace {

constexpr int mostTypesOfDay = 5;

std::string percent(const Json& share)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.1f%%", share.get<double>() * 100);
    return text;
}

std::string decimal(const Json& number)
{
    char text[24];
    std::snprintf(text, sizeof text, "%.2f", number.get<double>());
    return text;
}

void title(const char* text) { std::cout << "\n" << heading(text) << "\n"; }

void printTools(const Json& stats)
{
    Json rows = stats["tools"];
    for (auto& row : rows) row["error_rate"] = percent(row["error_rate"]);
    title("Calls by tool");
    printTable(rows, {{"tool", "TOOL"}, {"calls", "CALLS"}, {"errors", "FAILED"}, {"error_rate", "RATE"}, {"average_ms", "AVERAGE MS"}}, "No call was made yet.");
}

void printTypes(const Json& stats)
{
    Json rows = Json::array();
    std::map<std::string, int> ofDay;
    for (const auto& row : stats["error_types"]) {
        if (ofDay[textOf(row, "day")]++ < mostTypesOfDay) rows.push_back(row);
    }
    title("Failures by day");
    printTable(rows, {{"day", "DAY"}, {"code", "CODE"}, {"title", "FAILURE"}, {"count", "TIMES"}}, "Nothing failed.");
}

void printAgents(const Json& stats)
{
    Json rows = stats["agents"];
    for (auto& row : rows) row["retries_per_run"] = decimal(row["retries_per_run"]);
    title("Runs by agent");
    printTable(rows, {{"agent", "AGENT"}, {"runs", "RUNS"}, {"retries", "RETRIES"}, {"retries_per_run", "A RUN"}}, "No run was started yet.");
}

void printFallbacks(const Json& stats)
{
    Json rows = Json::array();
    for (const auto& [kind, figures] : stats["fallbacks"].items()) {
        rows.push_back(figures);
        rows.back()["kind"] = kind;
    }
    if (rows.empty()) return;
    title("Fallbacks");
    printTable(rows, {{"kind", "KIND"}, {"used", "USED"}, {"success", "WORKED"}, {"failure", "FAILED"}}, "");
}

void printHandoffs(const Json& stats)
{
    title("Questions to people");
    printTable(stats["handoffs"], {{"kind", "KIND"}, {"asked", "ASKED"}, {"decided", "DECIDED"}, {"expired", "EXPIRED"}, {"average_s", "AVERAGE S"}, {"median_s", "HALF WITHIN S"}, {"p90_s", "90% WITHIN S"}}, "Nobody was asked yet.");
}

void printNotifiers(const Json& stats)
{
    if (stats["notifiers"].empty()) return;
    title("Notifiers");
    printTable(stats["notifiers"], {{"notifier", "NOTIFIER"}, {"sent", "SENT"}, {"failed", "FAILED"}, {"last_error", "LAST FAILURE"}}, "");
}

}  // namespace

void printStatistics(const Json& stats)
{
    const Json& runs = stats["runs"];
    std::cout << (stats["from"].is_null() ? std::string("From the beginning") : "Since " + textOf(stats, "from")) << ": " << runs["started"]
              << " runs started, " << runs["retries"] << " retries (" << decimal(runs["retries_per_run"]) << " a run), "
              << runs["reused"] << " results used again.\n";
    printTools(stats);
    printTypes(stats);
    printAgents(stats);
    printFallbacks(stats);
    printHandoffs(stats);
    printNotifiers(stats);
}

void printLog(const Json& lines)
{
    for (const auto& line : lines) {
        std::cout << textOf(line, "timestamp") << "  " << levelMark(textOf(line, "level")) << "  " << textOf(line, "event");
        for (const auto* member : {"workflow_id", "step_name", "tool_name", "error_type"}) {
            if (!textOf(line, member).empty()) std::cout << "  " << forTerminal(textOf(line, member));
        }
        if (line["duration_ms"].is_number()) std::cout << "  " << line["duration_ms"] << " ms";
        if (truthOf(line, "security")) std::cout << "  SECURITY";
        if (!textOf(line, "error_message").empty()) std::cout << "  " << forTerminal(textOf(line, "error_message"));
        std::cout << "\n";
    }
    if (lines.empty()) std::cout << "No line fits.\n";
}

}  // namespace handrail::app
