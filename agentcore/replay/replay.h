#pragma once

#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"
#include "agentcore/replayed.h"

/// A run once more, from its journal alone. Pure: no store, no wire, no clock, so no effect leaves. What
/// happened to the run from outside is taken from the journal; what was chosen must be chosen again, by the
/// same fold() and next(), at the same instant and with the same data.
namespace handrail::replay {

/// Whether an event happened to its run from outside; all others are choices.
bool isFromOutside(const decide::Event& event);

/// Replays the events of one run in their order, to the line `until` (0: to the end), and stops at the
/// first difference. Safe with events that others have made: a choice is only taken in when it was chosen
/// here, too.
Replayed replay(const Definition& definition, const std::vector<decide::Event>& events, Seq until = 0);

/// Where a run stands after an event, and why.
ReplayMoment momentOf(const Definition& definition, const decide::RunState& state, const decide::Event& last);

/// An event as a replay shows it: {event, step, attempt, time, data}.
Json shapeOf(const decide::Event& event);

}  // namespace handrail::replay
