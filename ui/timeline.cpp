#include "ui/timeline.h"

#include <algorithm>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include "models/journalmodel.h"
#include "models/replaymodel.h"
#include "ui/foreigntext.h"
#include "ui/parts.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr int margin = 10;  ///< room for half of the handle
constexpr int page = 10;    ///< lines

int stripHeight() { return std::max(24, QFontMetrics(textFont(-2)).height() + space(2)); }

Tone toneOf(models::Meanwhile what)
{
    if (what == models::Meanwhile::Call) return Tone::Accent;
    if (what == models::Meanwhile::Person) return Tone::Warning;
    return what == models::Meanwhile::Away ? Tone::Danger : Tone::Muted;
}

}  // namespace

QString stretchText(const models::Stretch& stretch)
{
    const QString span = spanText(stretch.span);
    switch (stretch.what) {
    case models::Meanwhile::Call: return TimeLine::tr("call %1").arg(span);
    case models::Meanwhile::Pause: return TimeLine::tr("waits %1").arg(span);
    case models::Meanwhile::Person: return TimeLine::tr("waits for a person %1").arg(span);
    case models::Meanwhile::Away: return TimeLine::tr("no process ran %1").arg(span);
    case models::Meanwhile::Work: return TimeLine::tr("%1", "a span of time").arg(span);
    }
    return {};
}

TimeLine::TimeLine(const QString& accessibleName, QWidget* parent) : QAbstractSlider(parent)
{
    setOrientation(Qt::Horizontal);
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setPageStep(page);
    setRange(0, 0);
}

void TimeLine::setLines(std::vector<JournalLine> lines, std::vector<JournalLine> beside)
{
    lines_ = std::move(lines);
    beside_ = std::move(beside);
    marks_.clear();
    layOut();
    const int last = std::max(0, static_cast<int>(lines_.size()) - 1);
    {
        const QSignalBlocker quiet(this);
        setRange(0, last);
        setValue(last);
    }
    setEnabled(!lines_.empty());
    tellHandle();
    update();
}

void TimeLine::setMarks(std::map<int, QString> marks)
{
    marks_ = std::move(marks);
    tellHandle();
    update();
}

void TimeLine::layOut() { scale_ = models::TimeScale(lines_, std::max(1, width() - 2 * margin), beside_.empty() ? nullptr : &beside_); }

int TimeLine::barTop() const { return QFontMetrics(textFont(-1)).height() + space(2); }

QSize TimeLine::sizeHint() const { return {600, barTop() + stripHeight() + space(2) + QFontMetrics(textFont(-2)).height()}; }

QSize TimeLine::minimumSizeHint() const { return {240, sizeHint().height()}; }

/// What the handle stands at, for the eye and for a screen reader.
QString TimeLine::handleText() const
{
    if (lines_.empty()) return {};
    const auto& line = lines_[static_cast<std::size_t>(value())];
    const QString name = line.seq > 0 ? tr("line %1").arg(line.seq) : tr("new");
    QString text = tr("%1 · %2 · %3", "line 7 · +1.2 s · answered").arg(name, models::sinceText(line.time - lines_.front().time), QString::fromStdString(line.event).replace(u'_', u' '));
    if (const auto mark = marks_.find(value()); mark != marks_.end()) text = mark->second + u' ' + text;
    return foreignLine(text.toStdString());
}

void TimeLine::tellHandle()
{
    setAccessibleDescription(lines_.empty() ? tr("no lines") : tr("%1; %2 of %3", "what the handle stands at, and its place").arg(handleText(), QString::number(value() + 1), QString::number(lines_.size())));
}

void TimeLine::sliderChange(SliderChange change)
{
    QAbstractSlider::sliderChange(change);
    if (change == SliderValueChange) tellHandle();
    update();
}

void TimeLine::resizeEvent(QResizeEvent* event)
{
    QAbstractSlider::resizeEvent(event);
    layOut();
}

void TimeLine::changeEvent(QEvent* event)
{
    QAbstractSlider::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange) updateGeometry();
}

void TimeLine::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up: return setValue(value() - 1);
    case Qt::Key_Right:
    case Qt::Key_Down: return setValue(value() + 1);
    case Qt::Key_PageUp: return setValue(value() - page);
    case Qt::Key_PageDown: return setValue(value() + page);
    case Qt::Key_Home: return setValue(minimum());
    case Qt::Key_End: return setValue(maximum());
    default: event->ignore();
    }
}

void TimeLine::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !lines_.empty()) setValue(scale_.nearest(event->position().x() - margin));
}

void TimeLine::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && !lines_.empty()) setValue(scale_.nearest(event->position().x() - margin));
}

void TimeLine::paintStretch(QPainter& painter, const models::Stretch& stretch) const
{
    const QRectF area(margin + stretch.left + 1, barTop(), std::max(0.0, stretch.right - stretch.left - 2), stripHeight());
    const qreal middle = area.center().y();
    const bool isBar = stretch.what == models::Meanwhile::Call || stretch.what == models::Meanwhile::Person;
    const bool isLong = stretch.span > 0 && area.width() >= 3;
    if (!isLong) return;
    if (isBar) {
        painter.setPen(colourOf(toneOf(stretch.what)));
        painter.setBrush(softColourOf(toneOf(stretch.what)));
        painter.drawRoundedRect(area.adjusted(0.5, 3.5, -0.5, -3.5), 3, 3);
    } else {
        painter.setPen(QPen(stretch.what == models::Meanwhile::Away ? look().danger : look().strongBorder, 1.5, Qt::DotLine));
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle));
    }
    painter.setFont(textFont(-2));
    QString words = stretchText(stretch);
    if (stretch.isCut) words = tr("// %1", "a wait that is drawn shorter than to scale").arg(words);
    const qreal room = area.width() - space(2);
    if (painter.fontMetrics().horizontalAdvance(words) > room) words = stretch.isCut ? QStringLiteral("//") : spanText(stretch.span);
    const qreal wide = painter.fontMetrics().horizontalAdvance(words);
    if (wide > room) return;
    if (!isBar) painter.fillRect(QRectF(area.center().x() - wide / 2 - space(1), area.top(), wide + space(2), area.height()), palette().color(QPalette::Window));
    painter.setPen(isBar ? look().text : look().muted);
    painter.drawText(area, Qt::AlignCenter, words);
}

void TimeLine::paintTicks(QPainter& painter) const
{
    const int bottom = barTop() + stripHeight();
    painter.setFont(textFont(-2, true));
    qreal free = 0;
    for (int i = 0; i < static_cast<int>(lines_.size()); ++i) {
        const qreal x = margin + scale_.at(i);
        const auto mark = marks_.find(i);
        const bool isMarked = mark != marks_.end();
        painter.setPen(QPen(isMarked ? look().danger : look().strongBorder, isMarked ? 2 : 1));
        painter.drawLine(QPointF(x, barTop() + (isMarked ? 0 : 5)), QPointF(x, bottom - (isMarked ? 0 : 5)));
        // Where marks would stand in each other, the first one is enough.
        if (!isMarked || x - space(1) < free) continue;
        painter.drawText(QRectF(x - space(3), bottom, space(6), painter.fontMetrics().height() + space(1)), Qt::AlignCenter, mark->second);
        free = x + space(2);
    }
}

void TimeLine::paintHandle(QPainter& painter) const
{
    const qreal x = margin + scale_.at(value());
    const qreal top = barTop() - 2;
    painter.setPen(QPen(look().accent, 2));
    painter.drawLine(QPointF(x, top), QPointF(x, barTop() + stripHeight() + 3));
    painter.setBrush(look().accent);
    painter.drawEllipse(QPointF(x, top), 4, 4);
    painter.setFont(textFont(-1, true));
    const QString words = handleText();
    const qreal wide = painter.fontMetrics().horizontalAdvance(words);
    const qreal left = std::clamp(x - wide / 2, qreal(space(2)), std::max(qreal(space(2)), width() - wide - space(2)));
    painter.setPen(look().text);
    painter.drawText(QPointF(left, painter.fontMetrics().ascent() + 1), words);
}

void TimeLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (lines_.empty()) return;
    const qreal middle = barTop() + stripHeight() / 2.0;
    painter.setPen(look().border);
    painter.drawLine(QPointF(margin, middle), QPointF(margin + scale_.at(static_cast<int>(lines_.size()) - 1), middle));
    for (const auto& stretch : scale_.stretches()) paintStretch(painter, stretch);
    paintTicks(painter);
    painter.setFont(textFont(-2));
    painter.setPen(look().muted);
    const QString end = models::sinceText(lines_.back().time - lines_.front().time);
    const QRectF foot(margin, barTop() + stripHeight(), width() - 2 * margin, height() - barTop() - stripHeight());
    if (marks_.count(0) == 0) painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, tr("0"));
    const qreal wide = painter.fontMetrics().horizontalAdvance(end);
    const qreal right = margin + scale_.at(static_cast<int>(lines_.size()) - 1);
    const bool hasRoom = std::none_of(marks_.begin(), marks_.end(), [&](const auto& mark) { return scale_.at(mark.first) + margin > right - wide - space(3); });
    if (right > wide + space(6) && hasRoom) painter.drawText(QRectF(right - wide, foot.top(), wide, foot.height()), Qt::AlignRight | Qt::AlignVCenter, end);
    paintHandle(painter);
    if (hasFocus()) paintFocusRing(painter, QRectF(rect()), 5);
}

bool TimeLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || lines_.empty()) return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double x = help->pos().x() - margin;
    const auto& line = lines_[static_cast<std::size_t>(scale_.nearest(x))];
    QString words = QStringLiteral("%1 %2\n%3\n%4").arg(QString::number(line.seq), QString::fromStdString(line.event).replace(u'_', u' '), models::whatOf(line), instantText(line.time));
    for (const auto& stretch : scale_.stretches()) {
        if (stretch.span > 0 && x >= stretch.left && x <= stretch.right) words += u'\n' + stretchText(stretch);
    }
    QToolTip::showText(help->globalPos(), foreignToolTip(words.toStdString()), this);
    return true;
}

}  // namespace handrail::ui
