#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agentcore/definition/definition.h"
#include "agentcore/retrytable.h"
#include "agentcore/types.h"

/// What one failed attempt of one call means, by the table of retrytable.h. Pure: no clock, no draw of
/// its own, no state. Three families of answers: send again, stop, or in doubt.
namespace handrail::decide {

inline constexpr int mostRetries = 20;  ///< of one run

/// What is known when an attempt has ended.
struct Attempted {
    Code code;                ///< empty: a usable result
    Effect effect = Effect::WriteBlind;
    bool notSent = false;     ///< the wire proved that no byte left
    bool unanswered = false;  ///< a byte left, and no whole reply came back
    int attempt = 1;
    int sameCode = 1;         ///< how often this code has come in this step, this one included
    Millis keyAge = 0;        ///< since the key's first use
    bool sameReplyTwice = false;  ///< a keyed call got the same stored failure again
    bool shedsLoad = false;
    bool canPoll = false;     ///< the reply says where its state can be read
    Code inner;               ///< T606, T611: the code that the error inside names, if any
};

struct Choice {
    Verdict verdict = Verdict::Refused;
    std::string_view row;  ///< the condition of the row that decided; lives as long as the program
    std::string_view why;  ///< a sentence for the time line; lives as long as the program
};
Choice decideRetry(const Attempted& attempted, const Tool& tool, int repeats);

/// Whether this attempt may have acted on the world, whatever is to be done about it.
bool mayHaveActed(const Attempted& attempted);

/// Whether a provider may have forgotten a key of this age: its lifetime less a tenth.
bool isKeyTooOld(const Tool& tool, Millis age);

/// The wait before attempt n+1: `draw` is uniform in [0, 1); `floor` what the server asked for.
Millis backoff(const RetryRule& rule, int attempt, double draw, Millis floor);

}  // namespace handrail::decide
