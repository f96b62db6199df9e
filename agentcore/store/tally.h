#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/types.h"

/// What is counted of the journal: buckets of a day and two names, made from committed events alone, so
/// that the kept counters equal a full recount.
namespace handrail::store {

constexpr Millis dayLength = 86'400'000;

/// One counter: what is counted, of what (a tool, an agent, a kind), and how (a code, a verb, a bucket).
struct CounterKey {
    std::int64_t day = 0;  ///< days since 1970-01-01 UTC
    std::string name;
    std::string of;
    std::string as;

    auto operator<=>(const CounterKey&) const = default;
};
using Counters = std::map<CounterKey, std::int64_t>;

/// Upper bounds of the time to a decision, in seconds; the last bucket has none.
inline constexpr int decisionBounds[] = {10, 30, 60, 300, 900, 3'600};

/// Counts events in the order of their numbers. What an event does not say itself (whose run it was, when
/// its handoff was asked) is looked up when the counts are put away.
class Tally {
public:
    explicit Tally(Seq from = 0) : upTo_(from) {}

    void add(const decide::Event& event);
    /// An event that counts nothing, so that the position goes on.
    void passed(Seq seq) { upTo_ = seq; }

    /// What was said of a handoff, before its kind and its age are known.
    struct Answer {
        HandoffId handoff;
        Millis at = 0;
        std::string verb;  ///< "expired" when nobody answered
    };

    Counters counters;
    std::map<std::pair<std::int64_t, RunId>, std::int64_t> retries;  ///< by day and run
    std::vector<Answer> answers;
    int events = 0;

    Seq upTo() const { return upTo_; }
    bool isEmpty() const { return events == 0; }
    /// Empty again, from where it has come to.
    void clear() { *this = Tally(upTo_); }

private:
    void call(const decide::Event& event, std::int64_t day);
    void fallback(const decide::Event& event, std::int64_t day);
    void model(const decide::Event& event, std::int64_t day);

    Seq upTo_;
};

/// The day of an instant, also before 1970.
std::int64_t dayOf(Millis instant);

}  // namespace handrail::store
