#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "agentcore/types.h"

namespace handrail::models {

/// Lines of the structured log of one run, as the watch wrote them. New lines are added at the end, so a
/// view keeps its place; another run, or a log that begins later, replaces all.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Level, Event, What, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setLines(const RunId& run, std::vector<Json> lines);
    const RunId& run() const { return run_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    RunId run_;
    std::vector<Json> lines_;
};

}  // namespace handrail::models
