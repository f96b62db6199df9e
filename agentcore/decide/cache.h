#pragma once

#include <optional>
#include <string>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

namespace handrail::decide {

/// What a read gave once, for the time when its service fails.
struct CachedResult {
    std::string key;
    Json result;
    Millis at = 0;  ///< when it was read
};

/// Over the tool as it is defined and the exact parameters; runs of every agent with this tool share it.
std::string cacheKey(const Tool& tool, const Json& params);

/// What an event leaves for later: the result of a read whose tool keeps results. `state` is as it was
/// before the event.
std::optional<CachedResult> cacheBy(const Definition& definition, const RunState& state, const Event& event);

/// Whether an earlier result, or a weaker path, may stand in for a read that failed like this. What the
/// service rightly said (not found, not allowed) is an answer and stands.
bool mayStandIn(const Code& code);

}  // namespace handrail::decide
