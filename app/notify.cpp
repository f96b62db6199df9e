#include "app/notify.h"

#include <algorithm>

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSystemTrayIcon>
#include <QWidget>

#include "ui/foreigntext.h"
#include "ui/parts.h"
#include "ui/wording.h"

namespace handrail::app {
namespace {

const QString notifications = QStringLiteral("org.freedesktop.Notifications");
const QString notificationsPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr std::size_t mostAtOnce = 3;
constexpr qsizetype longestTitle = 200;  ///< letters; the handoff itself shows all of it
constexpr uchar urgencyNormal = 1;
constexpr uchar urgencyCritical = 2;

bool isUrgent(const InboxRow& row) { return row.risk == Risk::Critical || row.unknown; }

}  // namespace

DesktopNotifier::DesktopNotifier(QWidget& window, std::function<void(const HandoffId&)> open)
    : QObject(&window), window_(window), open_(std::move(open)), bus_(QDBusConnection::sessionBus())
{
    if (!bus_.isConnected()) return;
    bus_.connect(notifications, notificationsPath, notifications, QStringLiteral("ActionInvoked"), this, SLOT(onActionInvoked(uint, QString)));
    bus_.connect(notifications, notificationsPath, notifications, QStringLiteral("NotificationClosed"), this, SLOT(onClosed(uint, uint)));
}

void DesktopNotifier::tell(const std::vector<InboxRow>& rows)
{
    if (rows.size() > mostAtOnce) {
        const bool isCritical = std::any_of(rows.begin(), rows.end(), isUrgent);
        return tellOne(tr("%n things wait for a person", nullptr, static_cast<int>(rows.size())), isCritical, {});
    }
    for (const auto& row : rows) tellOne(ui::shortened(ui::foreignLine(row.title), longestTitle), isUrgent(row), row.id);
}

void DesktopNotifier::tellOne(const QString& title, bool isCritical, const HandoffId& handoff)
{
    if (!bus_.isConnected()) return tellByTray(title, isCritical, handoff);
    auto message = QDBusMessage::createMethodCall(notifications, notificationsPath, notifications, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(isCritical ? urgencyCritical : urgencyNormal)},
                            {QStringLiteral("desktop-entry"), QStringLiteral("handrail-console")}};
    // A service may read the body as markup; what a tool wrote is plain text everywhere.
    message << tr("Handrail") << 0u << QStringLiteral("handrail") << tr("A person is needed") << title.toHtmlEscaped()
            << QStringList{QStringLiteral("default"), tr("Open"), QStringLiteral("open"), tr("Open")} << hints << -1;
    auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, title, isCritical, handoff](QDBusPendingCallWatcher* call) {
        const QDBusPendingReply<uint> reply = *call;
        if (reply.isError()) tellByTray(title, isCritical, handoff);
        else shown_[reply.value()] = handoff;
        call->deleteLater();
    });
}

void DesktopNotifier::onActionInvoked(uint id, const QString&)
{
    const auto found = shown_.find(id);
    if (found != shown_.end()) bringUp(found->second);
}

void DesktopNotifier::onClosed(uint id, uint) { shown_.erase(id); }

void DesktopNotifier::tellByTray(const QString& title, bool isCritical, const HandoffId& handoff)
{
    if (!tray_) return;
    tray_->disconnect(this);
    connect(tray_, &QSystemTrayIcon::messageClicked, this, [this, handoff] { bringUp(handoff); });
    tray_->showMessage(tr("A person is needed"), title.toHtmlEscaped(),
                       isCritical ? QSystemTrayIcon::Critical : QSystemTrayIcon::Information);
}

void DesktopNotifier::bringUp(const HandoffId& handoff)
{
    ui::bringUp(window_);
    open_(handoff);
}

}  // namespace handrail::app
