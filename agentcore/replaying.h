#pragma once

#include <string>

#include "agentcore/replayed.h"

/// Replays for front ends. Reads a store beside a running program and never writes into it; no effect leaves:
/// what replays has neither a wire nor a store (agentcore/replay).
namespace handrail {

/// Replays a run of the store in `folder` to the line `until` (0: to its end). A difference is part of the
/// answer. U105: there is no such store or run. R103: its journal or its definition cannot be read.
Outcome<Replayed> replayRun(const std::string& folder, const RunId& run, Seq until = 0);

}  // namespace handrail
