#pragma once

#include <functional>

#include <QTimer>

#include "agentcore/clock.h"

namespace handrail::app {

/// Notices when the window's thread was busy for so long that nobody could use it: a timer of its own comes late by as
/// much. On from the environment (HANDRAIL_STALL_MS, milliseconds that are still tolerable), for whoever looks into a
/// slow console. On the thread that made it.
class StallDetector : public QObject {
    Q_OBJECT
public:
    /// `tell` gets the length of each stall, in milliseconds, once it is over. The clock must outlive this.
    StallDetector(const Clock& clock, Millis tolerable, std::function<void(Millis)> tell, QObject* parent = nullptr);

    /// What the environment wants; 0: nothing.
    static Millis wanted();

    int stalls() const { return stalls_; }
    Millis longest() const { return longest_; }

private:
    void beat();

    const Clock& clock_;
    Millis tolerable_;
    std::function<void(Millis)> tell_;
    QTimer timer_;
    Millis last_;
    int stalls_ = 0;
    Millis longest_ = 0;
};

}  // namespace handrail::app
