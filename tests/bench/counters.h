#pragma once

namespace bench {

/// A store of so many runs over a year, written through the store's own statements; how long the dashboard takes
/// to read its figures of each range, beside a full recount of the journal, and whether the two agree. Prints
/// milliseconds and ratios; 1 when a figure is missed or the counters are not those of the recount.
int measureCounters(int runs, bool asJson);

}  // namespace bench
