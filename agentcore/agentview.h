#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/retrytable.h"
#include "agentcore/types.h"

/// An agent and its tools as lists and forms show them. Plain values that cross the facade; all texts
/// are foreign: show them as plain text only.
namespace handrail {

/// One tool as its definition says that it may be used.
struct ToolView {
    std::string agent;
    std::string tool;
    std::string description;
    std::string kind;       ///< "http", "command", "mcp", "model"
    std::string server;     ///< the server's name in the definition; empty for a command
    std::string host;       ///< as `HostView::host` names it
    std::string request;    ///< "POST https://…/refunds", secrets left out; the program of a command
    Effect effect = Effect::WriteBlind;
    bool critical = false;
    Millis timeout = 0;
    int attempts = 1;       ///< in all
    Millis base = 0;        ///< the first wait before another attempt, and the longest
    Millis cap = 0;
    std::map<Code, Verdict> on;  ///< what the definition says of a code, in place of the table
    std::string gate;       ///< empty: no approval
    bool fourEyes = false;  ///< two people must agree at the gate
    Millis hold = 0;        ///< how long an approved call can still be stopped; 0: not
    Millis cache = 0;       ///< how old an earlier result may be that stands in; 0: none does
    std::string readOnly;   ///< another tool that stands in; empty: none
    int inFlight = 0;       ///< calls of its host at once
    int failuresInARow = 0; ///< that open the breaker of its host
    Millis open = 0;        ///< for so long, at first

    bool operator==(const ToolView&) const = default;
};

/// The newest definition of one agent that a store knows, or one that was just read from a file.
struct AgentView {
    std::string name;
    std::string version;
    std::string environment;
    std::string description;
    std::string text;                     ///< the definition, as it was written or kept
    Json input;                           ///< the schema of its input; null: anything goes
    std::vector<ToolView> tools;          ///< by name
    std::vector<std::string> notifiers;   ///< their labels, in the order of the definition
    std::optional<Failure> unreadable;    ///< kept by an earlier Handrail and no longer understood; then the rest is empty
};

}  // namespace handrail
