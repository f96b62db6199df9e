#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"
#include "agentcore/replayed.h"

/// A run once more, from its journal alone. Pure: no store, no wire, no clock, so no effect leaves. What
/// happened to the run from outside is taken from the journal; what was chosen must be chosen again, by the
/// same fold() and next(), at the same instant and with the same data.
namespace handrail::replay {

/// Whether an event happened to its run from outside; all others are choices.
bool isFromOutside(const decide::Event& event);

/// Replays the events of one run in their order, to the line `until` (0: to the end), and stops at the
/// first difference. Safe with events that others have made: a choice is only taken in when it was chosen
/// here, too.
Replayed replay(const Definition& definition, const std::vector<decide::Event>& events, Seq until = 0);

/// The same to the end, for long journals: `goesOn` is asked now and then with the number of lines that are behind.
/// Nothing when it has said no.
std::optional<Replayed> replayWhile(const Definition& definition, const std::vector<decide::Event>& events,
                                    const std::function<bool(std::size_t)>& goesOn);

/// Where a run stood after each of its lines, asked for in any order: what was replayed once is not replayed again
/// for its neighbours. The definition and the events must outlive it.
class Instants {
public:
    Instants(const Definition& definition, const std::vector<decide::Event>& events) : def_(definition), events_(events) {}
    /// After line `seq`; where a line up to there is decided otherwise now, what differs and the instant before it.
    /// It names no lines.
    Replayed at(Seq seq);

    /// A place that a replay can go on from.
    struct Stand {
        std::size_t at = 0;  ///< lines behind it
        decide::RunState state;
    };

private:
    const Definition& def_;
    const std::vector<decide::Event>& events_;
    std::vector<Stand> stands_;
};

/// Where a run stands after an event, and why.
ReplayMoment momentOf(const Definition& definition, const decide::RunState& state, const decide::Event& last);

/// An event as a replay shows it: {event, step, attempt, time, data}.
Json shapeOf(const decide::Event& event);

}  // namespace handrail::replay
