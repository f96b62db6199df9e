#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>

#include "agentcore/agentview.h"
#include "ui/parts.h"

namespace handrail::ui {

class SchemaForm;

/// Starts a run: choose an agent that is known or open a definition, fill in the form made from its
/// input's schema, or write the input as JSON.
class StartDialog : public QDialog {
    Q_OBJECT
public:
    /// What the input of an agent is missing or has wrong; nullopt when it may start.
    using Check = std::function<std::optional<Failure>(const AgentView&, const Json&)>;

    StartDialog(std::vector<AgentView> agents, Check check, QWidget* parent);

    /// Adds an agent that was read from a file and chooses it.
    void addAgent(AgentView agent);
    void showFailure(const QString& text);

signals:
    void fileWanted();
    void startWanted(const handrail::AgentView& agent, const QString& input);

private:
    void makeColumn();
    void choose(int agent);
    void setRaw(bool isRaw);
    void validate();
    Outcome<Json> input() const;
    const AgentView* agent() const;

    std::vector<AgentView> agents_;
    Check check_;
    QComboBox* choice_;
    PlainLabel* about_;
    QScrollArea* area_;
    SchemaForm* form_ = nullptr;
    QPlainTextEdit* raw_;
    QCheckBox* asJson_;
    PlainLabel* mistake_;
    QPushButton* start_;
};

}  // namespace handrail::ui
