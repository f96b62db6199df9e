#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include <QFont>
#include <QStyledItemDelegate>

#include "agentcore/types.h"

namespace handrail::ui {

/// Paints a row of the inbox: kind and risk by glyph and word, the question in up to two lines, and
/// where it comes from, how old it is and how long is left.
class InboxDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit InboxDelegate(std::function<Millis()> now, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index) override;

private:
    void paintFoot(QPainter& painter, const QRect& area, const InboxRow& row) const;

    /// A list asks for the height of every row whenever one comes or goes.
    struct Measures {
        int points = 0;  ///< size of the text that they are for
        QFont title;
        int titleHeight = 0;
        int footHeight = 0;
        std::map<int, std::unordered_map<std::string, int>> lines;  ///< by width and title
    };
    Measures& measuresNow() const;

    std::function<Millis()> now_;
    mutable Measures measures_;
};

/// The name of a kind's icon.
QString iconOf(const InboxRow& row);

}  // namespace handrail::ui
