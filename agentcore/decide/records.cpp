#include "agentcore/decide/records.h"

namespace handrail::decide {

Outcome<std::vector<Json>> recordsOf(const Tool& tool, const Json& arguments)
{
    if (!tool.each) return std::vector<Json>{arguments};
    const Json* list = at(arguments, tool.each->at);
    if (!list) return failure("U101", "The list of records at " + tool.each->at + " is missing.");
    if (!list->is_array()) return failure("U102", "The records at " + tool.each->at + " must be a list.");
    Json others = arguments;
    const auto slash = tool.each->at.rfind('/');
    Json* parent = const_cast<Json*>(at(others, tool.each->at.substr(0, slash)));
    const std::string member = tool.each->at.substr(slash + 1);
    if (parent && parent->is_object()) parent->erase(member);
    std::vector<Json> records;
    for (const auto& element : *list) {
        Json params = others;
        params[tool.each->as] = element;
        records.push_back(std::move(params));
    }
    return records;
}

std::optional<Failure> mismatchOf(const Tool& tool, const std::vector<Json>& records)
{
    if (!tool.params) return std::nullopt;
    for (const auto& params : records) {
        const auto mismatches = tool.params->check(params, 1);
        if (mismatches.empty()) continue;
        const auto& first = mismatches.front();
        const std::string where = first.at.empty() ? std::string("The arguments") : "The argument " + first.at;
        return failure(first.keyword == "required" ? "U101" : schema::isBound(first) ? "U104" : "U102",
                       where + " of " + tool.name + " " + first.message + ". Nothing was called.");
    }
    return std::nullopt;
}

}  // namespace handrail::decide
