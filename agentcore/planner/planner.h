#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/wire/wire.h"

/// Asking a model for the next step, and judging what it says. All of it is plain functions over plain
/// values: nothing is sent, kept or decided here. A model proposes; what is run is decided elsewhere.
/// A new kind of model is one more file like openai.cpp and one line each in `requestFor` and `read`.
namespace handrail::planner {

/// The two tools that every planner sees beside those of its definition.
constexpr std::string_view finishTool = "_finish";  ///< {summary}: the goal is reached
constexpr std::string_view askTool = "_ask";        ///< {question}: a person has to say something first

/// What a model proposes: one call of one tool.
struct Proposal {
    std::string tool;                 ///< as the model named it; may be unknown
    Json arguments = Json::object();  ///< without _why and _confidence
    std::string why;                  ///< its own words, foreign text; empty when it gave none
    std::optional<double> confidence; ///< 0 to 1; none when it gave none that can be used (M109)
};

/// One earlier step, as a model is told of it.
struct Turn {
    std::string tool;
    Json arguments;
    std::string how;        ///< "done", "failed", "skipped", "undone", "unknown"
    Json result;            ///< null when there is none
    std::string note;       ///< why it failed or was skipped
    bool isEffect = false;  ///< it changed something, or may have
};

/// Everything that a model is told.
struct Conversation {
    std::string goal;                   ///< its references are filled
    Json input;
    std::vector<Turn> turns;
    std::vector<std::string> guidance;  ///< what persons told the agent, oldest first
    std::string objection;              ///< what was wrong with the last answer; empty when nothing
    int stepsLeft = 0;
    bool isCompacted = false;           ///< it did not fit: only what must not be lost is told
};

/// A request as it goes to the wire, but for its secrets: header values may hold ${secret:…}.
struct Request {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};
Request requestFor(const Definition& definition, const Model& model, const Conversation& conversation);

/// What came back. `code` is empty when there is a proposal; else it is M101 nothing proposed, M102 cut
/// off, M103 no JSON, M104 not one call with an object, M107 too long, M108 refused, M112 overloaded,
/// T429q, or the HTTP status as T400 … T599; T606 for an error inside a 200 that names none.
struct Reading {
    Code code;
    std::string message;
    std::optional<Proposal> proposal;
    std::string said;             ///< text beside the call or in its place; foreign, shortened
    std::int64_t tokensIn = -1;   ///< -1: not told
    std::int64_t tokensOut = -1;
    Millis retryAfter = -1;       ///< what the service asked for, from `now`; -1: nothing usable
    bool mayRetry = true;         ///< false: the service says that trying again is of no use
};
/// Reads a complete reply (phase Answered). `now` is for dates in Retry-After.
Reading read(const Definition& definition, const Model& model, const wire::Reply& reply, Millis now);

/// Values that a proposal may use, because they came from outside the model.
using Sources = std::vector<Json>;

/// Why a proposal may not be run: M105 no such tool, M104 its arguments do not fit the tool, M106 an id,
/// account, e-mail, path or amount stands in no source as a whole value. `where` names the tool or the
/// argument, the message holds the validator's words, the hint of M106 the values that might be meant. nullopt: it may be run, as far as can be told.
std::optional<Failure> objectionTo(const Definition& definition, const Proposal& proposal, const Sources& sources);

}  // namespace handrail::planner
