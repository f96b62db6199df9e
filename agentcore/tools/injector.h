#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>

#include "agentcore/definition/definition.h"
#include "agentcore/wire/wire.h"

/// Failures on purpose, for drills: drawn by the definition's rates, and put in the wire's place, below
/// everything that decides about retries. A definition has them only for staging and test.
namespace handrail::tools {

/// Draws for each call of a tool whether and how it fails. The same seed and order of calls give the same
/// failures. One thread.
class Injector {
public:
    std::optional<InjectedKind> draw(const Definition& definition, const std::string& tool);

private:
    std::map<std::string, std::mt19937_64> draws_;  ///< by definition and tool
};

/// What the wire would tell of such a failure of this tool. Not for a slow reply, which is a real one.
wire::Reply injectedReply(InjectedKind kind, const Tool& tool);
/// How long a slow reply is held back, of the time that the call has.
Millis injectedDelay(Millis limit);

}  // namespace handrail::tools
