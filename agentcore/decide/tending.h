#pragma once

#include <optional>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// What people do with a handoff beside deciding it, and what a question is held against.
namespace handrail::decide {

/// Taken, handed to somebody, given back or put off: one event, or why not. U105 no such handoff, A105 it is
/// no longer open, U101 nothing is said, U104 it would sleep past its expiry. A snooze that reaches too far
/// ends early instead: within a day, and while there is still time to decide. Pure.
Outcome<Event> decideTending(const InboxRow& row, const Tending& tending, Millis now);

/// A call that a person would have to approve the like of, once it is done: what the next one is held against.
struct CallMade {
    std::string agent;
    std::string tool;
    RunId run;
    std::string step;
    Json params;
    Millis at = 0;
};

/// The call that an event says is done, where its tool has a gate. `state` is as it was before the event.
std::optional<CallMade> callMadeBy(const Definition& definition, const RunState& state, const Event& event);

}  // namespace handrail::decide
