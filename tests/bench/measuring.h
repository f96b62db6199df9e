#pragma once

#include <algorithm>
#include <chrono>
#include <fstream>
#include <vector>

/// What every figure is taken with.
namespace bench {

inline double secondsSince(std::chrono::steady_clock::time_point began)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}
inline double millisSince(std::chrono::steady_clock::time_point began) { return secondsSince(began) * 1000; }

/// Of this process, now.
inline double residentMiB()
{
    long pages = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident) * 4096 / (1 << 20);
}

/// 0.5 is the median; 0 when there are no values.
inline double percentile(std::vector<double> values, double share)
{
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}
inline double median(std::vector<double> values) { return percentile(std::move(values), 0.5); }

}  // namespace bench
