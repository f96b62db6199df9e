#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/definition/definition.h"
#include "agentcore/drilled.h"

/// What the journals of a drill prove. Pure: the runs are over when they are judged.
namespace handrail::replay {

/// One run's journal, from its beginning.
using Journal = std::vector<decide::Event>;

/// The failures of a drill, as "inject" of a definition has them: its own, or, when it has none, three in ten
/// calls of every tool, of all kinds. With a seed, each tool's draws begin from it.
Json injectionFor(const Definition& definition, std::optional<std::uint64_t> seed);

/// Every line of a drill's report, each with what was expected and what was seen. The definition is the one
/// that ran, with its failures in it.
std::vector<DrillLine> judgeDrill(const Definition& definition, const std::vector<Journal>& journals);

/// How often each tool failed on purpose, by kind.
std::map<std::string, std::map<std::string, int>> injectedIn(const std::vector<Journal>& journals);
/// A run as it stands at the end of its journal.
DrilledRun drilledRun(const Definition& definition, const Journal& journal);

}  // namespace handrail::replay
