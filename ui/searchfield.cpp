#include "ui/searchfield.h"

#include <QAction>
#include <QToolButton>

#include "ui/look.h"

namespace handrail::ui {

SearchField::SearchField(const QString& object, const QString& placeholder, const QString& name, QWidget* parent) : QLineEdit(parent)
{
    setObjectName(object);
    setPlaceholderText(placeholder);
    setAccessibleName(name);
    setClearButtonEnabled(true);
    nameButtons();
}

void SearchField::addGlass()
{
    addAction(icon(QStringLiteral("search"), look().muted), LeadingPosition)->setText(tr("Search"));
    nameButtons();
}

void SearchField::nameButtons()
{
    for (auto* button : findChildren<QToolButton*>()) {
        const auto* action = button->defaultAction();
        const bool hasWords = action && !action->text().isEmpty();
        button->setAccessibleName(hasWords ? action->text() : tr("Clear the search"));
    }
}

}  // namespace handrail::ui
