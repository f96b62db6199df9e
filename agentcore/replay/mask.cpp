#include <algorithm>
#include <functional>
#include <set>

#include "agentcore/replay/bundle.h"
#include "agentcore/replay/course.h"

/// Personal data out of a bundle: what came from outside is masked wherever it stands, and all choices are made
/// again from it.
namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr const char* maskedMark = "[masked]";
constexpr std::size_t leastPart = 4;  ///< a shorter value is masked where it stands whole, not within other words

std::string wordsOf(const Json& value) { return value.is_string() ? value.get<std::string>() : dump(value); }

/// The documents that an event brought in from outside, by where they stand in its data.
std::vector<std::string> documentsOf(const Event& event)
{
    switch (event.kind) {
    case EventKind::RunStarted: return {"/input"};
    case EventKind::Answered: return {"/result", "/proposal/arguments"};
    case EventKind::Decided: return {"/arguments"};
    // Facts of other runs, as this one met them.
    case EventKind::Reused:
    case EventKind::FallbackUsed: return {"/result"};
    default: return {};
    }
}

/// Words that somebody outside has written, and names of persons.
std::vector<std::string> wordsIn(const Event& event)
{
    switch (event.kind) {
    case EventKind::RunStarted: return {"/user"};
    case EventKind::Answered: return {"/message", "/note", "/said", "/where", "/allowed", "/proposal/why"};
    case EventKind::Decided: return {"/who", "/reason", "/text", "/reference"};
    case EventKind::Tended: return {"/who", "/assignee"};
    case EventKind::DecidedLate:
    case EventKind::AbortAsked:
    case EventKind::Paused:
    case EventKind::RolledBack: return {"/who", "/reason", "/message"};
    default: return {};
    }
}

Json* placeIn(Event& event, const std::string& pointer)
{
    Json* found = const_cast<Json*>(at(event.data, pointer));
    return found && !found->is_null() ? found : nullptr;
}

/// Masks what rules name, then every other place where one of those values stands.
class Masking {
public:
    explicit Masking(std::vector<Event>& events) : events_(events) {}

    /// Whether anything stood there. "/buyer/email" is a place ("*" is any one name), "email" that name anywhere.
    bool take(const std::string& rule)
    {
        bool isThere = false;
        for (auto& event : events_) {
            for (const auto& document : documentsOf(event)) {
                if (Json* found = placeIn(event, document)) isThere = (rule.starts_with('/') ? byPlace(*found, rule.substr(1)) : byName(*found, rule)) || isThere;
            }
            for (const auto& words : wordsIn(event)) {
                Json* found = placeIn(event, words);
                if (found && words.substr(words.rfind('/') + 1) == rule) isThere = mask(*found) || isThere;
            }
        }
        return isThere;
    }

    /// The same values wherever else they were told.
    void spread()
    {
        for (auto& event : events_) {
            for (const auto& document : documentsOf(event)) {
                if (Json* found = placeIn(event, document)) *found = without(*found);
            }
            for (const auto& words : wordsIn(event)) {
                if (Json* found = placeIn(event, words)) *found = without(*found);
            }
        }
    }

    /// Where one of the values still stands as a word of its own; empty: nowhere.
    std::string left(const Json& value, const std::string& place) const
    {
        if (value.is_structured()) {
            for (const auto& [name, part] : value.items()) {
                if (value.is_object() && holds(name)) return place + "/" + pointerSegment(name);
                std::string found = left(part, place + "/" + pointerSegment(name));
                if (!found.empty()) return found;
            }
            return {};
        }
        return value.is_string() && holds(value.get_ref<const std::string&>()) ? place : std::string();
    }

private:
    bool mask(Json& value)
    {
        if (value.is_null()) return false;
        if (value.is_structured()) {
            bool isThere = false;
            for (auto& part : value) isThere = mask(part) || isThere;
            return isThere;
        }
        if (value.is_boolean() || value == Json(maskedMark)) return true;
        values_.insert(wordsOf(value));
        value = value.is_number() ? Json(0) : Json(maskedMark);
        return true;
    }

    bool byPlace(Json& value, const std::string& rest)
    {
        if (!value.is_structured()) return false;
        const auto end = rest.find('/');
        const std::string segment = rest.substr(0, end);
        bool isThere = false;
        // Arrays and objects alike; masking changes values only, so going over them is safe.
        for (auto item = value.begin(); item != value.end(); ++item) {
            const std::string name = value.is_object() ? pointerSegment(item.key()) : std::to_string(item - value.begin());
            if (segment != "*" && segment != name) continue;
            isThere = (end == std::string::npos ? mask(*item) : byPlace(*item, rest.substr(end + 1))) || isThere;
        }
        return isThere;
    }

    bool byName(Json& value, const std::string& name)
    {
        bool isThere = false;
        if (!value.is_structured()) return false;
        for (auto item = value.begin(); item != value.end(); ++item) {
            const bool isNamed = value.is_object() && item.key() == name;
            isThere = (isNamed ? mask(*item) : byName(*item, name)) || isThere;
        }
        return isThere;
    }

    std::string without(std::string text) const
    {
        if (values_.count(text) > 0) return maskedMark;
        for (const auto& value : values_) {
            if (value.size() < leastPart) continue;
            for (auto found = text.find(value); found != std::string::npos; found = text.find(value, found + std::string_view(maskedMark).size())) {
                text.replace(found, value.size(), maskedMark);
            }
        }
        return text;
    }
    Json without(const Json& value) const
    {
        if (value.is_string()) return without(value.get<std::string>());
        if (value.is_number()) return values_.count(dump(value)) > 0 && dump(value).size() >= leastPart ? Json(0) : value;
        if (!value.is_structured()) return value;
        Json copy = value.is_array() ? Json::array() : Json::object();
        for (const auto& [name, part] : value.items()) {
            if (value.is_array()) copy.push_back(without(part));
            else copy[without(name)] = without(part);
        }
        return copy;
    }

    bool holds(const std::string& text) const
    {
        const auto isPart = [&](std::size_t at) { return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])); };
        return std::any_of(values_.begin(), values_.end(), [&](const auto& value) {
            if (value.size() < leastPart) return false;
            for (auto found = text.find(value); found != std::string::npos; found = text.find(value, found + 1)) {
                if (!(found > 0 && isPart(found - 1)) && !isPart(found + value.size())) return true;
            }
            return false;
        });
    }

    std::vector<Event>& events_;
    std::set<std::string, std::greater<>> values_;  ///< a longer one before the one that it begins with
};

Failure stillThere(const std::string& what, const std::string& where)
{
    return failure("U107", what + " still holds a value that is to be masked.", where, "Mask that place, too, or keep the bundle to yourself: without the value it would not replay.");
}

}  // namespace

Outcome<Bundle> masked(const Definition& definition, const Bundle& bundle, const std::vector<std::string>& rules)
{
    std::vector<Event> given = bundle.events;
    Masking masking(given);
    for (const auto& rule : rules) {
        if (rule.empty() || !masking.take(rule)) {
            return failure("U105", "There is nothing at " + rule + " in the run's input, in a result or in what was said.", "--mask",
                           "Give a JSON Pointer (/buyer/email, /*/email) or a name that is masked wherever it stands (email).");
        }
    }
    masking.spread();
    const Course course = courseOf(definition, bundle.events, given, Answers::ToAll);
    const bool isWhole = !course.isParted && course.stopped.empty() && course.lines.size() == bundle.events.size();
    if (!isWhole) {
        return failure("U102", "With these values masked the run would have gone another way, so the bundle would not replay.", "--mask",
                       "Mask less: what the run has decided by must stay.");
    }
    Bundle changed = bundle;
    changed.events.clear();
    changed.hashes.clear();
    changed.masked = rules;
    for (const auto& line : course.lines) {
        changed.events.push_back(*line.now);
        const std::string left = masking.left(line.now->data, "");
        if (!left.empty()) return stillThere("Line " + std::to_string(line.now->seq), left);
    }
    const std::string left = masking.left(bundle.definition, "");
    if (!left.empty()) return stillThere("The definition", left);
    return changed;
}

}  // namespace handrail::replay
