#include "ui/toast.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace handrail::ui {
namespace {

constexpr int shownFor = 4000;

}  // namespace

Toast::Toast(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    text_ = new PlainLabel({}, Tone::Text, 0, false, this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space(4), space(2), space(4), space(2));
    row->addWidget(text_);
    timer_.setSingleShot(true);
    timer_.setInterval(shownFor);
    connect(&timer_, &QTimer::timeout, this, &QWidget::hide);
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString& text)
{
    text_->setText(text);
    setAccessibleName(text);
    place();
    QWidget::show();
    raise();
    timer_.start();
}

void Toast::place()
{
    const int width = std::min(520, parentWidget()->width() - space(8));
    resize(width, text_->heightForWidth(width - space(8)) + space(4));
    move((parentWidget()->width() - width) / 2, parentWidget()->height() - height() - space(18));
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
