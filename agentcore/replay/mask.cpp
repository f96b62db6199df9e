#include "agentcore/replay/bundle.h"
#include "agentcore/replay/course.h"

/// Personal data out of a bundle: what came from outside is masked, and all choices are made again from it.
namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr const char* maskedMark = "[masked]";

/// Whether something stood there.
bool maskAt(Json& document, const std::string& pointer)
{
    Json* found = const_cast<Json*>(at(document, pointer));
    if (!found || found->is_null()) return false;
    *found = found->is_number() ? Json(0) : Json(maskedMark);
    return true;
}

bool maskIn(Event& event, const std::string& pointer)
{
    const char* member = event.kind == EventKind::RunStarted ? "input" : event.kind == EventKind::Answered ? "result" : nullptr;
    const auto found = member ? event.data.find(member) : event.data.end();
    return found != event.data.end() && maskAt(*found, pointer);
}

}  // namespace

Outcome<Bundle> masked(const Definition& definition, const Bundle& bundle, const std::vector<std::string>& pointers)
{
    std::vector<Event> given = bundle.events;
    for (const auto& pointer : pointers) {
        bool isThere = false;
        for (auto& event : given) isThere = maskIn(event, pointer) || isThere;
        if (!isThere) return failure("U105", "There is nothing at " + pointer + " in the run's input or in a result.", "--mask", "Give a JSON Pointer, like /buyer/email.");
    }
    const Course course = courseOf(definition, bundle.events, given, Answers::ToAll);
    const bool isWhole = !course.isParted && course.stopped.empty() && course.lines.size() == bundle.events.size();
    if (!isWhole) {
        return failure("U102", "With these values masked the run would have gone another way, so the bundle would not replay.", "--mask",
                       "Mask less: what the run has decided by must stay.");
    }
    Bundle changed = bundle;
    changed.events.clear();
    changed.hashes.clear();
    changed.masked = pointers;
    for (const auto& line : course.lines) changed.events.push_back(*line.now);
    return changed;
}

}  // namespace handrail::replay
