#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/statistics.h"

namespace handrail::watch {

/// What became of notifications, by notifier; a small file (0600) beside the log. That it cannot be written
/// stops nothing: it only forgets.
class NotifierBook {
public:
    explicit NotifierBook(std::string folder);

    void note(const std::string& notifier, Millis now, const std::optional<Failure>& why);
    /// Writes it, where something was noted since.
    void save();

private:
    std::string folder_;
    std::map<std::string, NotifierFigures> notifiers_;
    bool isChanged_ = false;
};

/// As it was written last; empty when it never was.
std::vector<NotifierFigures> readNotifierBook(const std::string& folder);

}  // namespace handrail::watch
