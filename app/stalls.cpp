#include "app/stalls.h"

#include <algorithm>

namespace handrail::app {
namespace {

constexpr int beatEvery = 5;  ///< milliseconds

}  // namespace

StallDetector::StallDetector(const Clock& clock, Millis tolerable, std::function<void(Millis)> tell, QObject* parent)
    : QObject(parent), clock_(clock), tolerable_(tolerable), tell_(std::move(tell)), last_(clock.monotonic())
{
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(beatEvery);
    connect(&timer_, &QTimer::timeout, this, &StallDetector::beat);
    timer_.start();
}

Millis StallDetector::wanted()
{
    bool isNumber = false;
    const int tolerable = qEnvironmentVariableIntValue("HANDRAIL_STALL_MS", &isNumber);
    return isNumber && tolerable > 0 ? tolerable : 0;
}

void StallDetector::beat()
{
    const Millis now = clock_.monotonic();
    const Millis late = now - last_ - beatEvery;
    last_ = now;
    if (late <= tolerable_) return;
    ++stalls_;
    longest_ = std::max(longest_, late);
    tell_(late);
}

}  // namespace handrail::app
