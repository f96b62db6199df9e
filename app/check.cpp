#include "app/check.h"

#include <iostream>

#include "agentcore/retrytable.h"
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

}  // namespace

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
    if (line.json) {
        Json errors = Json::array();
        for (const auto& mistake : parsed.mistakes) errors.push_back(shapeOf(mistake));
        std::cout << dump({{"agent", line.agent}, {"valid", parsed.mistakes.empty()}, {"errors", errors}}, 2) << std::endl;
    } else if (parsed.mistakes.empty()) {
        std::cout << line.agent << ": no errors" << std::endl;
    }
    for (const auto& mistake : parsed.mistakes) {
        printError(mistake, line.json);
        if (line.json) break;
    }
    return parsed.mistakes.empty() ? 0 : 2;
}

}  // namespace handrail::app
