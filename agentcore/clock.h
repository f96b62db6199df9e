#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace handrail {

/// Milliseconds. An instant is milliseconds since 1970-01-01 UTC; a span is a difference of instants.
using Millis = std::int64_t;

/// The only door to time. Nothing else in the project reads a clock, so a test owns all of it.
/// Every call is cheap and may come from any thread.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall time, for what a person reads and what a journal line is stamped with. May jump.
    virtual Millis now() const = 0;
    /// Monotonic time, for the length of an attempt. Stops while the machine sleeps.
    virtual Millis monotonic() const = 0;
    /// Boot-time clock, for expiries and key ages: it counts the time in which the machine slept.
    virtual Millis boot() const = 0;
    /// Names this boot of the machine: two boot() readings compare only under one name.
    virtual std::string bootId() const = 0;
};

/// The machine's own clocks (CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME).
std::unique_ptr<Clock> systemClock();

/// "2026-11-24T09:25:45.123Z": an instant in UTC as RFC 3339 text, for journals and JSON.
std::string rfc3339(Millis instant);

/// Reads an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"); -1 when the text is none.
Millis httpDate(const std::string& text);

}  // namespace handrail
