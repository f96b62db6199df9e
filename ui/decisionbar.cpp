#include "ui/decisionbar.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/decisionform.h"
#include "ui/foreigntext.h"
#include "ui/parts.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr Millis armingTime = 1'000;

/// True when a text in the arguments is not what it seems: broken UTF-8 cannot be shown, so not approved.
bool hasBrokenText(const Json& value)
{
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        return QString::fromStdString(text).toStdString() != text;
    }
    if (!value.is_structured()) return value.is_discarded();
    return std::any_of(value.begin(), value.end(), hasBrokenText);
}

/// Who of the people that are needed has said yes.
QString agreedText(const HandoffDetail& handoff)
{
    QStringList names;
    for (const auto& name : handoff.approvers) names.append(foreignLine(name));
    const int missing = handoff.needs - static_cast<int>(names.size());
    if (names.isEmpty()) return DecisionBar::tr("%n people must agree before it is sent.", nullptr, handoff.needs);
    return DecisionBar::tr("%1 agreed. %n more must agree before it is sent.", nullptr, missing).arg(names.join(QStringLiteral(", ")));
}

bool isMeant(const ActionInfo& one, const QKeyEvent& event)
{
    if (one.code == 0 || one.code != event.key()) return false;
    return one.shift == event.modifiers().testFlag(Qt::ShiftModifier);
}

}  // namespace

DecisionBar::DecisionBar(std::function<Millis()> now, QWidget* parent)
    : QWidget(parent), now_(std::move(now)), column_(new QVBoxLayout(this)), row_(new QWidget(this)),
      noteHolder_(new QWidget(this)), note_(new PlainLabel({}, Tone::Muted, 0, false, noteHolder_)), arming_(new QTimer(this))
{
    setAccessibleName(tr("Decision"));
    column_->setContentsMargins(0, 1, 0, 0);
    column_->setSpacing(0);
    auto* noteRow = new QHBoxLayout(noteHolder_);
    noteRow->setContentsMargins(space(5), space(2), space(5), 0);
    noteRow->addWidget(note_);
    column_->addWidget(noteHolder_);
    column_->addWidget(row_);
    buildButtons();
    arming_->setSingleShot(true);
    connect(arming_, &QTimer::timeout, this, &DecisionBar::tick);
    refresh();
}

void DecisionBar::buildButtons()
{
    auto* flow = new FlowLayout(space(2), row_);
    flow->setContentsMargins(space(5), space(2) + 2, space(5), space(2) + 2);
    QList<ActionButton*> apart;
    for (const auto& known : allActions()) {
        auto* button = new ActionButton(known.action, row_);
        if (isDestructive(known.action)) apart.append(button);
        else flow->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, action = known.action] { begin(action); });
        buttons_.append(button);
    }
    flow->setTail(flow->count(), space(6) + 1);
    for (auto* button : apart) flow->addWidget(button);
}

void DecisionBar::setQuestionCheck(std::function<bool()> isQuestionVisible) { isQuestionVisible_ = std::move(isQuestionVisible); }

void DecisionBar::setDecisionCheck(std::function<std::optional<Failure>(const Decision&)> whyRefused) { whyRefused_ = std::move(whyRefused); }

void DecisionBar::setHandoff(std::optional<HandoffDetail> handoff)
{
    const bool isSameOne = handoff && handoff_ && handoff->row.id == handoff_->row.id;
    const bool hasChanged = isSameOne && handoff->digest != handoff_->digest;
    if (!isSameOne || hasChanged) closeForm();
    if (!isSameOne) {
        busy_ = false;
        armedAt_ = 0;
    }
    handoff_ = std::move(handoff);
    if (hasChanged) {
        armedAt_ = now_() + armingTime;
        arming_->start(static_cast<int>(armingTime));
    }
    if (form_ && !isPossible(form_->action())) closeForm();
    refresh();
}

void DecisionBar::setBusy(bool busy)
{
    busy_ = busy;
    refresh();
}

void DecisionBar::tick()
{
    if (armedAt_ == 0) return;
    const Millis left = armedAt_ - now_();
    if (left > 0) {
        arming_->start(static_cast<int>(std::min(left, armingTime)));
        return;
    }
    armedAt_ = 0;
    refresh();
}

bool DecisionBar::isLocked() const { return busy_ || armedAt_ > 0; }

bool DecisionBar::isPossible(Action action) const
{
    if (!handoff_ || !isFor(action, *handoff_)) return false;
    const bool hasArguments = handoff_->arguments.is_object() && !handoff_->arguments.empty();
    // What failed in an undo is not the step's own call: its arguments are not for changing.
    const bool isUndo = !handoff_->undone.empty() || !handoff_->notUndone.empty() || !handoff_->undoUnknown.empty();
    return action != Action::RetryWith || (hasArguments && !isUndo);
}

QString DecisionBar::blockedBy(Action action) const
{
    if (action == Action::Approve && hasBrokenText(handoff_->arguments)) {
        return tr("A value cannot be decoded, so nobody can see what would be approved.");
    }
    const bool isObject = handoff_->arguments.is_object() && !handoff_->arguments.empty();
    if (action == Action::Edit && !isObject) return tr("A list of records cannot be edited here: reject it and say why.");
    return {};
}

void DecisionBar::refresh()
{
    bool any = false;
    for (auto* button : buttons_) {
        const bool can = isPossible(button->action());
        button->setVisible(can);
        any = any || can;
        if (!can) continue;
        const QString blocked = blockedBy(button->action());
        button->setEnabled(!isLocked() && blocked.isEmpty());
        const ActionInfo& known = infoOf(button->action());
        const QString what = blocked.isEmpty() ? known.what : blocked;
        setTip(button, known.key.isEmpty() ? what : tr("%1\nKey: %2").arg(what, known.key));
        button->setAccessibleDescription(what);
    }
    row_->setVisible(any);
    if (form_) form_->setLocked(isLocked());
    refreshNote();
    emit refreshed();
}

bool DecisionBar::canBegin(Action action) const
{
    // Its button knows already: what blocks it was looked for when it was last refreshed.
    return !form_ && std::any_of(buttons_.begin(), buttons_.end(), [&](const ActionButton* button) {
        return button->action() == action && !button->isHidden() && button->isEnabledTo(row_);
    });
}

void DecisionBar::choose(Action action)
{
    if (!canBegin(action)) return;
    if (isQuestionVisible_ && !isQuestionVisible_()) emit questionWanted();
    else begin(action);
}

void DecisionBar::refreshNote()
{
    QString words;
    Tone tone = Tone::Muted;
    if (busy_) {
        words = tr("Your decision is on its way…");
    } else if (armedAt_ > 0) {
        words = tr("⚠ This changed; look again.");
        tone = Tone::Warning;
    } else if (handoff_ && handoff_->holdUntil > 0) {
        words = handoff_->isInPause ? tr("Approved. The run is paused: the call leaves when it goes on, unless you stop it.")
                                    : tr("Approved. The call leaves when the time is over, unless you stop it.");
        tone = Tone::Warning;
    } else if (handoff_ && handoff_->needs > 1 && !handoff_->actions.empty()) {
        words = agreedText(*handoff_);
    } else if (handoff_ && handoff_->actions.empty()) {
        words = handoff_->decidedBy.empty() ? tr("Nothing can be decided here any more.")
                                            : tr("Decided by %1.").arg(foreignLine(handoff_->decidedBy));
    }
    note_->setText(words);
    note_->setTone(tone);
    noteHolder_->setVisible(!words.isEmpty());
}

QString DecisionBar::draftName(Action action) const
{
    return QString::fromStdString(handoff_->row.id) + u'/' + QString::number(static_cast<int>(action));
}

void DecisionBar::begin(Action action)
{
    if (isLocked() || !isPossible(action) || !blockedBy(action).isEmpty()) return;
    switch (action) {
    case Action::Approve:
        if (needsRepeat(*handoff_)) openForm(action);
        else send(action, nullptr);
        return;
    case Action::NotHappened:
    case Action::CannotTell:
    case Action::Stop:
    case Action::Retry:
    case Action::Withdraw:
    case Action::GoOn:
    case Action::Skip:
    case Action::Fallback:
    case Action::Keep: send(action, nullptr); return;
    default: openForm(action);
    }
}

DecisionForm* DecisionBar::makeForm(Action action)
{
    switch (action) {
    case Action::Approve: return new RepeatForm(*handoff_, this);
    case Action::Edit:
    case Action::RetryWith: return new EditForm(action, *handoff_, whyRefused_, this);
    case Action::Undo: return new UndoForm(*handoff_, now_(), this);
    default: break;
    }
    return new WordsForm(action, drafts_.value(draftName(action)), this);
}

void DecisionBar::openForm(Action action)
{
    closeForm();
    form_ = makeForm(action);
    connect(form_, &DecisionForm::cancelled, this, &DecisionBar::closeForm);
    connect(form_, &DecisionForm::confirmed, this, [this] {
        if (form_ && form_->isReady() && !isLocked()) send(form_->action(), form_);
    });
    connect(form_, &DecisionForm::draftChanged, this, [this, action](const QString& draft) { drafts_[draftName(action)] = draft; });
    column_->insertWidget(0, form_);
    form_->show();
    form_->orderFocus();
    form_->focusFirst();
    emit refreshed();
}

void DecisionBar::closeForm()
{
    if (!form_) return;
    const Action action = form_->action();
    const bool hadFocus = form_->isAncestorOf(QApplication::focusWidget());
    form_->hide();
    form_->deleteLater();
    form_ = nullptr;
    emit refreshed();
    if (!hadFocus) return;
    for (auto* button : buttons_) {
        if (button->action() == action && button->isVisible()) button->setFocus();
    }
}

void DecisionBar::send(Action action, const DecisionForm* form)
{
    Decision decision;
    decision.handoff = handoff_->row.id;
    decision.digest = handoff_->digest;
    decision.verb = infoOf(action).verb;
    if (action == Action::Happened) decision.settlement = Settlement::Happened;
    if (action == Action::NotHappened) decision.settlement = Settlement::NotHappened;
    if (action == Action::CannotTell) decision.settlement = Settlement::CannotTell;
    if (form) form->complete(decision);
    closeForm();
    // Before anybody hears of it: the second click of a double click must find the bar shut.
    setBusy(true);
    emit decisionMade(decision);
}

bool DecisionBar::pressKey(QKeyEvent* event)
{
    if ((event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier) return false;
    if (!handoff_ || form_) return false;
    for (const auto& known : allActions()) {
        if (!isMeant(known, *event) || !isPossible(known.action)) continue;
        if (!event->isAutoRepeat()) choose(known.action);
        return true;
    }
    return false;
}

void DecisionBar::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    // The default is to say no, and even that asks why first.
    const Action no = isPossible(Action::Stop) ? Action::Stop : Action::Reject;
    if (isEnter && !form_ && !event->isAutoRepeat() && isPossible(no)) begin(no);
    else QWidget::keyPressEvent(event);
}

void DecisionBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().raised);
    painter.setPen(look().border);
    painter.drawLine(0, 0, width(), 0);
}

QList<DecisionBar::Key> DecisionBar::keys()
{
    QList<Key> keys;
    for (const auto& known : allActions()) {
        QString label = known.label;
        if (!known.key.isEmpty()) keys.append({known.key, label.remove(u'…') + QStringLiteral(": ") + known.what});
    }
    return keys;
}

}  // namespace handrail::ui
