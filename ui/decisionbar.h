#pragma once

#include <functional>
#include <optional>

#include <QWidget>

#include "agentcore/types.h"

class QKeyEvent;

namespace handrail::ui {

/// The foot of the handoff: one button for each thing that is possible now, always in the same places.
/// Emits a Decision that names its handoff by id and digest. Enter never approves.
class DecisionBar : public QWidget {
    Q_OBJECT
public:
    explicit DecisionBar(std::function<Millis()> now, QWidget* parent = nullptr);

    /// What may be decided. A digest that changed under the same id is armed again after a second.
    void setHandoff(std::optional<HandoffDetail> handoff);
    /// While a decision is on its way nothing can be pressed a second time.
    void setBusy(bool busy);
    void tick();
    /// One of the single-letter keys; false when it means nothing here. Auto-repeat is refused.
    bool pressKey(QKeyEvent* event);
    /// Opens the list of all keys' meanings: verb, key, what happens.
    struct Key {
        QString key;
        QString what;
    };
    static QList<Key> keys();

signals:
    void decisionMade(const handrail::Decision& decision);
    /// A single-letter decision came while the question was scrolled out of view: show it first.
    void questionWanted();
};

}  // namespace handrail::ui
