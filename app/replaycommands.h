#pragma once

#include "app/commandline.h"

namespace handrail::app {

/// `replay`, `what-if`, `export` and `import`: a run once more from its journal; no effect leaves.
bool isReplayCommand(const std::string& command);
/// Gives the exit status: 1 where a replay differs.
int runReplayCommand(const CommandLine& line);

}  // namespace handrail::app
