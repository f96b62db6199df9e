#pragma once

#include <QHelpEvent>
#include <QStyledItemDelegate>

namespace handrail::ui {

/// Cells of foreign text: made safe before they are drawn, and escaped in the tool tip that shows them whole.
class PlainDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QString displayText(const QVariant& value, const QLocale& locale) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index) override;
};

}  // namespace handrail::ui
