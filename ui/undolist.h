#pragma once

#include <QWidget>

#include "agentcore/types.h"

namespace handrail::ui {

/// What an undo would take back, in its order: each exact call, until when, and what stays lost.
class UndoList : public QWidget {
    Q_OBJECT
public:
    UndoList(const std::vector<UndoItem>& items, Millis now, QWidget* parent = nullptr);
    int possible() const { return possible_; }

private:
    int possible_ = 0;
};

}  // namespace handrail::ui
