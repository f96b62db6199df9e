#pragma once

#include <optional>
#include <vector>

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QWidget>

#include "agentcore/types.h"
#include "ui/parts.h"

class QFormLayout;

namespace handrail::ui {

/// The one thing that a what-if changes, chosen from what the run has: an argument, a limit, a reply, a failure on
/// purpose, a decision; or its whole definition, from a file.
class WhatIfForm : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfForm(QWidget* parent = nullptr);

    void setRun(const Json& definition, std::vector<JournalLine> lines);
    /// The change as `what-if --change` takes it. U102: a field does not hold what it should.
    Outcome<Json> change() const;
    void setBusy(bool isBusy);

signals:
    void tried(const handrail::Json& change);
    /// The file of another definition is to be chosen.
    void definitionWanted();

private:
    QFormLayout* addPage(const QString& name);
    void addArgumentPage();
    void addLimitPage();
    void addReplyPage();
    void addInjectionPage();
    void addDecisionPage();
    void addDefinitionPage();
    void showPage(int page);
    void fillArguments();
    void fillArgument();
    void fillLimit();
    void fillReply();
    void fillDecision();
    void go();
    Outcome<Json> argumentChange() const;
    Outcome<Json> limitChange() const;
    Outcome<Json> replyChange() const;
    Json injectionChange() const;
    Outcome<Json> decisionChange() const;
    const JournalLine* chosen(const QComboBox* box) const;

    Json definition_;
    std::vector<JournalLine> lines_;
    bool isBusy_ = false;
    QComboBox* kind_;
    QStackedWidget* pages_;
    QPushButton* try_;
    PlainLabel* mistake_;
    QComboBox* step_ = nullptr;
    QComboBox* argument_ = nullptr;
    QLineEdit* value_ = nullptr;
    QComboBox* limit_ = nullptr;
    QLineEdit* limitValue_ = nullptr;
    QComboBox* reply_ = nullptr;
    QComboBox* code_ = nullptr;
    QPlainTextEdit* result_ = nullptr;
    QComboBox* call_ = nullptr;
    QComboBox* injection_ = nullptr;
    QComboBox* decision_ = nullptr;
    QComboBox* verb_ = nullptr;
    QLineEdit* reason_ = nullptr;
    QLineEdit* said_ = nullptr;
    PlainLabel* saidLabel_ = nullptr;
};

}  // namespace handrail::ui
