#pragma once

#include <memory>

#include <QObject>
#include <QSystemTrayIcon>

class QMenu;
class QWidget;

namespace handrail::app {

/// An icon in the tray that says how many handoffs wait, where the desktop has a tray. A click brings the
/// window up; nothing here decides anything.
class Tray : public QObject {
    Q_OBJECT
public:
    explicit Tray(QWidget& window);
    ~Tray() override;

    /// Handoffs that wait for a person.
    void setCount(int count);
    /// Null where there is no tray.
    QSystemTrayIcon* icon() const { return icon_.get(); }

private:
    QWidget& window_;
    std::unique_ptr<QMenu> menu_;
    std::unique_ptr<QSystemTrayIcon> icon_;
    int count_ = -1;
};

/// The icon with a count over it; without one at 0.
QIcon countedIcon(const QIcon& plain, int count);

}  // namespace handrail::app
