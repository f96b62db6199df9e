#include "ui/toast.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace handrail::ui {
namespace {

constexpr int shownFor = 4000;
constexpr int offeredFor = 12'000;

}  // namespace

Toast::Toast(QWidget* parent) : QWidget(parent)
{
    text_ = new PlainLabel({}, Tone::Text, 0, false, this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space(4), space(2), space(4), space(2));
    row->addWidget(text_, 1);
    button_ = new QPushButton(this);
    button_->setObjectName(QStringLiteral("take back"));
    button_->setAutoDefault(false);
    // What has the focus keeps it: a key that was meant for the list must not press this.
    button_->setFocusPolicy(Qt::NoFocus);
    row->addWidget(button_);
    timer_.setSingleShot(true);
    connect(button_, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT taken();
    });
    connect(&timer_, &QTimer::timeout, this, &QWidget::hide);
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString& text)
{
    button_->hide();
    setAttribute(Qt::WA_TransparentForMouseEvents, true);
    tell(text, shownFor);
}

void Toast::offer(const QString& text, const QString& button)
{
    button_->setText(button);
    button_->show();
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
    tell(text, offeredFor);
}

void Toast::tell(const QString& text, int span)
{
    text_->setText(text);
    setAccessibleName(text);
    place();
    QWidget::show();
    raise();
    timer_.start(span);
}

void Toast::place()
{
    const int width = std::min(520, parentWidget()->width() - space(8));
    const int beside = button_->isHidden() ? 0 : button_->sizeHint().width() + space(2);
    const int least = beside > 0 ? button_->sizeHint().height() : 0;
    resize(width, std::max(least, text_->heightForWidth(width - space(8) - beside)) + space(4));
    move((parentWidget()->width() - width) / 2, parentWidget()->height() - height() - std::max(lift_, space(18)));
}

void Toast::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look().strongBorder, 1));
    painter.setBrush(look().raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

NoticeRow::NoticeRow(Tone tone, bool canDismiss, QWidget* parent) : QWidget(parent), tone_(tone)
{
    text_ = new PlainLabel({}, tone, 0, false, this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space(4), space(2), space(2), space(2));
    row->addWidget(text_, 1);
    if (canDismiss) {
        auto* close = new QToolButton(this);
        close->setIcon(icon(QStringLiteral("close"), colourOf(tone)));
        close->setAutoRaise(true);
        close->setFixedSize(28, 28);
        close->setAccessibleName(tr("Dismiss"));
        connect(close, &QToolButton::clicked, this, &QWidget::hide);
        row->addWidget(close, 0, Qt::AlignTop);
    }
    hide();
}

void NoticeRow::setText(const QString& text)
{
    text_->setText(text);
    setVisible(!text.isEmpty());
}

void NoticeRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), softColourOf(tone_));
    painter.fillRect(QRect(0, 0, 3, height()), colourOf(tone_));
}

}  // namespace handrail::ui
