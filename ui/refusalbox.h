#pragma once

#include <QMessageBox>

#include "agentcore/failure.h"

namespace handrail::ui {

/// Says why the console cannot start: what is wrong, what to do next, and the code. Plain text throughout: a path or a
/// word of a store is no markup.
class RefusalBox : public QMessageBox {
    Q_OBJECT
public:
    explicit RefusalBox(const Failure& why, QWidget* parent = nullptr);
};

}  // namespace handrail::ui
