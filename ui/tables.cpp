#include "ui/tables.h"

#include <algorithm>

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>

#include "ui/foreigntext.h"
#include "ui/look.h"
#include "ui/plaindelegate.h"

namespace handrail::ui {
namespace {

constexpr int denseRow = 32;
constexpr int comfortableRow = 40;
constexpr int lettersAtLeast = 20;  ///< of a column that takes the room that is left
bool isComfortableNow = false;

}  // namespace

int rowPixels() { return std::max(isComfortableNow ? comfortableRow : denseRow, QFontMetrics(textFont()).height() + space(3)); }
void setComfortableRows(bool isComfortable) { isComfortableNow = isComfortable; }

Table::Table(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent) : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new PlainDelegate(this));
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(rowPixels());
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    connect(this, &QTableView::doubleClicked, this, &Table::opened);
}

void Table::setWidths(const QList<int>& letters, QSettings* settings, const QString& key)
{
    letters_ = letters;
    settings_ = settings;
    key_ = QStringLiteral("columns/") + key;
    applyWidths();
    if (!settings_) return;
    horizontalHeader()->restoreState(settings_->value(key_).toByteArray());
    fitStretched();
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        // Only what a hand has moved is worth keeping.
        if (QGuiApplication::mouseButtons() != Qt::NoButton) settings_->setValue(key_, horizontalHeader()->saveState());
    });
}

void Table::selectSomething()
{
    if (model()->rowCount() > 0 && !selectionModel()->hasSelection()) selectRow(std::max(0, currentIndex().row()));
}

void Table::applyWidths()
{
    const int letter = QFontMetrics(textFont()).averageCharWidth();
    for (int i = 0; i < letters_.size(); ++i) {
        if (letters_.at(i) >= 0) horizontalHeader()->resizeSection(i, letter * letters_.at(i));
    }
    fitStretched();
}

void Table::resizeEvent(QResizeEvent* event)
{
    fitStretched();
    QTableView::resizeEvent(event);
}

/// What takes the room that is left takes its least where none is left; the table is scrolled then.
void Table::fitStretched()
{
    auto* header = horizontalHeader();
    const int least = QFontMetrics(textFont()).averageCharWidth() * lettersAtLeast;
    int taken = 0;
    int stretched = 0;
    for (int i = 0; i < letters_.size(); ++i) {
        if (letters_.at(i) < 0) ++stretched;
        else taken += header->sectionSize(i);
    }
    const bool hasRoom = viewport()->width() - taken >= least * stretched;
    for (int i = 0; i < letters_.size(); ++i) {
        if (letters_.at(i) >= 0) continue;
        header->setSectionResizeMode(i, hasRoom ? QHeaderView::Stretch : QHeaderView::Fixed);
        if (!hasRoom) header->resizeSection(i, least);
    }
}

void Table::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() != QEvent::ApplicationFontChange && event->type() != QEvent::StyleChange) return;
    if (verticalHeader()->defaultSectionSize() == rowPixels()) return;
    verticalHeader()->setDefaultSectionSize(rowPixels());
    applyWidths();
}

void Table::keyPressEvent(QKeyEvent* event)
{
    const bool isOpen = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isOpen && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
    } else if (event->key() == Qt::Key_Slash) {
        Q_EMIT searchWanted();
    } else if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        // What a tool wrote goes into the clipboard as it is shown.
        QGuiApplication::clipboard()->setText(foreignLine(currentIndex().data().toString().toStdString()));
    } else {
        QTableView::keyPressEvent(event);
    }
}

}  // namespace handrail::ui
