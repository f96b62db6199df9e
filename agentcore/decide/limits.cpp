#include "agentcore/decide/limits.h"

#include <algorithm>

namespace handrail::decide {
namespace {

constexpr Millis slotWait = 1'000;    ///< a freed slot wakes a waiting run itself; this is only the fallback
constexpr Millis budgetWait = 5'000;  ///< the budget fills by other calls' successes, not by time
constexpr Millis isolatedWait = 60'000;

std::size_t index(Lane lane) { return static_cast<std::size_t>(lane); }

std::string_view originOf(std::string_view host) { return host.substr(0, host.find('#')); }

bool isHalfOpen(const HostState& host, Millis now) { return host.isOpen && now >= host.openUntil; }

}  // namespace

Lane laneOf(const Tool& tool, bool isUndoing)
{
    if (isUndoing) return Lane::Undo;
    return tool.isModel ? Lane::Models : Lane::Tools;
}

std::string word(Breaker breaker)
{
    switch (breaker) {
    case Breaker::Closed: return "closed";
    case Breaker::Open: return "open";
    case Breaker::HalfOpen: return "half_open";
    case Breaker::Isolated: return "isolated";
    }
    return {};
}

bool isCountable(std::string_view code)
{
    if (code == "M112") return true;
    if (code.size() < 4 || code[0] != 'T') return false;
    static constexpr std::string_view counted[] = {"T102", "T103", "T104", "T106", "T107", "T108", "T109", "T110",
                                                   "T500", "T502", "T503", "T504", "T507", "T609", "T610", "T701"};
    return code.starts_with("T52") || std::find(std::begin(counted), std::end(counted), code) != std::end(counted);
}

Admission HostLimits::admit(const Tool& tool, Lane lane, bool isRetry, Millis now) const
{
    const auto at = index(lane);
    if (inFlight_[at] >= inAll_) return {"W116", now + slotWait};
    if (isIsolated(tool.host)) return {"W111", now + isolatedWait};
    const auto found = hosts_.find(tool.host);
    if (found == hosts_.end()) return {};
    const HostState& host = found->second;
    if (host.isOpen && now < host.openUntil) return {"W111", host.openUntil};
    if (host.isOpen) {
        // Half open: one call at a time, and only one that may be repeated if nothing is heard of it.
        const bool mayProbe = tool.effect == Effect::Read || tool.effect == Effect::WriteKeyed;
        if (host.isProbing || !mayProbe) return {"W111", now + slotWait};
    }
    if (isRetry && host.budget >= 0 && host.budget <= tool.hostRule.retryAbove) return {"W115", now + budgetWait};
    if (host.inFlight[at] >= tool.hostRule.inFlight) return {"W116", now + slotWait};
    return {};
}

void HostLimits::dispatched(const Tool& tool, Lane lane, Millis now)
{
    HostState& host = state(tool);
    ++inFlight_[index(lane)];
    ++host.inFlight[index(lane)];
    if (isHalfOpen(host, now)) host.isProbing = true;
}

void HostLimits::ended(const Tool& tool, Lane lane, std::string_view code, bool isHeard, Millis now)
{
    HostState& host = state(tool);
    inFlight_[index(lane)] = std::max(0, inFlight_[index(lane)] - 1);
    host.inFlight[index(lane)] = std::max(0, host.inFlight[index(lane)] - 1);
    host.isProbing = false;
    if (!isHeard) return;
    if (code.empty()) {
        ++sliceAt(host, tool.hostRule, now).calls;
        succeeded(host, tool.hostRule);
    } else if (isCountable(code)) {
        failed(host, tool.hostRule, now);
    }
}

void HostLimits::isolate(const std::string& host, bool isIsolated)
{
    if (isIsolated) return void(isolated_.insert(host));
    isolated_.erase(host);
    for (auto& [name, state] : hosts_) {
        if (name != host && originOf(name) != host) continue;
        state.isOpen = false;
        state.inARow = 0;
        state.slices = {};
    }
}

bool HostLimits::isIsolated(std::string_view host) const
{
    return !isolated_.empty() && (isolated_.count(host) > 0 || isolated_.count(originOf(host)) > 0);
}

Breaker HostLimits::breaker(const std::string& host, Millis now) const
{
    if (isIsolated(host)) return Breaker::Isolated;
    const auto found = hosts_.find(host);
    if (found == hosts_.end() || !found->second.isOpen) return Breaker::Closed;
    return isHalfOpen(found->second, now) ? Breaker::HalfOpen : Breaker::Open;
}

HostState& HostLimits::state(const Tool& tool)
{
    const auto found = hosts_.find(tool.host);
    HostState& host = found != hosts_.end() ? found->second : hosts_[tool.host];
    if (host.budget < 0) host.budget = tool.hostRule.budget;
    return host;
}

void HostLimits::succeeded(HostState& host, const HostRule& rule)
{
    host.inARow = 0;
    host.budget = std::min(rule.budget, host.budget + rule.refill);
    if (!host.isOpen || ++host.goodProbes < rule.closeAfter) return;
    host.isOpen = false;
    host.openFor = 0;
    host.slices = {};
}

void HostLimits::failed(HostState& host, const HostRule& rule, Millis now)
{
    HostState::Slice& slice = sliceAt(host, rule, now);
    ++slice.calls;
    ++slice.failures;
    ++host.inARow;
    host.budget = std::max(0.0, host.budget - 1);
    // Calls that left before it opened come back late; they say nothing new.
    if (host.isOpen && now < host.openUntil) return;
    if (host.isOpen || host.inARow >= rule.failuresInARow || failsTooOften(host, rule, now)) open(host, rule, now);
}

void HostLimits::open(HostState& host, const HostRule& rule, Millis now)
{
    host.openFor = host.openFor == 0 ? rule.open : std::min(rule.longestOpen, host.openFor * 2);
    host.openUntil = now + host.openFor;
    host.isOpen = true;
    host.goodProbes = 0;
}

HostState::Slice& HostLimits::sliceAt(HostState& host, const HostRule& rule, Millis now)
{
    const Millis width = std::max<Millis>(1, rule.window / static_cast<Millis>(host.slices.size()));
    const Millis begin = now - now % width;
    auto& slice = host.slices[static_cast<std::size_t>(begin / width) % host.slices.size()];
    if (slice.begin != begin) slice = {begin, 0, 0};
    return slice;
}

bool HostLimits::failsTooOften(const HostState& host, const HostRule& rule, Millis now)
{
    int calls = 0;
    int failures = 0;
    for (const auto& slice : host.slices) {
        if (slice.begin < 0 || slice.begin <= now - rule.window) continue;
        calls += slice.calls;
        failures += slice.failures;
    }
    return calls >= rule.leastCalls && failures >= rule.share * calls;
}

}  // namespace handrail::decide
