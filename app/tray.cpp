#include "app/tray.h"

#include <QMenu>
#include <QPainter>
#include <QWidget>

#include "ui/parts.h"

namespace handrail::app {
namespace {

constexpr int mostShown = 99;

}  // namespace

QIcon countedIcon(const QIcon& plain, int count)
{
    if (count <= 0) return plain;
    constexpr int size = 64;
    QPixmap picture = plain.pixmap(size, size);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QString text = count > mostShown ? QStringLiteral("%1+").arg(mostShown) : QString::number(count);
    QFont font = ui::textFont(0, true);
    font.setPixelSize(text.size() > 2 ? 24 : 32);
    painter.setFont(font);
    const int width = std::max(38, painter.fontMetrics().horizontalAdvance(text) + 12);
    const QRect badge(size - width, 0, width, 38);
    // A tray has a ground of its own, so the badge does not follow the window's theme.
    painter.setPen(QPen(Qt::white, 2));
    painter.setBrush(QColor(0xB3, 0x24, 0x1B));
    painter.drawRoundedRect(badge.adjusted(1, 1, -1, -1), 18, 18);
    painter.drawText(badge, Qt::AlignCenter, text);
    return picture;
}

Tray::Tray(QWidget& window) : QObject(&window), window_(window)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable()) return;
    menu_ = std::make_unique<QMenu>();
    menu_->addAction(tr("Open the inbox"), this, [this] { ui::bringUp(window_); });
    menu_->addSeparator();
    menu_->addAction(tr("Quit Handrail"), &window_, &QWidget::close);
    icon_ = std::make_unique<QSystemTrayIcon>(window_.windowIcon());
    icon_->setContextMenu(menu_.get());
    connect(icon_.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) ui::bringUp(window_);
    });
    setCount(0);
    icon_->show();
}

Tray::~Tray() = default;

void Tray::setCount(int count)
{
    if (!icon_ || count == count_) return;
    count_ = count;
    icon_->setIcon(countedIcon(window_.windowIcon(), count));
    icon_->setToolTip(count > 0 ? tr("Handrail: %Ln wait for a person", nullptr, count) : tr("Handrail: nothing waits"));
}

}  // namespace handrail::app
