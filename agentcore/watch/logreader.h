#pragma once

#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"
#include "agentcore/types.h"

namespace handrail::watch {

/// The lines of a store's log that fit, oldest first, at most the newest `limit`. Lines that a crash has cut
/// are passed over. U105 when there is no log in that folder.
Outcome<std::vector<Json>> readLogLines(const std::string& folder, const LogFilter& filter);

/// The journal line that the log has come to; 0 when it has none.
Seq lastLoggedSeq(const std::string& folder);

}  // namespace handrail::watch
