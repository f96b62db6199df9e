#include "ui/runsview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/plaindelegate.h"

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

}  // namespace

RunsView::RunsView(QWidget* parent) : QWidget(parent), model_(this)
{
    table_ = new QTableView(this);
    table_->setModel(&model_);
    table_->setItemDelegate(new PlainDelegate(table_));
    table_->setItemDelegateForColumn(models::RunsModel::State, new StateDelegate(table_));
    table_->setAccessibleName(tr("All runs"));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(32);
    auto* header = table_->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(models::RunsModel::Step, QHeaderView::Stretch);
    const QFontMetrics metrics(textFont());
    const int letter = metrics.averageCharWidth();
    header->resizeSection(models::RunsModel::State, letter * 22);
    header->resizeSection(models::RunsModel::Agent, letter * 22);
    header->resizeSection(models::RunsModel::Progress, letter * 12);
    header->resizeSection(models::RunsModel::Updated, letter * 32);
    header->resizeSection(models::RunsModel::Duration, letter * 16);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { Q_EMIT runSelected(QString::fromStdString(selected())); });
    connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto& run = model_.rows()[static_cast<std::size_t>(index.row())];
        if (!run.handoffs.empty()) Q_EMIT handoffWanted(QString::fromStdString(run.handoffs.front()));
    });
    empty_ = new PlainLabel(tr("No runs yet. Run an agent, or start the demo from the inbox."), Tone::Muted, 0, false, this);
    auto* start = new QPushButton(icon(QStringLiteral("run")), tr("Run an agent…"), this);
    connect(start, &QPushButton::clicked, this, &RunsView::agentRequested);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space(4), space(3), space(4), space(2));
    head->addWidget(new PlainLabel(tr("Runs"), Tone::Text, 4, true, this), 1);
    head->addWidget(start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(empty_);
    empty_->setContentsMargins(space(4), 0, space(4), 0);
    column->addWidget(table_, 1);
    setRuns({});
}

void RunsView::setRuns(std::vector<RunSummary> runs)
{
    empty_->setVisible(runs.empty());
    model_.setRows(std::move(runs));
}

void RunsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (table_->selectionModel()->selectedRows().isEmpty() && model_.rowCount() > 0) table_->selectRow(0);
    table_->setFocus();
}

RunId RunsView::selected() const
{
    return table_->currentIndex().siblingAtColumn(0).data(models::RunsModel::IdRole).toString().toStdString();
}

}  // namespace handrail::ui
