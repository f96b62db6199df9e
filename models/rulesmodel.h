#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "agentcore/agentview.h"

namespace handrail::models {

/// The retry table as it stands for one tool: what each failure means for a call of its kind.
class RulesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Condition, Meaning, Columns };
    /// Says by whom the rule is: true when the definition says it, not the table.
    enum Role { OwnRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    void setTool(const ToolView& tool);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Rule {
        std::string condition;
        QString meaning;
        bool isOwn = false;
    };
    void setRules(std::vector<Rule> rules);
    std::vector<Rule> rules_;
};

/// What a cell of the retry table says, in a few words.
QString meaningOf(const Cell& cell, int attempts);

}  // namespace handrail::models
