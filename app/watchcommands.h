#pragma once

#include <optional>
#include <string>

#include "agentcore/types.h"
#include "app/commandline.h"

namespace handrail::app {

/// `log`, `stats`, `metrics` and `notify`: what the watch has kept, beside a running program.
bool isWatchCommand(const std::string& command);
/// Gives the exit status.
int runWatchCommand(const CommandLine& line, int argc, char** argv);

/// "10m", "2h", "7d": a span in milliseconds; nullopt for anything else.
std::optional<Millis> readSpan(const std::string& text);

}  // namespace handrail::app
