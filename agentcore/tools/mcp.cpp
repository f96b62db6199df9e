#include "agentcore/tools/mcp.h"

#include "agentcore/tools/mcpsession.h"

namespace handrail::tools {

McpCall::McpCall(McpRequest request, QObject* parent) : Call(parent), request_(std::move(request)) {}

McpCall::~McpCall()
{
    if (session_) session_->gone(*this);
}

McpServers::McpServers(wire::Wire& wire, const Clock& clock) : wire_(wire), clock_(clock) {}

McpServers::~McpServers() = default;

McpCall* McpServers::call(const McpRequest& request, QObject* parent)
{
    auto& session = sessions_[request.server];
    if (!session) session = std::make_unique<mcp::Session>(wire_, clock_);
    auto* call = new McpCall(request, parent);
    call->session_ = session.get();
    session->start(call);
    return call;
}

}  // namespace handrail::tools
