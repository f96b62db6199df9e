#pragma once

#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/watch/logline.h"

namespace handrail::watch {

/// Something to tell people of. All texts are foreign; they are made harmless where they are sent.
struct Notice {
    enum class About { Handoff, Alert, Resolved, Storm, Group, Test };

    About about = About::Handoff;
    std::string key;    ///< equal for what need not be told twice within five minutes
    std::string agent;
    std::string title;  ///< one sentence
    std::string text;   ///< some more, plain, lines parted by \n; may be empty
    HandoffId handoff;  ///< empty when there is none to open
    RunId run;
    bool isCritical = false;
    Millis at = 0;
    int times = 1;      ///< how often it came up since it was told last

    bool operator==(const Notice&) const = default;
};
std::string word(Notice::About about);

/// The notice of a question to a person; `asked` is an Asked event.
Notice noticeOf(const RunStory& story, const decide::Event& asked);

/// Several notices of one moment as one.
Notice grouped(const std::vector<Notice>& notices, Millis now);

}  // namespace handrail::watch
