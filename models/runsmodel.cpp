#include "models/runsmodel.h"

#include <QLocale>

#include "models/merge.h"
#include "models/words.h"

namespace handrail::models {

void RunsModel::setRows(std::vector<RunSummary> rows)
{
    mergeRows(rows_, std::move(rows), RowChanges<RunsModel>{*this}, [](const RunSummary& run) -> const RunId& { return run.id; });
}

int RunsModel::rowOf(const RunId& id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const RunSummary& run) { return run.id == id; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int RunsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int RunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QString RunsModel::text(const RunSummary& run, int column) const
{
    switch (column) {
    case State: return stateText(run.status);
    case Agent: return shownText(run.agent);
    case Progress: return tr("%1 of %2").arg(run.stepsDone).arg(run.stepsTotal);
    case Step: return shownText(run.error ? run.error->code + ": " + run.error->message : run.step);
    case Updated: return instantText(run.updated);
    case Duration: return spanText(run.ranFor);
    default: return {};
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const RunSummary& run = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(run, index.column());
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == Duration ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case IdRole: return QString::fromStdString(run.id);
    case StatusRole: return static_cast<int>(run.status);
    default: return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case State: return tr("State");
    case Agent: return tr("Agent");
    case Progress: return tr("Steps");
    case Step: return tr("At, or why it stopped");
    case Updated: return tr("Last change");
    case Duration: return tr("Running time");
    default: return {};
    }
}

}  // namespace handrail::models
