#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/cache.h"
#include "agentcore/decide/limits.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/types.h"

namespace handrail::decide {

/// What one call has let out, or may have: counted against a limit of exposure.
struct ExposedRow {
    std::string id;  ///< the intent's key
    std::string agent;
    std::string gate;
    std::string currency;
    std::string amount;
    Millis at = 0;
    bool counts = true;  ///< false: refused, or taken back
};

/// What a live run means to make of an object that its definition names.
struct Claim {
    std::string resource;
    RunId run;
    std::string step;
    std::string ends;
    bool isGone = false;  ///< the run has ended: every claim of it
};
/// How an event changes the claims; nullopt when it does not.
std::optional<Claim> claimBy(const Event& event);

/// What lies outside one run and a decision depends on. Each answer ends up in the event that it led
/// to, so that a replay can give it again.
class Facts {
public:
    virtual ~Facts() = default;
    /// The intent of a key that runs share; a run knows its own.
    virtual std::optional<IntentRow> intent(const std::string& key) = 0;
    /// An earlier result of a read, by its cacheKey().
    virtual std::optional<CachedResult> cached(const std::string& key) = 0;
    /// Amounts of one currency that an agent's calls through a gate let out since an instant, those in doubt too.
    virtual std::vector<std::string> exposed(const std::string& agent, const std::string& gate, const std::string& currency, Millis since) = 0;
    /// What live runs mean to make of an object.
    virtual std::vector<Claim> claims(const std::string& resource) = 0;
    /// Whether a call of this tool may leave now, by the limits of its host (limits.h).
    virtual Admission admit(const Tool& tool, Lane lane, bool isRetry, Millis now) = 0;
    /// Uniform in [0, 1), for jitter.
    virtual double draw() = 0;
};

}  // namespace handrail::decide
