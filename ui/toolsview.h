#pragma once

#include <vector>

#include <QLineEdit>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>

#include "models/toolsmodel.h"
#include "ui/parts.h"
#include "ui/tables.h"

namespace handrail::ui {

class ToolDetail;

/// Every tool of the agents that the store knows, and beside it all that is said of the one selected.
class ToolsView : public QWidget {
    Q_OBJECT
public:
    explicit ToolsView(QSettings* settings, QWidget* parent = nullptr);

    void setTools(std::vector<models::ToolRow> rows);
    /// Asks why the selected tool's host is to be isolated, or released when it is.
    void askIsolation();

signals:
    /// A host is to be left alone, or to be called again, and why.
    void isolateRequested(const QString& host, bool isIsolated, const QString& reason);

private:
    void showSelected();
    const models::ToolRow* selected() const;
    void askReason(const QString& host, bool isIsolated);

    models::ToolsModel model_;
    QSortFilterProxyModel found_;
    QSplitter* split_;
    QLineEdit* search_;
    Table* table_;
    ToolDetail* detail_;
    PlainLabel* empty_;
};

}  // namespace handrail::ui
