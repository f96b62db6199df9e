#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/definition/definition.h"

/// A run in one file, to be replayed elsewhere: versioned, checksummed, bounded. Pure: texts in, texts out.
/// Form: {"handrail_bundle": 1, "program", "run", "definition", "lines": [{seq, time, step, attempt, event, data,
/// hash}], "masked": [pointer], "sha256"}; the checksum is over the canonical text of all other members.
namespace handrail::replay {

inline constexpr int bundleVersion = 1;
inline constexpr std::size_t mostBundleBytes = std::size_t(64) << 20;

struct Bundle {
    RunId run;
    std::string program;               ///< version of the program that wrote it
    Json definition;
    std::vector<decide::Event> events;
    std::vector<std::string> hashes;   ///< of each line in the store that it is from; empty where values are masked
    std::vector<std::string> masked;   ///< JSON Pointers
};

/// The file's text. U109 it is larger than a bundle may be; U107 a line or the definition holds what looks like
/// a credential (`where` names it; it can be masked).
Outcome<std::string> bundleText(const Bundle& bundle);

/// Trusts nothing: U109 too large or too deep, U102 no bundle, another version, a wrong checksum, a line that
/// is not as lines are.
Outcome<Bundle> readBundle(std::string_view text);

/// The same bundle with values masked in the run's input and in what services answered, and every choice made
/// again from them, so that it replays. Pointers lead into the input or a result ("/email", "/buyer/name"). U105:
/// nothing stands there; U102: with the value masked the run would have gone another way.
Outcome<Bundle> masked(const Definition& definition, const Bundle& bundle, const std::vector<std::string>& pointers);

/// Whether a text can be the id of a run: it may become a file's name.
bool isRunId(std::string_view text);

}  // namespace handrail::replay
