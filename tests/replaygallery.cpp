#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QTest>

#include "tests/support/recorded.h"

using namespace handrail;
using namespace handrail::ui;
using namespace handrailtest;

/// Pictures of the replay view in its states, for a person to look at: replaygallery FOLDER. Not a test.
namespace {

void save(ReplayView& view, const QDir& folder, const QString& name)
{
    for (int i = 0; i < 4; ++i) QCoreApplication::processEvents();
    view.grab().save(folder.filePath(name + QStringLiteral(".png")));
}

void draw(const QDir& folder, const QString& suffix, QSize size)
{
    RecordedRun recorded;
    recorded.run.isReplayed = false;
    ReplayView view;
    view.resize(size);
    view.show();
    save(view, folder, QStringLiteral("empty-") + suffix);
    joinTo(view, recorded);
    auto* line = view.findChild<TimeLine*>(QStringLiteral("timeLine"));
    view.findChild<QPushButton*>(QStringLiteral("replay"))->click();
    line->setValue(static_cast<int>(recorded.seqOf("asked")) - 1);
    save(view, folder, QStringLiteral("asked-") + suffix);
    line->setValue(static_cast<int>(recorded.seqOf("judged")) - 1);
    save(view, folder, QStringLiteral("judged-") + suffix);
    view.findChild<QPushButton*>(QStringLiteral("replaySide1"))->click();
    save(view, folder, QStringLiteral("whatif-form-") + suffix);
    view.findChild<QComboBox*>(QStringLiteral("whatIfKind"))->setCurrentIndex(4);
    auto* verb = view.findChild<QComboBox*>(QStringLiteral("whatIfVerb"));
    verb->setCurrentIndex(verb->findData(QStringLiteral("reject")));
    view.findChild<QPushButton*>(QStringLiteral("whatIfTry"))->click();
    save(view, folder, QStringLiteral("whatif-") + suffix);
    view.findChild<QComboBox*>(QStringLiteral("whatIfKind"))->setCurrentIndex(2);
    view.findChild<QPushButton*>(QStringLiteral("whatIfTry"))->click();
    save(view, folder, QStringLiteral("whatif-reply-") + suffix);
    view.setRefused(failure("U102", "This is no bundle that can be used: its checksum is wrong, so it was changed or cut.", {}, "Export the run again, and copy the file as it is."));
    recorded.run.journal[static_cast<std::size_t>(recorded.seqOf("judged") - 1)].data["verdict"] = "refused";
    view.findChild<QPushButton*>(QStringLiteral("replay"))->click();
    save(view, folder, QStringLiteral("differs-") + suffix);
}

}  // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("."));
    folder.mkpath(QStringLiteral("."));
    applyLook(application, Theme::Light, TextSize::Normal, false);
    draw(folder, QStringLiteral("light"), {1366, 690});
    applyLook(application, Theme::Light, TextSize::Huge, false);
    draw(folder, QStringLiteral("huge"), {1366, 690});
    applyLook(application, Theme::Dark, TextSize::Normal, false);
    draw(folder, QStringLiteral("dark"), {1440, 820});
    return 0;
}
