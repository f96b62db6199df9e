#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/watch/notice.h"

/// How often people are told: pure, notices in, notices out. Nobody is told the same twice in five minutes,
/// and nobody is told more than twenty things in a minute, whatever happens.
namespace handrail::watch {

struct NoticeLimits {
    Millis sameKey = 300'000;    ///< one notice a key in this time
    Millis minute = 60'000;
    int stormAt = 20;            ///< more than so many in a minute are a storm
    int mostUsual = 12;          ///< told in a minute
    int mostCritical = 6;        ///< told beside those; with the storm's begin and end they make twenty
    std::size_t mostAtOnce = 3;  ///< more in one look are told as one
};

/// What one notifier has told, and holds back.
class NoticeRules {
public:
    explicit NoticeRules(NoticeLimits limits = {}) : limits_(limits) {}

    /// Which of these are told now, and as what. During quiet hours only critical ones are; the others are
    /// told as one afterwards.
    std::vector<Notice> admit(std::vector<Notice> fresh, Millis now, bool isQuiet);

    /// When admit() has something to say without anything new; nullopt: never.
    std::optional<Millis> due() const;

    /// Whether something waits for the end of the quiet hours.
    bool isHolding() const { return !held_.empty(); }
    bool isStorm() const { return stormSince_ > 0; }

private:
    struct Told {
        Millis at = 0;
        int since = 0;  ///< how often it came up again since
    };

    bool isRepeated(Notice& notice, Millis now);
    void forgetOld(Millis now);
    void takeStorm(std::size_t fresh, Millis now, std::vector<Notice>& out);
    void speak(std::vector<Notice> notices, bool isCritical, Millis now, std::vector<Notice>& out);
    Notice stormNotice(Millis now, const std::string& agent) const;

    NoticeLimits limits_;
    std::map<std::string, Told> told_;
    std::deque<Millis> came_;      ///< of the last minute, at most as many as make a storm
    std::deque<Millis> usual_, critical_;
    std::vector<Notice> held_;     ///< for the end of the quiet hours
    std::size_t heldMore_ = 0;
    std::vector<Notice> waiting_;  ///< for room in the minute
    Millis stormSince_ = 0;
    int stormCount_ = 0;           ///< not told since it began
    std::string lastAgent_;
};

/// Whether a minute of the day lies within quiet hours, which may go over midnight; equal ends mean never.
bool isQuietAt(int minute, int from, int to);

}  // namespace handrail::watch
