#pragma once

#include <string>

#include "agentcore/decide/event.h"

/// A ticket of no single run: what the watch has found over many of them. It stands in the inbox like any
/// other and is journaled with no run; nothing waits for it, so a person only takes note of it.
namespace handrail::decide {

struct Finding {
    std::string key;    ///< equal for what is one ticket, over every restart
    std::string agent;  ///< empty: of several
    std::string step;
    std::string tool;
    Code code;
    std::string title;
    std::string why;
    std::string suggestion;
    Risk risk = Risk::Medium;
    int count = 1;      ///< how often it has come up
};

HandoffId findingId(const std::string& key);

/// Files it, or counts up what stands there already.
Event findingEvent(const Finding& finding, Millis now);

/// A person has taken note. U102 for any other answer: there is nothing to decide.
Outcome<Event> noteFinding(const Decision& decision, Millis now);

/// The row and the panel of a finding, from the last event that filed it.
InboxRow findingRow(const Event& filed);
HandoffDetail findingDetail(const InboxRow& row, const Event& filed);

}  // namespace handrail::decide
