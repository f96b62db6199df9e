#pragma once

#include "app/commandline.h"

namespace handrail::app {

/// Carries a command out: through the process that holds the store when there is one, else here.
/// Returns the exit status.
int runCommand(const CommandLine& line, int argc, char** argv);

}  // namespace handrail::app
