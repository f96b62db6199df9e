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
    std::vector<std::string> masked;   ///< rules, see masked()
};

/// The file's text. U109 it is larger than a bundle may be; U107 a line or the definition holds what looks like
/// a credential (`where` names it; it can be masked).
Outcome<std::string> bundleText(const Bundle& bundle);

/// Trusts nothing: U109 too large or too deep, U102 no bundle, another version, a wrong checksum, a line that
/// is not as lines are.
Outcome<Bundle> readBundle(std::string_view text);

/// The same bundle with values masked wherever they stand: in the run's input, in what services and models answered,
/// in what persons changed and said. Every choice is made again from them, so that it replays. A rule is a JSON
/// Pointer into one of those documents ("/buyer/email", "/items/*/email") or a name that is masked wherever it stands
/// ("email", "who"). A value of four characters or more is also taken out of longer texts. U105: nothing stands there;
/// U102: with the value masked the run would have gone another way; U107: it stands where it cannot be masked.
Outcome<Bundle> masked(const Definition& definition, const Bundle& bundle, const std::vector<std::string>& rules);

/// Whether a text can be the id of a run: it may become a file's name.
bool isRunId(std::string_view text);

}  // namespace handrail::replay
