#include "models/inboxmodel.h"

#include "models/inboxgroups.h"
#include "models/merge.h"
#include "models/words.h"

namespace handrail::models {

void InboxModel::setRows(std::vector<InboxRow> rows)
{
    causes_.clear();
    for (const auto& row : rows) {
        if (isGroupId(row.id)) causes_.insert(row.group);
    }
    mergeRows(rows_, std::move(rows), RowChanges<InboxModel>{*this}, [](const InboxRow& row) -> const HandoffId& { return row.id; });
    if (marked_.empty()) return;
    std::set<HandoffId> there;
    for (const auto& row : rows_) there.insert(row.id);
    std::erase_if(marked_, [&](const HandoffId& id) { return !there.contains(id); });
}

void InboxModel::setMarked(const HandoffId& id, bool isMarked)
{
    const int row = rowOf(id);
    if (row < 0 || isMarked == marked_.contains(id)) return;
    if (isMarked) marked_.insert(id);
    else marked_.erase(id);
    Q_EMIT dataChanged(index(row), index(row), {MarkedRole});
}

void InboxModel::clearMarks()
{
    if (marked_.empty()) return;
    marked_.clear();
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {MarkedRole});
}

std::vector<HandoffId> InboxModel::marked() const
{
    std::vector<HandoffId> ids;
    if (marked_.empty()) return ids;
    for (const auto& row : rows_) {
        if (marked_.contains(row.id)) ids.push_back(row.id);
    }
    return ids;
}

int InboxModel::rowOf(const HandoffId& id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const InboxRow& row) { return row.id == id; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

bool InboxModel::isMember(const InboxRow& row) const { return !isGroupId(row.id) && causes_.contains(row.group); }

QString InboxModel::spoken(const InboxRow& row) const
{
    QString text = tr("%1, risk %2: %3").arg(QString::fromStdString(word(row.kind)), QString::fromStdString(word(row.risk)), shownText(row.title));
    if (isMarked(row.id)) text += tr(", chosen");
    if (!row.assignee.empty()) text += tr(", %1 has it").arg(shownText(row.assignee));
    return text;
}

int InboxModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

QVariant InboxModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const InboxRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return shownText(row.title);
    case IdRole: return QString::fromStdString(row.id);
    case RowRole: return QVariant::fromValue(static_cast<const void*>(&row));
    case MarkedRole: return isMarked(row.id);
    case MemberRole: return isMember(row);
    case Qt::AccessibleTextRole: return spoken(row);
    default: return {};
    }
}

}  // namespace handrail::models
