#pragma once

#include <optional>

#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>

#include "models/rulesmodel.h"
#include "models/toolsmodel.h"
#include "ui/parts.h"
#include "ui/tables.h"

namespace handrail::ui {

/// All that is known of one tool: what it may do, its limits, its host, and what each failure means for it.
class ToolDetail : public QWidget {
    Q_OBJECT
public:
    explicit ToolDetail(QWidget* parent = nullptr);
    void setTool(const std::optional<models::ToolRow>& row);

signals:
    void isolateWanted(const QString& host, bool isIsolated);

private:
    void addFact(const QString& name);
    void setFacts(const models::ToolRow& row);
    QString hostWords(const models::ToolRow& row) const;

    std::optional<models::ToolRow> row_;
    models::RulesModel rules_;
    PlainLabel* title_;
    PlainLabel* about_;
    QWidget* facts_;
    QGridLayout* grid_;
    QList<PlainLabel*> values_;
    QPushButton* isolate_;
    PlainLabel* rulesTitle_;
    Table* table_;
};

}  // namespace handrail::ui
