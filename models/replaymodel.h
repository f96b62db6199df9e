#pragma once

#include <string>
#include <vector>

#include <QAbstractTableModel>

#include "agentcore/replayed.h"

namespace handrail::models {

/// The journal that is replayed: its lines, and, once it was replayed, what came of each.
class ReplayModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Line, Time, Result, Event, What, Columns };
    /// Whether the line is the first that differs.
    static constexpr int DiffersRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// Another journal takes the place of this one; nothing is known of its lines yet.
    void setLines(std::vector<JournalLine> lines);
    /// What a replay said of the lines, from the first one on; it says nothing of those behind a difference.
    void setResults(const std::vector<ReplayedLine>& replayed);
    const std::vector<JournalLine>& lines() const { return lines_; }
    /// The row with that number; -1 when there is none.
    int rowOf(Seq seq) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString resultOf(std::size_t row) const;

    std::vector<JournalLine> lines_;
    std::vector<std::string> verdicts_;
    bool isReplayed_ = false;
};

/// "+1.2 s" after the beginning, "start" at it.
QString sinceText(Millis since);

}  // namespace handrail::models
