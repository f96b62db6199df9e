#pragma once

#include "agentcore/definition/checklist.h"
#include "agentcore/definition/definition.h"
#include "app/commandline.h"

namespace handrail::app {

/// `handrail check`: holds a definition against the rules, or shows the retry table with what the
/// definition says of it. Of a store it only reads the note of the last drill. Gives the exit status.
int runCheck(const CommandLine& line);

/// The whole retry table as JSON: condition, read, write_keyed, write_without_key, told, security; with
/// what a definition's tools say instead under `instead`.
Json tableOf(const Definition* definition);

/// Of a hundred, how much of the checklist passes.
int scoreOf(const std::vector<ChecklistLine>& lines);

/// An unreadable or invalid definition is a mistake of use, not something missing from a store.
int refuseDefinition(const Failure& why, bool json);

}  // namespace handrail::app
