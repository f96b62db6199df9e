#include "ui/inboxdelegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

#include "models/inboxgroups.h"
#include "models/inboxmodel.h"
#include "ui/foreigntext.h"
#include "ui/look.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

const InboxRow& rowAt(const QModelIndex& index)
{
    return *static_cast<const InboxRow*>(index.data(models::InboxModel::RowRole).value<const void*>());
}

/// Up to two lines of a title; the second is cut with an ellipsis.
void paintTitle(QPainter& painter, const QRect& area, const QString& title, const QFont& font)
{
    QTextLayout layout(title, font);
    layout.beginLayout();
    qreal y = area.top();
    for (int i = 0; i < 2; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(area.width());
        const bool isLast = i == 1;
        const QString rest = title.mid(line.textStart(), isLast ? -1 : line.textLength());
        const QFontMetrics metrics(font);
        painter.drawText(QRectF(area.left(), y, area.width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         isLast ? metrics.elidedText(rest, Qt::ElideRight, area.width()) : rest);
        y += metrics.height();
    }
    layout.endLayout();
}

int linesOf(const QString& title, const QFont& font, int width)
{
    if (QFontMetricsF(font).horizontalAdvance(title) <= width) return 1;
    QTextLayout layout(title, font);
    layout.beginLayout();
    int lines = 0;
    while (lines < 2) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(width);
        ++lines;
    }
    layout.endLayout();
    return std::max(1, lines);
}

constexpr int padding = 12;
constexpr int iconSize = 20;
constexpr int textLeft = padding + iconSize + 10;
constexpr int indent = 16;
constexpr std::size_t mostMeasured = 20'000;  ///< titles
constexpr std::size_t mostWidths = 4;         ///< while a window is resized each is another

/// What belongs to the row above it stands further in.
int indentOf(const QModelIndex& index) { return index.data(models::InboxModel::MemberRole).toBool() ? indent : 0; }

/// In the place of the kind's icon: chosen to be decided with others.
void paintMark(QPainter& painter, const QRect& place)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(look().accent);
    painter.drawRoundedRect(QRectF(place), 4, 4);
    painter.setPen(QPen(look().accentText, 2));
    const QPointF corner = place.topLeft();
    painter.drawPolyline(QPolygonF({corner + QPointF(5, 10), corner + QPointF(9, 14), corner + QPointF(15, 6)}));
}

}  // namespace

QString iconOf(const InboxRow& row)
{
    if (row.unknown) return QStringLiteral("unknown");
    switch (row.kind) {
    case HandoffKind::Approval: return QStringLiteral("approval");
    case HandoffKind::Escalation: return QStringLiteral("escalation");
    case HandoffKind::Review: return QStringLiteral("review");
    case HandoffKind::Scope: return QStringLiteral("scope");
    case HandoffKind::Proposal: return QStringLiteral("answer");
    }
    return {};
}

InboxDelegate::InboxDelegate(std::function<Millis()> now, QObject* parent) : QStyledItemDelegate(parent), now_(std::move(now)) {}

QSize InboxDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int width = std::max(200, option.rect.width() > 0 ? option.rect.width() : 340);
    Measures& measures = measuresNow();
    const std::string& title = rowAt(index).title;
    const int room = width - textLeft - indentOf(index) - padding;
    if (measures.lines.size() > mostWidths) measures.lines.clear();
    auto& known = measures.lines[room];
    if (known.size() > mostMeasured) known.clear();
    auto found = known.find(title);
    if (found == known.end()) found = known.emplace(title, linesOf(foreignLine(title), measures.title, room)).first;
    return {width, 10 + found->second * measures.titleHeight + 4 + measures.footHeight + 10};
}

InboxDelegate::Measures& InboxDelegate::measuresNow() const
{
    const int points = textPoints();
    if (points != measures_.points) {
        const QFont title = textFont(0, true);
        measures_ = {points, title, QFontMetrics(title).height(), QFontMetrics(textFont(-1)).height(), {}};
    }
    return measures_;
}

void InboxDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const InboxRow& row = rowAt(index);
    const Look& colours = look();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect area = option.rect;
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isHovered = option.state & QStyle::State_MouseOver;
    painter->fillRect(area, isSelected ? colours.accentSoft : isHovered ? colours.sunken : colours.surface);
    if (isSelected) painter->fillRect(QRect(area.left(), area.top(), 3, area.height()), colours.accent);
    painter->setPen(colours.border);
    painter->drawLine(area.bottomLeft(), area.bottomRight());

    const Mark risk = markOf(row.risk);
    const QColor tone = row.unknown ? colours.doubt : row.risk >= Risk::High ? colourOf(risk.tone) : colours.muted;
    const QRect place(area.left() + padding + indentOf(index), area.top() + 11, iconSize, iconSize);
    if (index.data(models::InboxModel::MarkedRole).toBool()) paintMark(*painter, place);
    else icon(models::isGroupId(row.id) ? QStringLiteral("group") : iconOf(row), tone).paint(painter, place);

    painter->setPen(colours.text);
    const QFont font = textFont(0, true);
    painter->setFont(font);
    const int footHeight = QFontMetrics(textFont(-1)).height();
    const QRect body = area.adjusted(textLeft + indentOf(index), 10, -padding, -10);
    paintTitle(*painter, body, foreignLine(row.title), font);
    paintFoot(*painter, QRect(body.left(), body.bottom() - footHeight + 1, body.width(), footHeight), row);
    if (option.state & QStyle::State_HasFocus) paintFocusRing(*painter, QRectF(area).adjusted(2, 2, -2, -2), 4);
    painter->restore();
}

void InboxDelegate::paintFoot(QPainter& painter, const QRect& area, const InboxRow& row) const
{
    const Look& colours = look();
    const Millis now = now_();
    painter.setFont(textFont(-1));
    const QFontMetrics metrics(textFont(-1));
    QString right = row.decideBy > 0 ? countdownText(row.decideBy - now) : QString();
    const bool isUrgent = row.decideBy > 0 && row.decideBy - now < 60'000;
    const int rightWidth = metrics.horizontalAdvance(right);
    painter.setPen(isUrgent ? colours.danger : colours.muted);
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, right);

    const Mark risk = markOf(row.risk);
    const Mark kind = markOf(row.kind);
    QString first = row.unknown ? tr("? outcome unknown") : kind.word;
    if (row.risk >= Risk::High && !row.unknown) first = risk.glyph + u' ' + risk.word;
    painter.setPen(row.unknown ? colours.doubt : row.risk >= Risk::High ? colourOf(risk.tone) : colours.muted);
    // With large text there may be room for the state and the deadline alone.
    first = metrics.elidedText(first, Qt::ElideRight, area.width() - rightWidth - 8);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, first);
    const int firstWidth = metrics.horizontalAdvance(first);
    painter.setPen(colours.muted);
    const QString gap = QStringLiteral("  ·  ");
    QString rest = gap;
    if (!row.assignee.empty()) rest += tr("%1 has it").arg(foreignLine(row.assignee)) + gap;
    if (row.snoozedUntil > now) rest += tr("put off until %1").arg(instantText(row.snoozedUntil)) + gap;
    const int room = area.width() - firstWidth - rightWidth - 12;
    // Where there is no room for all of it the name gives way, and how old it is stays to be read.
    const QString age = agoText(now - row.created);
    const QString agent = foreignLine(row.agent);
    const QString name = metrics.elidedText(agent, Qt::ElideRight, room - metrics.horizontalAdvance(rest + gap + age));
    if (name == agent || name.size() > 3) rest += name + gap;
    rest += age;
    painter.drawText(area.adjusted(firstWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(rest, Qt::ElideRight, room));
}

bool InboxDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem&, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) return false;
    const InboxRow& row = rowAt(index);
    std::string text = row.title + "\n" + row.id + "\n" + instantText(row.created).toStdString();
    if (row.decideBy > 0) text += tr("\nDecide by %1").arg(instantText(row.decideBy)).toStdString();
    QToolTip::showText(event->globalPos(), foreignToolTip(text), view);
    return true;
}

}  // namespace handrail::ui
