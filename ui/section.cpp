#include <algorithm>
#include <utility>

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include "ui/parts.h"

namespace handrail::ui {

/// The line with the arrow, the title and the quiet words.
class Section::Heading : public QAbstractButton {
public:
    Heading(const QString& title, QWidget* parent) : QAbstractButton(parent)
    {
        setText(title);
        setAccessibleName(title);
        setCheckable(true);
        setChecked(true);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }

    void setSummary(const QString& summary)
    {
        summary_ = summary;
        setAccessibleDescription(summary);
        update();
    }

    QSize sizeHint() const override { return {200, std::max(26, QFontMetrics(textFont(0, true)).height() + space(2))}; }
    QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (hasFocus()) paintFocusRing(painter, QRectF(rect()), 4);
        paintArrow(painter);
        painter.setPen(underMouse() ? look().accent : look().text);
        painter.setFont(textFont(0, true));
        const int left = space(5);
        const int wide = painter.fontMetrics().horizontalAdvance(text());
        painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter, text());
        painter.setFont(textFont(-1));
        painter.setPen(look().muted);
        const QRect rest(left + wide + space(3), 0, width() - left - wide - space(4), height());
        const QString line = painter.fontMetrics().elidedText(summary_, Qt::ElideRight, rest.width());
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft, line);
    }

private:
    void paintArrow(QPainter& painter) const
    {
        painter.save();
        painter.translate(space(2), height() / 2.0);
        if (isChecked()) painter.rotate(90);
        QPainterPath arrow;
        arrow.moveTo(-2, -4);
        arrow.lineTo(2, 0);
        arrow.lineTo(-2, 4);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look().muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(arrow);
        painter.restore();
    }

    QString summary_;
};

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent), title_(title), heading_(new Heading(title, this)), body_(new QWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3, 0, 1);
    column->setSpacing(0);
    column->addWidget(heading_);
    column->addWidget(body_);
    auto* rows = new QVBoxLayout(body_);
    rows->setContentsMargins(space(5), 0, 0, space(1) + 2);
    rows->setSpacing(space(1) + 2);
    connect(heading_, &QAbstractButton::toggled, this, [this](bool open) {
        setOpen(open);
        emit folded(title_, open);
    });
}

void Section::setSummary(const QString& summary) { heading_->setSummary(summary); }

void Section::setOpen(bool open)
{
    open_ = open;
    if (open && fill_) std::exchange(fill_, nullptr)();
    const QSignalBlocker quiet(heading_);
    heading_->setChecked(open);
    heading_->update();
    body_->setVisible(open);
}

void Section::add(QWidget* widget) { body_->layout()->addWidget(widget); }

void Section::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(look().border);
    painter.drawLine(0, 0, width(), 0);
}

FlowLayout::FlowLayout(int gap, QWidget* parent) : QLayout(parent), gap_(gap) { setContentsMargins(0, 0, 0, 0); }

FlowLayout::~FlowLayout() { qDeleteAll(items_); }

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const auto* item : items_) {
        if (item->isEmpty()) continue;
        width += (width > 0 ? gap_ : 0) + item->sizeHint().width();
        height = std::max(height, item->sizeHint().height());
    }
    const QMargins margins = contentsMargins();
    return QSize(width, height).grownBy(margins);
}

QSize FlowLayout::minimumSize() const
{
    QSize least;
    for (const auto* item : items_) {
        if (!item->isEmpty()) least = least.expandedTo(item->minimumSize());
    }
    return least.grownBy(contentsMargins());
}

/// Shares the visible items out over lines of this width.
QList<FlowLayout::Line> FlowLayout::linesOf(int width) const
{
    QList<Line> lines;
    for (int i = 0; i < items_.size(); ++i) {
        if (items_[i]->isEmpty()) continue;
        const QSize size = items_[i]->sizeHint().boundedTo(QSize(std::max(width, 1), QWIDGETSIZE_MAX));
        const int needed = lines.isEmpty() ? 0 : lines.last().width + gapBefore(i) + size.width();
        if (lines.isEmpty() || needed > width) lines.append({{}, size.width(), size.height()});
        else lines.last() = {lines.last().items, needed, std::max(lines.last().height, size.height())};
        lines.last().items.append(i);
    }
    return lines;
}

int FlowLayout::arrange(const QRect& given, bool isReal) const
{
    const QRect rect = given.marginsRemoved(contentsMargins());
    int y = rect.y();
    for (const Line& line : linesOf(rect.width())) {
        int x = rect.x();
        for (const int i : line.items) {
            const QSize size = items_[i]->sizeHint().boundedTo(QSize(std::max(rect.width(), 1), QWIDGETSIZE_MAX));
            if (i != line.items.first()) x += gapBefore(i);
            // The first of the tail leaps to where the rest of the line ends at the right edge.
            if (tailFrom_ >= 0) x += slackOf(line, rect.width(), i);
            if (isReal) items_[i]->setGeometry(QRect(QPoint(x, y), size));
            x += size.width();
        }
        y += line.height + gap_;
    }
    return std::max(0, y - gap_ - rect.y()) + contentsMargins().top() + contentsMargins().bottom();
}

/// The free space before the first item of the tail in a line, 0 before any other.
int FlowLayout::slackOf(const Line& line, int width, int item) const
{
    const auto first = std::find_if(line.items.begin(), line.items.end(), [this](int i) { return i >= tailFrom_; });
    return first != line.items.end() && *first == item ? width - line.width : 0;
}

}  // namespace handrail::ui
