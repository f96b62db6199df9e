#pragma once

#include <QSettings>
#include <QTableView>

namespace handrail::ui {

/// Height of a row: 32 pixels, 40 where the operator wants it comfortable, more where the text is larger.
int rowPixels();
void setComfortableRows(bool isComfortable);

/// A table as every view has it: whole rows, one selected, foreign text made safe, rows that follow the
/// text size. Enter and a double click open a row.
class Table : public QTableView {
    Q_OBJECT
public:
    Table(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent = nullptr);

    /// Widths in letters of the text, -1 for the column that takes what is left. Widths that the operator
    /// has chosen are kept in `settings` under `key` and come back.
    void setWidths(const QList<int>& letters, QSettings* settings = nullptr, const QString& key = {});

    /// Selects the row that the keyboard is at, or the first, where none is selected.
    void selectSomething();

signals:
    void opened(const QModelIndex& index);
    /// The key / was pressed.
    void searchWanted();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitStretched();
    void applyWidths();

    QList<int> letters_;
    QSettings* settings_ = nullptr;
    QString key_;
};

}  // namespace handrail::ui
