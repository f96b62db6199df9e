#include "models/inboxmodel.h"

#include "models/merge.h"

namespace handrail::models {

void InboxModel::setRows(std::vector<InboxRow> rows)
{
    mergeRows(rows_, std::move(rows), RowChanges<InboxModel>{*this}, [](const InboxRow& row) { return row.id; });
}

int InboxModel::rowOf(const HandoffId& id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const InboxRow& row) { return row.id == id; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int InboxModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

QVariant InboxModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const InboxRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return QString::fromStdString(row.title);
    case IdRole: return QString::fromStdString(row.id);
    case RowRole: return QVariant::fromValue(static_cast<const void*>(&row));
    case Qt::AccessibleTextRole:
        return tr("%1, risk %2: %3").arg(QString::fromStdString(word(row.kind)), QString::fromStdString(word(row.risk)), QString::fromStdString(row.title));
    default: return {};
    }
}

}  // namespace handrail::models
