#include "agentcore/clock.h"

#include <ctime>
#include <fstream>

namespace handrail {
namespace {

Millis read(clockid_t id)
{
    timespec at{};
    clock_gettime(id, &at);
    return static_cast<Millis>(at.tv_sec) * 1000 + at.tv_nsec / 1000000;
}

class SystemClock final : public Clock {
public:
    SystemClock()
    {
        std::ifstream file("/proc/sys/kernel/random/boot_id");
        std::getline(file, bootId_);
    }
    Millis now() const override { return read(CLOCK_REALTIME); }
    Millis monotonic() const override { return read(CLOCK_MONOTONIC); }
    Millis boot() const override { return read(CLOCK_BOOTTIME); }
    std::string bootId() const override { return bootId_; }

private:
    std::string bootId_;
};

}  // namespace

std::unique_ptr<Clock> systemClock() { return std::make_unique<SystemClock>(); }

}  // namespace handrail
