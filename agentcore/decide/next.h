#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/facts.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// The one place that chooses what a run does next. Pure: same state, instant and facts, same answer;
/// live, after a crash and in a replay. Call it, fold what it says, and call it again until it says
/// nothing. A state whose active call is Dispatched is then to be sent, once, after the commit.
namespace handrail::decide {

std::vector<Event> next(const Definition& definition, const RunState& state, Millis now, Facts& facts);

/// When next() may have something to say without anything happening; nullopt: never.
std::optional<Millis> due(const Definition& definition, const RunState& state);

/// The event that records a call cut off by the death of the process that made it.
Event lostEvent(const RunState& state, Millis now);

/// The idempotency key of a call: over operation, canonical parameters, run and step, or over the
/// tool's business key alone when it names one.
std::string intentKey(const Tool& tool, const Json& params, const RunId& run, const std::string& step,
                      Purpose purpose);
/// The arguments of a read-back or a compensation: references into one call's params and result.
Outcome<Json> fillForCall(const Json& pattern, const RunState& state, const Json& params, const Json& result);
/// Over tool and exact arguments: what one key must always stand for.
std::string intentDigest(const Tool& tool, const Json& params);

}  // namespace handrail::decide
