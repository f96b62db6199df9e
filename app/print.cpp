#include "app/print.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include <unistd.h>

#include "agentcore/plaintext.h"

namespace handrail::app {
namespace {

bool isColoured()
{
    const char* no = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no && *no);
}

std::string painted(const std::string& text, const char* colour)
{
    return isColoured() ? std::string("\033[") + colour + "m" + text + "\033[0m" : text;
}

const char* colourOf(const std::string& state)
{
    static const std::map<std::string, const char*> colours{
        {"completed", "32"}, {"running", "36"}, {"waiting_approval", "33"}, {"escalated", "31"}, {"failed", "31"},
        {"timed_out", "31"}, {"aborted", "35"}, {"stopped", "35"}, {"critical", "31"}, {"high", "33"}};
    const auto found = colours.find(state);
    return found == colours.end() ? "0" : found->second;
}

std::string plain(const Json& value)
{
    if (value.is_null()) return "-";
    return forTerminal(value.is_string() ? value.get<std::string>() : dump(value));
}

std::size_t widthOf(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

void line(const std::string& name, const Json& value)
{
    if (value.is_null() || value == Json("") || (value.is_structured() && value.empty())) return;
    std::cout << painted(name, "1") << std::string(name.size() < 13 ? 13 - name.size() : 1, ' ') << plain(value) << "\n";
}

void printSteps(const Json& plan)
{
    for (const auto& step : plan) {
        static const std::map<std::string, const char*> glyphs{
            {"done", "✓"}, {"failed", "✗"}, {"running", "▶"}, {"waiting", "…"}, {"planned", "○"},
            {"skipped", "–"}, {"undone", "↺"}, {"unknown", "?"}};
        const std::string state = textOf(step, "state");
        const auto glyph = glyphs.find(state);
        std::cout << "  " << (glyph == glyphs.end() ? " " : glyph->second) << " " << plain(step["title"]) << " (" << state << ")";
        if (numberOf(step, "records", 1) > 1) std::cout << " " << step["records_done"] << " of " << step["records"];
        if (!textOf(step, "fallback").empty()) std::cout << ", by " << plain(step["fallback"]);
        std::cout << "\n";
        for (const auto& attempt : step["attempts"]) {
            std::cout << "      " << textOf(attempt, "purpose") << " #" << attempt["number"] << " " << attempt["took_ms"] << " ms "
                      << textOf(attempt, "code") << " " << plain(attempt["note"])
                      << (truthOf(attempt, "injected") ? " (on purpose)" : "") << "\n";
        }
    }
}

void printRun(const Json& run)
{
    std::cout << painted(plain(run["id"]), "1") << "  " << plain(run["agent"]) << "  "
              << painted(plain(run["state"]), colourOf(textOf(run, "state"))) << "  " << run["steps_done"] << " of "
              << run["steps_total"] << " steps\n";
    if (run["error"].is_object()) {
        std::cout << "  " << textOf(run["error"], "code") << ": " << plain(run["error"]["message"]) << "\n";
    }
    for (const auto& handoff : run["handoffs"]) std::cout << "  waits for a person: handrail show " << plain(handoff) << "\n";
    if (!run["result"].is_null()) line("  result", run["result"]);
    if (const auto tokens = numberOf(run, "tokens"); tokens > 0) {
        const Json& cost = run["cost"];
        line("  models", std::to_string(tokens) + " tokens" + (cost.is_object() ? ", " + textOf(cost, "amount") + " " + textOf(cost, "currency") : ""));
    }
    if (run.contains("plan")) printSteps(run["plan"]);
}

void printHandoff(const Json& handoff)
{
    std::cout << painted(plain(handoff["title"]), "1") << "\n";
    line("Handoff", plain(handoff["id"]) + "  " + textOf(handoff, "kind") + ", " + textOf(handoff, "state") + ", risk " +
                        textOf(handoff, "risk") + (truthOf(handoff, "unknown") ? ", outcome UNKNOWN" : ""));
    line("Why", handoff["why"]);
    if (handoff["error"].is_object()) line("Error", textOf(handoff["error"], "code") + ": " + textOf(handoff["error"], "message"));
    line("Decide by", handoff["decide_by"]);
    line("Request", handoff["request"]);
    line("Arguments", handoff["arguments"]);
    line("Undo", handoff["undo_note"]);
    line("Look for", handoff["look_for"]);
    line("Suggestion", handoff["suggestion"]);
    line("Agent's words", handoff["agent_words"]);
    line("User input", handoff["user_input"]);
    std::cout << painted("Plan", "1") << "\n";
    printSteps(handoff["plan"]);
    std::string actions;
    for (const auto& action : handoff["actions"]) actions += (actions.empty() ? "" : ", ") + action.get<std::string>();
    line("Possible now", actions);
}

void printJournal(const Json& lines)
{
    for (const auto& entry : lines) {
        std::cout << entry["seq"] << "  " << textOf(entry, "time") << "  " << textOf(entry, "event");
        if (!textOf(entry, "step").empty()) std::cout << "  " << plain(entry["step"]);
        if (numberOf(entry, "attempt") > 0) std::cout << " #" << entry["attempt"];
        for (const auto* member : {"purpose", "verdict", "code", "verb", "who", "handoff", "kind", "state", "phase", "message"}) {
            if (!textOf(entry, member).empty() && textOf(entry, "state") != member) {
                std::cout << "  " << member << "=" << plain(entry[member]);
            }
        }
        std::cout << "\n";
    }
}

}  // namespace

void printTable(const Json& rows, const std::vector<Column>& columns, const char* empty)
{
    if (rows.empty()) {
        std::cout << empty << "\n";
        return;
    }
    std::vector<std::size_t> widths;
    for (const auto& column : columns) {
        std::size_t width = widthOf(column.title);
        for (const auto& row : rows) width = std::max(width, widthOf(plain(row.value(column.member, Json()))));
        widths.push_back(width);
    }
    const auto pad = [](const std::string& text, std::size_t width) {
        return std::string(width > widthOf(text) ? width - widthOf(text) : 0, ' ');
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::cout << painted(columns[i].title, "1") << pad(columns[i].title, widths[i] + 2);
    }
    std::cout << "\n";
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string text = plain(row.value(columns[i].member, Json()));
            std::cout << painted(text, colourOf(text));
            if (i + 1 < columns.size()) std::cout << pad(text, widths[i] + 2);
        }
        std::cout << "\n";
    }
}

std::string heading(const std::string& text) { return painted(text, "1"); }

std::string levelMark(const std::string& level)
{
    std::string mark = level;
    mark.resize(std::max<std::size_t>(mark.size(), 8), ' ');
    return painted(mark, level == "error" || level == "critical" ? "31" : level == "warning" ? "33" : "0");
}

std::string forTerminal(const std::string& text) { return visibleText(text); }

void printError(const Json& error, bool json)
{
    if (json) {
        std::cerr << dump({{"error", error}}) << std::endl;
        return;
    }
    std::cerr << "handrail: " << textOf(error, "code") << ": " << forTerminal(textOf(error, "message")) << "\n";
    if (!textOf(error, "where").empty()) std::cerr << "  where: " << forTerminal(textOf(error, "where")) << "\n";
    if (!textOf(error, "hint").empty()) std::cerr << "  next:  " << forTerminal(textOf(error, "hint")) << "\n";
}

void printError(const Failure& failure, bool json)
{
    printError(Json{{"code", failure.code}, {"message", failure.message}, {"where", failure.where}, {"hint", failure.hint}}, json);
}

void printAnswer(const std::string& command, const Json& value, bool json)
{
    if (json) {
        std::cout << dump(value, 2) << std::endl;
        return;
    }
    if (command == "runs" || command == "resume") {
        printTable(value, {{"id", "RUN"}, {"agent", "AGENT"}, {"state", "STATE"}, {"steps_done", "DONE"}, {"steps_total", "STEPS"},
                           {"step", "AT"}, {"updated", "UPDATED"}},
                   command == "runs" ? "No runs yet. Start one with: handrail run AGENT" : "Nothing was left to go on with.");
    } else if (command == "inbox" || command == "demo") {
        printTable(value, {{"id", "HANDOFF"}, {"kind", "KIND"}, {"risk", "RISK"}, {"decide_by", "DECIDE BY"}, {"assignee", "WHO HAS IT"}, {"snoozed_until", "PUT OFF UNTIL"}, {"title", "WHAT"}},
                   "Nothing waits for a person.");
    } else if (command == "table") {
        printTable(value, {{"condition", "FAILURE"}, {"read", "READ"}, {"write_keyed", "WRITE WITH KEY"},
                           {"write_without_key", "WRITE WITHOUT KEY"}, {"told", "TOLD"}}, "");
    } else if (command == "hosts") {
        printTable(value, {{"host", "HOST"}, {"breaker", "BREAKER"}, {"in_flight", "UNDER WAY"}, {"retries_left", "RETRIES LEFT"},
                           {"open_until", "OPEN UNTIL"}, {"isolated_by", "ISOLATED BY"}, {"reason", "WHY"}}, "No host was called yet.");
    } else if (command == "isolate" || command == "release") {
        std::cout << plain(value["host"]) << (truthOf(value, "isolated") ? " is left alone until it is released.\n" : " may be called again.\n");
    } else if (command == "prune") {
        std::cout << value["runs"] << " ended runs were let go (" << value["lines"] << " journal lines).\n";
    } else if (command == "log") {
        printLog(value);
    } else if (command == "stats") {
        printStatistics(value);
    } else if (command == "notify") {
        printTable(value, {{"notifier", "NOTIFIER"}, {"result", "RESULT"}, {"error", "WHY"}}, "The definition names no notifier.");
    } else if (command == "journal") {
        printJournal(value);
    } else if (value.contains("kind")) {
        printHandoff(value);
    } else {
        printRun(value);
    }
    std::cout.flush();
}

}  // namespace handrail::app
