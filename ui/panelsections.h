#pragma once

#include <limits>

#include "agentcore/types.h"
#include "ui/parts.h"

/// The sections of a handoff, each made from its detail; null when there is nothing to say.
namespace handrail::ui {

Section* questionSection(const HandoffDetail& handoff, QWidget* parent);
Section* whySection(const HandoffDetail& handoff, QWidget* parent);
Section* doubtSection(const HandoffDetail& handoff, Millis now, QWidget* parent);
Section* executedSection(const HandoffDetail& handoff, QWidget* parent);
Section* failingSection(const HandoffDetail& handoff, QWidget* parent);
/// The journal's last lines, and the trace by which the services' own logs are found. The handoff must outlive it.
Section* logSection(const HandoffDetail& handoff, QWidget* parent);
Section* suggestionSection(const HandoffDetail& handoff, QWidget* parent);
Section* undoSection(const HandoffDetail& handoff, Millis now, QWidget* parent);
Section* inputSection(const HandoffDetail& handoff, QWidget* parent);

/// Everything about a handoff as text, for a file; for a view that cuts it, `enough` letters are enough.
QString rawOf(const HandoffDetail& handoff, qsizetype enough = std::numeric_limits<qsizetype>::max());

/// The badges of its header.
QWidget* badgeRow(const HandoffDetail& handoff, QWidget* parent);

/// Whether the core says that what is asked for could not be taken back.
bool isForGood(const HandoffDetail& handoff);

}  // namespace handrail::ui
