#include "models/timescale.h"

#include <algorithm>

namespace handrail::models {
namespace {

constexpr Millis longWait = 10'000;  ///< only longer ones are ever cut
constexpr double mostApart = 4;      ///< pixels between two lines of one instant
constexpr double shareApart = 0.4;   ///< of the width, at most, for keeping lines apart

Millis spanAfter(const std::vector<JournalLine>& lines, std::size_t line) { return std::max<Millis>(0, lines[line + 1].time - lines[line].time); }

Meanwhile whatBetween(const JournalLine& before, const JournalLine& after)
{
    if (after.event == "answered" || after.event == "lost") return Meanwhile::Call;
    if (after.event == "recovered") return Meanwhile::Away;
    if (before.event == "waiting") return Meanwhile::Pause;
    for (const char* person : {"decided", "decided_late", "expired", "withdrawn", "abort_asked", "paused", "resumed"}) {
        if (after.event == person) return Meanwhile::Person;
    }
    return Meanwhile::Work;
}

/// The longest that a stretch is drawn.
Millis capOf(const std::vector<JournalLine>& lines)
{
    Millis brief = 0;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (spanAfter(lines, i) <= longWait) brief += spanAfter(lines, i);
    }
    return std::max(longWait, 2 * brief);
}

Millis drawn(const std::vector<JournalLine>& lines, Millis cap)
{
    Millis sum = 0;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) sum += std::min(cap, spanAfter(lines, i));
    return sum;
}

}  // namespace

TimeScale::TimeScale(const std::vector<JournalLine>& lines, double width, const std::vector<JournalLine>* beside)
{
    if (lines.empty()) return;
    const Millis cap = std::max(capOf(lines), beside ? capOf(*beside) : 0);
    const Millis all = std::max<Millis>(1, std::max(drawn(lines, cap), beside ? drawn(*beside, cap) : 0));
    const std::size_t most = std::max(lines.size(), beside ? beside->size() : 0);
    const double apart = most > 1 ? std::min(mostApart, width * shareApart / static_cast<double>(most - 1)) : 0;
    const double scale = (width - apart * static_cast<double>(most - 1)) / static_cast<double>(all);
    places_.push_back(0);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const Millis span = spanAfter(lines, i);
        const double left = places_.back();
        const double right = left + apart + scale * static_cast<double>(std::min(cap, span));
        stretches_.push_back({static_cast<int>(i), whatBetween(lines[i], lines[i + 1]), span, left, right, span > cap});
        places_.push_back(right);
    }
}

double TimeScale::at(int line) const
{
    if (places_.empty()) return 0;
    return places_[static_cast<std::size_t>(std::clamp(line, 0, static_cast<int>(places_.size()) - 1))];
}

int TimeScale::nearest(double x) const
{
    if (places_.empty()) return -1;
    const auto after = std::lower_bound(places_.begin(), places_.end(), x);
    if (after == places_.begin()) return 0;
    if (after == places_.end()) return static_cast<int>(places_.size()) - 1;
    const auto place = static_cast<int>(after - places_.begin());
    return x - *(after - 1) <= *after - x ? place - 1 : place;
}

}  // namespace handrail::models
