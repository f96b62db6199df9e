#include "agentcore/decide/cache.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace handrail::decide {

std::string cacheKey(const Tool& tool, const Json& params)
{
    return sha256(canonical({{"tool", tool.digest}, {"params", params}}));
}

std::optional<CachedResult> cacheBy(const Definition& definition, const RunState& state, const Event& event)
{
    const bool isDone = event.kind == EventKind::Judged && textOf(event.data, "purpose") == word(Purpose::Act) &&
                        textOf(event.data, "verdict") == "done";
    if (!isDone || !state.call) return std::nullopt;
    const Tool& tool = *definition.tool(state.call->tool);
    if (!tool.fallback || tool.fallback->cache == 0) return std::nullopt;
    const Json result = event.data.contains("result") ? event.data["result"] : state.call->answer.value("result", Json());
    return CachedResult{cacheKey(tool, state.call->params), result, event.time};
}

bool mayStandIn(const Code& code)
{
    static constexpr std::array<std::string_view, 23> failures{
        "T101", "T102", "T103", "T104", "T106", "T107", "T108", "T109", "T110", "T111", "T408", "T425",
        "T429", "T429q", "T601", "T603", "T609", "T610", "T701", "T702", "T703", "W111", "W115"};
    return code.starts_with("T5") || std::find(failures.begin(), failures.end(), code) != failures.end();
}

}  // namespace handrail::decide
