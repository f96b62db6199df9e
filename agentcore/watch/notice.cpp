#include "agentcore/watch/notice.h"

#include <algorithm>

namespace handrail::watch {
namespace {

constexpr std::size_t mostListed = 10;  ///< titles in one grouped notice

void addLine(std::string& text, const std::string& name, const std::string& value)
{
    if (value.empty()) return;
    text += (text.empty() ? "" : "\n") + name + value;
}

}  // namespace

std::string word(Notice::About about)
{
    switch (about) {
    case Notice::About::Handoff: return "handoff";
    case Notice::About::Alert: return "alert";
    case Notice::About::Resolved: return "resolved";
    case Notice::About::Storm: return "storm";
    case Notice::About::Group: return "group";
    case Notice::About::Test: return "test";
    }
    return {};
}

Notice noticeOf(const RunStory& story, const decide::Event& asked)
{
    const Json& data = asked.data;
    Notice notice;
    notice.agent = story.agent;
    notice.handoff = textOf(data, "handoff");
    notice.run = asked.run;
    notice.title = textOf(data, "title");
    notice.at = asked.time;
    notice.isCritical = textOf(data, "risk") == "critical" || truthOf(data, "unknown");
    // Tickets with one cause are told once; every question for consent is one of its own, and so is every doubt.
    const std::string group = textOf(data, "group");
    notice.key = group.empty() || truthOf(data, "unknown") ? notice.handoff : group;
    addLine(notice.text, "", textOf(data, "why"));
    addLine(notice.text, "", textOf(data, "suggestion"));
    if (const Millis by = numberOf(data, "decide_by"); by > 0) addLine(notice.text, "Decide by ", rfc3339(by));
    return notice;
}

Notice grouped(const std::vector<Notice>& notices, Millis now)
{
    Notice one;
    one.about = Notice::About::Group;
    one.title = std::to_string(notices.size()) + " things need a person";
    one.at = now;
    one.isCritical = std::any_of(notices.begin(), notices.end(), [](const auto& notice) { return notice.isCritical; });
    one.agent = notices.front().agent;
    const bool isOneAgent = std::all_of(notices.begin(), notices.end(), [&](const auto& notice) { return notice.agent == one.agent; });
    if (!isOneAgent) one.agent.clear();
    for (std::size_t i = 0; i < notices.size() && i < mostListed; ++i) {
        const Notice& notice = notices[i];
        addLine(one.text, "- ", notice.title + (notice.handoff.empty() ? "" : " (" + notice.handoff + ")"));
    }
    if (notices.size() > mostListed) addLine(one.text, "", "and " + std::to_string(notices.size() - mostListed) + " more");
    return one;
}

}  // namespace handrail::watch
