#pragma once

#include <QString>

#include "agentcore/types.h"

namespace handrail::ui {

/// What a person types again before something risky is approved: the amount, else the recipient,
/// else the step's word.
struct Repeat {
    bool isAmount = false;
    QString name;      ///< "amount", "recipient", "word"
    QString shown;     ///< as it stands on the screen
    QString raw;       ///< as it is sent
    QString currency;
    std::string pointer;  ///< where it stands in the arguments; empty for the word

    bool matches(const QString& typed) const;
};
Repeat repeatOf(const HandoffDetail& handoff);
bool needsRepeat(const HandoffDetail& handoff);

}  // namespace handrail::ui
