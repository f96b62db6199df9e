#pragma once

#include "app/commandline.h"

namespace handrail::app {

/// `handrail drill`: an agent against its own injected failures, on a copy of the store. Gives the exit status:
/// 1 where a line of the report fails.
int runDrill(const CommandLine& line, int argc, char** argv);

}  // namespace handrail::app
