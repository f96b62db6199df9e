#include "agentcore/decide/approval.h"

#include <algorithm>

#include "agentcore/decide/money.h"

namespace handrail::decide {
namespace {

bool ruleFits(const AllowRule& rule, const Tool& tool, const Json& params)
{
    for (const auto& [pointer, values] : rule.where) {
        const Json* found = at(params, pointer);
        if (!found || std::find(values.begin(), values.end(), *found) == values.end()) return false;
    }
    const auto role = [&](const char* name) -> const Json* {
        const auto shown = tool.show.find(name);
        return shown == tool.show.end() ? nullptr : at(params, shown->second);
    };
    if (!rule.currency.empty()) {
        const Json* currency = role("currency");
        if (!currency || *currency != Json(rule.currency)) return false;
    }
    if (rule.atMost.empty()) return true;
    const Json* amount = role("amount");
    if (!amount) return false;
    const auto order = compareDecimals(*amount, rule.atMost);
    return order && *order <= 0;
}

}  // namespace

std::string consentDigest(const Consent& consent)
{
    Json typed = Json::array();
    for (const auto& params : consent.records) {
        for (const auto& argument : typedArguments(*consent.tool, params)) {
            typed.push_back({{"role", argument.role}, {"value", argument.value}});
        }
    }
    const auto server = consent.definition->servers.find(consent.tool->server);
    Json bound = {
        {"tool", consent.tool->name},
        {"tool_definition", consent.tool->digest},
        {"server", server == consent.definition->servers.end() ? "" : server->second.url},
        {"arguments", consent.records},
        {"effect", word(consent.tool->effect)},
        {"typed", typed},
        {"run", consent.run},
        {"step", consent.step},
        {"policy", consent.definition->digest},
        {"precondition", consent.before},
        {"requester", consent.requester},
    };
    if (!consent.told.empty()) bound["told"] = consent.told;
    return sha256(canonical(bound));
}

const AllowRule* allowedBy(const Definition& definition, const Tool& tool, const std::vector<Json>& records)
{
    for (const auto& rule : definition.approvals.allow) {
        if (rule.gate != tool.gate || records.empty()) continue;
        const bool all = std::all_of(records.begin(), records.end(),
                                     [&](const Json& params) { return ruleFits(rule, tool, params); });
        if (all) return &rule;
    }
    return nullptr;
}

std::vector<Argument> typedArguments(const Tool& tool, const Json& params)
{
    std::vector<Argument> typed;
    for (const auto& [role, pointer] : tool.show) {
        if (const Json* found = at(params, pointer)) typed.push_back({pointer, role, *found});
    }
    return typed;
}

}  // namespace handrail::decide
