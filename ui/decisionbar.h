#pragma once

#include <functional>
#include <optional>

#include <QHash>
#include <QWidget>

#include "agentcore/types.h"

class QKeyEvent;
class QTimer;
class QVBoxLayout;

namespace handrail::ui {

enum class Action;
class ActionButton;
class DecisionForm;
class PlainLabel;

/// The foot of the handoff: one button for each thing that is possible now, always in the same places.
/// Emits a Decision that names its handoff by id and digest. Enter never approves.
class DecisionBar : public QWidget {
    Q_OBJECT
public:
    explicit DecisionBar(std::function<Millis()> now, QWidget* parent = nullptr);

    /// What may be decided. A digest that changed under the same id is armed again after a second.
    void setHandoff(std::optional<HandoffDetail> handoff);
    /// While a decision is on its way nothing can be pressed a second time.
    void setBusy(bool busy);
    void tick();
    /// Whether that can be begun at this moment: possible here, and nothing else is under way.
    bool canBegin(Action action) const;
    /// Begins it as its key would: a question that is out of view is shown first.
    void choose(Action action);
    /// One of the single-letter keys; false when it means nothing here. Auto-repeat is refused.
    bool pressKey(QKeyEvent* event);
    /// Opens the list of all keys' meanings: verb, key, what happens.
    struct Key {
        QString key;
        QString what;
    };
    static QList<Key> keys();
    /// Why a decision would be refused, asked while a person still types.
    void setDecisionCheck(std::function<std::optional<Failure>(const Decision&)> whyRefused);
    /// Asked before a single-letter decision; without it the question counts as seen.
    void setQuestionCheck(std::function<bool()> isQuestionVisible);

signals:
    void decisionMade(const handrail::Decision& decision);
    /// A single-letter decision came while the question was scrolled out of view: show it first.
    void questionWanted();
    /// What can be begun may have changed.
    void refreshed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildButtons();
    void refresh();
    void refreshNote();
    bool isPossible(Action action) const;
    bool isLocked() const;
    QString blockedBy(Action action) const;
    void begin(Action action);
    DecisionForm* makeForm(Action action);
    void openForm(Action action);
    void closeForm();
    void send(Action action, const DecisionForm* form);
    QString draftName(Action action) const;

    std::function<Millis()> now_;
    std::function<std::optional<Failure>(const Decision&)> whyRefused_;
    std::function<bool()> isQuestionVisible_;
    std::optional<HandoffDetail> handoff_;
    QList<ActionButton*> buttons_;
    QVBoxLayout* column_;
    QWidget* row_;
    QWidget* noteHolder_;
    PlainLabel* note_;
    DecisionForm* form_ = nullptr;
    QTimer* arming_;
    Millis armedAt_ = 0;
    bool busy_ = false;
    QHash<QString, QString> drafts_;  ///< what was typed, by handoff and action
};

}  // namespace handrail::ui
