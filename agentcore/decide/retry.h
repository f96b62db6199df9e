#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/types.h"

/// The retry decision table: what one failed attempt of one call means. Pure: no clock, no draw of its
/// own, no state. Three families of answers: send again, stop, or in doubt.
namespace handrail::decide {

enum class Verdict {
    Done,      ///< it happened and its result is known
    Retry,     ///< send the same request again, after a wait
    Refused,   ///< surely not applied; the step fails
    Unknown,   ///< may have been applied: verify, else a person
    Happened,  ///< applied, but its result is unusable: verify, never send again
    Stop       ///< our own defect: the run stops
};
std::string word(Verdict verdict);
std::optional<Verdict> verdictFrom(const std::string& word);

/// When a person is told of a failure, even one that is retried.
enum class Told { No, Yes, AtOnce, IfRepeated };

/// One cell of the table.
struct Cell {
    Verdict verdict = Verdict::Refused;
    int most = 0;             ///< attempts in all; 0: as the tool's rule says
    bool onlyUnsent = false;  ///< the verdict holds only where no byte left; else Unknown
};

/// One row: a condition and what it means for each kind of call.
struct Row {
    std::string condition;    ///< codes, with `x` for any digit: "T103", "T52x"
    Cell read;
    Cell keyed;
    Cell unkeyed;             ///< write_verifiable and write_blind
    Told told = Told::Yes;
    bool isSecurity = false;  ///< also goes to the security log
};

/// The whole table, in the order in which it is searched. The last row is X000 and fits everything.
const std::vector<Row>& retryTable();
const Row& rowFor(const Code& code);

/// What is known when an attempt has ended.
struct Attempted {
    Code code;                ///< empty: a usable result
    Effect effect = Effect::WriteBlind;
    bool notSent = false;     ///< the wire proved that no byte left
    int attempt = 1;
    int sameCode = 1;         ///< how often this code has come in this step, this one included
    Millis keyAge = 0;        ///< since the key's first use
    bool sameReplyTwice = false;  ///< a keyed call got the same stored failure again
    bool shedsLoad = false;
};

struct Choice {
    Verdict verdict = Verdict::Refused;
    std::string row;   ///< the condition of the row that decided
    std::string why;   ///< a sentence for the time line
};
Choice decideRetry(const Attempted& attempted, const Tool& tool, int repeats);

/// The wait before attempt n+1: `draw` is uniform in [0, 1); `floor` what the server asked for.
Millis backoff(const RetryRule& rule, int attempt, double draw, Millis floor);

}  // namespace handrail::decide
