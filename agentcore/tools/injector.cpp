#include "agentcore/tools/injector.h"

#include <algorithm>
#include <functional>

#include <QTimer>

namespace handrail::tools {
namespace {

constexpr Millis longestDelay = 3'000;  ///< a slow reply stays within most limits

/// Tells a reply after a while.
class InjectedCall : public wire::Call {
public:
    InjectedCall(wire::Reply reply, Millis after, QObject* parent) : Call(parent)
    {
        reply.tookMs = after;
        QTimer::singleShot(static_cast<int>(after), this, [this, reply] { Q_EMIT finished(reply); });
    }
};

/// Makes the real call after a while.
class LateCall : public wire::Call {
public:
    LateCall(Millis after, std::function<wire::Call*(QObject*)> make, QObject* parent) : Call(parent)
    {
        QTimer::singleShot(static_cast<int>(after), this, [this, after, make = std::move(make)] {
            wire::Call* real = make(this);
            connect(real, &wire::Call::finished, this, [this, after](wire::Reply reply) {
                reply.tookMs += after;
                reply.injected = word(InjectedKind::Slow);
                Q_EMIT finished(reply);
            });
        });
    }
};

wire::Reply failedReply(InjectedKind kind)
{
    wire::Reply reply;
    reply.injected = word(kind);
    reply.note = "Injected for a test: " + word(kind) + ".";
    if (kind == InjectedKind::Timeout) {
        // As a service that took the request and never answered.
        reply.phase = wire::SendPhase::MaybeSent;
        reply.code = "T109";
    } else {
        reply.phase = wire::SendPhase::NotSent;
        reply.code = "T103";
    }
    return reply;
}

Millis delayOf(Millis limit) { return std::min(limit / 2, longestDelay); }

}  // namespace

std::optional<InjectedKind> Injector::draw(const Definition& definition, const std::string& tool)
{
    const auto found = definition.inject.find(tool);
    if (found == definition.inject.end() || found->second.kinds.empty()) return std::nullopt;
    const Injection& injection = found->second;
    const std::string name = definition.digest + "/" + tool;
    auto draws = draws_.find(name);
    if (draws == draws_.end()) draws = draws_.emplace(name, std::mt19937_64(injection.seed)).first;
    const double drawn = static_cast<double>(draws->second() >> 11) * 0x1.0p-53;
    const auto which = draws->second() % injection.kinds.size();
    return drawn < injection.rate ? std::optional(injection.kinds[which]) : std::nullopt;
}

wire::Call* FaultyWire::http(const wire::HttpRequest& request, QObject* parent)
{
    if (kind_ == InjectedKind::Slow) {
        const Millis after = delayOf(request.limit);
        wire::HttpRequest late = request;
        late.limit -= after;
        return new LateCall(after, [other = &other_, late](QObject* owner) { return other->http(late, owner); }, parent);
    }
    wire::Reply reply = failedReply(kind_);
    if (kind_ == InjectedKind::Http500) {
        reply.phase = wire::SendPhase::Answered;
        reply.code.clear();
        reply.status = 500;
        reply.body = R"({"error": {"message": "injected for a test"}})";
    }
    return new InjectedCall(reply, kind_ == InjectedKind::Timeout ? request.limit : 0, parent);
}

wire::Call* FaultyWire::command(const wire::CommandRequest& request, QObject* parent)
{
    if (kind_ == InjectedKind::Slow) {
        const Millis after = delayOf(request.limit);
        wire::CommandRequest late = request;
        late.limit -= after;
        return new LateCall(after, [other = &other_, late](QObject* owner) { return other->command(late, owner); }, parent);
    }
    wire::Reply reply = failedReply(kind_);
    if (kind_ == InjectedKind::Http500) {
        reply.phase = wire::SendPhase::Answered;
        reply.code.clear();
        reply.status = 1;
        reply.errors = "injected for a test";
    }
    return new InjectedCall(reply, kind_ == InjectedKind::Timeout ? request.limit : 0, parent);
}

}  // namespace handrail::tools
