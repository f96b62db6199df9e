#include "ui/commandpalette.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/look.h"

namespace handrail::ui {

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent), actions_(actions)
{
    setWindowTitle(tr("Commands"));
    setModal(true);
    resize(520, 400);
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Type a command"));
    search_->setAccessibleName(tr("Command"));
    search_->installEventFilter(this);
    list_ = new QListWidget(this);
    list_->setAccessibleName(tr("Commands"));
    list_->setFrameShape(QFrame::NoFrame);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(3), space(3), space(3), space(3));
    column->addWidget(search_);
    column->addWidget(list_, 1);
    connect(search_, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(list_, &QListWidget::itemActivated, this, &CommandPalette::trigger);
    filter({});
}

void CommandPalette::filter(const QString& text)
{
    list_->clear();
    for (QAction* action : actions_) {
        const QString name = action->text().remove(u'&');
        if (!action->isEnabled() || name.isEmpty() || !name.contains(text, Qt::CaseInsensitive)) continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(keys.isEmpty() ? name : tr("%1    %2").arg(name, keys), list_);
        item->setData(Qt::UserRole, QVariant::fromValue(action));
        item->setSizeHint({0, 32});
    }
    list_->setCurrentRow(0);
}

void CommandPalette::trigger()
{
    auto* item = list_->currentItem();
    if (!item) return;
    auto* action = item->data(Qt::UserRole).value<QAction*>();
    accept();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
        const int step = key->key() == Qt::Key_Down ? 1 : -1;
        list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, std::max(0, list_->count() - 1)));
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        trigger();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace handrail::ui
