#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "agentcore/replayed.h"

namespace handrail::models {

/// Two time lines side by side: as it was, and as it would have been with one thing changed. Where the two ways have
/// parted, the n-th line of one stands beside the n-th of the other.
class WhatIfModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Was, Mark, Now, Columns };
    /// Whether the two sides of the row are not the same.
    static constexpr int DiffersRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// `isKnown`: it is known how the changed run goes on to its end; else what the journal has behind is not compared.
    void setLines(const std::vector<WhatIfLine>& lines, bool isKnown);
    const std::vector<WhatIfLine>& rows() const { return rows_; }
    /// How many rows are compared and not the same.
    int differences() const;
    /// The row in which a side's line stands, by its place among the lines of that side; -1 when there is none.
    int rowOf(Column side, int place) const;
    /// The place of a row's line among the lines of that side, or of the last one before it; -1 when there is none.
    int placeOf(Column side, int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<WhatIfLine> rows_;
};

/// The rows in which these lines are shown; those that are not compared have the mark "unknown".
std::vector<WhatIfLine> sideBySide(const std::vector<WhatIfLine>& lines, bool isKnown);

/// A glyph and a word for a row's mark.
QString markText(const WhatIfLine& row);
/// "≠", "+", "−", "?", or nothing where both sides are the same.
QString markGlyph(const WhatIfLine& row);

}  // namespace handrail::models
