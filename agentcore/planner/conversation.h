#pragma once

#include "agentcore/decide/runstate.h"
#include "agentcore/planner/planner.h"

/// What a run knows, as a model is told of it and as a proposal is held against it.
namespace handrail::planner {

Conversation conversationOf(const Definition& definition, const decide::RunState& state);

/// The input, the results of tools that ground, and what persons said or wrote.
Sources sourcesOf(const Definition& definition, const decide::RunState& state);

}  // namespace handrail::planner
