#pragma once

#include <QString>

#include "agentcore/types.h"

namespace handrail::models {

/// A state as a glyph and a word, so that colour is never all that tells it.
QString stateText(RunStatus status);
/// "1.2 s", "3 min 4 s": a span of milliseconds.
QString spanText(Millis span);
/// The exact instant in the user's own time and format.
QString instantText(Millis instant);

}  // namespace handrail::models
