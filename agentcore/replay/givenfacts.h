#pragma once

#include <span>

#include "agentcore/decide/facts.h"
#include "agentcore/definition/definition.h"

namespace handrail::replay {

/// What lay outside of the run, read back from the choices that it led to. Where a choice came out the same
/// for a whole range of answers, and the journal keeps none, one of that range is given.
class GivenFacts final : public decide::Facts {
public:
    /// `chosen` are the choices that the journal has at this instant, in their order; all must outlive this.
    GivenFacts(const Definition& definition, const decide::RunState& state, std::span<const decide::Event> chosen)
        : def_(definition), state_(state), chosen_(chosen)
    {
    }

    std::optional<decide::IntentRow> intent(const std::string& key) override;
    std::optional<decide::CachedResult> cached(const std::string& key) override;
    std::vector<std::string> exposed(const std::string& agent, const std::string& gate, const std::string& currency, Millis since) override;
    std::vector<decide::Claim> claims(const std::string& resource) override;
    decide::Admission admit(const Tool& tool, decide::Lane lane, bool isRetry, Millis now) override;
    double draw() override;

private:
    const decide::Event* first(decide::EventKind kind) const;
    decide::IntentRow ownRow(const std::string& key) const;

    const Definition& def_;
    const decide::RunState& state_;
    std::span<const decide::Event> chosen_;
};

}  // namespace handrail::replay
