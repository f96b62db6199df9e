#include <QDBusConnection>
#include <QDBusMessage>
#include <QTest>
#include <QWidget>

#include "app/notify.h"

using namespace handrail;

/// Stands in for the desktop's notification service on a bus of the test's own.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Note {
        QString body;
        QStringList actions;
        int urgency = 0;
    };
    QList<Note> notes;

public slots:
    uint Notify(const QString&, uint, const QString&, const QString&, const QString& body, const QStringList& actions,
                const QVariantMap& hints, int)
    {
        notes.append({body, actions, hints.value(QStringLiteral("urgency")).toInt()});
        return static_cast<uint>(notes.size());
    }

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

class NotifyTest : public QObject {
    Q_OBJECT

    FakeDesktop desktop_;
    QWidget window_;
    QStringList opened_;
    std::unique_ptr<app::DesktopNotifier> notifier_;

    static InboxRow row(const char* id, const char* title, Risk risk = Risk::Medium)
    {
        InboxRow row;
        row.id = id;
        row.title = title;
        row.risk = risk;
        return row;
    }

private slots:
    void initTestCase()
    {
        auto bus = QDBusConnection::sessionBus();
        QVERIFY2(bus.isConnected(), "This test needs a session bus: dbus-run-session");
        QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_qs));
        QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_qs, &desktop_,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    }
    void init()
    {
        desktop_.notes.clear();
        opened_.clear();
        notifier_ = std::make_unique<app::DesktopNotifier>(window_, [this](const HandoffId& id) { opened_.append(QString::fromStdString(id)); });
    }

    void a_new_handoff_is_told_and_a_click_opens_it()
    {
        notifier_->tell({row("r1-1", "Pay 1,240.00 EUR to ACME?", Risk::Critical)});
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QCOMPARE(desktop_.notes[0].body, u"Pay 1,240.00 EUR to ACME?"_qs);
        QCOMPARE(desktop_.notes[0].urgency, 2);
        QTRY_VERIFY((Q_EMIT desktop_.ActionInvoked(1, u"default"_qs), QCoreApplication::processEvents(), !opened_.isEmpty()));
        QCOMPARE(opened_.first(), u"r1-1"_qs);
    }

    void no_action_of_a_notification_decides_anything()
    {
        notifier_->tell({row("r1-1", "Delete?")});
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QCOMPARE(desktop_.notes[0].actions, QStringList({u"default"_qs, u"Open"_qs, u"open"_qs, u"Open"_qs}));
    }

    void what_a_tool_wrote_is_no_markup()
    {
        notifier_->tell({row("r1-1", "<img src='file:///etc/passwd'>\u202E")});
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QVERIFY(!desktop_.notes[0].body.contains(u'<'));
        QVERIFY(!desktop_.notes[0].body.contains(QChar(0x202E)));
    }

    void a_title_without_an_end_is_cut()
    {
        notifier_->tell({row("r1-1", std::string(100'000, 'x').c_str())});
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QVERIFY(desktop_.notes[0].body.size() < 300);
    }

    void the_window_comes_back_as_large_as_it_was()
    {
        window_.showMaximized();
        window_.showMinimized();
        QVERIFY(window_.isMinimized());
        notifier_->tell({row("r1-1", "Delete?")});
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QTRY_VERIFY((Q_EMIT desktop_.ActionInvoked(1, u"default"_qs), QCoreApplication::processEvents(), !opened_.isEmpty()));
        QVERIFY(window_.isVisible() && !window_.isMinimized());
        QVERIFY(window_.isMaximized());
    }

    void many_at_once_are_told_as_one()
    {
        std::vector<InboxRow> rows;
        for (int i = 0; i < 40; ++i) rows.push_back(row("r", "x", i == 7 ? Risk::Critical : Risk::Low));
        notifier_->tell(rows);
        QTRY_COMPARE(desktop_.notes.size(), 1);
        QVERIFY(desktop_.notes[0].body.contains(u"40"_qs));
        QCOMPARE(desktop_.notes[0].urgency, 2);
    }
};

QTEST_MAIN(NotifyTest)
#include "notifytest.moc"
