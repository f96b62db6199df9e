#pragma once

#include <optional>
#include <string>

#include <QString>

#include "agentcore/types.h"
#include "models/words.h"
#include "ui/parts.h"

/// Times, money and states in the operator's words.
namespace handrail::ui {

using models::instantText;
using models::spanText;

/// "4:12 left", "2 h 05 min left", or that it ran out.
QString countdownText(Millis left);
/// "2 min ago", "just now".
QString agoText(Millis ago);

/// A number's text with its thousands apart, as the operator's locale does it; other text unchanged.
QString grouped(const QString& number);
/// A value in one piece: text as it is, everything else as JSON. Foreign, made safe.
QString valueText(const Json& value);
/// The same without making it safe, for comparing.
QString rawText(const Json& value);

/// The amount with its currency ("1,240.00 EUR"); empty when there is none.
QString moneyOf(const std::vector<Argument>& typed);
/// The first typed value with that role.
const Argument* typedWith(const std::vector<Argument>& typed, const char* role);

struct Mark {
    QString glyph;
    QString word;
    Tone tone = Tone::Muted;
};
Mark markOf(StepStatus status);
Mark markOf(Risk risk);
Mark markOf(Effect effect);
Mark markOf(HandoffKind kind);

QString shortKey(const std::string& key);
/// So many letters at most, the last one an ellipsis where there were more.
QString shortened(const QString& text, qsizetype most);
/// "1 record", "12 records".
QString recordsText(std::size_t count);

}  // namespace handrail::ui
