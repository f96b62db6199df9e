#include "app/notify.h"

#include <QPointer>
#include <QSystemTrayIcon>
#include <QWidget>

#include "ui/foreigntext.h"

namespace handrail::app {

void notifyDesktop(QWidget& window, const InboxRow& row, std::function<void()> open)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable()) return;
    static QPointer<QSystemTrayIcon> tray;
    if (!tray) {
        tray = new QSystemTrayIcon(window.windowIcon(), &window);
        tray->setToolTip(QObject::tr("Handrail"));
        tray->show();
    }
    tray->disconnect(&window);
    QObject::connect(tray, &QSystemTrayIcon::messageClicked, &window, [&window, open] {
        window.showNormal();
        window.raise();
        window.activateWindow();
        open();
    });
    const bool isCritical = row.risk == Risk::Critical || row.unknown;
    tray->showMessage(QObject::tr("A person is needed"), ui::foreignLine(row.title).toHtmlEscaped(),
                      isCritical ? QSystemTrayIcon::Critical : QSystemTrayIcon::Information);
}

}  // namespace handrail::app
