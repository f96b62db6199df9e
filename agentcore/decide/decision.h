#pragma once

#include <vector>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

namespace handrail::decide {

/// What a person's answer does to a run: the events to journal, or why it is refused (U102 not
/// possible or not complete, A101 too late, A102 changed since it was shown, A105 decided already).
/// Pure; a race is settled by whoever folds first.
Outcome<std::vector<Event>> decideDecision(const Definition& definition, const RunState& state,
                                           const Decision& decision, Millis now);

/// An operator ends a run outside any handoff. A105 when it has ended already.
Outcome<std::vector<Event>> decideAbort(const RunState& state, const std::string& who, const std::string& reason,
                                        Millis now);

/// An operator lets a run stand still: a ticket says so, and deciding that ends it. A105 when the run has ended
/// already, U102 when it stands still or undoes something.
Outcome<std::vector<Event>> decidePause(const RunState& state, const std::string& who, const std::string& reason,
                                        Millis now);

/// A refused click, for the audit.
Event refusedDecision(const RunState& state, const Decision& decision, const Failure& why, Millis now);

}  // namespace handrail::decide
