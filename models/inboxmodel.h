#pragma once

#include <set>
#include <vector>

#include <QAbstractListModel>

#include "agentcore/types.h"

namespace handrail::models {

/// The inbox, most urgent first as given. A row is found by its handoff, never by its place.
class InboxModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, RowRole, MarkedRole, MemberRole };

    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<InboxRow> rows);
    const std::vector<InboxRow>& rows() const { return rows_; }
    /// -1 when it is not there.
    int rowOf(const HandoffId& id) const;
    /// Chosen to be decided together; marks of what is no longer there are dropped by setRows().
    void setMarked(const HandoffId& id, bool isMarked);
    void clearMarks();
    bool isMarked(const HandoffId& id) const { return marked_.contains(id); }
    /// In the order of the rows.
    std::vector<HandoffId> marked() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole: the title. IdRole: the handoff's id. MarkedRole: whether it is chosen. MemberRole: whether it
    /// stands below a row for its cause. AccessibleTextRole: kind, risk and title, chosen or not, who has it.
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool isMember(const InboxRow& row) const;
    QString spoken(const InboxRow& row) const;

    template <typename Model>
    friend struct RowChanges;
    std::vector<InboxRow> rows_;
    std::set<HandoffId> marked_;
    std::set<std::string> causes_;  ///< that a row stands for
};

}  // namespace handrail::models
