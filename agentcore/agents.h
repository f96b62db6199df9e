#pragma once

#include <string>
#include <vector>

#include "agentcore/agentview.h"
#include "agentcore/definition/definition.h"

/// The agents that a store has run. Works beside a running program.
namespace handrail {

/// The newest definition of each agent, the one that ran last first. U105 when there is no store in that folder.
Outcome<std::vector<AgentView>> knownAgents(const std::string& folder);

/// A definition as lists and forms show it; `text` is what it was parsed from.
AgentView viewOf(const Definition& definition, const std::string& text);

}  // namespace handrail
