#include "models/journalmodel.h"

#include <QDateTime>
#include <QLocale>

#include "models/merge.h"
#include "models/words.h"

namespace handrail::models {

QString timeText(const JournalLine& line) { return QDateTime::fromMSecsSinceEpoch(line.time).toString(QStringLiteral("HH:mm:ss.zzz")); }

QString eventText(const JournalLine& line) { return shownText(line.event).replace(u'_', u' '); }

QString whatOf(const JournalLine& line)
{
    QStringList parts;
    if (!line.step.empty()) parts.append(shownText(line.step) + (line.attempt > 0 ? QStringLiteral(" #%1").arg(line.attempt) : QString()));
    for (const auto* member : {"purpose", "tool", "verdict", "code", "verb", "who", "rule", "state", "why", "message"}) {
        const std::string text = textOf(line.data, member);
        if (!text.empty()) parts.append(shownText(text));
    }
    const auto delay = numberOf(line.data, "delay_ms", -1);
    if (delay >= 0) parts.append(spanText(delay));
    return parts.join(QStringLiteral(" · "));
}

void JournalModel::setLines(const RunId& run, std::vector<JournalLine> lines)
{
    const bool isSame = run == run_ && lines.size() >= lines_.size();
    run_ = run;
    growRows(lines_, std::move(lines), isSame, RowChanges<JournalModel>{*this});
}

int JournalModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(lines_.size()); }
int JournalModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole) return {};
    const JournalLine& line = lines_[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Time: return timeText(line);
    case Event: return eventText(line);
    case What: return whatOf(line);
    default: return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Time ? tr("Time") : section == Event ? tr("Event") : tr("What");
}

}  // namespace handrail::models
