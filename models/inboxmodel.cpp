#include "models/inboxmodel.h"

#include "models/merge.h"

namespace handrail::models {

struct InboxChanges {
    InboxModel& model;
    void beginRemove(int first, int last) { model.beginRemoveRows({}, first, last); }
    void endRemove() { model.endRemoveRows(); }
    void beginInsert(int first, int last) { model.beginInsertRows({}, first, last); }
    void endInsert() { model.endInsertRows(); }
    void beginMove(int from, int to) { model.beginMoveRows({}, from, from, {}, to); }
    void endMove() { model.endMoveRows(); }
    void changed(int row) { Q_EMIT model.dataChanged(model.index(row), model.index(row)); }
};

void InboxModel::setRows(std::vector<InboxRow> rows)
{
    InboxChanges changes{*this};
    mergeRows(rows_, std::move(rows), changes, [](const InboxRow& row) { return row.id; });
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
