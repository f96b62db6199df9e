#include "agentcore/tracecontext.h"

#include <algorithm>

namespace handrail {
namespace {

constexpr std::size_t wholeLength = 55;  ///< of version 00: 2 + 32 + 16 + 2 digits and three hyphens

bool isHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isId(std::string_view text) { return isHex(text) && text.find_first_not_of('0') != std::string_view::npos; }

}  // namespace

std::optional<TraceContext> readTraceparent(std::string_view text)
{
    if (text.size() < wholeLength || text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    const auto version = text.substr(0, 2);
    const bool isKnownLength = text.size() == wholeLength || (version != "00" && text[wholeLength] == '-');
    if (!isHex(version) || version == "ff" || !isKnownLength || !isHex(text.substr(53, 2))) return std::nullopt;
    const auto trace = text.substr(3, 32);
    const auto parent = text.substr(36, 16);
    if (!isId(trace) || !isId(parent)) return std::nullopt;
    return TraceContext{std::string(trace), std::string(parent)};
}

std::string traceparent(const std::string& trace, const std::string& span) { return "00-" + trace + "-" + span + "-01"; }

}  // namespace handrail
