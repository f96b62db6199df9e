#include "ui/runpane.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include "models/words.h"
#include "ui/foreigntext.h"
#include "ui/logpanel.h"
#include "ui/plaindelegate.h"

namespace handrail::ui {

RunPane::RunPane(QWidget* parent) : QWidget(parent), model_(this)
{
    title_ = new PlainLabel({}, Tone::Text, 1, true, this);
    state_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    error_ = new PlainLabel({}, Tone::Danger, 0, false, this);
    empty_ = new PlainLabel(tr("Select a handoff or a run to see its journal."), Tone::Muted, 0, false, this);
    budget_ = makeBudget();
    journal_ = new QTableView(this);
    journal_->setModel(&model_);
    journal_->setItemDelegate(new PlainDelegate(journal_));
    journal_->setAccessibleName(tr("Journal of the run"));
    journal_->setFrameShape(QFrame::NoFrame);
    journal_->setShowGrid(false);
    journal_->setSelectionBehavior(QAbstractItemView::SelectRows);
    journal_->verticalHeader()->hide();
    journal_->verticalHeader()->setDefaultSectionSize(28);
    journal_->horizontalHeader()->setSectionResizeMode(models::JournalModel::What, QHeaderView::Stretch);
    journal_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    journal_->setWordWrap(false);
    journal_->setTabKeyNavigation(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(3), space(3), space(3), 0);
    column->setSpacing(space(2));
    column->addWidget(empty_, 0, Qt::AlignTop);
    column->addWidget(title_);
    column->addWidget(state_);
    column->addWidget(error_);
    column->addWidget(budget_);
    switch_ = makeSwitch();
    stack_ = new QStackedWidget(this);
    log_ = new LogPanel(stack_);
    stack_->addWidget(journal_);
    stack_->addWidget(log_);
    column->addWidget(switch_);
    column->addWidget(stack_, 1);
    setRun(std::nullopt, {});
}

QWidget* RunPane::makeSwitch()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space(1));
    sides_ = new QButtonGroup(this);
    for (const auto& name : {tr("Journal"), tr("Log")}) {
        auto* chip = new QPushButton(name, box);
        chip->setObjectName(QStringLiteral("side%1").arg(sides_->buttons().size()));
        chip->setCheckable(true);
        chip->setChecked(sides_->buttons().isEmpty());
        chip->setProperty("chip", true);
        sides_->addButton(chip, static_cast<int>(sides_->buttons().size()));
        row->addWidget(chip);
    }
    row->addStretch(1);
    auto* replay = new QPushButton(icon(QStringLiteral("replay")), tr("Replay this run"), box);
    replay->setObjectName(QStringLiteral("replayShown"));
    setTip(replay, tr("Goes over this run line by line; no effect leaves"));
    row->addWidget(replay);
    connect(replay, &QPushButton::clicked, this, [this] { Q_EMIT replayRequested(QString::fromStdString(shown_)); });
    connect(sides_, &QButtonGroup::idClicked, this, [this](int side) {
        stack_->setCurrentIndex(side);
        if (side == 1) Q_EMIT logWanted();
    });
    return box;
}

RunId RunPane::loggedRun() const { return stack_->currentIndex() == 1 && isVisible() ? shown_ : RunId(); }

void RunPane::setLog(const RunId& run, std::vector<Json> lines)
{
    if (run == shown_) log_->setLines(run, std::move(lines));
}

QWidget* RunPane::makeBudget()
{
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, space(1), 0, space(1));
    grid->setHorizontalSpacing(space(3));
    grid->setVerticalSpacing(space(1));
    time_ = new QProgressBar(box);
    steps_ = new QProgressBar(box);
    timeText_ = new PlainLabel({}, Tone::Muted, -1, false, box);
    stepsText_ = new PlainLabel({}, Tone::Muted, -1, false, box);
    retriesText_ = new PlainLabel({}, Tone::Muted, -1, false, box);
    for (auto* bar : {time_, steps_}) bar->setTextVisible(false);
    time_->setAccessibleName(tr("Running time used"));
    steps_->setAccessibleName(tr("Steps done"));
    grid->addWidget(timeText_, 0, 0);
    grid->addWidget(time_, 0, 1);
    grid->addWidget(stepsText_, 1, 0);
    grid->addWidget(steps_, 1, 1);
    grid->addWidget(retriesText_, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    for (auto* label : {timeText_, stepsText_, retriesText_}) label->setOneLine(true);
    return box;
}

void RunPane::setBudget(const RunDetail& run)
{
    timeText_->setText(tr("Time %1 of %2").arg(models::spanText(run.summary.ranFor), models::spanText(run.runLimitMs)));
    time_->setMaximum(static_cast<int>(std::max<Millis>(1, run.runLimitMs / 100)));
    time_->setValue(static_cast<int>(std::min<Millis>(run.runLimitMs, run.summary.ranFor) / 100));
    stepsText_->setText(tr("Steps %1 of %2").arg(run.summary.stepsDone).arg(run.summary.stepsTotal));
    steps_->setMaximum(std::max(1, run.summary.stepsTotal));
    steps_->setValue(run.summary.stepsDone);
    const QString retries = run.retries == 0 ? tr("No retries") : tr("%n retries", nullptr, run.retries);
    const QString use = models::modelUseText(run);
    retriesText_->setText(use.isEmpty() ? retries : tr("%1 · models: %2").arg(retries, use));
}

void RunPane::setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines)
{
    empty_->setVisible(!run);
    for (QWidget* widget : {static_cast<QWidget*>(title_), static_cast<QWidget*>(state_), budget_, switch_, static_cast<QWidget*>(stack_)}) {
        widget->setVisible(run.has_value());
    }
    error_->setVisible(run && run->summary.error);
    const RunId before = shown_;
    shown_ = run ? run->summary.id : RunId();
    if (shown_ != before) {
        log_->setLines(shown_, {});
        if (!loggedRun().empty()) Q_EMIT logWanted();
    }
    if (!run) {
        model_.setLines({}, {});
        return;
    }
    title_->setText(foreignLine(run->summary.agent + "  ·  " + run->summary.id));
    state_->setText(models::stateText(run->summary.status));
    if (run->summary.error) error_->setText(foreign(run->summary.error->code + ": " + run->summary.error->message));
    setBudget(*run);
    // A reader at the end follows the end; one who looks at an earlier line stays there.
    auto* bar = journal_->verticalScrollBar();
    const bool isAtEnd = bar->value() >= bar->maximum() - 4;
    model_.setLines(run->summary.id, std::move(lines));
    journal_->resizeColumnToContents(models::JournalModel::Time);
    journal_->resizeColumnToContents(models::JournalModel::Event);
    if (isAtEnd) journal_->scrollToBottom();
}

}  // namespace handrail::ui
