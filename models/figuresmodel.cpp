#include "models/figuresmodel.h"

#include "models/merge.h"

namespace handrail::models {

FiguresModel::FiguresModel(const QString& nameTitle, const QString& barTitle, QObject* parent)
    : QAbstractTableModel(parent), nameTitle_(nameTitle), barTitle_(barTitle)
{
}

void FiguresModel::setRows(std::vector<FigureRow> rows, double most)
{
    for (const auto& row : rows) most = std::max(most, row.value);
    mergeRows(rows_, std::move(rows), RowChanges<FiguresModel>{*this}, [](const FigureRow& row) { return row.id.toStdString(); });
    if (most == most_) return;
    most_ = most;
    // Every bar is drawn against the longest.
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, Bar), index(static_cast<int>(rows_.size()) - 1, Bar));
}

int FiguresModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int FiguresModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant FiguresModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const FigureRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return index.column() == Name ? row.name : row.text;
    case IdRole: return row.id;
    case ShareRole: return most_ > 0 ? row.value / most_ : 0.0;
    case CanOpenRole: return row.canOpen;
    case Qt::AccessibleTextRole: return index.column() == Name ? row.name : row.text;
    default: return {};
    }
}

QVariant FiguresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? nameTitle_ : barTitle_;
}

}  // namespace handrail::models
