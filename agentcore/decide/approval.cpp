#include "agentcore/decide/approval.h"

#include <algorithm>

namespace handrail::decide {
namespace {

struct Decimal {
    std::string whole;
    std::string fraction;
};

std::optional<Decimal> decimal(const Json& value)
{
    std::string text;
    if (value.is_string()) text = value.get<std::string>();
    else if (value.is_number_integer()) text = value.dump();
    else return std::nullopt;
    const auto dot = text.find('.');
    Decimal parts{text.substr(0, dot), dot == std::string::npos ? "" : text.substr(dot + 1)};
    const auto isDigits = [](const std::string& digits) {
        return digits.find_first_not_of("0123456789") == std::string::npos;
    };
    const bool fractionGiven = dot != std::string::npos;
    if (parts.whole.empty() || !isDigits(parts.whole) || !isDigits(parts.fraction) ||
        (fractionGiven && parts.fraction.empty()) || text.size() > 40) {
        return std::nullopt;
    }
    parts.whole.erase(0, std::min(parts.whole.find_first_not_of('0'), parts.whole.size() - 1));
    return parts;
}

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
    const Json bound = {
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

std::optional<int> compareDecimals(const Json& left, const Json& right)
{
    const auto a = decimal(left);
    const auto b = decimal(right);
    if (!a || !b) return std::nullopt;
    if (a->whole.size() != b->whole.size()) return a->whole.size() < b->whole.size() ? -1 : 1;
    if (const int order = a->whole.compare(b->whole); order != 0) return order < 0 ? -1 : 1;
    std::string x = a->fraction;
    std::string y = b->fraction;
    const auto width = std::max(x.size(), y.size());
    x.resize(width, '0');
    y.resize(width, '0');
    const int order = x.compare(y);
    return order == 0 ? 0 : (order < 0 ? -1 : 1);
}

std::string moneyText(const std::vector<Argument>& typed)
{
    std::string amount;
    std::string currency;
    for (const auto& argument : typed) {
        if (argument.role == "amount" && decimal(argument.value)) {
            amount = argument.value.is_string() ? argument.value.get<std::string>() : argument.value.dump();
        }
        if (argument.role == "currency" && argument.value.is_string()) currency = argument.value.get<std::string>();
    }
    if (amount.empty()) return {};
    const auto whole = std::min(amount.find('.'), amount.size());
    for (auto i = static_cast<std::ptrdiff_t>(whole) - 3; i > 0; i -= 3) amount.insert(static_cast<std::size_t>(i), ",");
    return currency.empty() ? amount : amount + " " + currency;
}

}  // namespace handrail::decide
