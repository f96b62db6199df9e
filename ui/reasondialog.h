#pragma once

#include <QDialog>
#include <QPlainTextEdit>
#include <QPushButton>

namespace handrail::ui {

/// Asks why something is done that others will ask about; without a reason it cannot be done.
class ReasonDialog : public QDialog {
    Q_OBJECT
public:
    /// `what` says what will happen, `verb` labels the button that does it. Both are made safe.
    ReasonDialog(const QString& title, const QString& what, const QString& verb, QWidget* parent);

signals:
    void given(const QString& reason);

private:
    QPlainTextEdit* reason_;
    QPushButton* done_;
};

}  // namespace handrail::ui
