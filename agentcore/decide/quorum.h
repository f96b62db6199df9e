#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/facts.h"

/// How many people must agree to a gated call: one, or two where the definition asks for four eyes or
/// where the day's sum goes over what one person may let out.
namespace handrail::decide {

struct Quorum {
    int needs = 1;
    bool isOverExposure = false;  ///< then no rule lets it pass, either
    std::string why;              ///< why more than one, in a sentence; empty when one is enough
    Json exposure;                ///< {gate, currency, used, asked, limit}; null where no limit is set
};

/// `records` are the calls that are asked for now.
Quorum quorumFor(const Definition& definition, const Tool& tool, const std::vector<Json>& records, Millis now, Facts& facts);

/// How an event changes what counts against a limit; nullopt when it does not. `intent` is what the same
/// event makes of the call's intent (intents.h); `state` is as it was before the event.
std::optional<ExposedRow> exposedBy(const Definition& definition, const RunState& state, const Event& event, const IntentRow& intent);

}  // namespace handrail::decide
