#include "models/replaymodel.h"

#include <algorithm>

#include <QCoreApplication>

#include "models/journalmodel.h"
#include "models/words.h"

namespace handrail::models {

QString sinceText(Millis since)
{
    return since <= 0 ? QCoreApplication::translate("words", "start") : QCoreApplication::translate("words", "+%1", "a time after the start").arg(spanText(since));
}

void ReplayModel::setLines(std::vector<JournalLine> lines)
{
    if (!lines_.empty()) {
        beginRemoveRows({}, 0, static_cast<int>(lines_.size()) - 1);
        lines_.clear();
        endRemoveRows();
    }
    verdicts_.clear();
    isReplayed_ = false;
    if (lines.empty()) return;
    beginInsertRows({}, 0, static_cast<int>(lines.size()) - 1);
    lines_ = std::move(lines);
    endInsertRows();
}

void ReplayModel::setResults(const std::vector<ReplayedLine>& replayed)
{
    if (lines_.empty()) return;
    verdicts_.clear();
    for (const auto& line : replayed) verdicts_.push_back(line.verdict);
    isReplayed_ = true;
    Q_EMIT dataChanged(index(0, Line), index(static_cast<int>(lines_.size()) - 1, Columns - 1));
}

int ReplayModel::rowOf(Seq seq) const
{
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const auto& line) { return line.seq == seq; });
    return found == lines_.end() ? -1 : static_cast<int>(found - lines_.begin());
}

int ReplayModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(lines_.size()); }
int ReplayModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QString ReplayModel::resultOf(std::size_t row) const
{
    if (!isReplayed_) return {};
    if (row >= verdicts_.size()) return tr("– not reached");
    if (verdicts_[row] == "given") return tr("→ given");
    return verdicts_[row] == "same" ? tr("✓ same") : tr("✗ differs");
}

QVariant ReplayModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (role == DiffersRole) return row < verdicts_.size() && verdicts_[row] == "differs";
    if (role != Qt::DisplayRole) return {};
    const JournalLine& line = lines_[row];
    switch (index.column()) {
    case Line: return QString::number(line.seq);
    case Time: return sinceText(line.time - lines_.front().time);
    case Result: return resultOf(row);
    case Event: return shownText(line.event).replace(u'_', u' ');
    case What: return whatOf(line);
    default: return {};
    }
}

QVariant ReplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Line: return tr("Line");
    case Time: return tr("Time");
    case Result: return tr("Replayed");
    case Event: return tr("Event");
    default: return tr("What");
    }
}

}  // namespace handrail::models
