#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/json.h"

namespace handrail::app {

/// What was asked for on the command line.
struct CommandLine {
    std::string command;       ///< "run", "inbox", "approve", "serve", "check", …
    std::string store;         ///< folder; never empty
    bool json = false;
    bool wait = false;         ///< run: stay until the run has ended
    bool table = false;        ///< check: show the retry table
    bool fixes = false;        ///< check: propose what to write
    bool writes = false;       ///< check --fix: and write it
    std::string agent;         ///< path of a definition
    Json inject;               ///< run: failures on purpose, in place of the definition's own; null: as it says
    std::string file;          ///< anchor, backup, verify --anchor, drill --report
    std::string folder;        ///< drill --journals
    int metricsPort = -1;      ///< serve: where the figures are handed out; 0 a free port, -1 nowhere
    Json request;              ///< for Requests::handle
};

/// Reads the arguments. Help, version and mistakes are printed here; then `exit` holds the status.
struct ParsedLine {
    CommandLine line;
    std::optional<int> exit;
};
ParsedLine parseCommandLine(int argc, char** argv);

/// A file that a person named: U105 when it cannot be read, U109 when it is larger than anything
/// that is read from files here (1 MiB).
Outcome<std::string> readSmallFile(const std::string& path);

/// The platform's data folder for a store: $XDG_DATA_HOME/handrail or ~/.local/share/handrail.
std::string defaultStore();

/// The name under which a person decides, unless --as says another.
std::string currentUser();

}  // namespace handrail::app
