#pragma once

#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

/// How answers look on a terminal: tables, colour only there, foreign text made harmless.
namespace handrail::app {

/// {"error": {…}} on stderr with --json, else a sentence with its code, place and next step.
void printError(const Failure& failure, bool json);
void printError(const Json& error, bool json);

/// The answer of a command in its own form.
void printAnswer(const std::string& command, const Json& value, bool json);

/// One column of a table: a member of its rows and a title.
struct Column {
    const char* member;
    const char* title;
};
void printTable(const Json& rows, const std::vector<Column>& columns, const char* empty);
void printStatistics(const Json& statistics);
void printLog(const Json& lines);
/// A heading, and a level of the log, painted where there is colour.
std::string heading(const std::string& text);
std::string levelMark(const std::string& level);

/// Foreign text for a terminal: control and direction-changing characters become visible tags.
std::string forTerminal(const std::string& text);

}  // namespace handrail::app
