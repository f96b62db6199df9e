#include "agentcore/replay/persons.h"

namespace handrail::replay {
namespace {

/// A step's arguments before a person changed them.
Json argumentsBefore(const Definition& definition, const decide::RunState& state, const decide::HandoffRecord& handoff)
{
    if (handoff.step < 0) return Json::object();
    const auto index = static_cast<std::size_t>(handoff.step);
    const Json& prepared = state.steps[index].arguments;
    return prepared.is_null() ? decide::stepOf(definition, state, index).with : prepared;
}

}  // namespace

Json mergePatch(const Json& from, const Json& to)
{
    if (!from.is_object() || !to.is_object()) return to;
    Json patch = Json::object();
    for (const auto& [name, value] : from.items()) {
        if (!to.contains(name)) patch[name] = nullptr;
    }
    for (const auto& [name, value] : to.items()) {
        if (!from.contains(name)) patch[name] = value;
        else if (from[name] != value) patch[name] = mergePatch(from[name], value);
    }
    return patch;
}

std::vector<Decision> decisionsFor(const Definition& definition, const decide::RunState& state, const decide::Event& decided)
{
    const Json& data = decided.data;
    Decision said;
    said.handoff = textOf(data, "handoff");
    const auto verb = fromWord<Verb>(textOf(data, "verb"));
    const decide::HandoffRecord* handoff = state.handoff(said.handoff);
    if (!verb || !handoff) return {};
    said.verb = *verb;
    said.who = textOf(data, "who");
    said.reason = textOf(data, "reason");
    said.text = textOf(data, "text");
    said.shown = textOf(data, "shown");
    said.reference = textOf(data, "reference");
    said.settlement = fromWord<Settlement>(textOf(data, "settlement"));
    if (data.contains("arguments")) said.with = mergePatch(argumentsBefore(definition, state, *handoff), data["arguments"]);

    std::vector<Decision> possible;
    for (const std::string& mode : {std::string(), textOf(data, "mode")}) {
        if (mode.empty() && !possible.empty()) continue;
        for (const bool all : {false, true}) {
            if (all && said.verb != Verb::Undo) continue;
            said.mode = mode;
            said.undoAll = all;
            possible.push_back(said);
        }
    }
    return possible;
}

}  // namespace handrail::replay
