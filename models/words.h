#pragma once

#include <map>
#include <string>

#include <QString>

#include "agentcore/types.h"

namespace handrail::models {

/// One line of what tools, models and users wrote, with nothing in it that is not seen: for lists, and for whoever has it read out.
QString shownText(const std::string& text);
/// A state as a glyph and a word, so that colour is never all that tells it.
QString stateText(RunStatus status);
/// "850 ms", "1.2 s", "3 min 05 s", "1 h 02 min".
QString spanText(Millis span);
/// One of the counts that Reader::counts() gives; 0 where there is none.
int countOf(const std::map<std::string, int>& counts, const char* name);
/// What models were asked for a run: "1,240 tokens, 0.0021 USD"; empty where none said how much it was.
QString modelUseText(const RunDetail& run);
/// The exact instant in the operator's zone and locale; empty for none.
QString instantText(Millis instant);

}  // namespace handrail::models
