#include "ui/attemptline.h"

#include <algorithm>

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr int barHeight = 24;
constexpr int barTop = 4;

QString purposeText(const AttemptView& attempt)
{
    if (attempt.purpose == "verify") return AttemptLine::tr("Check %1").arg(attempt.number);
    if (attempt.purpose == "before") return AttemptLine::tr("Look before");
    if (attempt.purpose == "look") return AttemptLine::tr("Look at the tool");
    if (attempt.purpose == "undo") return AttemptLine::tr("Undo %1").arg(attempt.number);
    return AttemptLine::tr("Call %1").arg(attempt.number);
}

/// A round step that gives four to eight marks.
Millis tickStep(Millis span)
{
    Millis step = 1;
    while (true) {
        for (const Millis factor : {1, 2, 5}) {
            if (span / (step * factor) <= 6) return step * factor;
        }
        step *= 10;
    }
}

}  // namespace

QString attemptText(const AttemptView& attempt)
{
    const QString what = attempt.code.empty() ? AttemptLine::tr("answered")
                                              : AttemptLine::tr("%1 (%2)").arg(QString::fromStdString(codeInfo(attempt.code).title),
                                                                              foreignLine(attempt.code));
    QString text = AttemptLine::tr("%1 · %2 · %3").arg(purposeText(attempt), what, spanText(attempt.tookMs));
    if (attempt.waitMs > 0) text += AttemptLine::tr(", then waited %1").arg(spanText(attempt.waitMs));
    if (attempt.injected) text += AttemptLine::tr(" · injected for a test");
    return text;
}

AttemptLine::AttemptLine(std::vector<AttemptView> attempts, QWidget* parent) : QWidget(parent), attempts_(std::move(attempts))
{
    std::sort(attempts_.begin(), attempts_.end(), [](const auto& a, const auto& b) { return a.began < b.began; });
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Attempts on a time line"));
    QStringList words;
    for (const auto& attempt : attempts_) words.append(attemptText(attempt));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
}

QSize AttemptLine::sizeHint() const { return {400, barTop + barHeight + space(2) + QFontMetrics(textFont(-2)).height()}; }

QSize AttemptLine::minimumSizeHint() const { return {160, sizeHint().height()}; }

Millis AttemptLine::end() const
{
    Millis last = attempts_.front().began + 1;
    for (const auto& attempt : attempts_) last = std::max(last, attempt.began + attempt.tookMs + attempt.waitMs);
    return last;
}

qreal AttemptLine::place(Millis instant) const
{
    const auto span = static_cast<qreal>(end() - attempts_.front().began);
    return static_cast<qreal>(instant - attempts_.front().began) / span * (width() - 2) + 1;
}

QRectF AttemptLine::bar(const AttemptView& attempt) const
{
    const qreal left = place(attempt.began);
    const qreal right = place(attempt.began + attempt.tookMs);
    return {left, barTop, std::max<qreal>(4, right - left), barHeight};
}

QString AttemptLine::label(const AttemptView& attempt) const
{
    return attempt.purpose == "act" || attempt.purpose.empty() ? QString::number(attempt.number) : purposeText(attempt).left(1);
}

void AttemptLine::paintWait(QPainter& painter, const AttemptView& attempt) const
{
    if (attempt.waitMs <= 0) return;
    const qreal left = bar(attempt).right() + 2;
    const qreal right = place(attempt.began + attempt.tookMs + attempt.waitMs) - 2;
    if (right <= left) return;
    const qreal middle = barTop + barHeight / 2.0;
    painter.setPen(QPen(look().strongBorder, 1.5, Qt::DotLine));
    painter.drawLine(QPointF(left, middle), QPointF(right, middle));
    painter.setFont(textFont(-2));
    const QString words = tr("wait %1").arg(spanText(attempt.waitMs));
    const qreal wide = painter.fontMetrics().horizontalAdvance(words);
    if (wide + space(3) > right - left) return;
    const QRectF around((left + right - wide) / 2 - space(1), barTop, wide + space(2), barHeight);
    painter.fillRect(around, look().surface);
    painter.setPen(look().muted);
    painter.drawText(around, Qt::AlignCenter, words);
}

void AttemptLine::paintAxis(QPainter& painter) const
{
    const Millis begin = attempts_.front().began;
    const Millis span = end() - begin;
    const Millis step = tickStep(span);
    painter.setFont(textFont(-2));
    const int top = barTop + barHeight + space(1);
    for (Millis at = 0; at <= span; at += step) {
        const qreal x = place(begin + at);
        painter.setPen(look().border);
        painter.drawLine(QPointF(x, top - 2), QPointF(x, top + 2));
        const QString words = at == 0 ? tr("0") : spanText(at);
        const qreal wide = painter.fontMetrics().horizontalAdvance(words);
        const qreal left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.setPen(look().muted);
        painter.drawText(QPointF(left, top + 3 + painter.fontMetrics().ascent()), words);
    }
}

void AttemptLine::paintEvent(QPaintEvent*)
{
    if (attempts_.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxis(painter);
    for (const auto& attempt : attempts_) {
        paintWait(painter, attempt);
        const Tone tone = attempt.code.empty() ? Tone::Good : Tone::Danger;
        const QRectF area = bar(attempt);
        painter.setPen(colourOf(tone));
        painter.setBrush(softColourOf(tone));
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setFont(textFont(-1, true));
        const QString glyph = attempt.code.empty() ? QStringLiteral("✓") : QStringLiteral("✗");
        const QString full = label(attempt) + QStringLiteral(" ") + glyph;
        if (area.width() >= painter.fontMetrics().horizontalAdvance(full) + 6) painter.drawText(area, Qt::AlignCenter, full);
        else if (area.width() >= 12) painter.drawText(area, Qt::AlignCenter, label(attempt));
    }
}

bool AttemptLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const auto& attempt : attempts_) {
        const QRectF reach(bar(attempt).left(), 0, place(attempt.began + attempt.tookMs + attempt.waitMs) - bar(attempt).left(), height());
        if (!reach.adjusted(-2, 0, 2, 0).contains(help->pos())) continue;
        const QString words = attemptText(attempt) + u'\n' + foreign(attempt.note) + u'\n' + instantText(attempt.began);
        QToolTip::showText(help->globalPos(), foreignToolTip(words.toStdString()), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

}  // namespace handrail::ui
