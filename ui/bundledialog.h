#pragma once

#include <QDialog>
#include <QLineEdit>
#include <QPushButton>

#include "ui/parts.h"

namespace handrail::ui {

/// Before a run leaves as one file: how large it will be, what is taken out of it, and what else is to be masked.
class BundleDialog : public QDialog {
    Q_OBJECT
public:
    BundleDialog(const QString& run, QWidget* parent);

    /// Places or names whose values are to be masked, one each.
    QStringList masks() const;
    /// The file would have so many bytes.
    void setSize(qint64 bytes);
    /// It cannot be made as things stand; code, sentence and next step.
    void setRefused(const QString& why);

signals:
    /// Other masks: what was told of the size no longer holds.
    void masksChanged();
    void saveWanted();

private:
    PlainLabel* size_;
    QLineEdit* masks_;
    QPushButton* save_;
};

}  // namespace handrail::ui
