#pragma once

#include <functional>
#include <map>
#include <vector>

#include <QDBusConnection>
#include <QObject>
#include <QString>

#include "agentcore/types.h"

class QSystemTrayIcon;
class QWidget;

namespace handrail::app {

/// Tells the desktop that something waits: through the notification service of freedesktop, else through
/// a tray. A click opens the handoff; nothing here ever decides one. Without either it does nothing: the
/// inbox shows it anyway. On the window's thread; ends with the window.
class DesktopNotifier : public QObject {
    Q_OBJECT
public:
    /// `open` brings a handoff before the operator's eyes; an empty id means the inbox.
    DesktopNotifier(QWidget& window, std::function<void(const HandoffId&)> open);

    /// Where a desktop without a notification service is told; null: nowhere. Not owned.
    void setTray(QSystemTrayIcon* tray) { tray_ = tray; }

    /// What came in since the last time; more than three are told as one.
    void tell(const std::vector<InboxRow>& rows);

private slots:
    void onActionInvoked(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    void tellOne(const QString& title, bool isCritical, const HandoffId& handoff);
    void tellByTray(const QString& title, bool isCritical, const HandoffId& handoff);
    void bringUp(const HandoffId& handoff);

    QWidget& window_;
    std::function<void(const HandoffId&)> open_;
    QDBusConnection bus_;
    QSystemTrayIcon* tray_ = nullptr;
    std::map<uint, HandoffId> shown_;  ///< by the service's own number
};

}  // namespace handrail::app
