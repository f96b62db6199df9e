#include "ui/aboutbox.h"

#include <array>

#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/parts.h"

namespace handrail::ui {
namespace {

struct Library {
    const char* name;
    const char* licence;
    const char* package;  ///< whose copyright file has the text
};

constexpr std::array<Library, 10> libraries{{{"Handrail", "Apache-2.0", ""},
                                             {"Qt 6 (Core, Gui, Widgets, Svg, Network, DBus)", "LGPL-3.0", "libqt6core6"},
                                             {"SQLite", "public domain", "libsqlite3-0"},
                                             {"libcurl", "curl (MIT-like)", "libcurl4"},
                                             {"OpenSSL (libcrypto)", "Apache-2.0", "libssl3"},
                                             {"nlohmann-json", "MIT", "nlohmann-json3-dev"},
                                             {"PCRE2", "BSD-3-Clause", "libpcre2-8-0"},
                                             {"CLI11", "BSD-3-Clause", "libcli11-dev"},
                                             {"cpp-httplib (the demo's shop)", "MIT", "libcpp-httplib-dev"},
                                             {"Inter (typeface)", "OFL-1.1", "fonts-inter"}}};

constexpr qint64 mostText = 512 * 1024;

}  // namespace

AboutBox::AboutBox(const QIcon& icon, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Handrail"));
    setModal(true);
    resize(720, 520);
    auto* picture = new QLabel(this);
    picture->setTextFormat(Qt::PlainText);
    picture->setPixmap(icon.pixmap(48, 48));
    auto* words = new QVBoxLayout;
    words->addWidget(new PlainLabel(tr("Handrail %1").arg(QStringLiteral(HANDRAIL_VERSION)), Tone::Text, 4, true, this));
    words->addWidget(new PlainLabel(tr("Runs agents failure-first: no effect twice, and every doubt shown to a person."), Tone::Muted, 0, false, this));
    auto* head = new QHBoxLayout;
    head->setSpacing(space(4));
    head->addWidget(picture, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    auto* list = new QListWidget(this);
    list->setObjectName(QStringLiteral("libraries"));
    list->setAccessibleName(tr("Libraries and their licences"));
    for (const auto& library : libraries) {
        auto* item = new QListWidgetItem(tr("%1: %2", "a library and its licence").arg(QString::fromUtf8(library.name), QString::fromUtf8(library.licence)), list);
        item->setSizeHint({0, std::max(28, fontMetrics().height() + space(2))});
    }
    text_ = new QPlainTextEdit(this);
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setAccessibleName(tr("Text of the licence"));
    auto* both = new QHBoxLayout;
    both->addWidget(list, 1);
    both->addWidget(text_, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(5), space(5), space(4));
    column->setSpacing(space(4));
    column->addLayout(head);
    column->addLayout(both, 1);
    column->addWidget(buttons);
    connect(list, &QListWidget::currentRowChanged, this, &AboutBox::showLicence);
    list->setCurrentRow(0);
}

void AboutBox::showLicence(int library)
{
    if (library < 0 || library >= static_cast<int>(libraries.size())) return;
    const auto& one = libraries[static_cast<std::size_t>(library)];
    const QString package = QString::fromUtf8(one.package);
    const QString path = package.isEmpty() ? QStringLiteral("/usr/share/common-licenses/Apache-2.0") : QStringLiteral("/usr/share/doc/%1/copyright").arg(package);
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) return text_->setPlainText(QString::fromUtf8(file.read(mostText)));
    text_->setPlainText(tr("%1 is under the licence %2. Its text is not on this computer; the package %3 brings it.")
                            .arg(QString::fromUtf8(one.name), QString::fromUtf8(one.licence), package));
}

}  // namespace handrail::ui
