#include "agentcore/tools/mcplink.h"

namespace handrail::tools::mcp {

StdioLink::StdioLink(wire::Child* child, QObject* parent) : Link(parent), child_(child)
{
    if (!child_) {
        wire::Reply why;
        why.code = "T610";
        why.note = "No program can be started here.";
        QMetaObject::invokeMethod(this, [this, why] { Q_EMIT lost(why); }, Qt::QueuedConnection);
        return;
    }
    child_->setParent(this);
    connect(child_, &wire::Child::said, this, &Link::heard);
    connect(child_, &wire::Child::ended, this, &Link::lost);
}

void StdioLink::send(const Outgoing& message)
{
    if (child_ && child_->write(message.text)) {
        if (message.id > 0) Q_EMIT handed(message.id);
        return;
    }
    if (message.id == 0) return;
    wire::Reply why;
    why.code = "T610";
    why.note = "The server's program takes nothing in, so the call was not sent.";
    QMetaObject::invokeMethod(this, [this, id = message.id, why] { Q_EMIT unanswered(id, why); }, Qt::QueuedConnection);
}

}  // namespace handrail::tools::mcp
