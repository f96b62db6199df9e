#include "ui/parts.h"

#include <algorithm>
#include <cmath>

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPainter>
#include <QTextLayout>
#include <QVBoxLayout>

#include "ui/foreigntext.h"

namespace handrail::ui {
namespace {

/// Lays a text out at a width, breaking inside words where it must; gives the height.
qreal layOut(QTextLayout& layout, qreal width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1.0, width));
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

QString broken(QString text) { return text.replace(u'\n', QChar::LineSeparator); }

}  // namespace

QColor colourOf(Tone tone)
{
    switch (tone) {
    case Tone::Muted: return look().muted;
    case Tone::Accent: return look().accent;
    case Tone::Good: return look().good;
    case Tone::Warning: return look().warning;
    case Tone::Danger: return look().danger;
    case Tone::Doubt: return look().doubt;
    case Tone::Text: break;
    }
    return look().text;
}

QColor softColourOf(Tone tone)
{
    switch (tone) {
    case Tone::Accent: return look().accentSoft;
    case Tone::Good: return look().goodSoft;
    case Tone::Warning: return look().warningSoft;
    case Tone::Danger: return look().dangerSoft;
    case Tone::Doubt: return look().doubtSoft;
    default: return look().sunken;
    }
}

void bringUp(QWidget& window)
{
    window.setWindowState((window.windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    window.show();
    window.raise();
    window.activateWindow();
}

void setTip(QWidget* widget, const QString& text) { widget->setToolTip(foreignToolTip(text.toStdString())); }

void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look().accent, 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
}

PlainLabel::PlainLabel(const QString& text, Tone tone, int pointsMore, bool bold, QWidget* parent)
    : QLabel(parent), tone_(tone), pointsMore_(pointsMore), bold_(bold)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    applyFont();
    auto* copy = new QAction(tr("Copy"), this);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(this->text()); });
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PlainLabel::setTone(Tone tone)
{
    tone_ = tone;
    update();
}

void PlainLabel::setItalic(bool italic)
{
    italic_ = italic;
    applyFont();
}

void PlainLabel::setMonospace(bool monospace)
{
    monospace_ = monospace;
    applyFont();
}

void PlainLabel::setOneLine(bool oneLine)
{
    oneLine_ = oneLine;
    setSizePolicy(oneLine ? QSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed) : sizePolicy());
    updateGeometry();
}

void PlainLabel::applyFont()
{
    QFont wanted = textFont(pointsMore_, bold_);
    if (monospace_) {
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(wanted.pointSizeF() - 0.5);
        wanted = fixed;
    }
    wanted.setItalic(italic_);
    if (wanted != font()) setFont(wanted);
}

void PlainLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange) applyFont();
    update();
}

int PlainLabel::widestLine() const
{
    int widest = 0;
    const auto lines = QStringView(text()).split(u'\n');
    for (const auto line : lines) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(line.left(400).toString()) + 1);
    }
    return widest;
}

QSize PlainLabel::sizeHint() const
{
    const int widest = widestLine();
    const int width = oneLine_ ? widest : std::min(widest, 560);
    return {width, heightForWidth(std::max(1, width))};
}

QSize PlainLabel::minimumSizeHint() const
{
    if (oneLine_) return sizeHint();
    return {std::min(widestLine(), 40), fontMetrics().lineSpacing()};
}

bool PlainLabel::hasHeightForWidth() const { return !oneLine_; }

int PlainLabel::heightForWidth(int width) const
{
    QTextLayout layout(broken(text()), font());
    const int least = fontMetrics().lineSpacing();
    return std::max(least, static_cast<int>(std::ceil(layOut(layout, oneLine_ ? 1e6 : width))));
}

void PlainLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(isEnabled() ? colourOf(tone_) : look().muted);
    QTextLayout layout(broken(text()), font());
    const qreal height = layOut(layout, oneLine_ ? 1e6 : width());
    const bool atTop = alignment().testFlag(Qt::AlignTop);
    const qreal x = alignment().testFlag(Qt::AlignRight) ? std::max(0, width() - widestLine()) : 0;
    layout.draw(&painter, {x, atTop ? 0 : std::max(0.0, (this->height() - height) / 2)});
}

Badge::Badge(const QString& glyph, const QString& word, Tone tone, QWidget* parent) : QLabel(parent), tone_(tone)
{
    setTextFormat(Qt::PlainText);
    const bool isIcon = glyph.startsWith(u':');
    icon_ = isIcon ? glyph.mid(1) : QString();
    setText(isIcon || glyph.isEmpty() ? word : glyph + QStringLiteral("\u2002") + word);
    setAccessibleName(word);
    setFont(textFont(-1));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    const bool isSize = event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange;
    if (isSize && font() != textFont(-1)) setFont(textFont(-1));
}

int Badge::iconSize() const { return std::max(14, fontMetrics().ascent()); }

QSize Badge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + (icon_.isEmpty() ? space(4) : space(5) + iconSize()), std::max(22, fontMetrics().height() + 6)};
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(softColourOf(tone_));
    painter.drawRoundedRect(QRectF(rect()), 5, 5);
    painter.setPen(tone_ == Tone::Muted ? look().text : colourOf(tone_));
    if (icon_.isEmpty()) {
        painter.drawText(rect(), Qt::AlignCenter, text());
        return;
    }
    const QRect place(space(2), (height() - iconSize()) / 2, iconSize(), iconSize());
    icon(icon_, painter.pen().color()).paint(&painter, place);
    painter.drawText(rect().adjusted(space(3) + 1 + iconSize(), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

void Page::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), look().surface); }

Box::Box(Tone tone, QWidget* parent) : QFrame(parent), tone_(tone)
{
    auto* column = new QVBoxLayout(this);
    const bool hasBar = tone != Tone::Text;
    column->setContentsMargins(space(hasBar ? 4 : 3), space(2), space(3), space(2));
    column->setSpacing(space(1));
}

void Box::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isPlain = tone_ == Tone::Text;
    painter.setPen(isPlain ? QPen(look().border) : QPen(Qt::NoPen));
    painter.setBrush(isPlain ? look().raised : softColourOf(tone_));
    painter.drawRoundedRect(area, 6, 6);
    if (isPlain) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone_ == Tone::Muted ? look().strongBorder : colourOf(tone_));
    painter.drawRoundedRect(QRectF(0, 0, 4, height()), 2, 2);
}

}  // namespace handrail::ui
