#include "ui/tendingbar.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

#include "ui/foreigntext.h"
#include "ui/parts.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr Millis minute = 60'000;
constexpr int morning = 8;  ///< o'clock, where "tomorrow morning" begins

Millis tomorrowMorning(Millis now)
{
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(now);
    return QDateTime(here.date().addDays(1), QTime(morning, 0)).toMSecsSinceEpoch();
}

}  // namespace

TendingBar::TendingBar(std::function<Millis()> now, QWidget* parent)
    : QWidget(parent), now_(std::move(now)), words_(new PlainLabel({}, Tone::Muted, 0, false, this)), spans_(new QMenu(this))
{
    setAccessibleName(tr("Who has it"));
    setObjectName(QStringLiteral("tending"));
    words_->setObjectName(QStringLiteral("who has it"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space(5), space(1), space(5), space(1));
    row->setSpacing(space(2));
    row->addWidget(words_, 1);
    take_ = addButton(tr("Take"), QStringLiteral("T"), tr("Others see that you have it. They may still decide it."), &TendingBar::take);
    hand_ = addButton(tr("Hand to…"), QStringLiteral("H"), tr("Somebody else has it from now on."), &TendingBar::hand);
    snooze_ = addButton(tr("Snooze…"), QStringLiteral("Z"), tr("Out of the way until later; it is back in time to be decided before it runs out."), &TendingBar::snooze);
    take_->setObjectName(QStringLiteral("take"));
    hand_->setObjectName(QStringLiteral("hand"));
    snooze_->setObjectName(QStringLiteral("snooze"));
    refresh();
}

QPushButton* TendingBar::addButton(const QString& text, const QString& key, const QString& what, void (TendingBar::*act)())
{
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);
    button->setAccessibleDescription(what);
    setTip(button, tr("%1\nKey: %2").arg(what, key));
    connect(button, &QPushButton::clicked, this, act);
    layout()->addWidget(button);
    return button;
}

void TendingBar::setUser(const std::string& user)
{
    user_ = user;
    refresh();
}

void TendingBar::setHandoff(const std::optional<HandoffDetail>& handoff)
{
    row_.reset();
    if (handoff && handoff->row.state == HandoffState::Open) row_ = handoff->row;
    refresh();
}

void TendingBar::refresh()
{
    setVisible(row_.has_value());
    if (!row_) return;
    const bool isMine = !row_->assignee.empty() && row_->assignee == user_;
    QString words = row_->assignee.empty() ? tr("Nobody has it yet.") : isMine ? tr("You have this.") : tr("%1 has this.").arg(foreignLine(row_->assignee));
    const bool isAway = row_->snoozedUntil > now_();
    if (isAway) words += u' ' + tr("Put off until %1.").arg(instantText(row_->snoozedUntil));
    words_->setText(words);
    take_->setText(isMine ? tr("Give back") : tr("Take"));
    const Millis latest = latestSnooze(*row_);
    const bool isLate = latest > 0 && latest <= now_();
    snooze_->setEnabled(isAway || !isLate);
}

void TendingBar::assign(const std::string& who)
{
    if (row_) Q_EMIT tendingMade({row_->id, user_, who, std::nullopt});
}

void TendingBar::putOff(Millis until)
{
    if (row_) Q_EMIT tendingMade({row_->id, user_, std::nullopt, until});
}

void TendingBar::take()
{
    if (row_ && row_->assignee == user_) assign({});
    else assign(user_);
}

void TendingBar::giveBack() { assign({}); }

void TendingBar::hand()
{
    if (!row_) return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Hand to"));
    dialog->setLabelText(tr("Who has it from now on? Their name as they sign in:"));
    dialog->setOkButtonText(tr("Hand over"));
    // The list may move on while the name is typed; the handoff is the one that was meant.
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = row_->id](const QString& name) {
        const QString plain = name.simplified();
        if (!plain.isEmpty()) Q_EMIT tendingMade({id, user_, plain.toStdString(), std::nullopt});
    });
    dialog->open();
}

void TendingBar::addSpan(const QString& text, Millis until)
{
    connect(spans_->addAction(text), &QAction::triggered, this, [this, until] { putOff(until); });
}

void TendingBar::snooze()
{
    if (!row_) return;
    const Millis now = now_();
    const Millis latest = latestSnooze(*row_);
    spans_->clear();
    const std::pair<QString, Millis> choices[] = {{tr("For 15 minutes"), now + 15 * minute}, {tr("For an hour"), now + 60 * minute},
                                                  {tr("For four hours"), now + 240 * minute}, {tr("Until tomorrow morning"), tomorrowMorning(now)}};
    for (const auto& [text, until] : choices) {
        if (latest == 0 || until <= latest) addSpan(text, until);
    }
    // Where the time is short, as long as it can be.
    if (latest > now && latest < now + 240 * minute) addSpan(tr("As long as it can be: until %1").arg(instantText(latest)), latest);
    if (row_->snoozedUntil > now) addSpan(tr("Back at once"), now);
    if (spans_->isEmpty()) return;
    spans_->popup(snooze_->mapToGlobal(QPoint(0, -spans_->sizeHint().height())));
}

bool TendingBar::pressKey(const QKeyEvent& event)
{
    if (!row_ || event.modifiers() != Qt::NoModifier) return false;
    const int key = event.key();
    if (key != Qt::Key_T && key != Qt::Key_H && key != Qt::Key_Z) return false;
    if (event.isAutoRepeat()) return true;
    if (key == Qt::Key_T) take();
    else if (key == Qt::Key_H) hand();
    else snooze();
    return true;
}

void TendingBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().raised);
    painter.setPen(look().border);
    painter.drawLine(0, 0, width(), 0);
}

}  // namespace handrail::ui
