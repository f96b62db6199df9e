#pragma once

#include <QDialog>
#include <QIcon>
#include <QPlainTextEdit>

namespace handrail::ui {

/// Version, and every library with its licence; the full text as the system keeps it.
class AboutBox : public QDialog {
    Q_OBJECT
public:
    AboutBox(const QIcon& icon, QWidget* parent);

private:
    void showLicence(int library);

    QPlainTextEdit* text_;
};

}  // namespace handrail::ui
