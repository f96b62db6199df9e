#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingReply>
#include <QMenu>
#include <QTest>
#include <QThread>
#include <QWidget>

#include "app/language.h"
#include "app/tray.h"

using namespace handrail;

/// Stands in for the desktop's tray on a bus of the test's own, in a thread of its own: whoever asks it waits.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered MEMBER isThere CONSTANT)
public:
    bool isThere = true;

public slots:
    void RegisterStatusNotifierItem(const QString& service) { Q_EMIT registered(service); }

signals:
    void registered(const QString& service);
};

class TrayTest : public QObject {
    Q_OBJECT

    QThread thread_;
    FakeDesktop desktop_;
    QString service_;  ///< that has an icon in the tray
    QWidget window_;
    std::unique_ptr<app::Tray> tray_;

    static constexpr auto item = "org.kde.StatusNotifierItem";

    QDBusPendingCall asked(const QString& interface, const QString& method, const QVariantList& arguments)
    {
        auto message = QDBusMessage::createMethodCall(service_, QStringLiteral("/StatusNotifierItem"), interface, method);
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().asyncCall(message);
    }
    /// What the desktop shows beside the icon.
    QString tip()
    {
        QDBusPendingReply<QVariant> reply = asked(u"org.freedesktop.DBus.Properties"_qs, u"Get"_qs, {QLatin1String(item), u"ToolTip"_qs});
        if (!QTest::qWaitFor([&] { return reply.isFinished(); }) || reply.isError()) return reply.error().message();
        QString icon, title, text;
        const auto value = reply.value().value<QDBusArgument>();
        value.beginStructure();
        value >> icon;
        value.beginArray();
        while (!value.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray picture;
            value.beginStructure();
            value >> width >> height >> picture;
            value.endStructure();
        }
        value.endArray();
        value >> title >> text;
        value.endStructure();
        return title;
    }

private slots:
    void initTestCase()
    {
        auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        QVERIFY2(bus.isConnected(), "This test needs a session bus: dbus-run-session");
        connect(&desktop_, &FakeDesktop::registered, this, [this](const QString& service) { service_ = service; });
        desktop_.moveToThread(&thread_);
        thread_.start();
        QVERIFY(bus.registerService(u"org.kde.StatusNotifierWatcher"_qs));
        QVERIFY(bus.registerObject(u"/StatusNotifierWatcher"_qs, &desktop_, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllProperties));
        app::speak(*qApp, QLocale(QLocale::English, QLocale::UnitedStates));
        window_.setWindowIcon(QIcon(QStringLiteral(":/icons/handrail.svg")));
        tray_ = std::make_unique<app::Tray>(window_);
        QVERIFY2(tray_->icon(), "there is a tray, and no icon in it");
        QTRY_VERIFY(!service_.isEmpty());
    }
    void cleanupTestCase()
    {
        tray_.reset();
        thread_.quit();
        thread_.wait();
    }

    void the_tray_says_how_many_wait()
    {
        QCOMPARE(tip(), u"Handrail: nothing waits"_qs);
        tray_->setCount(1);
        QCOMPARE(tip(), u"Handrail: 1 waits for a person"_qs);
        tray_->setCount(2'000);
        QCOMPARE(tip(), u"Handrail: 2,000 wait for a person"_qs);
    }

    void a_click_brings_the_window_up()
    {
        window_.hide();
        asked(QLatin1String(item), u"Activate"_qs, {0, 0});
        QTRY_VERIFY(window_.isVisible());
    }

    void its_menu_opens_and_quits_and_decides_nothing()
    {
        QStringList words;
        for (const auto* action : tray_->icon()->contextMenu()->actions()) {
            if (!action->isSeparator()) words.append(action->text());
        }
        QCOMPARE(words, QStringList({u"Open the inbox"_qs, u"Quit Handrail"_qs}));
    }
};

QTEST_MAIN(TrayTest)
#include "traytest.moc"
