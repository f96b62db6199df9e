#pragma once

#include "agentcore/definition/definition.h"
#include "app/commandline.h"

namespace handrail::app {

/// `check AGENT --fix`: the edit that makes lines of the checklist pass, as a unified diff on standard output, and
/// what only a person can decide on standard error. With --write the file is replaced, whole or not at all.
/// Gives the exit status: 1 while a line of the checklist fails.
int runFix(const CommandLine& line, const Definition& definition, const std::string& text);

/// Puts a text in a file's place: a new file beside it, flushed, with the same mode, then renamed. R101, R102.
std::optional<Failure> replaceFile(const std::string& path, const std::string& text);

}  // namespace handrail::app
