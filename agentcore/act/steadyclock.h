#pragma once

#include <memory>
#include <string>

#include "agentcore/clock.h"

namespace handrail::act {

/// Time that no change of the machine's clock moves: wall time at some moment, carried on by the
/// boot-time clock, which counts the time in which the machine slept.
struct SteadyTime {
    std::unique_ptr<Clock> clock;
    std::string anchor;      ///< to be kept in the store, and handed in again after a restart
    bool isInDoubt = false;  ///< how much time has passed since the last process is not known
};

/// `kept` is the anchor of the process before (empty: none), `lastSeen` the latest instant in the store.
/// In doubt: the wall clock went back over a boot, or jumped within one.
SteadyTime steadyTime(std::unique_ptr<Clock> machine, const std::string& kept, Millis lastSeen);

}  // namespace handrail::act
