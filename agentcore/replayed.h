#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// What a replay shows: plain values, for every front end.
namespace handrail {

/// One line of a journal, as the replay went over it.
struct ReplayedLine {
    JournalLine line;
    std::string verdict;  ///< "given" it came from outside, "same" it was chosen again, "differs"
};

/// The first place where a journal and what is decided now are not the same (W112).
struct ReplayDifference {
    Seq seq = 0;          ///< the line; 0: behind the last one
    std::string message;  ///< a plain sentence
    Json journal;         ///< {event, step, attempt, …} as it was written; null: nothing was decided there
    Json now;             ///< as it is decided now; null: nothing
    Code code;            ///< W112
};

/// Where a run stood after one line.
struct ReplayMoment {
    Seq seq = 0;
    Millis time = 0;
    RunDetail run;
    Millis runLeft = 0;   ///< running time, in milliseconds
    Millis stepLeft = 0;  ///< of the step at work; that of a whole step when none is
    int stepsLeft = 0;
    int retriesLeft = 0;
    std::string decision; ///< the line as readable text
    std::string rule;     ///< the rule that made it, in words; empty for what came from outside
};

struct Replayed {
    std::vector<ReplayedLine> lines;
    std::optional<ReplayDifference> differs;  ///< nothing: every decision is the same
    ReplayMoment moment;                      ///< after the last line that was replayed
};

/// A line of two time lines side by side: as it was, and as it would have been.
struct WhatIfLine {
    std::optional<JournalLine> journal;
    std::optional<JournalLine> now;   ///< seq 0 where the journal has no such line
    std::string mark;                 ///< "same", "changed", "only journal", "only now"
};

/// What a run would have come to with one thing changed.
struct WhatIf {
    std::vector<WhatIfLine> lines;
    std::string stopped;              ///< why it is not known how it goes on; empty: it is known to its end
    std::vector<std::string> assumed; ///< what was taken for granted about the world outside of the run
    ReplayMoment moment;              ///< where the run then stands
};

}  // namespace handrail
