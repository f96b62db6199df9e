#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// What a failure drill shows: plain values, for every front end.
namespace handrail {

/// "Not met" is said of what no failure of the drill came upon: it was not tried out, so it did not pass.
enum class DrillVerdict { Pass, Fail, NotMet };

inline const char* word(DrillVerdict verdict)
{
    switch (verdict) {
    case DrillVerdict::Pass: return "pass";
    case DrillVerdict::Fail: return "fail";
    case DrillVerdict::NotMet: return "not met";
    }
    return "";
}

/// One thing that a drill looks at.
struct DrillLine {
    std::string id;        ///< "retries"
    std::string what;      ///< "Retries stop at the limit"
    std::string expected;  ///< in a sentence
    std::string seen;      ///< counted from the journals, in a sentence
    DrillVerdict verdict = DrillVerdict::NotMet;
};

/// One run of a drill, as it stood when the drill left it.
struct DrilledRun {
    RunSummary summary;
    int injected = 0;  ///< calls that failed, or were slow, on purpose
    std::string journal;  ///< the name of the file that keeps it as a bundle; empty: it was let go
    std::string sha256;   ///< of that file
    std::string notKept = {};  ///< why there is no such file although it was wanted: "U107: …"
};

struct DrillReport {
    std::string agent;
    std::string version;
    std::string environment;
    std::string definition;  ///< digest of the definition as it is written
    std::string program;     ///< "handrail 1.2.3"
    std::string who;
    Millis began = 0;
    Millis ended = 0;
    Json input;
    Json inject;             ///< what was injected, as "inject" of a definition has it
    bool isOwn = false;      ///< the definition's own `inject`; else the default
    std::vector<std::string> endpoints;  ///< what the tools call: addresses and programs, secrets left out
    std::map<std::string, std::map<std::string, int>> injected;  ///< by tool and kind
    std::vector<DrilledRun> runs;
    std::vector<DrillLine> lines;

    int count(DrillVerdict verdict) const
    {
        int found = 0;
        for (const auto& line : lines) found += line.verdict == verdict ? 1 : 0;
        return found;
    }
    bool passes() const { return count(DrillVerdict::Fail) == 0; }
};

/// What is kept of the last drill of an agent, beside the store.
struct DrillNote {
    std::string definition;  ///< digest of the definition that was drilled
    Millis at = 0;           ///< when it ended
    int runs = 0;
    int passed = 0;
    int failed = 0;
    int notMet = 0;
    std::string who;
};

}  // namespace handrail
