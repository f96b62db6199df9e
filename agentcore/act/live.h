#pragma once

#include <memory>

#include "agentcore/act/driver.h"

/// What the driver holds of one run while it goes on. Private to act/.
namespace handrail::act {

/// A call's place among those under way: given back when it is over, or goes unheard.
class Place {
public:
    Place(decide::HostLimits& limits, DefinitionPtr keptAlive, const Tool& tool, decide::Lane lane, Millis now)
        : limits_(limits), definition_(std::move(keptAlive)), tool_(tool), lane_(lane), at_(now)
    {
        limits_.dispatched(tool_, lane_, now);
    }
    ~Place() { limits_.ended(tool_, lane_, code_, isHeard_, at_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    void heard(const Code& code, Millis now)
    {
        code_ = code;
        isHeard_ = true;
        at_ = now;
    }
    const std::string& host() const { return tool_.host; }

private:
    decide::HostLimits& limits_;
    DefinitionPtr definition_;
    const Tool& tool_;
    decide::Lane lane_;
    Code code_;
    bool isHeard_ = false;
    Millis at_;
};

struct Driver::Live {
    RunId id;
    DefinitionPtr definition;
    decide::RunState state;
    std::unique_ptr<Attempt> attempt;
    std::unique_ptr<Place> place;  ///< while a call of it is under way
    bool isUnsent = false;  ///< a dispatch was absorbed and its call has not been started
    bool isQueued = false;  ///< waits among heldBack_
    Millis wake = 0;        ///< its entry in wakes_; 0: none
    Millis projectedAt = 0; ///< when its row was written last
    RunStatus projected = RunStatus::Running;  ///< the state that this row tells
    bool isStale = false;   ///< it has gone on since
    Millis quietUntil = 0;  ///< its due instant had nothing to say; not asked again before
};

}  // namespace handrail::act
