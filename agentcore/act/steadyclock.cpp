#include "agentcore/act/steadyclock.h"

#include <algorithm>
#include <cstdlib>

#include "agentcore/json.h"

namespace handrail::act {
namespace {

constexpr Millis tolerated = 5'000;  ///< between the machine's two clocks

class SteadyClock final : public Clock {
public:
    SteadyClock(std::unique_ptr<Clock> machine, Millis wall, Millis boot) : machine_(std::move(machine)), wall_(wall), boot_(boot) {}

    Millis now() const override { return wall_ + (machine_->boot() - boot_); }
    Millis monotonic() const override { return machine_->monotonic(); }
    Millis boot() const override { return machine_->boot(); }
    std::string bootId() const override { return machine_->bootId(); }

private:
    std::unique_ptr<Clock> machine_;
    Millis wall_;
    Millis boot_;
};

}  // namespace

SteadyTime steadyTime(std::unique_ptr<Clock> machine, const std::string& kept, Millis lastSeen)
{
    Millis wall = machine->now();
    Millis boot = machine->boot();
    SteadyTime time;
    const auto before = kept.empty() ? Outcome<Json>(Json()) : parseJson(kept);
    const bool isSameBoot = before && before->is_object() && textOf(*before, "boot_id") == machine->bootId();
    if (isSameBoot) {
        const Millis carried = numberOf(*before, "wall") + (boot - numberOf(*before, "boot"));
        time.isInDoubt = std::abs(carried - wall) > tolerated;
        // The wall clock is only taken over when it has jumped; else the older anchor goes on.
        if (!time.isInDoubt) wall = carried;
    } else {
        time.isInDoubt = wall + tolerated < lastSeen;
    }
    // Whatever the machine says, the journal's time never goes back.
    wall = std::max(wall, lastSeen);
    const bool goesOn = isSameBoot && !time.isInDoubt && wall > lastSeen;
    time.anchor = goesOn ? kept : dump({{"boot_id", machine->bootId()}, {"wall", wall}, {"boot", boot}});
    time.clock = std::make_unique<SteadyClock>(std::move(machine), wall, boot);
    return time;
}

}  // namespace handrail::act
