#pragma once

#include <functional>

#include "agentcore/types.h"

class QWidget;

namespace handrail::app {

/// Tells the desktop that something waits. A click opens the handoff; it never decides one. Without a
/// tray or a notification service this does nothing: the inbox shows it anyway.
void notifyDesktop(QWidget& window, const InboxRow& row, std::function<void()> open);

}  // namespace handrail::app
