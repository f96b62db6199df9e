#include "agentcore/decide/quorum.h"

#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/money.h"

namespace handrail::decide {
namespace {

constexpr Millis day = 86'400'000;

const Json* roleOf(const Tool& tool, const Json& params, const char* role)
{
    const auto shown = tool.show.find(role);
    return shown == tool.show.end() ? nullptr : at(params, shown->second);
}

bool isOfCurrency(const Tool& tool, const Json& params, const std::string& currency)
{
    const Json* given = roleOf(tool, params, "currency");
    return given && *given == Json(currency);
}

/// What these calls would let out of one currency. A call whose amount cannot be read counts as too much.
std::optional<std::string> askedFor(const Tool& tool, const std::vector<Json>& records, const std::string& currency)
{
    std::vector<Json> amounts;
    for (const auto& params : records) {
        if (!isOfCurrency(tool, params, currency)) continue;
        const Json* amount = roleOf(tool, params, "amount");
        amounts.push_back(amount ? *amount : Json());
    }
    return sumOfDecimals(amounts);
}

void holdAgainst(const ExposureRule& rule, const Tool& tool, const std::vector<Json>& records, const std::vector<std::string>& out, Quorum& quorum)
{
    const bool isMeant = std::any_of(records.begin(), records.end(), [&](const Json& params) { return isOfCurrency(tool, params, rule.currency); });
    if (!isMeant) return;
    const auto asked = askedFor(tool, records, rule.currency);
    const std::string used = sumOfDecimals(std::vector<Json>(out.begin(), out.end())).value_or("0");
    const auto whole = asked ? sumOfDecimals({used, *asked}) : std::nullopt;
    quorum.exposure = {{"gate", rule.gate}, {"currency", rule.currency}, {"used", used}, {"asked", asked.value_or("")}, {"limit", rule.perDay}};
    if (whole && compareDecimals(*whole, rule.perDay).value_or(1) <= 0) return;
    quorum.isOverExposure = true;
    quorum.needs = 2;
    quorum.why = "With it, more than " + groupedDecimal(rule.perDay) + " " + rule.currency + " would go out within a day through the gate \"" +
                 rule.gate + "\" (" + groupedDecimal(used) + " so far), so a second person must agree.";
}

}  // namespace

Quorum quorumFor(const Definition& definition, const Tool& tool, const std::vector<Json>& records, Millis now, Facts& facts)
{
    Quorum quorum;
    if (tool.gate.empty()) return quorum;
    for (const auto& rule : definition.approvals.exposure) {
        if (rule.gate != tool.gate || quorum.isOverExposure) continue;
        holdAgainst(rule, tool, records, facts.exposed(definition.name, rule.gate, rule.currency, now - day), quorum);
    }
    if (quorum.isOverExposure || definition.approvals.fourEyes.count(tool.gate) == 0) return quorum;
    quorum.needs = 2;
    quorum.why = "The definition asks for four eyes at the gate \"" + tool.gate + "\": two people must agree, neither of them the one who asked or who edited it last.";
    return quorum;
}

std::optional<ExposedRow> exposedBy(const Definition& definition, const RunState& state, const Event& event, const IntentRow& intent)
{
    const bool isNew = event.kind == EventKind::Intent;
    const Call* call = state.call ? &*state.call : nullptr;
    Purpose purpose = isNew ? purposeFrom(textOf(event.data, "purpose")) : call ? call->purpose : Purpose::Act;
    std::string name = isNew ? textOf(event.data, "tool") : call ? call->tool : std::string();
    Json params = isNew ? event.data.value("params", Json::object()) : call ? call->params : Json();
    if (event.kind == EventKind::EffectUndone) {
        const auto& effect = state.effects[static_cast<std::size_t>(numberOf(event.data, "effect"))];
        purpose = Purpose::Act;
        name = effect.tool;
        params = effect.params;
    }
    const Tool* tool = definition.tool(name);
    if (!tool || purpose != Purpose::Act) return std::nullopt;
    for (const auto& rule : definition.approvals.exposure) {
        const Json* amount = roleOf(*tool, params, "amount");
        if (rule.gate != tool->gate || !amount || !isOfCurrency(*tool, params, rule.currency)) continue;
        const std::string text = amount->is_string() ? amount->get<std::string>() : amount->dump();
        const bool counts = intent.state != IntentState::Refused && intent.state != IntentState::Undone;
        return ExposedRow{intent.key, definition.name, rule.gate, rule.currency, text, event.time, counts};
    }
    return std::nullopt;
}

}  // namespace handrail::decide
