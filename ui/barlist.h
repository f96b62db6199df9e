#pragma once

#include "models/figuresmodel.h"
#include "ui/parts.h"
#include "ui/tables.h"

namespace handrail::ui {

/// One figure of the dashboard: a title and a bar for each row, drawn in a table of two columns, so that
/// keys, screen readers and clicks meet rows. Only so many are shown; a line says how many more there are.
class BarList : public Box {
    Q_OBJECT
public:
    /// `none` is what stands there without data.
    BarList(const QString& title, const QString& nameTitle, const QString& barTitle, const QString& none, Tone bars, QWidget* parent = nullptr);

    void setRows(std::vector<models::FigureRow> rows, double most = 0);

signals:
    /// A row that has something behind it was clicked or opened by key.
    void opened(const QString& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitHeight();
    void open(const QModelIndex& index);

    models::FiguresModel model_;
    Table* table_;
    PlainLabel* none_;
    PlainLabel* more_;
};

}  // namespace handrail::ui
