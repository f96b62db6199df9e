#include "agentcore/dashboard.h"

#include <array>
#include <cmath>
#include <iterator>

#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"
#include "agentcore/watch/figures.h"
#include "agentcore/watch/notifierbook.h"

namespace handrail {
namespace {

constexpr std::array<std::pair<DashboardRange, const char*>, 5> rangeWords{{
    {DashboardRange::Hour, "1h"}, {DashboardRange::Day, "24h"}, {DashboardRange::Week, "7d"}, {DashboardRange::Month, "30d"}, {DashboardRange::All, "all"}}};

const char* counterOf(DashboardBar::Kind kind)
{
    switch (kind) {
    case DashboardBar::Kind::Errors: return "errors";
    case DashboardBar::Kind::Retries: return "retries";
    case DashboardBar::Kind::Ended: return "runs_ended";
    case DashboardBar::Kind::Fallbacks: return "fallbacks";
    case DashboardBar::Kind::Handoffs: return "handoffs";
    case DashboardBar::Kind::Decided: return "decided";
    case DashboardBar::Kind::TimeToDecision: return "decision_le";
    }
    return "";
}

bool isShort(DashboardRange range) { return range == DashboardRange::Hour || range == DashboardRange::Day; }

class StoreDashboard final : public Dashboard {
public:
    StoreDashboard(std::unique_ptr<store::Database> database, std::string folder) : database_(std::move(database)), folder_(std::move(folder)) {}

    Outcome<Statistics> figures(DashboardRange range, Millis now) const override
    {
        const Millis since = beginOf(range, now);
        const std::int64_t day = since > 0 ? store::dayOf(since) : INT64_MIN;
        watch::FigureGatherer gatherer;
        if (auto refused = gather(range, since, day, gatherer)) return *refused;
        auto open = store::readOpenCounts(*database_);
        if (!open) return open.failure();
        Statistics statistics = gatherer.statistics();
        if (isShort(range)) statistics.from = rfc3339(since);
        else if (since > 0) statistics.from = watch::dayText(day);
        statistics.open = std::map<std::string, int>(open->begin(), open->end());
        statistics.notifiers = watch::readNotifierBook(folder_);
        return statistics;
    }

    Outcome<std::vector<RunId>> runsBehind(const DashboardBar& bar, DashboardRange range, Millis now, int limit) const override
    {
        Millis since = beginOf(range, now);
        Millis until = now + 1;
        if (!bar.day.empty()) {
            const auto day = watch::dayNumber(bar.day);
            if (!day) return failure("U102", "\"" + bar.day + "\" is no day.", {}, "Write it like 2026-11-24.");
            since = std::max(since, *day * store::dayLength);
            until = std::min(until, (*day + 1) * store::dayLength);
        }
        return store::readCountedRuns(*database_, {counterOf(bar.kind), bar.of, bar.as}, since, until, limit);
    }

private:
    std::optional<Failure> gather(DashboardRange range, Millis since, std::int64_t day, watch::FigureGatherer& gatherer) const
    {
        if (!isShort(range)) return store::eachCounter(*database_, day, [&](const store::CounterKey& key, std::int64_t value) { gatherer.take(key, value); });
        const auto spans = store::readRecentCounters(*database_, since);
        if (!spans) return spans.failure();
        // As the days that the short spans lie in.
        for (const auto& [key, count] : *spans) gatherer.take({store::dayOf(key.day * store::slotLength), key.name, key.of, key.as}, count);
        return std::nullopt;
    }

    std::unique_ptr<store::Database> database_;
    std::string folder_;
};

}  // namespace

std::string word(DashboardRange range)
{
    for (const auto& [known, text] : rangeWords) {
        if (known == range) return text;
    }
    return {};
}

std::optional<DashboardRange> dashboardRange(const std::string& word)
{
    for (const auto& [known, text] : rangeWords) {
        if (word == text) return known;
    }
    return std::nullopt;
}

Millis beginOf(DashboardRange range, Millis now)
{
    switch (range) {
    case DashboardRange::Hour: return store::slotOf(now - 3'600'000) * store::slotLength;
    case DashboardRange::Day: return store::slotOf(now - store::dayLength) * store::slotLength;
    case DashboardRange::Week: return (store::dayOf(now) - 6) * store::dayLength;
    case DashboardRange::Month: return (store::dayOf(now) - 29) * store::dayLength;
    case DashboardRange::All: return 0;
    }
    return 0;
}

Millis timeToDecision(const HandoffFigures& figures, double share)
{
    std::int64_t all = 0;
    for (const auto count : figures.buckets) all += count;
    if (all == 0) return 0;
    const double wanted = share * static_cast<double>(all);
    double before = 0;
    Millis lower = 0;
    for (std::size_t i = 0; i < figures.buckets.size() && i < std::size(store::decisionBounds); ++i) {
        const auto count = static_cast<double>(figures.buckets[i]);
        const Millis upper = static_cast<Millis>(store::decisionBounds[i]) * 1000;
        if (count > 0 && before + count >= wanted) return lower + static_cast<Millis>(std::llround(static_cast<double>(upper - lower) * (wanted - before) / count));
        before += count;
        lower = upper;
    }
    return lower;
}

Outcome<std::unique_ptr<Dashboard>> openDashboard(const std::string& folder)
{
    auto database = store::openReadDatabase(folder);
    if (!database) return database.failure();
    return std::unique_ptr<Dashboard>(std::make_unique<StoreDashboard>(database.take(), folder));
}

}  // namespace handrail
