#include "agentcore/decide/pins.h"

namespace handrail::decide {
namespace {

constexpr const char* changed = "T607";

/// An undo that stops for it has a code of its own.
bool agrees(const HandoffRecord& handoff) { return textOf(handoff.asked, "code") == changed || textOf(handoff.asked, "cause") == changed; }

}  // namespace

bool needsLook(const RunState& state, const Tool& tool) { return !tool.mcp.empty() && state.pins.count(tool.name) == 0; }

std::string pinOf(const RunState& state, const Tool& tool)
{
    const auto found = state.pins.find(tool.name);
    return found == state.pins.end() ? std::string() : found->second.digest;
}

bool isSaidToWrite(const RunState& state, const Tool& tool)
{
    const auto found = state.pins.find(tool.name);
    return !tool.isWrite() && found != state.pins.end() && found->second.tellsWrite;
}

void foldPin(RunState& state, const std::string& tool, const Json& answer)
{
    const std::string digest = textOf(answer, "pin");
    if (digest.empty()) return;
    const ToolPin pin{digest, truthOf(answer, "tells_write"), answer.value("told", Json())};
    if (textOf(answer, "code") == changed) state.offered[tool] = pin;
    else state.pins[tool] = {pin.digest, pin.tellsWrite, {}};
}

void foldAgreement(RunState& state, const HandoffRecord& handoff)
{
    if (!agrees(handoff)) return;
    for (auto& [tool, pin] : state.offered) state.pins[tool] = {pin.digest, pin.tellsWrite, {}};
    state.offered.clear();
}

std::map<std::string, Json> agreedBy(const RunState& state, const Event& event)
{
    std::map<std::string, Json> agreed;
    if (event.kind == EventKind::Answered && state.active()) {
        const bool isNew = event.data.contains("told") && textOf(event.data, "code") != changed;
        if (isNew) agreed[state.active()->tool] = event.data["told"];
    }
    if (event.kind != EventKind::Decided || state.offered.empty()) return agreed;
    const HandoffRecord* handoff = state.handoff(textOf(event.data, "handoff"));
    const bool isRetry = textOf(event.data, "verb") == word(Verb::Retry);
    if (!handoff || !isRetry || !agrees(*handoff)) return agreed;
    for (const auto& [tool, pin] : state.offered) agreed[tool] = pin.told;
    return agreed;
}

}  // namespace handrail::decide
