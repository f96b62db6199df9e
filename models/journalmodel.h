#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "agentcore/types.h"

namespace handrail::models {

/// One run's journal as it grows: lines are only ever added, so a view keeps its place.
class JournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Event, What, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// The same run with more lines adds them; another run replaces all.
    void setLines(const RunId& run, std::vector<JournalLine> lines);
    const std::vector<JournalLine>& lines() const { return lines_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    RunId run_;
    std::vector<JournalLine> lines_;
};

/// When it was written, to the millisecond, on this machine's clock.
QString timeText(const JournalLine& line);

/// What kind of line it is, in words.
QString eventText(const JournalLine& line);

/// The telling members of an event in one line.
QString whatOf(const JournalLine& line);

}  // namespace handrail::models
