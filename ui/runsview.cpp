#include "ui/runsview.h"

#include <array>

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/plaindelegate.h"
#include "ui/reasondialog.h"
#include "ui/searchfield.h"

namespace handrail::ui {
namespace {

/// The state's word in its colour; the glyph beside it says the same without colour.
class StateDelegate : public PlainDelegate {
public:
    using PlainDelegate::PlainDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        PlainDelegate::initStyleOption(option, index);
        const auto status = static_cast<RunStatus>(index.data(models::RunsModel::StatusRole).toInt());
        QColor colour = look().text;
        if (status == RunStatus::Completed) colour = look().good;
        if (status == RunStatus::WaitingApproval) colour = look().warning;
        if (status == RunStatus::Escalated || status == RunStatus::Failed || status == RunStatus::TimedOut) colour = look().danger;
        option->palette.setColor(QPalette::Text, colour);
    }
};

struct StateChip {
    const char* label;
    std::set<RunStatus> states;
};

const std::array<StateChip, 6>& stateChips()
{
    static const std::array<StateChip, 6> chips{{
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "All"), {}},
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "Running"), {RunStatus::Running}},
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "Wait for approval"), {RunStatus::WaitingApproval}},
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "Need a person"), {RunStatus::Escalated}},
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "Completed"), {RunStatus::Completed}},
        {QT_TRANSLATE_NOOP("handrail::ui::RunsView", "Ended otherwise"), {RunStatus::Failed, RunStatus::TimedOut, RunStatus::Aborted, RunStatus::Stopped}},
    }};
    return chips;
}

bool hasEnded(RunStatus status)
{
    return status != RunStatus::Running && status != RunStatus::WaitingApproval && status != RunStatus::Escalated;
}

/// By a no that is withdrawn, or by an answer to what ran out.
bool mayBeOpenedAgain(RunStatus status) { return status == RunStatus::Aborted || status == RunStatus::Failed; }

}  // namespace

RunsView::RunsView(QSettings* settings, QWidget* parent) : QWidget(parent), settings_(settings), model_(this), found_(this)
{
    found_.setSourceModel(&model_);
    table_ = new Table(&found_, tr("Runs"), this);
    table_->setObjectName(QStringLiteral("runs"));
    table_->setItemDelegateForColumn(models::RunsModel::State, new StateDelegate(table_));
    table_->setWidths({27, 22, 14, -1, 24, 18}, settings, QStringLiteral("runs"));
    empty_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeFilters());
    auto* quiet = new QHBoxLayout;
    quiet->setContentsMargins(space(4), space(2), space(4), 0);
    quiet->addWidget(empty_);
    column->addLayout(quiet);
    column->addWidget(table_, 1);
    column->addStretch(0);
    column->addWidget(makeFoot());
    setFocusProxy(table_);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showState();
        if (table_->currentIndex().isValid()) Q_EMIT runSelected(QString::fromStdString(selected()));
    });
    connect(table_, &Table::opened, this, &RunsView::goToHandoff);
    connect(table_, &Table::searchWanted, search_, [this] { search_->setFocus(Qt::ShortcutFocusReason); });
    if (auto* chip = chips_->button(settings_->value(QStringLiteral("runsChip"), 0).toInt())) chip->setChecked(true);
    applyFilter();
    setRuns({});
}

QWidget* RunsView::makeHead()
{
    auto* head = new QWidget(this);
    auto* row = new FlowLayout(space(2), head);
    row->setContentsMargins(space(4), space(3), space(4), space(2));
    auto* title = new PlainLabel(tr("Runs"), Tone::Text, 4, true, head);
    title->setOneLine(true);
    row->addWidget(title);
    waiting_ = new QPushButton(icon(QStringLiteral("escalation")), tr("Go to its handoff"), head);
    waiting_->setObjectName(QStringLiteral("goToHandoff"));
    setTip(waiting_, tr("Shows what the selected run waits for, or the last that was decided in it. Key: Enter in the list"));
    pause_ = new QPushButton(icon(QStringLiteral("pause")), tr("Pause this run…"), head);
    pause_->setObjectName(QStringLiteral("pauseRun"));
    setTip(pause_, tr("Lets the selected run stand still: a call under way is heard out, nothing new is sent until somebody lets it go on"));
    abort_ = new QPushButton(icon(QStringLiteral("abort")), tr("Abort this run…"), head);
    abort_->setObjectName(QStringLiteral("abortRun"));
    abort_->setProperty("tone", QStringLiteral("danger"));
    setTip(abort_, tr("Ends the selected run; what was done stays done"));
    auto* start = new QPushButton(icon(QStringLiteral("run")), tr("Run an agent…"), head);
    start->setObjectName(QStringLiteral("startRun"));
    replay_ = new QPushButton(icon(QStringLiteral("replay")), tr("Replay this run"), head);
    replay_->setObjectName(QStringLiteral("replayRun"));
    setTip(replay_, tr("Goes over the selected run line by line; no effect leaves"));
    for (auto* button : {start, waiting_, replay_, pause_}) row->addWidget(button);
    // What ends a run stands apart.
    row->setTail(row->count(), space(6));
    row->addWidget(abort_);
    connect(start, &QPushButton::clicked, this, &RunsView::agentRequested);
    connect(waiting_, &QPushButton::clicked, this, &RunsView::goToHandoff);
    connect(pause_, &QPushButton::clicked, this, &RunsView::askPause);
    connect(abort_, &QPushButton::clicked, this, &RunsView::askAbort);
    connect(replay_, &QPushButton::clicked, this, [this] { Q_EMIT replayRequested(QString::fromStdString(selected())); });
    return head;
}

QWidget* RunsView::makeFilters()
{
    auto* box = new QWidget(this);
    auto* flow = new FlowLayout(space(2), box);
    flow->setContentsMargins(space(4), 0, space(4), space(2));
    search_ = new SearchField(QStringLiteral("runSearch"), tr("Search runs  ( / )"), tr("Search runs"), box);
    search_->setMinimumWidth(space(60));
    flow->addWidget(search_);
    chips_ = new QButtonGroup(this);
    for (std::size_t i = 0; i < stateChips().size(); ++i) {
        auto* chip = new QPushButton(tr(stateChips()[i].label), box);
        chip->setCheckable(true);
        chip->setChecked(i == 0);
        chip->setProperty("chip", true);
        chip->setFocusPolicy(Qt::TabFocus);
        chips_->addButton(chip, static_cast<int>(i));
        flow->addWidget(chip);
    }
    why_ = new QPushButton(box);
    why_->setObjectName(QStringLiteral("onlyThese"));
    why_->setProperty("chip", true);
    why_->setCheckable(true);
    why_->setChecked(true);
    why_->hide();
    flow->addWidget(why_);
    connect(search_, &QLineEdit::textChanged, this, &RunsView::applyFilter);
    connect(chips_, &QButtonGroup::idClicked, this, [this](int chip) {
        settings_->setValue(QStringLiteral("runsChip"), chip);
        applyFilter();
    });
    connect(why_, &QPushButton::clicked, this, [this] {
        why_->setChecked(true);
        showOnly({}, {});
    });
    return box;
}

QWidget* RunsView::makeFoot()
{
    foot_ = new QWidget(this);
    auto* row = new QHBoxLayout(foot_);
    row->setContentsMargins(space(4), space(2), space(4), space(2));
    footText_ = new PlainLabel({}, Tone::Muted, 0, false, foot_);
    more_ = new QPushButton(tr("Show older ones"), foot_);
    more_->setObjectName(QStringLiteral("moreRuns"));
    row->addWidget(footText_, 1);
    row->addWidget(more_);
    connect(more_, &QPushButton::clicked, this, &RunsView::moreRequested);
    return foot_;
}

void RunsView::applyFilter()
{
    models::RunsWanted wanted = only_;
    const auto chip = static_cast<std::size_t>(std::max(0, chips_->checkedId()));
    if (chip > 0) wanted.states = stateChips()[chip].states;
    wanted.search = search_->text().trimmed();
    found_.setWanted(std::move(wanted));
    if (isVisible()) table_->selectSomething();
    showState();
}

void RunsView::showOnly(const models::RunsWanted& wanted, const QString& why)
{
    only_ = wanted;
    why_->setVisible(!why.isEmpty());
    why_->setText(tr("%1   ✕", "a condition and the sign that takes it away").arg(foreignLine(why.toStdString())));
    why_->setAccessibleName(tr("Only %1; press to show all runs again").arg(foreignLine(why.toStdString())));
    if (!why.isEmpty()) {
        chips_->button(0)->setChecked(true);
        const QSignalBlocker quiet(search_);
        search_->clear();
    }
    applyFilter();
    if (found_.rowCount() > 0) table_->selectRow(0);
}

void RunsView::setRuns(std::vector<RunSummary> runs, bool hasMore)
{
    model_.setRows(std::move(runs));
    more_->setVisible(hasMore);
    showCounts();
    showState();
    if (isVisible()) table_->selectSomething();
}

void RunsView::showCounts()
{
    std::array<int, 6> counts{};
    for (const auto& run : model_.rows()) {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (i == 0 || stateChips()[i].states.count(run.status) > 0) ++counts[i];
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        auto* chip = chips_->button(static_cast<int>(i));
        chip->setText(counts[i] > 0 ? tr("%1 %2", "a filter and how many fit").arg(tr(stateChips()[i].label), QLocale().toString(counts[i])) : tr(stateChips()[i].label));
        chip->setVisible(i == 0 || counts[i] > 0 || chip->isChecked());
    }
}

void RunsView::showState()
{
    const int all = model_.rowCount();
    const int shown = found_.rowCount();
    empty_->setVisible(shown == 0);
    empty_->setText(all == 0 ? tr("No runs yet. Run an agent, or start the demo from the inbox.") : tr("No run fits. Clear the search, or choose another filter."));
    table_->setVisible(shown > 0);
    const bool hasMore = !more_->isHidden();
    foot_->setVisible(hasMore || shown < all);
    const QString of = hasMore ? tr("%1 of the newest %2 runs") : tr("%1 of %2 runs");
    footText_->setText(of.arg(QLocale().toString(shown), QLocale().toString(all)));
    const auto* run = current();
    waiting_->setEnabled(run && (!run->handoffs.empty() || mayBeOpenedAgain(run->status)));
    pause_->setEnabled(run && run->status == RunStatus::Running);
    abort_->setEnabled(run && !hasEnded(run->status));
    replay_->setEnabled(run != nullptr);
}

const RunSummary* RunsView::current() const
{
    const QModelIndex index = found_.mapToSource(table_->currentIndex());
    return index.isValid() ? &model_.rows()[static_cast<std::size_t>(index.row())] : nullptr;
}

void RunsView::askAbort()
{
    const auto* run = current();
    if (!run || hasEnded(run->status)) return;
    askWhy(*run, tr("Abort a run"),
           tr("The run %1 of %2 ends here. What it has done stays done, and its open questions are withdrawn; an unknown outcome stays open."),
           tr("Abort the run"), &RunsView::abortRequested);
}

void RunsView::askPause()
{
    const auto* run = current();
    if (!run || run->status != RunStatus::Running) return;
    askWhy(*run, tr("Pause a run"),
           tr("The run %1 of %2 stands still from here: a call under way is heard out, and nothing new is sent. A ticket in the inbox lets it go on, or ends it."),
           tr("Pause the run"), &RunsView::pauseRequested);
}

/// What `what` says is about the run's id (%1) and its agent (%2).
void RunsView::askWhy(const RunSummary& run, const QString& title, const QString& what, const QString& yes, Answered answered)
{
    const QString id = QString::fromStdString(run.id);
    auto* dialog = new ReasonDialog(title, what.arg(id, foreignLine(run.agent)), yes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReasonDialog::given, this, [this, id, answered](const QString& reason) { Q_EMIT(this->*answered)(id, reason); });
    dialog->open();
}

void RunsView::goToHandoff()
{
    const auto* run = current();
    if (!run) return;
    if (!run->handoffs.empty()) Q_EMIT handoffWanted(QString::fromStdString(run->handoffs.front()));
    else if (mayBeOpenedAgain(run->status)) Q_EMIT lastHandoffWanted(QString::fromStdString(run->id));
}

void RunsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    table_->selectSomething();
}

RunId RunsView::selected() const
{
    const auto* run = current();
    return run ? run->id : RunId();
}

}  // namespace handrail::ui
