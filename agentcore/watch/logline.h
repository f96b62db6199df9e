#pragma once

#include <map>
#include <optional>
#include <string>

#include "agentcore/decide/event.h"

/// The structured log's form: one JSON object a line, `resources/schemas/log-line.schema.json`. Made from
/// a committed event and what its run has said before; nothing here reads a clock or a store.
namespace handrail::watch {

/// What a run's lines say again and again, and single events do not.
struct RunStory {
    std::string agent;
    std::string user;
    std::string trace;
    std::map<std::string, std::string> tools;  ///< by purpose: what its call last went to
    int retries = 0;
    Code lastCode;   ///< of its last call; empty when that answered well
};

/// Takes one event of the run in.
void follow(RunStory& story, const decide::Event& event);

/// The event's line, or nullopt for events that say nothing to a reader of logs (an intent, a wait). It holds
/// neither arguments nor results. `story` has the event already.
std::optional<Json> logLine(const RunStory& story, const decide::Event& event);

/// A line of the watch itself: a notification, an alert, a figure that nobody could keep.
Json watchLine(Millis now, const std::string& level, const std::string& event, const std::string& message, Json context);

}  // namespace handrail::watch
