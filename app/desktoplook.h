#pragma once

#include <functional>

#include <QDBusVariant>
#include <QObject>

namespace handrail::app {

/// Whether the desktop wants dark windows, from the settings portal; told again whenever it changes.
/// Without a session bus or a portal it is light.
class DesktopLook : public QObject {
    Q_OBJECT
public:
    explicit DesktopLook(std::function<void(bool isDark)> changed, QObject* parent = nullptr);

private slots:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    std::function<void(bool)> changed_;
};

}  // namespace handrail::app
