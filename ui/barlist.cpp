#include "ui/barlist.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/plaindelegate.h"

namespace handrail::ui {
namespace {

constexpr std::size_t mostRows = 8;

/// The bar and, after it or over its ground, its words.
class BarDelegate : public PlainDelegate {
public:
    BarDelegate(Tone tone, QObject* parent) : PlainDelegate(parent), tone_(tone) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected) && option.state.testFlag(QStyle::State_Active);
        painter->save();
        if (isSelected) painter->fillRect(option.rect, look().accentSoft);
        painter->setRenderHint(QPainter::Antialiasing);
        const int textHeight = option.fontMetrics.height();
        const QRect area = option.rect.adjusted(space(2), 0, -space(2), 0);
        const int barHeight = 8;
        const int top = area.top() + (area.height() - textHeight - barHeight - 2) / 2;
        painter->setPen(index.data(models::FiguresModel::CanOpenRole).toBool() && option.state.testFlag(QStyle::State_MouseOver) ? look().accent : look().text);
        painter->setFont(textFont());
        const QString text = displayText(index.data(), QLocale());
        painter->drawText(QRect(area.left(), top, area.width(), textHeight), Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(text, Qt::ElideRight, area.width()));
        const QRectF ground(area.left(), top + textHeight + 2, area.width(), barHeight);
        painter->setPen(Qt::NoPen);
        painter->setBrush(look().sunken);
        painter->drawRoundedRect(ground, 3, 3);
        const double share = index.data(models::FiguresModel::ShareRole).toDouble();
        if (share > 0) {
            painter->setBrush(colourOf(tone_));
            painter->drawRoundedRect(QRectF(ground.topLeft(), QSizeF(std::max(3.0, ground.width() * share), barHeight)), 3, 3);
        }
        painter->restore();
    }

private:
    Tone tone_;
};

}  // namespace

BarList::BarList(const QString& title, const QString& nameTitle, const QString& barTitle, const QString& none, Tone bars, QWidget* parent)
    : Box(Tone::Text, parent), model_(nameTitle, barTitle)
{
    table_ = new Table(&model_, title, this);
    table_->setItemDelegateForColumn(models::FiguresModel::Bar, new BarDelegate(bars, table_));
    table_->horizontalHeader()->hide();
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setMouseTracking(true);
    table_->viewport()->setAttribute(Qt::WA_Hover);
    none_ = new PlainLabel(none, Tone::Muted, 0, false, this);
    more_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    rows()->addWidget(new PlainLabel(title, Tone::Text, 1, true, this));
    rows()->addWidget(none_);
    rows()->addWidget(table_);
    rows()->addWidget(more_);
    static_cast<QVBoxLayout*>(rows())->addStretch(1);
    connect(table_, &QTableView::clicked, this, &BarList::open);
    connect(table_, &Table::opened, this, &BarList::open);
    setRows({});
}

void BarList::setRows(std::vector<models::FigureRow> wanted, double most)
{
    const int left = static_cast<int>(wanted.size()) - static_cast<int>(mostRows);
    if (left > 0) wanted.resize(mostRows);
    model_.setRows(std::move(wanted), most);
    none_->setVisible(model_.rowCount() == 0);
    table_->setVisible(model_.rowCount() > 0);
    more_->setVisible(left > 0);
    if (left > 0) more_->setText(tr("and %n more", nullptr, left));
    fitHeight();
}

void BarList::fitHeight()
{
    const int height = std::max(rowPixels(), 2 * QFontMetrics(textFont()).height() + space(3));
    table_->verticalHeader()->setDefaultSectionSize(height);
    table_->setFixedHeight(std::max(1, model_.rowCount()) * height + 4);
}

void BarList::changeEvent(QEvent* event)
{
    Box::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::StyleChange) fitHeight();
}

void BarList::open(const QModelIndex& index)
{
    if (index.data(models::FiguresModel::CanOpenRole).toBool()) Q_EMIT opened(index.data(models::FiguresModel::IdRole).toString());
}

}  // namespace handrail::ui
