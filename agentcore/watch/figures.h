#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "agentcore/statistics.h"
#include "agentcore/store/tally.h"

namespace handrail::watch {

/// Gathers counters, in any order and however often each comes, into the figures that people read.
class FigureGatherer {
public:
    FigureGatherer();
    ~FigureGatherer();
    void take(const store::CounterKey& key, std::int64_t value);
    /// Once, at the end.
    Statistics statistics();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Kept counters as the figures that people read.
Statistics figuresOf(const store::Counters& counters);

/// "2026-11-24" for a day since 1970-01-01.
std::string dayText(std::int64_t day);
/// The other way round; nothing for what is written otherwise.
std::optional<std::int64_t> dayNumber(const std::string& text);

/// The figures in Prometheus' text form (0.0.4), named by the OpenMetrics conventions: counters end in
/// _total, times are seconds.
std::string prometheusText(const Statistics& statistics);

}  // namespace handrail::watch
