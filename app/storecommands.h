#pragma once

#include "app/commandline.h"

namespace handrail::app {

/// `verify`, `anchor`, `backup` and `accept-rollback`: the store as evidence, beside a running program.
bool isStoreCommand(const std::string& command);
/// Gives the exit status.
int runStoreCommand(const CommandLine& line);

/// Where the heads of all stores are kept: $XDG_STATE_HOME/handrail/heads or ~/.local/state/handrail/heads.
std::string headFolder();

}  // namespace handrail::app
