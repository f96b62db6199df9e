#pragma once

#include <optional>
#include <string>
#include <string_view>

/// W3C Trace Context, level 1: what ties a run to the trace of whoever asked for it, and the services
/// that its tools call to the run.
namespace handrail {

struct TraceContext {
    std::string trace;   ///< 32 lower-case hex digits, not all zero
    std::string parent;  ///< 16 lower-case hex digits, not all zero: the caller's span

    bool operator==(const TraceContext&) const = default;
};

/// Reads a `traceparent` header's value; nullopt when it is none. A later version's own fields are left alone.
std::optional<TraceContext> readTraceparent(std::string_view text);

/// The header's value for a span of ours, sampled.
std::string traceparent(const std::string& trace, const std::string& span);

}  // namespace handrail
