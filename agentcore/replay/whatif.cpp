#include "agentcore/replay/whatif.h"

#include <algorithm>
#include <functional>

#include "agentcore/decide/view.h"
#include "agentcore/replay/course.h"
#include "agentcore/replay/replay.h"

namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr const char* howTo = "Change one of argument, limit, reply, decision and definition, like {\"limit\": {\"run_s\": 60}}.";

/// What is supposed: another definition, other lines from outside, or both.
struct Supposed {
    Json definition;
    std::vector<Event> events;
};

Failure noChange(const std::string& why) { return failure("U102", why, "--change", howTo); }

std::optional<Failure> changeArgument(Supposed& supposed, const Json& change)
{
    const std::string id = textOf(change, "step");
    const auto with = change.find("with");
    if (with == change.end() || !with->is_object()) return noChange("An argument is changed by {\"step\", \"with\": {…}}.");
    if (supposed.definition.contains("plan")) {
        for (auto& step : supposed.definition["plan"]) {
            if (textOf(step, "id") != id) continue;
            if (!step.contains("with")) step["with"] = Json::object();
            step["with"].merge_patch(*with);
            return std::nullopt;
        }
    }
    return failure("U105", "The plan has no step " + id + ".", "--change", "What a model proposed is changed as its reply: {\"reply\": {\"seq\": N, \"proposal\": {…}}}.");
}

/// The line of a change, if it is of that kind.
Event* lineAt(Supposed& supposed, EventKind kind, const std::function<bool(const Event&)>& fits)
{
    const auto found = std::find_if(supposed.events.begin(), supposed.events.end(), [&](const Event& event) { return event.kind == kind && fits(event); });
    return found == supposed.events.end() ? nullptr : &*found;
}

std::optional<Failure> changeReply(Supposed& supposed, Json change)
{
    const Seq seq = numberOf(change, "seq");
    Event* line = lineAt(supposed, EventKind::Answered, [&](const Event& event) { return event.seq == seq; });
    if (!line) return failure("U105", "Line " + std::to_string(seq) + " of the journal is no reply.", "--change", "Give the number of an \"answered\" line.");
    change.erase("seq");
    if (change.empty()) return noChange("Say what is other in the reply, like {\"reply\": {\"seq\": 7, \"code\": \"T503\"}}.");
    // A failure has no result, unless one is named.
    if (!textOf(change, "code").empty() && !change.contains("result")) line->data.erase("result");
    line->data.merge_patch(change);
    return std::nullopt;
}

std::optional<Failure> changeDecision(Supposed& supposed, Json change)
{
    const std::string id = textOf(change, "handoff");
    if (!fromWord<Verb>(textOf(change, "verb"))) return noChange("There is no decision \"" + textOf(change, "verb") + "\".");
    Event* line = lineAt(supposed, EventKind::Decided, [&](const Event& event) { return textOf(event.data, "handoff") == id; });
    if (!line) return failure("U105", "Nobody has decided " + id + " in this run.", "--change", "See its journal for what was decided.");
    const Json said = line->data;
    line->data = Json::object();
    for (const char* member : {"handoff", "who", "reason", "shown"}) line->data[member] = said.value(member, Json(""));
    line->data.merge_patch(change);
    return std::nullopt;
}

std::optional<Failure> apply(Supposed& supposed, const Json& change)
{
    if (!change.is_object() || change.size() != 1 || !change.begin()->is_object()) return noChange("A change is an object with one member.");
    const std::string what = change.begin().key();
    const Json& how = change.begin().value();
    if (what == "argument") return changeArgument(supposed, how);
    if (what == "reply") return changeReply(supposed, how);
    if (what == "decision") return changeDecision(supposed, how);
    if (what == "definition") supposed.definition.merge_patch(how);
    else if (what == "limit") supposed.definition.merge_patch(Json{{"limits", how}});
    else return noChange("There is nothing called \"" + what + "\" that can be changed.");
    return std::nullopt;
}

/// The run begins with the changed definition, as a new run of it would.
void beginWith(const Definition& definition, Event& started)
{
    Json steps = Json::array();
    for (const auto& step : definition.plan) steps.push_back(step.id);
    started.data["steps"] = steps;
    if (started.data.contains("definition")) started.data["definition"] = definition.digest;
    started.data["version"] = definition.version;
}

std::string markOf(const CourseLine& line)
{
    if (!line.now) return "only journal";
    if (!line.journal) return "only now";
    return line.journal->data == line.now->data ? "same" : "changed";
}

}  // namespace

Outcome<WhatIf> whatIf(const Definition& definition, const std::vector<Event>& events, const Json& change)
{
    if (events.empty()) return failure("U105", "The journal of this run is empty.");
    Supposed supposed{definition.source, events};
    if (auto wrong = apply(supposed, change)) return *wrong;
    const auto parsed = parseDefinition(dump(supposed.definition));
    if (!parsed.definition) return parsed.mistakes.front();
    const bool isOther = parsed.definition->digest != definition.digest;
    if (isOther) beginWith(*parsed.definition, supposed.events.front());
    if (auto wrong = checkInput(*parsed.definition, supposed.events.front().data.value("input", Json::object()))) return *wrong;

    Course course = courseOf(*parsed.definition, events, supposed.events, Answers::ToSameCalls);
    WhatIf told;
    told.stopped = course.stopped;
    told.assumed = course.assumed;
    decide::RunState state;
    const Event* last = &supposed.events.front();
    for (const auto& line : course.lines) {
        WhatIfLine row{std::nullopt, std::nullopt, markOf(line)};
        if (line.journal) row.journal = decide::lineOf(*line.journal);
        if (line.now) {
            row.now = decide::lineOf(*line.now);
            decide::fold(state, *line.now);
            last = &*line.now;
        }
        told.lines.push_back(std::move(row));
    }
    told.moment = momentOf(*parsed.definition, state, *last);
    return told;
}

}  // namespace handrail::replay
