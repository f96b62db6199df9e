#include "ui/tooldetail.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "models/words.h"
#include "ui/foreigntext.h"

namespace handrail::ui {
namespace {

enum Fact { Call, Does, TimeOut, Attempts, Gate, StandsIn, Calls, HostIs, HostLimits, Facts };

QString attemptWords(const ToolView& tool)
{
    if (tool.attempts == 1) return ToolDetail::tr("one, never again");
    return ToolDetail::tr("up to %1, waiting %2 at first and %3 at most")
        .arg(QString::number(tool.attempts), models::spanText(tool.base), models::spanText(tool.cap));
}

QString gateWords(const ToolView& tool)
{
    if (tool.gate.empty()) return ToolDetail::tr("none: nobody is asked");
    QString words = foreignLine(tool.gate);
    if (tool.fourEyes) words += ToolDetail::tr(", two people must agree");
    if (tool.hold > 0) words += ToolDetail::tr(", can be stopped for %1").arg(models::spanText(tool.hold));
    if (tool.critical) words += ToolDetail::tr(", critical");
    return words;
}

QString callWords(const models::ToolRow& row)
{
    if (row.calls == 0) return ToolDetail::tr("none in the last seven days");
    return ToolDetail::tr("%1 of %2 failed in the last seven days, %3 each")
        .arg(QLocale().toString(static_cast<qlonglong>(row.errors)), QLocale().toString(static_cast<qlonglong>(row.calls)),
             models::spanText(row.tookMs / row.calls));
}

}  // namespace

ToolDetail::ToolDetail(QWidget* parent) : QWidget(parent), rules_(this)
{
    setMinimumWidth(300);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* page = new QWidget(area);
    title_ = new PlainLabel({}, Tone::Text, 2, true, this);
    about_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    facts_ = new QWidget(this);
    grid_ = new QGridLayout(facts_);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space(4));
    grid_->setVerticalSpacing(space(1) + 2);
    grid_->setColumnStretch(1, 1);
    for (const auto& name : {tr("Call"), tr("Effect"), tr("Time-out"), tr("Attempts"), tr("Gate"), tr("Fallback"), tr("Calls"), tr("Host"), tr("Host's limits")}) {
        addFact(name);
    }
    isolate_ = new QPushButton(this);
    isolate_->setObjectName(QStringLiteral("isolate"));
    rulesTitle_ = new PlainLabel(tr("What a failure means for it"), Tone::Text, 0, true, this);
    table_ = new Table(&rules_, tr("What a failure means for this tool"), this);
    table_->setWidths({27, -1});
    table_->setTextElideMode(Qt::ElideRight);
    table_->setMinimumHeight(rowPixels() * 6);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space(4), space(3), space(3), 0);
    column->setSpacing(space(2));
    column->addWidget(title_);
    column->addWidget(about_);
    column->addWidget(facts_);
    column->addWidget(isolate_, 0, Qt::AlignLeft);
    column->addSpacing(space(2));
    column->addWidget(rulesTitle_);
    column->addWidget(table_, 1);
    area->setWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    connect(isolate_, &QPushButton::clicked, this, [this] {
        if (row_) Q_EMIT isolateWanted(QString::fromStdString(row_->tool.host), !row_->isIsolated());
    });
    setTool(std::nullopt);
}

void ToolDetail::addFact(const QString& name)
{
    auto* label = new PlainLabel(name, Tone::Muted, 0, false, facts_);
    label->setOneLine(true);
    auto* value = new PlainLabel({}, Tone::Text, 0, false, facts_);
    const int row = static_cast<int>(values_.size());
    grid_->addWidget(label, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row, 1);
    values_.append(value);
}

QString ToolDetail::hostWords(const models::ToolRow& row) const
{
    QString words = foreignLine(models::originText(row.tool.host).toStdString()) + u'\n' + models::breakerText(row.host);
    if (!row.host) return words;
    if (row.isIsolated()) return words + tr(" by %1: %2").arg(foreignLine(row.host->who), foreignLine(row.host->reason));
    if (row.host->openUntil > 0) words += tr(", until %1").arg(models::instantText(row.host->openUntil));
    return words + tr(", %n calls under way", nullptr, row.host->inFlight);
}

void ToolDetail::setFacts(const models::ToolRow& row)
{
    const ToolView& tool = row.tool;
    values_[Call]->setText(foreignLine(tool.request));
    values_[Does]->setText(models::effectText(tool.effect));
    values_[TimeOut]->setText(models::spanText(tool.timeout));
    values_[Attempts]->setText(attemptWords(tool));
    values_[Gate]->setText(gateWords(tool));
    const QString standIn = models::standInText(tool);
    values_[StandsIn]->setText(standIn.isEmpty() ? tr("none: a person is asked") : foreignLine(standIn.toStdString()));
    values_[Calls]->setText(callWords(row));
    values_[HostIs]->setText(hostWords(row));
    values_[HostIs]->setTone(row.isIsolated() || (row.host && row.host->breaker == "open") ? Tone::Danger : Tone::Text);
    values_[HostLimits]->setText(tr("%1 calls at once; rests for %2 after %3 failures in a row")
                                     .arg(QString::number(tool.inFlight), models::spanText(tool.open), QString::number(tool.failuresInARow)));
}

void ToolDetail::setTool(const std::optional<models::ToolRow>& row)
{
    const bool isSame = row && row_ && row->tool == row_->tool;
    row_ = row;
    for (QWidget* widget : {static_cast<QWidget*>(about_), facts_, static_cast<QWidget*>(isolate_), static_cast<QWidget*>(rulesTitle_), static_cast<QWidget*>(table_)}) {
        widget->setVisible(row.has_value());
    }
    if (!row) {
        title_->setText({});
        rules_.clear();
        return;
    }
    title_->setText(foreignLine(row->tool.agent + " · " + row->tool.tool));
    about_->setText(foreign(row->tool.description));
    about_->setVisible(!row->tool.description.empty());
    setFacts(*row);
    isolate_->setVisible(!row->tool.host.empty());
    isolate_->setText(row->isIsolated() ? tr("Release this host…") : tr("Isolate this host…"));
    setTip(isolate_, row->isIsolated() ? tr("Calls go out to it again") : tr("Nothing is sent to it any more until it is released"));
    if (!isSame) rules_.setTool(row->tool);
}

}  // namespace handrail::ui
