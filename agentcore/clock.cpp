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

std::string rfc3339(Millis instant)
{
    const Millis millis = ((instant % 1000) + 1000) % 1000;
    const std::time_t seconds = (instant - millis) / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(millis));
    return text;
}

Millis httpDate(const std::string& text)
{
    std::tm parts{};
    const char* rest = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!rest || *rest != '\0') return -1;
    return static_cast<Millis>(timegm(&parts)) * 1000;
}

}  // namespace handrail
