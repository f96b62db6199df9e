#include "ui/reasondialog.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/parts.h"

namespace handrail::ui {

ReasonDialog::ReasonDialog(const QString& title, const QString& what, const QString& verb, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(title);
    setModal(true);
    setMinimumWidth(480);
    reason_ = new QPlainTextEdit(this);
    reason_->setObjectName(QStringLiteral("reason"));
    reason_->setAccessibleName(tr("Reason"));
    reason_->setPlaceholderText(tr("Why? Whoever looks at this later reads it."));
    reason_->setTabChangesFocus(true);
    reason_->setFixedHeight(reason_->fontMetrics().lineSpacing() * 4 + space(4));
    done_ = new QPushButton(verb, this);
    done_->setObjectName(QStringLiteral("reasonDone"));
    done_->setProperty("tone", QStringLiteral("danger"));
    done_->setEnabled(false);
    done_->setAutoDefault(false);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(5), space(5), space(4));
    column->setSpacing(space(3));
    column->addWidget(new PlainLabel(foreign(what.toStdString()), Tone::Text, 0, false, this));
    column->addWidget(reason_);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(cancel);
    row->addSpacing(space(4));
    row->addWidget(done_);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(reason_, &QPlainTextEdit::textChanged, this, [this] { done_->setEnabled(!reason_->toPlainText().trimmed().isEmpty()); });
    connect(done_, &QPushButton::clicked, this, [this] {
        Q_EMIT given(reason_->toPlainText().trimmed());
        accept();
    });
    auto* send = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(send, &QShortcut::activated, done_, &QPushButton::click);
    reason_->setFocus();
}

}  // namespace handrail::ui
