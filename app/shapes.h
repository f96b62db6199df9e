#pragma once

#include "agentcore/statistics.h"
#include "agentcore/types.h"

/// The JSON that scripts rely on (definition.md, "The command line"): one function a value.
namespace handrail::app {

Json shapeOf(const Failure& failure);
Json shapeOf(const RunSummary& run);
Json shapeOf(const RunDetail& run);
Json shapeOf(const StepView& step);
Json shapeOf(const InboxRow& row, Millis now);
Json shapeOf(const HandoffDetail& handoff, Millis now);
Json shapeOf(const JournalLine& line);
Json shapeOf(const HostView& host);
Json shapeOf(const Statistics& statistics);

/// How the command line ends for a run in this state.
int exitOf(RunStatus status);
/// How it ends for an error.
int exitOf(const Failure& failure);
/// The worst of several, as `resume` reports it.
int worstExit(const std::vector<int>& exits);

}  // namespace handrail::app
