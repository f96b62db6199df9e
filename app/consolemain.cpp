#include <optional>

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include "app/commandline.h"
#include "app/console.h"
#include "app/desktoplook.h"
#include "app/language.h"
#include "app/stalls.h"
#include "app/storecommands.h"
#include "ui/refusalbox.h"

namespace {

int refuse(const handrail::Failure& why)
{
    handrail::ui::RefusalBox(why).exec();
    return 3;
}

}  // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("handrail-console"));
    QApplication::setApplicationDisplayName(QStringLiteral("Handrail"));
    QApplication::setApplicationVersion(QStringLiteral(HANDRAIL_VERSION));

    handrail::app::speak(application, QLocale::system());

    QCommandLineParser parser;
    parser.setApplicationDescription(QObject::tr("The operator's console of Handrail."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption store(QStringLiteral("store"), QObject::tr("Folder of the store."), QStringLiteral("DIR"));
    const QCommandLineOption demo(QStringLiteral("demo"), QObject::tr("Start the bundled demo; its store is a folder of its own."));
    parser.addOptions({store, demo});
    parser.process(application);

    std::string folder = parser.value(store).toStdString();
    if (folder.empty()) folder = handrail::app::defaultStore() + (parser.isSet(demo) ? "-demo" : "");
    handrail::RuntimeOptions options;
    options.folder = folder;
    options.headFolder = handrail::app::headFolder();
    options.program = "the Handrail console";
    auto runtime = handrail::Runtime::open(options);
    if (!runtime) return refuse(runtime.failure());
    auto reader = (*runtime)->reader();
    if (!reader) return refuse(reader.failure());

    QSettings settings(QString::fromStdString(folder) + QStringLiteral("/console.ini"), QSettings::IniFormat);
    handrail::app::Console console(runtime.take(), reader.take(), folder, handrail::systemClock(), settings);
    const handrail::app::DesktopLook desktop([&](bool isDark) { console.window().setSystemDark(isDark); });
    if (auto refused = console.begin(parser.isSet(demo))) return refuse(*refused);
    const auto clock = handrail::systemClock();
    std::optional<handrail::app::StallDetector> stalls;
    if (const auto tolerable = handrail::app::StallDetector::wanted(); tolerable > 0) {
        stalls.emplace(*clock, tolerable, [](handrail::Millis length) { qWarning("The window stood still for %lld ms.", static_cast<long long>(length)); });
    }
    return QApplication::exec();
}
