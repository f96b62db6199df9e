#pragma once

#include <vector>

#include "agentcore/types.h"

namespace handrail::models {

/// What a run was doing between two lines of its journal.
enum class Meanwhile { Work, Call, Pause, Person, Away };

/// The time between a line and the next one, and where it stands.
struct Stretch {
    int line = 0;      ///< place of the line that it begins with
    Meanwhile what = Meanwhile::Work;
    Millis span = 0;
    double left = 0;
    double right = 0;
    bool isCut = false;  ///< drawn shorter than to scale
};

/// Where the lines of a journal stand between 0 and `width`, to the scale of time. Each is a little apart from the one
/// before, even at the same instant. A wait of more than ten seconds that would leave no room for the rest is cut:
/// to twice all that takes less than ten seconds. Times that run back count as none.
class TimeScale {
public:
    /// With `beside`, both have the scale that the longer one needs, so that they can be compared.
    TimeScale(const std::vector<JournalLine>& lines, double width, const std::vector<JournalLine>* beside = nullptr);

    double at(int line) const;
    /// The line that stands nearest; -1 when there is none.
    int nearest(double x) const;
    const std::vector<Stretch>& stretches() const { return stretches_; }

private:
    std::vector<double> places_;
    std::vector<Stretch> stretches_;
};

}  // namespace handrail::models
