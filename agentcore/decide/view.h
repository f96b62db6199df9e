#pragma once

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"
#include "agentcore/types.h"

/// A run's state as the plain values that front ends show. Pure projections; nothing is decided here.
namespace handrail::decide {

RunSummary summaryOf(const Definition& definition, const RunState& state);
RunDetail detailOf(const Definition& definition, const RunState& state);
std::vector<StepView> planOf(const Definition& definition, const RunState& state);
InboxRow rowOf(const Definition& definition, const RunState& state, const HandoffRecord& handoff);
/// Without `log` and `request`, which a reader adds.
HandoffDetail handoffOf(const Definition& definition, const RunState& state, const HandoffRecord& handoff);
JournalLine lineOf(const Event& event);

}  // namespace handrail::decide
