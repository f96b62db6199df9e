#pragma once

#include <QPushButton>

#include "agentcore/types.h"

namespace handrail::ui {

/// What the buttons of the bar stand for; "settle" and "retry" are three of them, "reject" two.
enum class Action {
    Approve, Edit, Happened, NotHappened, CannotTell, Retry, RetryWith, Skip, Fallback, Answer, Keep, Undo, Withdraw, GoOn, Stop, Reject, Abort
};

/// What there is to know of an action before it is done.
struct ActionInfo {
    Action action;
    Verb verb;
    QString label;
    QString icon;
    QString key;   ///< as it is shown; empty when there is none
    int code = 0;  ///< Qt::Key; 0 when there is none
    bool shift = false;
    QString what;  ///< what will happen, in a sentence
};
const QList<ActionInfo>& allActions();
const ActionInfo& infoOf(Action action);

/// Takes something away or ends it: stands apart from the others.
bool isDestructive(Action action);
/// Whether its verb is possible for the handoff and, of the actions that share that verb, it is the one that fits.
bool isFor(Action action, const HandoffDetail& handoff);

/// A button of the bar: label, key, 32 pixels high. Enter does not press it.
class ActionButton : public QPushButton {
    Q_OBJECT
public:
    /// `hasKey`: its key acts where it stands, so it is shown.
    explicit ActionButton(Action action, QWidget* parent = nullptr, bool hasKey = true);
    Action action() const { return action_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QColor ink() const;
    bool isMain() const;
    void paintKey(QPainter& painter) const;
    int keyWidth() const;

    Action action_;
    bool hasKey_;
};

}  // namespace handrail::ui
