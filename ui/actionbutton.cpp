#include "ui/actionbutton.h"

#include <algorithm>

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>

#include "ui/parts.h"

namespace handrail::ui {
namespace {

QString say(const char* text) { return QCoreApplication::translate("handrail::ui::DecisionBar", text); }

ActionInfo info(Action action, Verb verb, const char* label, const char* icon, int code, const char* what)
{
    const QString key = code == 0 ? QString() : QString(QChar(code));
    return {action, verb, say(label), QString::fromLatin1(icon), key, code, false, say(what)};
}

QList<ActionInfo> makeActions()
{
    QList<ActionInfo> all{
        info(Action::Approve, Verb::Approve, "Approve", "approve", Qt::Key_A,
             "Sends exactly what is shown, once. A high risk asks you to type the amount or the name again."),
        info(Action::Edit, Verb::Edit, "Edit and approve…", "edit", Qt::Key_E,
             "Lets you change the arguments, then sends the changed ones. The agent's own request is void."),
        info(Action::Happened, Verb::Settle, "It happened…", "approve", 0,
             "Settles the doubt: the step counts as done, nothing is sent again. You may add the provider's reference."),
        info(Action::NotHappened, Verb::Settle, "It did not happen", "reject", 0,
             "Settles the doubt: the step counts as not done and is sent again. Be sure before you say so."),
        info(Action::CannotTell, Verb::Settle, "I cannot tell", "unknown", 0,
             "Notes that nobody knows. The ticket stays open and nothing that depends on it goes on."),
        info(Action::Retry, Verb::Retry, "Retry", "retry", Qt::Key_R,
             "Tries the failed step again with the same arguments and a fresh count of attempts."),
        info(Action::RetryWith, Verb::Retry, "Retry with changes…", "edit", Qt::Key_R,
             "Lets you change the arguments of the failed step, then tries it again."),
        info(Action::Skip, Verb::Skip, "Skip", "skip", Qt::Key_S,
             "Leaves this step out and goes on with the next. Later steps may miss its result."),
        info(Action::Fallback, Verb::Fallback, "Use fallback", "skip", Qt::Key_F,
             "Does this step with the fallback that the definition names."),
        info(Action::Answer, Verb::Answer, "Answer…", "answer", Qt::Key_G,
             "Gives the agent your guidance in words; it then tries again."),
        info(Action::Keep, Verb::Keep, "Keep", "approve", Qt::Key_Y, "Leaves what was done as it is and closes the review."),
        info(Action::Undo, Verb::Undo, "Undo…", "undo", Qt::Key_U,
             "Shows what would be taken back, in order, before anything is sent."),
        info(Action::Withdraw, Verb::Retry, "Withdraw the rejection", "undo", 0,
             "Takes the no back while nothing was done. It is no yes: the question is asked anew."),
        info(Action::GoOn, Verb::Retry, "Let it go on", "run", Qt::Key_R,
             "Ends the pause: the run goes on where it stood. An approval that ran out meanwhile is asked for anew."),
        info(Action::Stop, Verb::Reject, "Stop", "abort", Qt::Key_D,
             "Takes the approval back before the call leaves. Nothing is sent, and it is asked about anew."),
        info(Action::Reject, Verb::Reject, "Reject…", "reject", Qt::Key_D,
             "Nothing is sent. Asks why; the step is skipped or the run ends, as the definition says."),
        info(Action::Abort, Verb::Abort, "Abort…", "abort", 0,
             "Ends the run here. What was done stays done; asks why."),
    };
    for (auto& one : all) {
        if (one.action != Action::RetryWith) continue;
        one.shift = true;
        one.key = QStringLiteral("⇧R");
    }
    return all;
}

}  // namespace

const QList<ActionInfo>& allActions()
{
    static const QList<ActionInfo> all = makeActions();
    return all;
}

const ActionInfo& infoOf(Action action)
{
    const auto& all = allActions();
    return *std::find_if(all.begin(), all.end(), [&](const ActionInfo& one) { return one.action == action; });
}

bool isFor(Action action, const HandoffDetail& handoff)
{
    const Verb verb = infoOf(action).verb;
    if (std::find(handoff.actions.begin(), handoff.actions.end(), verb) == handoff.actions.end()) return false;
    const bool isHeld = handoff.holdUntil > 0;
    if (verb == Verb::Reject) return (action == Action::Stop) == isHeld;
    if (verb != Verb::Retry) return true;
    const bool isRejected = handoff.decidedVerb == Verb::Reject && handoff.row.state == HandoffState::Decided && !isHeld;
    return (action == Action::Withdraw) == isRejected && (action == Action::GoOn) == handoff.isPause;
}

bool isDestructive(Action action) { return action == Action::Undo || action == Action::Stop || action == Action::Reject || action == Action::Abort; }

ActionButton::ActionButton(Action action, QWidget* parent, bool hasKey) : QPushButton(parent), action_(action), hasKey_(hasKey && infoOf(action).code != 0)
{
    const ActionInfo& known = infoOf(action);
    setText(known.label);
    setObjectName(known.label);
    setAccessibleName(known.label);
    setAccessibleDescription(known.what);
    setTip(this, hasKey_ ? tr("%1\nKey: %2").arg(known.what, known.key) : known.what);
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

int ActionButton::keyWidth() const
{
    if (!hasKey_) return 0;
    const QString key = infoOf(action_).key;
    return std::max(18, QFontMetrics(textFont(-1)).horizontalAdvance(key) + space(2));
}

QSize ActionButton::sizeHint() const
{
    const QFontMetrics metrics(textFont(0, true));
    const int key = keyWidth();
    // A pixel or two to spare: the painter rounds other than the metrics do.
    return {metrics.horizontalAdvance(text()) + 2 + space(6) + (key > 0 ? key + space(2) : 0), std::max(32, metrics.height() + space(3))};
}

/// To say no is the default wherever it can be said.
bool ActionButton::isMain() const { return action_ == Action::Reject || action_ == Action::Stop; }

QColor ActionButton::ink() const
{
    if (!isEnabled()) return look().muted;
    if (isMain()) return look().accentText;
    if (action_ == Action::Abort || action_ == Action::Undo) return look().danger;
    return action_ == Action::Approve || action_ == Action::Keep ? look().good : look().text;
}

void ActionButton::paintKey(QPainter& painter) const
{
    const int wide = keyWidth();
    if (wide == 0) return;
    painter.setFont(textFont(-1));
    const int tall = std::max(18, painter.fontMetrics().height());
    const QRectF cap(width() - space(3) - wide + 0.5, (height() - tall) / 2.0, wide - 1, tall);
    const bool isFilled = isMain() && isEnabled();
    QColor frame = isFilled ? look().accentText : look().border;
    if (isFilled) frame.setAlphaF(0.5F);
    painter.setPen(frame);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap, 3, 3);
    painter.setPen(isFilled ? look().accentText : look().muted);
    painter.drawText(cap, Qt::AlignCenter, infoOf(action_).key);
}

void ActionButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFilled = isMain() && isEnabled();
    QColor ground = isFilled ? look().accent : look().raised;
    if (isEnabled() && (isDown() || underMouse())) ground = isFilled ? ground.darker(isDown() ? 118 : 108) : look().sunken;
    painter.setPen(isFilled ? QPen(ground) : QPen(isEnabled() ? look().strongBorder : look().border));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(textFont(0, true));
    painter.setPen(ink());
    const int key = keyWidth();
    const int room = width() - space(6) - (key > 0 ? key + space(2) : 0);
    painter.drawText(QRect(space(3), 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, room + 2));
    paintKey(painter);
    if (!hasFocus()) return;
    painter.setPen(QPen(isFilled ? look().text : look().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

void ActionButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->isAutoRepeat()) {
        event->ignore();
        return;
    }
    QPushButton::keyPressEvent(event);
}

}  // namespace handrail::ui
