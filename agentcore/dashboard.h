#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/statistics.h"
#include "agentcore/types.h"

/// What a dashboard draws, from kept counters alone: there at once over any number of runs. The bars lead to the
/// runs behind them.
namespace handrail {

/// How far back it looks. The hour and the day are counted in spans of five minutes and begin with the span that the
/// instant lies in; the longer ones in whole days (UTC), today among them.
enum class DashboardRange { Hour, Day, Week, Month, All };
std::string word(DashboardRange range);  ///< "1h", "24h", "7d", "30d", "all"
std::optional<DashboardRange> dashboardRange(const std::string& word);
/// The first instant of a range; 0: from the beginning.
Millis beginOf(DashboardRange range, Millis now);

/// A bar of the dashboard that can be opened. Empty members ask nothing.
struct DashboardBar {
    enum class Kind {
        Errors,     ///< `of` a tool, `as` a code
        Retries,    ///< `of` an agent
        Ended,      ///< `of` a state
        Fallbacks,  ///< `of` a kind, `as` "used", "success" or "failure"
        Handoffs,   ///< `of` a kind
        Decided,    ///< `of` a kind, `as` a verb or "expired"
        TimeToDecision  ///< `of` a kind, `as` the upper bound of its span in seconds ("10" … "3600", "+Inf")
    };
    Kind kind = Kind::Errors;
    std::string of;
    std::string as;
    std::string day;  ///< "2026-11-24": only that day (UTC)
};

/// Within how long a share of the decisions of a kind was made (0.5: the median), told from the spans that are
/// counted: exact to the span, and straight within it. 0 when none was made; a share that lies beyond the last bound
/// is that bound.
Millis timeToDecision(const HandoffFigures& figures, double share);

/// One read-only connection; belongs to the thread that made it.
class Dashboard {
public:
    virtual ~Dashboard() = default;
    /// The figures of a range that ends now. R102, R103 as their failures say.
    virtual Outcome<Statistics> figures(DashboardRange range, Millis now) const = 0;
    /// The runs behind a bar, newest first. Of each counter of a day the newest fifty are known.
    virtual Outcome<std::vector<RunId>> runsBehind(const DashboardBar& bar, DashboardRange range, Millis now, int limit = 200) const = 0;
};

/// U105 when there is no store in that folder.
Outcome<std::unique_ptr<Dashboard>> openDashboard(const std::string& folder);

}  // namespace handrail
