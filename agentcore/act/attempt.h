#pragma once

#include <memory>

#include <QObject>
#include <QTimer>

#include "agentcore/act/modelcall.h"
#include "agentcore/tools/tool.h"
#include "agentcore/wire/wire.h"

namespace handrail::act {

/// One attempt of one call. It finishes exactly once, later, through the event loop; a call that could
/// not even be prepared finishes as "not sent". Deleting it ends the call without a word.
class Attempt : public QObject {
    Q_OBJECT
public:
    /// With `asked`, the call of a model in the place of a tool.
    Attempt(const tools::Invocation& invocation, DefinitionPtr keptAlive, QObject* parent, std::optional<ModelCall> asked = std::nullopt);

    /// Sends it. The journal must already say so.
    void start(wire::Wire& wire);

    /// What it came to, as the data of an Answered event. `now` reads Retry-After dates.
    Json answered(const wire::Reply& reply, Millis now) const;

signals:
    void finished(const handrail::wire::Reply& reply);

private:
    void finish(const wire::Reply& reply);

    tools::Invocation invocation_;
    std::optional<ModelCall> asked_;
    DefinitionPtr definition_;
    tools::Prepared prepared_;
    wire::Call* call_ = nullptr;
    QTimer guard_;
    bool isOver_ = false;
};

}  // namespace handrail::act
