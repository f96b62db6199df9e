#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/types.h"

/// The retry decision table: what one failed attempt means for each kind of call. Plain data, the same
/// that the runtime decides by; `handrail check --table` prints it and a definition may extend it.
namespace handrail {

enum class Verdict {
    Done,      ///< it happened and its result is known
    Retry,     ///< send the same request again, after a wait
    Poll,      ///< taken up: ask for its state, never send it again
    Refused,   ///< surely not applied; the step fails
    Unknown,   ///< may have been applied: verify, else a person
    Happened,  ///< applied, but its result is unusable: verify, never send again
    Stop       ///< our own defect: the run stops
};
std::string word(Verdict verdict);
template <>
std::optional<Verdict> fromWord(const std::string& word);

/// When a person is told of a failure, even one that is retried.
enum class Told { No, Yes, AtOnce, IfRepeated };
std::string word(Told told);

/// One cell of the table.
struct Cell {
    Verdict verdict = Verdict::Refused;
    int most = 0;             ///< attempts in all; 0: as the tool's rule says
    bool onlyUnsent = false;  ///< the verdict holds only where no byte left; else Unknown

    /// Whether a call that ends like this may have acted.
    bool leavesDoubt() const
    {
        return verdict == Verdict::Unknown || verdict == Verdict::Happened || verdict == Verdict::Poll || onlyUnsent;
    }
};

/// One row: a condition and what it means for each kind of call.
struct Row {
    std::string condition;    ///< codes, with `x` for any digit: "T103", "T52x"
    Cell read;
    Cell keyed;
    Cell unkeyed;             ///< write_verifiable and write_blind
    Told told = Told::Yes;
    bool isSecurity = false;  ///< also goes to the security log

    const Cell& cell(Effect effect) const;
};

/// The whole table, in the order in which it is searched. The last row is X000 and fits everything.
const std::vector<Row>& retryTable();
const Row& rowFor(const Code& code);

/// Why a definition may not say this of a code; nullopt when it may. A rule of a definition makes a
/// write stricter, never laxer: no doubt becomes a refusal, nothing without a key is sent again.
std::optional<std::string> objectionTo(const Code& code, Effect effect, Verdict verdict);

}  // namespace handrail
