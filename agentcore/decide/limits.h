#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/types.h"

/// How many calls may be under way, and when a service that keeps failing is left alone. Pure: the
/// instant is handed in. A call that works allocates nothing here once its host is known.
namespace handrail::decide {

/// Compensations and models have calls of their own, so that a stuck tool cannot starve an undo or the planning.
enum class Lane { Tools, Undo, Models };

Lane laneOf(const Tool& tool, bool isUndoing);

enum class Breaker { Closed, Open, HalfOpen, Isolated };
std::string word(Breaker breaker);

/// Whether a call may leave now: an empty code says yes, else W111, W115 or W116 and when to ask again.
struct Admission {
    const char* code = "";
    Millis until = 0;

    bool isGiven() const { return *code == '\0'; }
};

/// Whether a failure says something about the service: not what it rightly refused, nor our own doing.
bool isCountable(std::string_view code);

/// One host under one credential, as the limits see it.
struct HostState {
    struct Slice {
        Millis begin = -1;
        int calls = 0;
        int failures = 0;
    };
    double budget = -1;           ///< retries left to spend; -1: not begun yet
    int inARow = 0;               ///< failures without a success between
    std::array<Slice, 12> slices; ///< the last window, in twelfths
    Millis openUntil = 0;
    Millis openFor = 0;           ///< how long it was open last time; doubles
    bool isOpen = false;
    int goodProbes = 0;           ///< successes since it was half open
    bool isProbing = false;
    std::array<int, 3> inFlight{};///< by lane
};

class HostLimits {
public:
    /// At most this many calls under way in each lane, over all hosts.
    explicit HostLimits(int inAll = 16) : inAll_(inAll) {}

    Admission admit(const Tool& tool, Lane lane, bool isRetry, Millis now) const;
    void dispatched(const Tool& tool, Lane lane, Millis now);
    /// The call is over; `code` is empty when it worked. Without `heard` nothing was learnt from it.
    void ended(const Tool& tool, Lane lane, std::string_view code, bool isHeard, Millis now);
    /// An operator leaves a host alone, or lets it be called again; an origin stands for all its credentials.
    void isolate(const std::string& host, bool isIsolated);
    bool isIsolated(std::string_view host) const;

    Breaker breaker(const std::string& host, Millis now) const;
    const std::map<std::string, HostState, std::less<>>& hosts() const { return hosts_; }

private:
    HostState& state(const Tool& tool);
    static void succeeded(HostState& host, const HostRule& rule);
    static void failed(HostState& host, const HostRule& rule, Millis now);
    static void open(HostState& host, const HostRule& rule, Millis now);
    static HostState::Slice& sliceAt(HostState& host, const HostRule& rule, Millis now);
    static bool failsTooOften(const HostState& host, const HostRule& rule, Millis now);

    int inAll_;
    std::array<int, 3> inFlight_{};
    std::map<std::string, HostState, std::less<>> hosts_;
    std::set<std::string, std::less<>> isolated_;
};

}  // namespace handrail::decide
