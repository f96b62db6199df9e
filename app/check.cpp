#include "app/check.h"

#include <algorithm>
#include <iostream>

#include "agentcore/definition/checklist.h"
#include "agentcore/drilling.h"
#include "agentcore/retrytable.h"
#include "agentcore/watching.h"
#include "app/fixcommand.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

/// A cell in the operator's words.
std::string wordsOf(const Cell& cell)
{
    std::string words = cell.verdict == Verdict::Refused ? "no" : word(cell.verdict);
    if (cell.verdict == Verdict::Happened) words = "it happened: verify";
    if (cell.verdict == Verdict::Unknown) words = "unknown: verify";
    if (cell.verdict == Verdict::Stop) words = "stop the run";
    if (cell.most == 2) words += " once";
    if (cell.onlyUnsent) words += " if unsent, else unknown";
    return words;
}

Json insteadOf(const Definition& definition)
{
    Json rules = Json::array();
    for (const auto& [name, tool] : definition.tools) {
        for (const auto& [code, verdict] : tool.retry.on) {
            const Cell& cell = rowFor(code).cell(tool.effect);
            rules.push_back({{"tool", name}, {"code", code}, {"effect", word(tool.effect)}, {"table", wordsOf(cell)},
                             {"instead", wordsOf({verdict, 0, false})}});
        }
    }
    return rules;
}

void printInstead(const Json& rules)
{
    for (const auto& rule : rules) {
        std::cout << forTerminal(textOf(rule, "tool")) << " (" << textOf(rule, "effect") << "): " << textOf(rule, "code") << " is \""
                  << textOf(rule, "instead") << "\", not \"" << textOf(rule, "table") << "\"\n";
    }
}

int showTable(const Definition* definition, bool json)
{
    const Json table = tableOf(definition);
    printAnswer("table", json ? table : table["rows"], json);
    if (!json) printInstead(table["instead"]);
    return 0;
}

Json shapeOf(const std::vector<ChecklistLine>& lines)
{
    Json list = Json::array();
    for (const auto& line : lines) {
        Json gaps = Json::array();
        for (const auto& gap : line.gaps) gaps.push_back({{"where", gap.where}, {"write", gap.write}});
        list.push_back({{"id", line.id}, {"question", line.question}, {"passes", line.passes()}, {"why", line.why}, {"missing", gaps}, {"note", line.note}});
    }
    return list;
}

void printChecklist(const std::vector<ChecklistLine>& lines)
{
    for (const auto& line : lines) {
        std::cout << (line.passes() ? "yes  " : "NO   ") << line.question << "\n";
        if (!line.passes()) std::cout << "     " << line.why << "\n";
        if (!line.note.empty()) std::cout << "     " << line.note << "\n";
        for (const auto& gap : line.gaps) std::cout << "       " << forTerminal(gap.where) << "\n         " << forTerminal(gap.write) << "\n";
    }
    std::cout << "\nScore: " << scoreOf(lines) << " of 100\n";
    const bool hasGap = std::any_of(lines.begin(), lines.end(), [](const auto& line) { return !line.passes(); });
    if (hasGap) std::cout << "What can be written without deciding anything, as a diff: handrail check AGENT --fix\n";
}

}  // namespace

int scoreOf(const std::vector<ChecklistLine>& lines)
{
    if (lines.empty()) return 0;
    const auto passing = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.passes(); });
    return static_cast<int>(100 * passing / static_cast<std::ptrdiff_t>(lines.size()));
}

Json tableOf(const Definition* definition)
{
    Json rows = Json::array();
    for (const auto& row : retryTable()) {
        rows.push_back({{"condition", row.condition}, {"read", wordsOf(row.read)}, {"write_keyed", wordsOf(row.keyed)},
                        {"write_without_key", wordsOf(row.unkeyed)}, {"told", word(row.told)}, {"security", row.isSecurity}});
    }
    return {{"rows", rows}, {"instead", definition ? insteadOf(*definition) : Json::array()}};
}

int refuseDefinition(const Failure& why, bool json)
{
    printError(why, json);
    return why.code == "U105" ? 2 : exitOf(why);
}

int runCheck(const CommandLine& line)
{
    if (line.agent.empty()) return showTable(nullptr, line.json);
    auto text = readSmallFile(line.agent);
    if (!text) return refuseDefinition(text.failure(), line.json);
    const auto parsed = parseDefinition(*text, line.agent);
    if (parsed.definition && line.table) return showTable(parsed.definition.get(), line.json);
    if (parsed.definition && line.fixes) return runFix(line, *parsed.definition, *text);
    std::vector<ChecklistLine> lines;
    if (parsed.definition) lines = checklist(*parsed.definition, *text, line.agent, {lastDrill(line.store, parsed.definition->name), notifierFigures(line.store)});
    if (line.json) {
        Json errors = Json::array();
        for (const auto& mistake : parsed.mistakes) errors.push_back(shapeOf(mistake));
        std::cout << dump({{"agent", line.agent}, {"valid", parsed.mistakes.empty()}, {"errors", errors},
                           {"checklist", shapeOf(lines)}, {"score", scoreOf(lines)}}, 2) << std::endl;
    } else if (parsed.definition) {
        std::cout << forTerminal(line.agent) << ": no errors\n\n";
        printChecklist(lines);
    }
    for (const auto& mistake : parsed.mistakes) {
        printError(mistake, line.json);
        if (line.json) break;
    }
    if (!parsed.mistakes.empty()) return 2;
    return std::all_of(lines.begin(), lines.end(), [](const auto& one) { return one.passes(); }) ? 0 : 1;
}

}  // namespace handrail::app
