#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/statistics.h"

namespace handrail::watch {

/// What became of notifications, by notifier; a small file (0600) beside the log, to which every process adds what it
/// has noted since. That it cannot be written stops nothing: it only forgets.
class NotifierBook {
public:
    explicit NotifierBook(std::string folder) : folder_(std::move(folder)) {}

    void note(const std::string& notifier, Millis now, const std::optional<Failure>& why);
    /// Adds to the file what was noted since.
    void save();

private:
    std::string folder_;
    std::map<std::string, NotifierFigures> noted_;  ///< since it was saved last
};

/// As it was written last; empty when it never was.
std::vector<NotifierFigures> readNotifierBook(const std::string& folder);

}  // namespace handrail::watch
