#pragma once

#include <string>

#include "agentcore/failure.h"
#include "agentcore/json.h"

/// How answers look on a terminal: tables, colour only there, foreign text made harmless.
namespace handrail::app {

/// {"error": {…}} on stderr with --json, else a sentence with its code, place and next step.
void printError(const Failure& failure, bool json);
void printError(const Json& error, bool json);

/// The answer of a command in its own form.
void printAnswer(const std::string& command, const Json& value, bool json);

/// Foreign text for a terminal: control and direction-changing characters become visible tags.
std::string forTerminal(const std::string& text);

}  // namespace handrail::app
