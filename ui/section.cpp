#include <algorithm>

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
    return {width, height};
}

QSize FlowLayout::minimumSize() const
{
    QSize least;
    for (const auto* item : items_) {
        if (!item->isEmpty()) least = least.expandedTo(item->minimumSize());
    }
    return least;
}

int FlowLayout::arrange(const QRect& rect, bool isReal) const
{
    int x = rect.x();
    int y = rect.y();
    int line = 0;
    for (auto* item : items_) {
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint().boundedTo(QSize(std::max(rect.width(), 1), QWIDGETSIZE_MAX));
        if (x > rect.x() && x + size.width() > rect.right() + 1) {
            x = rect.x();
            y += line + gap_;
            line = 0;
        }
        if (isReal) item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + gap_;
        line = std::max(line, size.height());
    }
    return y + line - rect.y();
}

}  // namespace handrail::ui
