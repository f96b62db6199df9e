#pragma once

#include <string>

#include "agentcore/types.h"

namespace handrailtest {

/// What a person says to a handoff.
inline handrail::Decision say(handrail::Verb verb, const std::string& handoff, const std::string& who = {})
{
    handrail::Decision decision;
    decision.verb = verb;
    decision.handoff = handoff;
    decision.who = who;
    return decision;
}

}  // namespace handrailtest
