#pragma once

#include "agentcore/decide/runstate.h"

namespace handrail::decide {

/// The part of fold() that concerns a call: Intent, Dispatched, Answered, Lost, Judged, Waiting.
void foldCall(RunState& state, const Event& event);

/// The part that concerns an undo: UndoStarted, EffectUndone, UndoEnded.
void foldUndo(RunState& state, const Event& event);

}  // namespace handrail::decide
