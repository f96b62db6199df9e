#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/watch/notice.h"

/// What of many single failures deserves a look by itself. Pure: committed events in, notices out.
namespace handrail::watch {

struct AlertLimits {
    Millis window = 300'000;
    int spike = 10;          ///< more than so many of one failure in the window
    double share = 0.2;      ///< or this share of failures…
    int leastCalls = 20;     ///< …of at least so many calls in the window…
    double overBase = 3;     ///< …and so many times the day's own share
    int retriesOfRun = 3;    ///< more than so many in one run
    int runsCompared = 20;   ///< retries a run of the latest so many, against all before…
    double retriesTimes = 2; ///< …have grown so many times
};

/// One alert that stands.
struct OpenAlert {
    std::string agent;
    std::string title;
    Millis since = 0;
};

class AlertBook {
public:
    explicit AlertBook(AlertLimits limits = {}) : limits_(limits) {}

    /// Takes an event in, with its run's story after it; what is to be told because of it.
    std::vector<Notice> feed(const RunStory& story, const decide::Event& event);
    /// What is over by now.
    std::vector<Notice> tick(Millis now);
    /// When something may be over; nullopt while nothing stands.
    std::optional<Millis> due() const;

    const std::map<std::string, OpenAlert>& open() const { return open_; }

private:
    static constexpr std::size_t parts = 10;  ///< of the window

    struct Share {
        std::int64_t calls = 0;
        std::int64_t errors = 0;
    };
    struct AgentBook {
        std::map<Code, std::deque<Millis>> failures;  ///< the latest of each, one more than make a spike
        std::array<Share, parts> recent;
        std::int64_t part = 0;       ///< number of the newest part
        std::int64_t day = 0;
        Share today;
        std::deque<int> lastRuns;    ///< retries of the runs that ended last
        std::int64_t runsBefore = 0;
        std::int64_t retriesBefore = 0;
    };

    void advance(AgentBook& book, Millis now) const;
    Share inWindow(const AgentBook& book) const;
    bool isSharp(const AgentBook& book) const;
    void onCall(const RunStory& story, const decide::Event& event, std::vector<Notice>& out);
    void onEnd(const RunStory& story, const decide::Event& event, std::vector<Notice>& out);
    void raise(const std::string& key, const RunStory& story, const decide::Event& event, const std::string& title,
               const std::string& text, std::vector<Notice>& out);
    void resolve(const std::string& key, Millis now, std::vector<Notice>& out);

    AlertLimits limits_;
    std::map<std::string, AgentBook> agents_;
    std::map<std::string, OpenAlert> open_;
};

}  // namespace handrail::watch
