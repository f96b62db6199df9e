#include "agentcore/tools/injector.h"

#include <algorithm>

namespace handrail::tools {
namespace {

constexpr Millis longestDelay = 3'000;  ///< a slow reply stays within most limits
constexpr const char* serviceError = R"({"error": {"code": -32603, "message": "injected for a test"}})";

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

wire::Reply injectedReply(InjectedKind kind, const Tool& tool)
{
    wire::Reply reply;
    reply.note = "Injected for a test: " + word(kind) + ".";
    if (kind == InjectedKind::Timeout) {
        // As a service that took the request and never answered.
        reply.phase = wire::SendPhase::MaybeSent;
        reply.code = "T109";
    } else if (kind == InjectedKind::Http500) {
        reply.phase = wire::SendPhase::Answered;
        reply.status = tool.command.empty() ? 500 : 1;
        reply.body = serviceError;
        reply.errors = "injected for a test";
    } else {
        reply.phase = wire::SendPhase::NotSent;
        reply.code = "T103";
    }
    return reply;
}

Millis injectedDelay(Millis limit) { return std::min(limit / 2, longestDelay); }

}  // namespace handrail::tools
