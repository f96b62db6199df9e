#include "ui/replayview.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/plaindelegate.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr int slow = 400;  ///< milliseconds after which it is shown that something takes its time

/// The line that differs stands out; the word in it says so without colour.
class ReplayedDelegate : public PlainDelegate {
public:
    using PlainDelegate::PlainDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        PlainDelegate::initStyleOption(option, index);
        if (!index.data(models::ReplayModel::DiffersRole).toBool()) return;
        option->palette.setColor(QPalette::Text, look().danger);
        option->font.setBold(true);
    }
};

}  // namespace

ReplayView::ReplayView(QWidget* parent) : QWidget(parent), model_(this)
{
    line_ = new TimeLine(tr("Time line of the run"), this);
    line_->setObjectName(QStringLiteral("timeLine"));
    stack_ = new QStackedWidget(this);
    whatIf_ = new WhatIfPanel(stack_);
    empty_ = new PlainLabel(emptyText(), Tone::Muted, 0, false, this);
    refused_ = new Box(Tone::Danger, this);
    refused_->setObjectName(QStringLiteral("refused"));
    refusedText_ = new PlainLabel({}, Tone::Text, 0, true, refused_);
    refusedText_->setObjectName(QStringLiteral("refusedText"));
    refusedHint_ = new PlainLabel({}, Tone::Muted, 0, false, refused_);
    refused_->rows()->addWidget(refusedText_);
    refused_->rows()->addWidget(refusedHint_);
    refused_->hide();
    auto* top = new QVBoxLayout;
    top->setContentsMargins(space(4), space(3), space(4), space(2));
    top->setSpacing(space(2));
    top->addWidget(makeHead());
    top->addWidget(refused_);
    top->addWidget(empty_);
    top->addWidget(makeBar());
    top->addWidget(line_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    stack_->addWidget(makeJournal());
    stack_->addWidget(whatIf_);
    column->addWidget(stack_, 1);
    column->addStretch(0);
    slow_.setSingleShot(true);
    slow_.setInterval(slow);
    connect(&slow_, &QTimer::timeout, this, [this] {
        busy_->show();
        verdict_->setTone(Tone::Muted);
        verdict_->setText(busyText_);
        if (open_->isHidden()) empty_->setText(busyText_);
    });
    connect(line_, &TimeLine::valueChanged, this, &ReplayView::goTo);
    connect(whatIf_, &WhatIfPanel::tried, this, &ReplayView::whatIfWanted);
    connect(whatIf_, &WhatIfPanel::definitionWanted, this, &ReplayView::definitionWanted);
    setRecording({}, Json::object(), {});
}

QString ReplayView::emptyText()
{
    return tr("Choose a run above, or open a bundle that another machine has exported. In the list of runs and beside a run, \"Replay this run\" opens it here.");
}

QWidget* ReplayView::makeHead()
{
    auto* head = new QWidget(this);
    auto* row = new FlowLayout(space(3), head);
    row->addWidget(new PlainLabel(tr("Replay"), Tone::Text, 4, true, head));
    auto* badge = new Badge(QStringLiteral("⊘"), tr("Replay: no effect leaves"), Tone::Good, head);
    badge->setObjectName(QStringLiteral("noEffect"));
    setTip(badge, tr("What replays has neither a wire nor a store: nothing is sent and nothing is stored."));
    row->addWidget(badge);
    runs_ = new QComboBox(head);
    runs_->setObjectName(QStringLiteral("replayRuns"));
    runs_->setAccessibleName(tr("Run to replay: choose one, or type its id"));
    runs_->setEditable(true);
    runs_->setInsertPolicy(QComboBox::NoInsert);
    runs_->lineEdit()->setPlaceholderText(tr("Choose a run or type its id"));
    runs_->setMinimumWidth(space(90));
    auto* bundle = new QPushButton(tr("Open a bundle…"), head);
    bundle->setObjectName(QStringLiteral("openBundle"));
    setTip(bundle, tr("A run that was exported here or elsewhere; the file is trusted in nothing"));
    row->addWidget(runs_);
    row->addWidget(bundle);
    save_ = new QPushButton(tr("Save as a bundle…"), head);
    save_->setObjectName(QStringLiteral("saveBundle"));
    save_->setEnabled(false);
    setTip(save_, tr("The run that is open, as one file to be replayed on another machine"));
    row->addWidget(save_);
    row->setTail(2, space(3));
    connect(runs_, &QComboBox::activated, this, [this](int place) { Q_EMIT openWanted(runs_->itemData(place).toString()); });
    runs_->lineEdit()->installEventFilter(this);
    connect(bundle, &QPushButton::clicked, this, &ReplayView::bundleWanted);
    connect(save_, &QPushButton::clicked, this, &ReplayView::saveWanted);
    return head;
}

/// An id that is typed need not be one of those in the list: those are only the newest.
void ReplayView::openTyped()
{
    const QString typed = runs_->currentText().trimmed();
    const int known = runs_->findText(typed, Qt::MatchFixedString);
    if (!typed.isEmpty()) Q_EMIT openWanted(known >= 0 ? runs_->itemData(known).toString() : typed);
}

QWidget* ReplayView::makeBar()
{
    open_ = new QWidget(this);
    auto* rows = new QVBoxLayout(open_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space(1));
    auto* row = new QHBoxLayout;
    row->setSpacing(space(2));
    rows->addLayout(row);
    subject_ = new PlainLabel({}, Tone::Muted, 0, false, open_);
    subject_->setObjectName(QStringLiteral("replaySubject"));
    verdict_ = new PlainLabel({}, Tone::Text, 0, true, open_);
    verdict_->setObjectName(QStringLiteral("replayVerdict"));
    row->addWidget(subject_, 1);
    rows->addWidget(verdict_);
    busy_ = new QProgressBar(open_);
    busy_->setTextVisible(false);
    busy_->setFixedWidth(space(30));
    busy_->setAccessibleName(tr("It works"));
    stop_ = new QPushButton(tr("Stop"), open_);
    stop_->setObjectName(QStringLiteral("replayStop"));
    for (QWidget* widget : {static_cast<QWidget*>(busy_), static_cast<QWidget*>(stop_)}) {
        auto policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true);  // nothing beside it jumps
        widget->setSizePolicy(policy);
        widget->hide();
        row->addWidget(widget);
    }
    replay_ = new QPushButton(tr("Replay"), open_);
    replay_->setObjectName(QStringLiteral("replay"));
    replay_->setProperty("tone", QStringLiteral("primary"));
    setTip(replay_, tr("Goes over the whole journal and proves that the code decides the same"));
    row->addWidget(replay_);
    sides_ = new QButtonGroup(this);
    for (const auto& name : {tr("Journal"), tr("What if")}) {
        auto* chip = new QPushButton(name, open_);
        chip->setObjectName(QStringLiteral("replaySide%1").arg(sides_->buttons().size()));
        chip->setCheckable(true);
        chip->setChecked(sides_->buttons().isEmpty());
        chip->setProperty("chip", true);
        sides_->addButton(chip, static_cast<int>(sides_->buttons().size()));
        row->addWidget(chip);
    }
    connect(replay_, &QPushButton::clicked, this, [this] {
        sides_->button(0)->click();
        Q_EMIT replayWanted();
    });
    connect(stop_, &QPushButton::clicked, this, &ReplayView::stopWanted);
    connect(sides_, &QButtonGroup::idClicked, this, &ReplayView::showSide);
    return open_;
}

QWidget* ReplayView::makeJournal()
{
    table_ = new Table(&model_, tr("Journal of the run that is replayed"), this);
    table_->setObjectName(QStringLiteral("replayLines"));
    table_->setItemDelegate(new ReplayedDelegate(table_));
    table_->setWidths({7, 12, 14, 16, -1});
    table_->installEventFilter(this);
    moment_ = new MomentPanel(this);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table_);
    splitter->addWidget(moment_);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({space(190), space(130)});
    moment_->setMinimumWidth(space(80));
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) { goTo(index.row()); });
    return splitter;
}

/// Left and Right go along the time line from the list, too; Enter opens what is typed, once.
bool ReplayView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (watched == runs_->lineEdit() && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            openTyped();
            return true;
        }
        if (watched == table_ && (key == Qt::Key_Left || key == Qt::Key_Right)) {
            line_->setValue(line_->value() + (key == Qt::Key_Left ? -1 : 1));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ReplayView::goTo(int row)
{
    if (isGoing_ || row < 0) return;
    isGoing_ = true;
    line_->setValue(row);
    table_->selectRow(row);
    isGoing_ = false;
    Q_EMIT momentWanted(current());
}

Seq ReplayView::current() const
{
    const auto row = static_cast<std::size_t>(line_->value());
    return row < model_.lines().size() ? model_.lines()[row].seq : 0;
}

void ReplayView::showSide(int side)
{
    stack_->setCurrentIndex(side);
    line_->setVisible(side == 0 && model_.rowCount() > 0);
    if (side == 0) line_->setFocus(Qt::OtherFocusReason);
    else whatIf_->setFocus(Qt::OtherFocusReason);
}

void ReplayView::setRuns(const std::vector<RunSummary>& runs, const std::vector<RunId>& imported)
{
    const QString typed = runs_->currentText();
    const QSignalBlocker quiet(runs_);
    runs_->clear();
    for (const auto& run : runs) {
        runs_->addItem(foreignLine(run.id + " · " + run.agent + " · ") + models::stateText(run.status), QString::fromStdString(run.id));
    }
    for (const auto& id : imported) runs_->addItem(tr("%1 · imported bundle").arg(foreignLine(id)), QString::fromStdString(id));
    runs_->setCurrentIndex(-1);
    runs_->setEditText(typed);
}

void ReplayView::setRecording(const QString& name, const Json& definition, std::vector<JournalLine> lines, bool isBundle)
{
    const bool isOpen = !lines.empty();
    save_->setEnabled(isOpen && !isBundle);
    for (QWidget* widget : {open_, static_cast<QWidget*>(stack_)}) widget->setVisible(isOpen);
    line_->setVisible(isOpen && stack_->currentIndex() == 0);
    empty_->setVisible(!isOpen);
    refused_->hide();
    setFocusProxy(isOpen ? static_cast<QWidget*>(line_) : runs_);
    subject_->setText(tr("%1 · %2 · %3 lines", "the run or file, its agent, how long the journal is").arg(foreignLine(name.toStdString()), foreignLine(textOf(definition, "name")), QString::number(lines.size())));
    showVerdict(tr("Not replayed yet"), Tone::Muted);
    moment_->clear();
    whatIf_->setRun(definition, lines);
    isGoing_ = true;
    model_.setLines(lines);
    line_->setLines(std::move(lines));
    isGoing_ = false;
    if (!isOpen) return;
    goTo(model_.rowCount() - 1);
    if (isVisible()) line_->setFocus(Qt::OtherFocusReason);
}

void ReplayView::setRefused(const Failure& why)
{
    refusedText_->setText(foreign("✗ " + why.code + ": " + why.message));
    QString more = foreign(why.hint);
    if (!why.where.empty()) more += QStringLiteral("\n(") + foreignLine(why.where) + QStringLiteral(")");
    refusedHint_->setText(more);
    refused_->show();
}

void ReplayView::setMoment(Seq asked, const Replayed& told)
{
    if (asked != current() || model_.rowCount() == 0) return;
    const int row = std::max(0, model_.rowOf(told.moment.seq));
    const auto& line = model_.lines()[static_cast<std::size_t>(row)];
    if (told.moment.seq == 0) return moment_->clear();
    const QString behind = told.differs ? tr("✗ W112: line %1 is decided otherwise now, so the run is shown as it stood before. %2").arg(QString::number(told.differs->seq), foreign(told.differs->message)) : QString();
    moment_->setMoment(told.moment, line, model_.lines().front().time, behind);
}

void ReplayView::showVerdict(const QString& text, Tone tone)
{
    verdictText_ = text;
    verdictTone_ = tone;
    if (!slow_.isActive() && busy_->isVisible()) return;  // told once that is over
    verdict_->setTone(tone);
    verdict_->setText(text);
}

void ReplayView::setReplayed(const Replayed& told)
{
    model_.setResults(told.lines);
    line_->setMarks({});
    if (!told.differs) return showVerdict(tr("✓ Same decisions, %n lines", nullptr, static_cast<int>(told.lines.size())), Tone::Good);
    const auto& differs = *told.differs;
    const QString where = differs.seq > 0 ? tr("line %1").arg(differs.seq) : tr("behind the last line");
    const QString now = differs.now.is_null() ? QString() : tr(" Now: %1").arg(foreignLine(textOf(differs.now, "event") + " " + textOf(differs.now, "step")));
    showVerdict(tr("✗ W112 at %1: %2%3").arg(where, foreign(differs.message), now), Tone::Danger);
    const int row = differs.seq > 0 ? model_.rowOf(differs.seq) : model_.rowCount() - 1;
    if (row < 0) return;
    line_->setMarks({{row, QStringLiteral("✗")}});
    goTo(row);
    table_->scrollTo(model_.index(row, 0), QAbstractItemView::PositionAtCenter);
}

void ReplayView::setWhatIf(const WhatIf& told)
{
    refused_->hide();
    whatIf_->setResult(told);
}

void ReplayView::setBusy(const QString& what)
{
    busyText_ = what;
    const bool isBusy = !what.isEmpty();
    replay_->setEnabled(!isBusy);
    whatIf_->setBusy(isBusy);
    if (isBusy) {
        refused_->hide();
        return slow_.start();
    }
    slow_.stop();
    busy_->hide();
    busy_->setRange(0, 0);
    stop_->hide();
    empty_->setText(emptyText());
    showVerdict(verdictText_, verdictTone_);
}

void ReplayView::setProgress(int percent)
{
    busy_->setRange(0, 100);
    busy_->setValue(percent);
    stop_->setVisible(busy_->isVisible());
}

}  // namespace handrail::ui
