#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "agentcore/types.h"

namespace handrail::models {

/// All runs, newest first, one column a fact.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Agent, Progress, Step, Updated, Duration, Columns };
    enum Role { IdRole = Qt::UserRole + 1, StatusRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<RunSummary> rows);
    const std::vector<RunSummary>& rows() const { return rows_; }
    int rowOf(const RunId& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    QString text(const RunSummary& run, int column) const;
    std::vector<RunSummary> rows_;
};

}  // namespace handrail::models
