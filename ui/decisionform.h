#pragma once

#include <functional>
#include <optional>

#include <QWidget>

#include "agentcore/types.h"
#include "ui/actionbutton.h"
#include "ui/repeat.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace handrail::ui {

class ArgumentEdit;
class PlainLabel;

/// A form that opens above the bar for what a decision still needs. Esc cancels, Ctrl+Enter confirms,
/// Enter alone does neither.
class DecisionForm : public QWidget {
    Q_OBJECT
public:
    DecisionForm(Action action, const QString& title, QWidget* parent);
    Action action() const { return action_; }
    /// Whether all is there that is needed.
    virtual bool isReady() const = 0;
    virtual void complete(Decision& decision) const = 0;
    /// What was typed, to be put back when the form opens again.
    virtual QString draft() const { return {}; }
    virtual void focusFirst() = 0;
    void setLocked(bool locked);
    /// From the first field to Confirm, once all fields stand.
    void orderFocus();

signals:
    void confirmed();
    void cancelled();
    void draftChanged(const QString& draft);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// Call after each change of what is typed.
    void refresh();
    void setHint(const QString& hint, bool isMistake);
    QVBoxLayout* body() const { return body_; }

private:
    Action action_;
    bool locked_ = false;
    QVBoxLayout* body_;
    PlainLabel* hint_;
    QPushButton* cancel_;
    QBoxLayout* foot_;
    QPushButton* confirm_;
};

/// Asks for a few words: a reason, an answer, a reference.
class WordsForm : public DecisionForm {
    Q_OBJECT
public:
    WordsForm(Action action, const QString& draft, QWidget* parent);
    bool isReady() const override;
    void complete(Decision& decision) const override;
    QString draft() const override;
    void focusFirst() override;

private:
    QPlainTextEdit* area_ = nullptr;
    QLineEdit* line_ = nullptr;
};

/// Asks for the amount, the recipient or the step's word again.
class RepeatForm : public DecisionForm {
    Q_OBJECT
public:
    RepeatForm(const HandoffDetail& handoff, QWidget* parent);
    bool isReady() const override;
    void complete(Decision&) const override {}
    void focusFirst() override;

private:
    Repeat repeat_;
    QLineEdit* line_;
};

/// Lets the arguments be changed; a risky one asks for the new amount again.
class EditForm : public DecisionForm {
    Q_OBJECT
public:
    /// `whyRefused` says why a decision would be refused; it may be empty.
    EditForm(Action action, const HandoffDetail& handoff, std::function<std::optional<Failure>(const Decision&)> whyRefused, QWidget* parent);
    bool isReady() const override;
    void complete(Decision& decision) const override;
    void focusFirst() override;

private:
    void check();
    Repeat wanted() const;
    QString refusal() const;

    HandoffId handoff_;
    std::string digest_;
    std::function<std::optional<Failure>(const Decision&)> whyRefused_;
    bool isRefused_ = false;
    Repeat repeat_;
    ArgumentEdit* edit_;
    QLineEdit* again_ = nullptr;
};

/// Shows what would be undone before it is.
class UndoForm : public DecisionForm {
    Q_OBJECT
public:
    UndoForm(const HandoffDetail& handoff, Millis now, QWidget* parent);
    bool isReady() const override;
    void complete(Decision& decision) const override;
    void focusFirst() override;

private:
    void showItems();

    std::vector<UndoItem> items_;
    std::string step_;
    Millis now_;
    int possible_ = 0;
    QWidget* list_ = nullptr;
    QWidget* listHolder_;
    QCheckBox* whole_ = nullptr;
};

}  // namespace handrail::ui
