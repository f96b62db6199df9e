#include <cstdio>
#include <ctime>

#include "agentcore/clock.h"

/// Instants as text. No clock is read here, so that what is pure can use it.
namespace handrail {

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
