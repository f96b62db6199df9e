#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/decide/runstate.h"

namespace handrail::decide {

/// What an approval binds: everything that, if it changed, would make it another question.
struct Consent {
    const Definition* definition = nullptr;
    const Tool* tool = nullptr;
    RunId run;
    std::string step;
    std::vector<Json> records;   ///< exact arguments of every call it covers
    std::vector<Json> before;    ///< what the precondition read, one a record; may be empty
    std::string requester;
    std::string told = {};       ///< digest of what an MCP server tells of the tool; empty for others
};

/// SHA-256 over the canonical JSON of all of it, as hex.
std::string consentDigest(const Consent& consent);

/// The rule that lets all these calls pass without a person; null when a person is needed.
/// Amounts compare as decimals, never as floating point. A missing amount never passes.
const AllowRule* allowedBy(const Definition& definition, const Tool& tool, const std::vector<Json>& records);

/// The typed values that the definition names under `show`, read from the arguments.
std::vector<Argument> typedArguments(const Tool& tool, const Json& params);

}  // namespace handrail::decide
