#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/finding.h"
#include "agentcore/definition/definition.h"
#include "agentcore/watch/logline.h"

/// What comes up again over runs and restarts: counts by agent, step, tool, code and target, texts left out.
/// Pure: committed events in, tickets out.
namespace handrail::watch {

struct RepeatLimits {
    Millis updateEvery = 10'000;  ///< a ticket counts up no oftener
    Millis minute = 60'000;
    int stormAt = 20;             ///< more tickets than so many in a minute are a storm
};

class Repeats {
public:
    explicit Repeats(RepeatLimits limits = {}) : limits_(limits) {}

    /// Takes an event in. How many in how long make a ticket, the definition says.
    void feed(const Definition& definition, const RunStory& story, const decide::Event& event);

    /// Tickets to be filed, or counted up, by now.
    std::vector<decide::Finding> take(Millis now);
    /// When take() has something to say without another event; nullopt: never.
    std::optional<Millis> due() const;

    /// The cause that a run's own ticket for the same failure has, by a finding's key.
    static std::string causeOf(const decide::Finding& finding);

private:
    struct Entry {
        decide::Finding finding;
        std::deque<Millis> times;  ///< of the latest, as many as make a ticket
        int least = 3;
        Millis window = 600'000;
        int inAll = 0;             ///< since the window was last empty
        int filed = 0;             ///< as it was told last; 0: not yet
        Millis filedAt = 0;
        Millis crossedAt = 0;
    };

    void countTicket(const decide::Event& asked);
    bool isDue(const Entry& entry, Millis now) const;
    void forget(Millis now);

    RepeatLimits limits_;
    std::map<std::string, Entry> entries_;
    std::deque<Millis> tickets_;  ///< of the last minute, at most as many as make a storm
    Entry storm_;
};

}  // namespace handrail::watch
