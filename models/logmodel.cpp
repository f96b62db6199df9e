#include "models/logmodel.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "models/merge.h"
#include "models/words.h"

namespace handrail::models {
namespace {

/// A glyph beside the word, so that no level is told by colour alone.
QString levelText(const std::string& level)
{
    const QString word = shownText(level);
    if (level == "error" || level == "critical") return QStringLiteral("✗ ") + word;
    if (level == "warning") return QStringLiteral("▲ ") + word;
    return QStringLiteral("· ") + word;
}

QString tellingOf(const Json& line)
{
    QStringList parts;
    for (const auto* member : {"step_name", "tool_name", "error_type", "error_message"}) {
        const std::string text = textOf(line, member);
        if (!text.empty()) parts.append(shownText(text));
    }
    const auto took = line.find("duration_ms");
    if (took != line.end() && took->is_number_integer()) parts.append(spanText(took->get<Millis>()));
    if (truthOf(line, "security")) parts.append(LogModel::tr("security"));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

void LogModel::setLines(const RunId& run, std::vector<Json> lines)
{
    const bool goesOn = run == run_ && lines.size() >= lines_.size() && std::equal(lines_.begin(), lines_.end(), lines.begin());
    run_ = run;
    growRows(lines_, std::move(lines), goesOn, RowChanges<LogModel>{*this});
}

int LogModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(lines_.size()); }
int LogModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole) return {};
    const Json& line = lines_[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Time: return QDateTime::fromString(QString::fromStdString(textOf(line, "timestamp")), Qt::ISODateWithMs).toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    case Level: return levelText(textOf(line, "level"));
    case Event: return shownText(textOf(line, "event")).replace(u'_', u' ');
    case What: return tellingOf(line);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Time ? tr("Time") : section == Level ? tr("Level") : section == Event ? tr("Event") : tr("What");
}

}  // namespace handrail::models
