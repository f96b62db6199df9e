#pragma once

#include <string>
#include <vector>

#include "agentcore/store/store.h"

namespace handrail::store {

/// The newest definition of each agent, the one that ran last first; an agent whose last run is far
/// back comes at the end. A connection of its own. U105 when there is no store in that folder.
Outcome<std::vector<DefinitionRow>> newestDefinitions(const std::string& folder);

}  // namespace handrail::store
