#pragma once

#include <optional>
#include <string>

#include "agentcore/decide/cache.h"
#include "agentcore/decide/limits.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/types.h"

namespace handrail::decide {

/// What lies outside one run and a decision depends on. Each answer ends up in the event that it led
/// to, so that a replay can give it again.
class Facts {
public:
    virtual ~Facts() = default;
    /// The intent of a key that runs share; a run knows its own.
    virtual std::optional<IntentRow> intent(const std::string& key) = 0;
    /// An earlier result of a read, by its cacheKey().
    virtual std::optional<CachedResult> cached(const std::string& key) = 0;
    /// Whether a call of this tool may leave now, by the limits of its host (limits.h).
    virtual Admission admit(const Tool& tool, Lane lane, bool isRetry, Millis now) = 0;
    /// Uniform in [0, 1), for jitter.
    virtual double draw() = 0;
};

}  // namespace handrail::decide
