#include "agentcore/watch/noticerules.h"

#include <algorithm>
#include <utility>

namespace handrail::watch {
namespace {

constexpr std::size_t mostHeld = 200;  ///< kept with their titles; more are only counted

void dropBefore(std::deque<Millis>& times, Millis instant)
{
    while (!times.empty() && times.front() <= instant) times.pop_front();
}

}  // namespace

bool isQuietAt(int minute, int from, int to)
{
    if (from == to) return false;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

void NoticeRules::forgetOld(Millis now)
{
    std::erase_if(told_, [&](const auto& entry) { return now - entry.second.at >= limits_.sameKey && entry.second.since == 0; });
    // What came up again and then no more is not told any more, but its count is, when it comes once again.
    std::erase_if(told_, [&](const auto& entry) { return now - entry.second.at >= 4 * limits_.sameKey; });
    dropBefore(came_, now - limits_.minute);
    dropBefore(usual_, now - limits_.minute);
    dropBefore(critical_, now - limits_.minute);
}

bool NoticeRules::isRepeated(Notice& notice, Millis now)
{
    auto [entry, isNew] = told_.try_emplace(notice.key, Told{now, 0});
    if (isNew) return false;
    if (now - entry->second.at < limits_.sameKey) {
        ++entry->second.since;
        return true;
    }
    notice.times += entry->second.since;
    entry->second = {now, 0};
    return false;
}

/// As many as there is room for in this minute; without any room they wait.
void NoticeRules::speak(std::vector<Notice> notices, bool isCritical, Millis now, std::vector<Notice>& out)
{
    if (notices.empty()) return;
    auto& times = isCritical ? critical_ : usual_;
    const auto most = static_cast<std::size_t>(isCritical ? limits_.mostCritical : limits_.mostUsual);
    const std::size_t room = most > times.size() ? most - times.size() : 0;
    if (room == 0) {
        for (auto& notice : notices) {
            if (waiting_.size() < mostHeld) waiting_.push_back(std::move(notice));
            else ++stormCount_;
        }
        return;
    }
    // More than a few at one moment are one notice.
    if (notices.size() > std::min(room, limits_.mostAtOnce)) notices = {grouped(notices, now)};
    for (auto& notice : notices) {
        times.push_back(now);
        out.push_back(std::move(notice));
    }
}

Notice NoticeRules::stormNotice(Millis now, const std::string& agent) const
{
    Notice storm;
    storm.about = Notice::About::Storm;
    storm.key = "storm";
    storm.agent = agent;
    storm.at = now;
    storm.isCritical = true;
    storm.title = "More than " + std::to_string(limits_.stormAt) + " things a minute need a person";
    storm.text = "Single ones are not told until it is over; critical ones are told apart. The inbox has all of them.";
    return storm;
}

/// Begins with more than so many in a minute, and ends when a minute has fewer again.
void NoticeRules::takeStorm(std::size_t fresh, Millis now, std::vector<Notice>& out)
{
    for (std::size_t i = 0; i < fresh && i <= static_cast<std::size_t>(limits_.stormAt); ++i) came_.push_back(now);
    while (came_.size() > static_cast<std::size_t>(limits_.stormAt) + 1) came_.pop_front();
    const bool isOver = static_cast<int>(came_.size()) <= limits_.stormAt;
    if (!isStorm() && !isOver) {
        stormSince_ = now;
        stormCount_ = static_cast<int>(std::erase_if(waiting_, [](const auto& notice) { return !notice.isCritical; }));
        out.push_back(stormNotice(now, lastAgent_));
    } else if (isStorm() && isOver) {
        Notice end = stormNotice(now, lastAgent_);
        end.about = Notice::About::Resolved;
        end.isCritical = false;
        end.title = "The storm is over: " + std::to_string(stormCount_) + " were not told singly";
        end.text = "See all that waits with: handrail inbox";
        stormSince_ = 0;
        out.push_back(std::move(end));
    }
}

std::vector<Notice> NoticeRules::admit(std::vector<Notice> fresh, Millis now, bool isQuiet)
{
    forgetOld(now);
    std::vector<Notice> out;
    std::vector<Notice> usual;
    std::vector<Notice> critical;
    std::size_t counted = 0;
    for (auto& notice : fresh) {
        counted += notice.about == Notice::About::Handoff ? 1u : 0u;
        lastAgent_ = notice.agent;
        if (isRepeated(notice, now)) continue;
        if (isQuiet && !notice.isCritical) {
            if (held_.size() < mostHeld) held_.push_back(std::move(notice));
            else ++heldMore_;
            continue;
        }
        (notice.isCritical ? critical : usual).push_back(std::move(notice));
    }
    takeStorm(counted, now, out);
    for (auto& notice : std::exchange(waiting_, {})) (notice.isCritical ? critical : usual).push_back(std::move(notice));
    if (!isQuiet && !held_.empty()) {
        Notice night = grouped(std::exchange(held_, {}), now);
        if (heldMore_ > 0) night.text += "\nand " + std::to_string(std::exchange(heldMore_, 0)) + " more";
        night.title += " since the quiet hours began";
        usual.push_back(std::move(night));
    }
    speak(std::move(critical), true, now, out);
    if (isStorm()) stormCount_ += static_cast<int>(usual.size());
    else speak(std::move(usual), false, now, out);
    return out;
}

std::optional<Millis> NoticeRules::due() const
{
    std::optional<Millis> earliest;
    if (isStorm() && !came_.empty()) earliest = came_.front() + limits_.minute;
    for (const auto& notice : waiting_) {
        const auto& times = notice.isCritical ? critical_ : usual_;
        const Millis free = times.empty() ? 0 : times.front() + limits_.minute;
        if (!earliest || free < *earliest) earliest = free;
    }
    return earliest;
}

}  // namespace handrail::watch
