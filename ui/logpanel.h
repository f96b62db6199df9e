#pragma once

#include <vector>

#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QWidget>

#include "agentcore/types.h"
#include "models/logmodel.h"
#include "ui/parts.h"
#include "ui/tables.h"

namespace handrail::ui {

/// The structured log of the run that is selected, searched as it is typed.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(QWidget* parent = nullptr);

    void setLines(const RunId& run, std::vector<Json> lines);

private:
    void showEmpty();

    models::LogModel model_;
    QSortFilterProxyModel found_;
    QLineEdit* search_;
    Table* table_;
    PlainLabel* empty_;
};

}  // namespace handrail::ui
