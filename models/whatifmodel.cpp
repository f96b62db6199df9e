#include "models/whatifmodel.h"

#include <algorithm>

#include <QCoreApplication>

#include "models/journalmodel.h"
#include "models/words.h"

namespace handrail::models {
namespace {

QString cellOf(const std::optional<JournalLine>& line)
{
    if (!line) return {};
    QStringList parts;
    if (line->seq > 0) parts.append(QString::number(line->seq));
    parts.append(shownText(line->event).replace(u'_', u' '));
    if (const QString what = whatOf(*line); !what.isEmpty()) parts.append(what);
    return parts.join(QStringLiteral("  "));
}

bool isSame(const WhatIfLine& row) { return row.mark == "same"; }
bool isUnknown(const WhatIfLine& row) { return row.mark == "unknown"; }

const std::optional<JournalLine>& sideOf(const WhatIfLine& row, WhatIfModel::Column side) { return side == WhatIfModel::Was ? row.journal : row.now; }

}  // namespace

std::vector<WhatIfLine> sideBySide(const std::vector<WhatIfLine>& lines, bool isKnown)
{
    std::vector<WhatIfLine> rows;
    std::vector<JournalLine> was;
    std::vector<JournalLine> now;
    const auto pair = [&] {
        for (std::size_t i = 0; i < std::max(was.size(), now.size()); ++i) {
            WhatIfLine row;
            if (i < was.size()) row.journal = was[i];
            if (i < now.size()) row.now = now[i];
            row.mark = !row.now ? "only journal" : !row.journal ? "only now" : "changed";
            rows.push_back(std::move(row));
        }
        was.clear();
        now.clear();
    };
    for (const auto& line : lines) {
        if (line.journal && line.now) {
            pair();
            rows.push_back(line);
        } else if (line.journal) {
            was.push_back(*line.journal);
        } else if (line.now) {
            now.push_back(*line.now);
        }
    }
    pair();
    for (auto row = rows.rbegin(); !isKnown && row != rows.rend() && !row->now; ++row) row->mark = "unknown";
    return rows;
}

QString markGlyph(const WhatIfLine& row)
{
    if (isSame(row)) return {};
    if (isUnknown(row)) return QStringLiteral("?");
    if (!row.now) return QStringLiteral("−");
    return row.journal ? QStringLiteral("≠") : QStringLiteral("+");
}

QString markText(const WhatIfLine& row)
{
    if (isSame(row)) return QCoreApplication::translate("words", "= same");
    if (isUnknown(row)) return QCoreApplication::translate("words", "? not known");
    if (!row.now) return QCoreApplication::translate("words", "− not now");
    return row.journal ? QCoreApplication::translate("words", "≠ other") : QCoreApplication::translate("words", "+ new");
}

void WhatIfModel::setLines(const std::vector<WhatIfLine>& lines, bool isKnown)
{
    if (!rows_.empty()) {
        beginRemoveRows({}, 0, static_cast<int>(rows_.size()) - 1);
        rows_.clear();
        endRemoveRows();
    }
    auto rows = sideBySide(lines, isKnown);
    if (rows.empty()) return;
    beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
    rows_ = std::move(rows);
    endInsertRows();
}

int WhatIfModel::differences() const { return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const auto& row) { return !isSame(row) && !isUnknown(row); })); }

int WhatIfModel::rowOf(Column side, int place) const
{
    int seen = -1;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (sideOf(rows_[row], side) && ++seen == place) return static_cast<int>(row);
    }
    return -1;
}

int WhatIfModel::placeOf(Column side, int row) const
{
    int place = -1;
    for (std::size_t i = 0; i < rows_.size() && static_cast<int>(i) <= row; ++i) place += sideOf(rows_[i], side) ? 1 : 0;
    return place;
}

int WhatIfModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int WhatIfModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant WhatIfModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const WhatIfLine& row = rows_[static_cast<std::size_t>(index.row())];
    if (role == DiffersRole) return !isSame(row);
    if (role != Qt::DisplayRole) return {};
    if (index.column() == Mark) return markText(row);
    return cellOf(index.column() == Was ? row.journal : row.now);
}

QVariant WhatIfModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Was ? tr("As it was") : section == Mark ? tr("Compared") : tr("As it would be");
}

}  // namespace handrail::models
