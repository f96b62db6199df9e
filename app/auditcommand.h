#pragma once

#include <optional>
#include <string>

#include "agentcore/clock.h"
#include "app/commandline.h"

namespace handrail::app {

/// `audit`: who decided what, on the terminal or into a new file. Gives the exit status: 1 where the chain is broken.
int runAudit(const CommandLine& line);

/// A day ("2026-11-26", UTC; its begin, or its end) or an instant ("2026-11-26T10:00:00Z"); nullopt for anything else.
std::optional<Millis> readInstant(const std::string& text, bool isEnd);
/// The same, or a span back from now ("7d"); 0 for an empty text; U102 naming the option.
Outcome<Millis> instantOf(const std::string& text, const char* option, bool isEnd);

}  // namespace handrail::app
