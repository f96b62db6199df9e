#include "ui/plaindelegate.h"

#include <QAbstractItemView>
#include <QToolTip>

#include "ui/foreigntext.h"

namespace handrail::ui {

QString PlainDelegate::displayText(const QVariant& value, const QLocale&) const { return foreignLine(value.toString().toStdString()); }

bool PlainDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem&, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()) return false;
    QToolTip::showText(event->globalPos(), foreignToolTip(index.data().toString().toStdString()), view);
    return true;
}

}  // namespace handrail::ui
