#include "ui/decisionform.h"

#include <algorithm>

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "ui/argumentedit.h"
#include "ui/foreigntext.h"
#include "ui/parts.h"

namespace handrail::ui {
namespace {

QString wordsTitle(Action action)
{
    switch (action) {
    case Action::Reject: return WordsForm::tr("Why do you reject it?");
    case Action::Abort: return WordsForm::tr("Why do you end this run?");
    case Action::Answer: return WordsForm::tr("What should the agent know or do?");
    default: break;
    }
    return WordsForm::tr("It happened. The provider's reference, if there is one:");
}

QString confirmText(Action action)
{
    switch (action) {
    case Action::Approve: return DecisionForm::tr("Approve");
    case Action::Edit: return DecisionForm::tr("Approve the changed request");
    case Action::RetryWith: return DecisionForm::tr("Retry with these");
    case Action::Answer: return DecisionForm::tr("Send answer");
    case Action::Happened: return DecisionForm::tr("It happened");
    case Action::Undo: return DecisionForm::tr("Undo");
    case Action::Reject: return DecisionForm::tr("Reject");
    case Action::Abort: return DecisionForm::tr("Abort the run");
    default: break;
    }
    return DecisionForm::tr("Confirm");
}

}  // namespace

DecisionForm::DecisionForm(Action action, const QString& title, QWidget* parent) : QWidget(parent), action_(action)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(3), space(5), space(3));
    column->setSpacing(space(2));
    setAccessibleName(title);
    column->addWidget(new PlainLabel(title, Tone::Text, 1, true, this));
    body_ = new QVBoxLayout;
    body_->setSpacing(space(2));
    column->addLayout(body_);
    foot_ = new QHBoxLayout;
    foot_->setSpacing(space(2));
    hint_ = new PlainLabel({}, Tone::Muted, -1, false, this);
    foot_->addWidget(hint_, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space(2));
    buttons->addStretch(1);
    auto* cancel = cancel_ = new QPushButton(tr("Cancel"), this);
    confirm_ = new QPushButton(confirmText(action), this);
    confirm_->setObjectName(QStringLiteral("confirm"));
    const bool isGrave = action == Action::Undo || action == Action::Abort;
    confirm_->setProperty("tone", isGrave ? QStringLiteral("danger") : QStringLiteral("primary"));
    setTip(cancel, tr("Back without a decision (Esc)"));
    setTip(confirm_, tr("%1 (Ctrl+Enter)").arg(infoOf(action).what));
    for (auto* button : {cancel, confirm_}) {
        button->setAutoDefault(false);
        button->setMinimumHeight(32);
        button->setAccessibleName(button->text());
    }
    // The button that opened the form may have the same word on it.
    confirm_->setAccessibleName(tr("Confirm: %1").arg(confirm_->text()));
    buttons->addWidget(cancel, 0, Qt::AlignBottom);
    buttons->addWidget(confirm_, 0, Qt::AlignBottom);
    foot_->addLayout(buttons);
    column->addLayout(foot_);
    connect(cancel, &QPushButton::clicked, this, &DecisionForm::cancelled);
    connect(confirm_, &QPushButton::clicked, this, &DecisionForm::confirmed);
}

/// Where little room is left beside the buttons, what is said stands above them.
void DecisionForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int rest = width() - cancel_->sizeHint().width() - confirm_->sizeHint().width() - space(12);
    foot_->setDirection(rest < hint_->fontMetrics().averageCharWidth() * 24 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void DecisionForm::setLocked(bool locked)
{
    locked_ = locked;
    refresh();
}

void DecisionForm::orderFocus()
{
    QWidget* last = nullptr;
    const auto children = findChildren<QWidget*>();
    for (auto* child : children) {
        // The list of a choice is a window of its own.
        if (child == cancel_ || child == confirm_ || child->window() != window() || (child->focusPolicy() & Qt::TabFocus) == 0) continue;
        if (last) setTabOrder(last, child);
        last = child;
    }
    if (last) setTabOrder(last, cancel_);
    setTabOrder(cancel_, confirm_);
}

void DecisionForm::setHint(const QString& hint, bool isMistake)
{
    hint_->setText(hint);
    hint_->setTone(isMistake ? Tone::Danger : Tone::Muted);
}

void DecisionForm::refresh()
{
    confirm_->setEnabled(isReady() && !locked_);
    emit draftChanged(draft());
}

void DecisionForm::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) emit cancelled();
    else if (isEnter && event->modifiers().testFlag(Qt::ControlModifier) && !event->isAutoRepeat() && confirm_->isEnabled()) emit confirmed();
    // Letters that a field did not want must not become decisions.
    event->accept();
}

void DecisionForm::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().raised);
    painter.setPen(look().strongBorder);
    painter.drawLine(0, 0, width(), 0);
}

WordsForm::WordsForm(Action action, const QString& draft, QWidget* parent) : DecisionForm(action, wordsTitle(action), parent)
{
    if (action == Action::Happened) {
        line_ = new QLineEdit(draft, this);
        line_->setPlaceholderText(tr("for example re_3PqX… (may stay empty)"));
        line_->setAccessibleName(tr("Reference"));
        body()->addWidget(line_);
        connect(line_, &QLineEdit::textChanged, this, [this] { refresh(); });
    } else {
        area_ = new QPlainTextEdit(draft, this);
        area_->setTabChangesFocus(true);
        area_->setAccessibleName(wordsTitle(action));
        area_->setPlaceholderText(action == Action::Answer ? tr("Your words go to the agent as they are.")
                                                           : tr("Your words are kept with the decision."));
        area_->setFixedHeight(area_->fontMetrics().lineSpacing() * 3 + space(4));
        body()->addWidget(area_);
        connect(area_, &QPlainTextEdit::textChanged, this, [this] { refresh(); });
    }
    const bool isFree = action == Action::Abort || action == Action::Happened;
    setHint(isFree ? tr("Ctrl+Enter confirms, Esc goes back.") : tr("Needed. Ctrl+Enter confirms, Esc goes back."), false);
    refresh();
}

QString WordsForm::draft() const { return line_ ? line_->text() : area_->toPlainText(); }

bool WordsForm::isReady() const
{
    return action() == Action::Abort || action() == Action::Happened || !draft().trimmed().isEmpty();
}

void WordsForm::complete(Decision& decision) const
{
    const std::string words = draft().trimmed().toStdString();
    if (action() == Action::Answer) decision.text = words;
    else if (action() == Action::Happened) decision.reference = words;
    else decision.reason = words;
}

void WordsForm::focusFirst()
{
    if (line_) line_->setFocus();
    else area_->setFocus();
}

RepeatForm::RepeatForm(const HandoffDetail& handoff, QWidget* parent)
    : DecisionForm(Action::Approve, tr("Type the %1 again to approve: %2").arg(repeatOf(handoff).name, repeatOf(handoff).shown), parent),
      repeat_(repeatOf(handoff)), line_(new QLineEdit(this))
{
    line_->setObjectName(QStringLiteral("again"));
    line_->setAccessibleName(tr("The %1 again").arg(repeat_.name));
    body()->addWidget(line_);
    connect(line_, &QLineEdit::textChanged, this, [this](const QString& typed) {
        const bool isWrong = !typed.trimmed().isEmpty() && !repeat_.matches(typed);
        setHint(isWrong ? tr("That is not the %1 yet.").arg(repeat_.name) : tr("Ctrl+Enter approves, Esc goes back."), isWrong);
        refresh();
    });
    setHint(tr("Ctrl+Enter approves, Esc goes back."), false);
    refresh();
}

bool RepeatForm::isReady() const { return repeat_.matches(line_->text()); }

void RepeatForm::focusFirst() { line_->setFocus(); }

}  // namespace handrail::ui
