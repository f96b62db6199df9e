#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QString>

namespace handrail::models {

/// One bar of a figure: what it is about, how long it is, what it says.
struct FigureRow {
    QString id;       ///< unique within its figure
    QString name;     ///< foreign where a tool or an agent is meant
    double value = 0; ///< of `most` of the figure
    QString text;     ///< the value in words: "12.5% of 40 calls"
    bool canOpen = false;  ///< there are runs to be seen behind it

    bool operator==(const FigureRow&) const = default;
};

/// The bars of one figure, as a table of two columns, which a screen reader reads.
class FiguresModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Bar, Columns };
    enum Role { IdRole = Qt::UserRole + 1, ShareRole, CanOpenRole };

    /// `nameTitle` and `barTitle` head the columns.
    FiguresModel(const QString& nameTitle, const QString& barTitle, QObject* parent = nullptr);

    /// `most` is the value of a bar that fills its column; 0: that of the longest one.
    void setRows(std::vector<FigureRow> rows, double most = 0);
    const std::vector<FigureRow>& rows() const { return rows_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    QString nameTitle_;
    QString barTitle_;
    std::vector<FigureRow> rows_;
    double most_ = 0;
};

}  // namespace handrail::models
