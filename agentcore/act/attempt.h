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

    /// Sends it, over the wire or by a session with an MCP server; both must outlive it. The journal must
    /// already say so. With `injected` it fails on purpose instead, or leaves late.
    void start(wire::Wire& wire, tools::McpServers& servers, std::optional<InjectedKind> injected = std::nullopt);

    /// What it came to, as the data of an Answered event. `now` reads Retry-After dates.
    Json answered(const wire::Reply& reply, Millis now) const;

signals:
    void finished(const handrail::wire::Reply& reply);

private:
    bool prepare();
    void send(wire::Wire& wire, tools::McpServers& servers);
    void finish(const wire::Reply& reply);

    tools::Invocation invocation_;
    std::optional<ModelCall> asked_;
    DefinitionPtr definition_;
    tools::Prepared prepared_;
    wire::Call* call_ = nullptr;
    QTimer guard_;
    std::optional<InjectedKind> injected_;
    Millis heldBack_ = 0;  ///< a reply that is slow on purpose
    bool isOver_ = false;
};

}  // namespace handrail::act
