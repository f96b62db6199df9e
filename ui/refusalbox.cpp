#include "ui/refusalbox.h"

#include <QLabel>

#include "ui/foreigntext.h"

namespace handrail::ui {

RefusalBox::RefusalBox(const Failure& why, QWidget* parent)
    : QMessageBox(Critical, tr("Handrail"), foreign(why.message), Ok, parent)
{
    setInformativeText(foreign(why.hint + "\n(" + why.code + ")"));
    // The box itself hands its text format to the first of its labels only.
    for (auto* label : findChildren<QLabel*>()) label->setTextFormat(Qt::PlainText);
}

}  // namespace handrail::ui
