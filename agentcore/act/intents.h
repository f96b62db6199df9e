#pragma once

#include <optional>

#include "agentcore/decide/facts.h"
#include "agentcore/decide/runstate.h"

namespace handrail::act {

/// How an event changes the stored intent of a run's write; nullopt when it does not. `before` is the
/// run's call before the event was folded. Written in the commit that holds the event.
std::optional<decide::IntentRow> intentAfter(const decide::RunState& state, const decide::Event& event,
                                             const std::optional<decide::Call>& before);

}  // namespace handrail::act
