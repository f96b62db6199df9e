#include "ui/bundledialog.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/foreigntext.h"

namespace handrail::ui {

BundleDialog::BundleDialog(const QString& run, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Save a run as a bundle"));
    setModal(true);
    setMinimumWidth(520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(5), space(5), space(4));
    column->setSpacing(space(3));
    column->addWidget(new PlainLabel(tr("The journal and the definition of run %1, to be replayed anywhere. Secrets stay behind: only their names are in it.").arg(foreignLine(run.toStdString())), Tone::Text, 0, false, this));
    masks_ = new QLineEdit(this);
    masks_->setObjectName(QStringLiteral("bundleMasks"));
    masks_->setAccessibleName(tr("What is to be masked"));
    masks_->setPlaceholderText(tr("Mask, too: email, /buyer/name"));
    setTip(masks_, tr("Names or places, with commas between them. The same value is masked wherever else it stands."));
    column->addWidget(masks_);
    size_ = new PlainLabel(QString(), Tone::Muted, 0, false, this);
    size_->setObjectName(QStringLiteral("bundleSize"));
    column->addWidget(size_);
    save_ = new QPushButton(tr("Save…"), this);
    save_->setObjectName(QStringLiteral("bundleSave"));
    save_->setProperty("tone", QStringLiteral("primary"));
    save_->setEnabled(false);
    save_->setAutoDefault(false);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(cancel);
    row->addSpacing(space(2));
    row->addWidget(save_);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save_, &QPushButton::clicked, this, &BundleDialog::saveWanted);
    connect(masks_, &QLineEdit::textChanged, this, [this] {
        save_->setEnabled(false);
        Q_EMIT masksChanged();
    });
}

QStringList BundleDialog::masks() const
{
    QStringList masks;
    for (const auto& one : masks_->text().split(u',')) {
        if (!one.trimmed().isEmpty()) masks.append(one.trimmed());
    }
    return masks;
}

void BundleDialog::setSize(qint64 bytes)
{
    size_->setTone(Tone::Muted);
    size_->setText(tr("The file will have %1.").arg(QLocale().formattedDataSize(bytes)));
    save_->setEnabled(true);
}

void BundleDialog::setRefused(const QString& why)
{
    size_->setTone(Tone::Danger);
    size_->setText(QStringLiteral("✗ ") + why);
    save_->setEnabled(false);
}

}  // namespace handrail::ui
