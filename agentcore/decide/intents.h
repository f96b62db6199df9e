#pragma once

#include <optional>

#include "agentcore/decide/facts.h"
#include "agentcore/decide/runstate.h"

namespace handrail::decide {

/// How an event changes the intent of a run's write; nullopt when it does not. `state` is as it was
/// before the event. The run's own map follows it, and so does the store for keys that runs share.
std::optional<IntentRow> intentBy(const RunState& state, const Event& event);

/// Whether other runs can have this key: only then does the intent stand in the store.
bool isShared(const Tool& tool, Purpose purpose);
/// The same of the intent that this event changes. `state` is as it was before the event.
bool isShared(const Definition& definition, const RunState& state, const Event& event);

}  // namespace handrail::decide
