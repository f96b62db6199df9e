#pragma once

#include <string>
#include <vector>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// The calls of a run, read out of its journal: each intent with its attempts and what was made of them.
namespace handrail::replay {

struct DrillTry {
    Millis limit = 0;
    Millis sentAt = 0;
    Millis answeredAt = 0;  ///< 0: no answer is in the journal
    std::string phase;      ///< "not_sent", "maybe_sent", "answered"
    Code code;              ///< empty when it answered well
    std::string injection;  ///< how it failed on purpose; empty: it did not
    bool afterProof = false;  ///< sent once more because a read had proved that it had not happened

    /// Whether its request really left: what is injected stands in the wire's place, but for a slow reply.
    bool hasLeft() const;
    /// Whether, by what was seen of it, it may have acted.
    bool mayHaveActed() const;
};

struct DrillCall {
    std::string step;
    std::string tool;
    std::string purpose;
    std::string key;       ///< empty for reads
    std::string digest;    ///< over tool and arguments; empty for reads
    std::vector<DrillTry> tries;
    std::string verdict;   ///< the last one
    Code code;             ///< that the last verdict named
};

/// In the order in which they were made.
std::vector<DrillCall> callsOf(const std::vector<decide::Event>& journal);

}  // namespace handrail::replay
