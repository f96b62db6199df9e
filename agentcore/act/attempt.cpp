#include "agentcore/act/attempt.h"

#include "agentcore/tools/injector.h"

#include <utility>

#include "agentcore/tools/secrets.h"

namespace handrail::act {
namespace {

/// The wire keeps the limit itself; this is how much later we stop believing that it will.
constexpr Millis grace = 1'000;

std::string word(wire::SendPhase phase)
{
    switch (phase) {
    case wire::SendPhase::NotSent: return "not_sent";
    case wire::SendPhase::MaybeSent: return "maybe_sent";
    case wire::SendPhase::Answered: return "answered";
    }
    return {};
}

}  // namespace

Attempt::Attempt(const tools::Invocation& invocation, DefinitionPtr keptAlive, QObject* parent, std::optional<ModelCall> asked)
    : QObject(parent), invocation_(invocation), asked_(std::move(asked)), definition_(std::move(keptAlive))
{
    guard_.setSingleShot(true);
    connect(&guard_, &QTimer::timeout, this, [this] {
        delete std::exchange(call_, nullptr);
        wire::Reply reply;
        reply.phase = wire::SendPhase::MaybeSent;
        reply.code = "T109";
        reply.note = "No reply came within the limit.";
        reply.tookMs = invocation_.limit + grace;
        finish(reply);
    });
}

void Attempt::start(wire::Wire& wire, tools::McpServers& servers, std::optional<InjectedKind> injected)
{
    injected_ = injected;
    if (!prepare()) return;
    if (!injected) return send(wire, servers);
    if (*injected == InjectedKind::Slow) {
        heldBack_ = tools::injectedDelay(invocation_.limit);
        invocation_.limit -= heldBack_;
        QTimer::singleShot(static_cast<int>(heldBack_), this, [this, &wire, &servers] { send(wire, servers); });
        return;
    }
    wire::Reply reply = tools::injectedReply(*injected, *invocation_.tool);
    reply.tookMs = *injected == InjectedKind::Timeout ? invocation_.limit : 0;
    QTimer::singleShot(static_cast<int>(reply.tookMs), this, [this, reply] { finish(reply); });
}

/// Settles what is to be sent; false when that cannot be, which is told as "not sent".
bool Attempt::prepare()
{
    auto prepared = asked_ ? prepareModelCall(*definition_, *asked_) : tools::prepare(invocation_);
    if (prepared) {
        prepared_ = prepared.take();
        return true;
    }
    wire::Reply reply;
    reply.code = prepared.failure().code;
    reply.note = prepared.failure().message;
    QMetaObject::invokeMethod(this, [this, reply] { finish(reply); }, Qt::QueuedConnection);
    return false;
}

void Attempt::send(wire::Wire& wire, tools::McpServers& servers)
{
    if (auto* http = std::get_if<wire::HttpRequest>(&prepared_.request)) {
        http->limit = invocation_.limit;
        call_ = wire.http(*http, this);
    } else if (auto* mcp = std::get_if<tools::McpRequest>(&prepared_.request)) {
        mcp->limit = invocation_.limit;
        call_ = servers.call(*mcp, this);
    } else {
        auto& command = std::get<wire::CommandRequest>(prepared_.request);
        command.limit = invocation_.limit;
        call_ = wire.command(command, this);
    }
    connect(call_, &wire::Call::finished, this, &Attempt::finish);
    guard_.start(static_cast<int>(invocation_.limit + grace));
}

void Attempt::finish(const wire::Reply& reply)
{
    if (isOver_) return;
    isOver_ = true;
    guard_.stop();
    Q_EMIT finished(reply);
}

Json Attempt::answered(const wire::Reply& reply, Millis now) const
{
    Json data = {{"phase", word(reply.phase)}, {"took_ms", reply.tookMs + heldBack_}};
    if (injected_) {
        data["injected"] = true;
        data["injection"] = handrail::word(*injected_);
    }
    if (asked_ && reply.phase == wire::SendPhase::Answered) {
        data.update(modelAnswered(*definition_, *asked_, prepared_, reply, now));
        return data;
    }
    tools::Answer answer;
    if (reply.phase == wire::SendPhase::Answered) {
        answer = tools::interpret(invocation_, prepared_, reply, now);
    } else {
        answer.code = reply.code.empty() ? Code("X000") : reply.code;
        answer.message = tools::redacted(reply.note, prepared_.secrets);
    }
    data["code"] = answer.code;
    if (!answer.message.empty()) data["message"] = answer.message;
    if (!answer.result.is_null()) data["result"] = answer.result;
    if (answer.retryAfter >= 0) data["retry_after_ms"] = answer.retryAfter;
    if (answer.replayed) data["replayed"] = true;
    if (!answer.poll.empty()) data["poll"] = answer.poll;
    if (!answer.inner.empty()) data["inner"] = answer.inner;
    if (reply.status != 0) data["status"] = reply.status;
    const std::string note = answer.retryNote.empty() ? tools::redacted(reply.note, prepared_.secrets) : answer.retryNote;
    data["note"] = note.empty() ? answer.message : note;
    if (const auto* mcp = qobject_cast<const tools::McpCall*>(call_)) data.update(tools::redactedJson(mcp->told, prepared_.secrets));
    return data;
}

}  // namespace handrail::act
