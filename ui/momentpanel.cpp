#include "ui/momentpanel.h"

#include <algorithm>

#include <QVBoxLayout>

#include "models/replaymodel.h"
#include "ui/foreigntext.h"
#include "ui/planstrip.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

PlainLabel* heading(const QString& text, QWidget* parent) { return new PlainLabel(text, Tone::Muted, -1, true, parent); }

}  // namespace

MomentPanel::MomentPanel(QWidget* parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("moment"));
    setAccessibleName(tr("Where the run stood"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body_ = new Page(this);
    column_ = new QVBoxLayout(body_);
    column_->setContentsMargins(space(3), space(2), space(3), space(3));
    column_->setSpacing(space(1));
    title_ = new PlainLabel({}, Tone::Text, 1, true, body_);
    title_->setObjectName(QStringLiteral("momentTitle"));
    behind_ = new PlainLabel({}, Tone::Danger, 0, false, body_);
    decision_ = new PlainLabel({}, Tone::Text, 0, false, body_);
    decision_->setObjectName(QStringLiteral("momentDecision"));
    decision_->setMonospace(true);
    rule_ = new PlainLabel({}, Tone::Text, 0, false, body_);
    rule_->setObjectName(QStringLiteral("momentRule"));
    state_ = new PlainLabel({}, Tone::Text, 0, true, body_);
    state_->setObjectName(QStringLiteral("momentState"));
    error_ = new PlainLabel({}, Tone::Danger, 0, false, body_);
    planText_ = heading({}, body_);
    planPlace_ = new QWidget(body_);
    auto* place = new QVBoxLayout(planPlace_);
    place->setContentsMargins(0, 0, 0, 0);
    raw_ = new Section(tr("Raw"), body_);
    rawText_ = new PlainLabel({}, Tone::Text, -1, false, raw_);
    rawText_->setMonospace(true);
    rawText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    raw_->add(rawText_);
    raw_->setOpen(false);
    column_->addWidget(title_);
    column_->addWidget(behind_);
    column_->addWidget(heading(tr("Journal line"), body_));
    column_->addWidget(decision_);
    column_->addWidget(heading(tr("Decided by"), body_));
    column_->addWidget(rule_);
    column_->addWidget(heading(tr("State"), body_));
    column_->addWidget(state_);
    column_->addWidget(error_);
    column_->addWidget(heading(tr("Budget"), body_));
    column_->addWidget(makeBudget());
    column_->addWidget(planText_);
    column_->addWidget(planPlace_);
    column_->addWidget(raw_);
    column_->addStretch(1);
    setWidget(body_);
    clear();
}

QWidget* MomentPanel::makeBudget()
{
    auto* box = new QWidget(body_);
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space(1));
    time_ = new QProgressBar(box);
    time_->setTextVisible(false);
    time_->setAccessibleName(tr("Running time used"));
    timeText_ = new PlainLabel({}, Tone::Text, 0, false, box);
    timeText_->setObjectName(QStringLiteral("momentTime"));
    stepText_ = new PlainLabel({}, Tone::Text, 0, false, box);
    stepsText_ = new PlainLabel({}, Tone::Text, 0, false, box);
    stepsText_->setObjectName(QStringLiteral("momentSteps"));
    retriesText_ = new PlainLabel({}, Tone::Text, 0, false, box);
    retriesText_->setObjectName(QStringLiteral("momentRetries"));
    modelsText_ = new PlainLabel({}, Tone::Text, 0, false, box);
    for (QWidget* widget : {static_cast<QWidget*>(timeText_), static_cast<QWidget*>(time_), static_cast<QWidget*>(stepText_), static_cast<QWidget*>(stepsText_),
                            static_cast<QWidget*>(retriesText_), static_cast<QWidget*>(modelsText_)}) {
        rows->addWidget(widget);
    }
    return box;
}

void MomentPanel::setBudget(const ReplayMoment& moment)
{
    const Millis limit = std::max<Millis>(1, moment.run.runLimitMs);
    timeText_->setText(tr("Time: %1 left of %2").arg(spanText(moment.runLeft), spanText(moment.run.runLimitMs)));
    time_->setRange(0, 1000);
    time_->setValue(static_cast<int>(1000 - std::clamp<Millis>(moment.runLeft, 0, limit) * 1000 / limit));
    stepText_->setText(tr("This step: %1 left").arg(spanText(moment.stepLeft)));
    stepsText_->setText(tr("Steps: %1 left of %2").arg(moment.stepsLeft).arg(moment.run.stepLimit));
    retriesText_->setText(tr("Retries: %1 left, %2 made").arg(moment.retriesLeft).arg(moment.run.retries));
    const QString use = models::modelUseText(moment.run);
    modelsText_->setVisible(!use.isEmpty());
    modelsText_->setText(tr("Models: %1").arg(use));
}

/// The strip is made anew only where a step has changed, so that an open step stays open while one walks along.
void MomentPanel::setPlan(const ReplayMoment& moment)
{
    planText_->setText(tr("Plan: %1").arg(planSummary(moment.run.plan)));
    if (plan_ && shown_ == moment.run.plan) return;
    const QString open = plan_ ? plan_->selected() : QString();
    delete plan_;
    shown_ = moment.run.plan;
    plan_ = new PlanStrip(shown_, moment.run.summary.step, planPlace_);
    planPlace_->layout()->addWidget(plan_);
    if (!open.isEmpty()) plan_->select(open);
}

void MomentPanel::setMoment(const ReplayMoment& moment, const JournalLine& line, Millis began, const QString& behind)
{
    body_->show();
    title_->setText(tr("Line %1 · %2 · %3", "line 7 · +1.2 s · the instant").arg(QString::number(line.seq), models::sinceText(line.time - began), instantText(line.time)));
    behind_->setText(behind);
    behind_->setVisible(!behind.isEmpty());
    decision_->setText(foreign(moment.decision));
    const bool isGiven = moment.rule.empty();
    rule_->setText(isGiven ? tr("It came from outside or follows by itself: no rule had to choose.") : foreign(moment.rule));
    rule_->setTone(isGiven ? Tone::Muted : Tone::Text);
    const auto& summary = moment.run.summary;
    const QString at = summary.step.empty() ? QString() : tr(", at %1").arg(foreignLine(summary.step));
    state_->setText(models::stateText(summary.status) + at);
    error_->setVisible(summary.error.has_value());
    if (summary.error) error_->setText(foreign(summary.error->code + ": " + summary.error->message));
    setBudget(moment);
    setPlan(moment);
    rawText_->setText(foreign(dump(line.data, 2)));
}

void MomentPanel::clear() { body_->hide(); }

}  // namespace handrail::ui
