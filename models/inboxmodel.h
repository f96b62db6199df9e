#pragma once

#include <vector>

#include <QAbstractListModel>

#include "agentcore/types.h"

namespace handrail::models {

/// The inbox, most urgent first as given. A row is found by its handoff, never by its place.
class InboxModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, RowRole };

    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<InboxRow> rows);
    const std::vector<InboxRow>& rows() const { return rows_; }
    /// -1 when it is not there.
    int rowOf(const HandoffId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole: the title. IdRole: the handoff's id. AccessibleTextRole: kind, risk and title.
    QVariant data(const QModelIndex& index, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    std::vector<InboxRow> rows_;
};

}  // namespace handrail::models
