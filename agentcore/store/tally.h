#pragma once

#include <cstdint>
#include <deque>
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
/// Beside the days the last day is kept in short spans, for figures of the last hour.
constexpr Millis slotLength = 300'000;
constexpr std::int64_t slotsKept = 25 * 12;  ///< of the newest; older ones are let go
constexpr std::size_t runsKept = 50;         ///< newest runs that are known by name, of each counter of a day

/// One counter: what is counted, of what (a tool, an agent, a kind), and how (a code, a verb, a bucket).
struct CounterKey {
    std::int64_t day = 0;  ///< days since 1970-01-01 UTC; of a short span: spans since then
    std::string name;
    std::string of;
    std::string as;

    auto operator<=>(const CounterKey&) const = default;
};
using Counters = std::map<CounterKey, std::int64_t>;
/// The runs behind counters of a day, the newest last, each with its line.
using CountedRuns = std::map<CounterKey, std::deque<std::pair<Seq, RunId>>>;

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
        Seq seq = 0;
        RunId run;
    };
    /// A call that was sent again.
    struct Retry {
        std::int64_t count = 0;
        Seq seq = 0;  ///< the last
    };

    /// Counts into the day and into the short span of an instant. A counter that leads to its runs names one.
    void count(Millis at, const std::string& name, const std::string& of, const std::string& as, std::int64_t by = 1, Seq seq = 0, const RunId& run = {});

    Counters counters;
    Counters recent;   ///< by short span, of the newest day only
    CountedRuns runs;
    std::map<std::pair<std::int64_t, RunId>, Retry> retries;  ///< by short span and run
    std::vector<Answer> answers;
    int events = 0;

    Seq upTo() const { return upTo_; }
    bool isEmpty() const { return events == 0; }
    /// Empty again, from where it has come to.
    void clear()
    {
        const auto newest = newest_;
        *this = Tally(upTo_);
        newest_ = newest;
    }
    /// The oldest short span that is kept, seen from the newest event.
    std::int64_t oldestSlot() const { return newest_ == INT64_MIN ? INT64_MIN : newest_ - slotsKept + 1; }

private:
    void call(const decide::Event& event);
    void fallback(const decide::Event& event);
    void model(const decide::Event& event);

    Seq upTo_;
    std::int64_t newest_ = INT64_MIN;  ///< the newest short span
};

/// The short span of an instant.
std::int64_t slotOf(Millis instant);

/// The day of an instant, also before 1970.
std::int64_t dayOf(Millis instant);

}  // namespace handrail::store
