#include "agentcore/definition/mistakes.h"

#include <algorithm>
#include <tuple>

#include "agentcore/definition/reference.h"
#include "agentcore/schema/schema.h"

namespace handrail::definition {

void Mistakes::add(const Code& code, const std::string& pointer, std::string message, std::string hint)
{
    std::string known = pointer;
    while (!known.empty() && !places_.contains(known)) known.erase(known.find_last_of('/'));
    const auto found = places_.find(known);
    const Place place = found == places_.end() ? Place{} : found->second;
    std::string where = "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
    if (!pointer.empty()) where += ": " + pointer;
    if (!file_.empty()) where = file_ + ", " + where;
    entries_.push_back({place, failure(code, std::move(message), std::move(where), std::move(hint))});
}

std::vector<Failure> Mistakes::inOrder() const
{
    auto sorted = entries_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Entry& left, const Entry& right) {
        return std::tie(left.place.line, left.place.column) < std::tie(right.place.line, right.place.column);
    });
    std::vector<Failure> failures;
    for (auto& entry : sorted) {
        if (std::find(failures.begin(), failures.end(), entry.failure) == failures.end()) {
            failures.push_back(std::move(entry.failure));
        }
    }
    return failures;
}

std::string didYouMean(const std::string& name, const std::vector<std::string>& names)
{
    if (const auto near = nearest(name, names)) return "did you mean " + *near + "?";
    if (names.empty()) return "There is none to choose from.";
    std::string list;
    for (const auto& valid : names) {
        if (list.size() > 300) break;
        list += (list.empty() ? "" : ", ") + valid;
    }
    return "Valid here: " + list + ".";
}

const Json* memberOf(const Json* object, const std::string& name)
{
    if (!object || !object->is_object()) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

std::string textAt(const Json* object, const std::string& name)
{
    const Json* value = memberOf(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::vector<std::string> namesOf(const Json* object)
{
    std::vector<std::string> names;
    forEach(object, {}, [&](const std::string& name, const std::string&, const Json&) { names.push_back(name); });
    return names;
}

void forEach(const Json* value, const std::string& pointer, const Visit& visit)
{
    if (!value || !value->is_structured()) return;
    for (const auto& item : value->items()) {
        visit(item.key(), pointer + "/" + pointerSegment(item.key()), item.value());
    }
}

void checkSchema(const Json* schema, const std::string& pointer, Mistakes& mistakes)
{
    if (!schema || !(schema->is_object() || schema->is_boolean())) return;
    const auto compiled = schema::Schema::compile(*schema);
    if (compiled) return;
    const Failure& problem = compiled.failure();
    mistakes.add(problem.code, pointer + problem.where, problem.message,
                 "Write it as JSON Schema 2020-12, whole and without references to the outside.");
}

void checkReferences(const Json* pattern, const std::string& pointer, const std::vector<std::string>& roots,
                     const std::function<std::string(const std::string& root)>& why, Mistakes& mistakes)
{
    if (!pattern) return;
    if (pattern->is_structured()) {
        forEach(pattern, pointer, [&](const std::string&, const std::string& below, const Json& value) {
            checkReferences(&value, below, roots, why, mistakes);
        });
        return;
    }
    const auto found = references(*pattern);
    if (!found) {
        mistakes.add(found.failure().code, pointer, found.failure().message, found.failure().hint);
        return;
    }
    for (const auto& reference : *found) {
        if (std::find(roots.begin(), roots.end(), reference.root) != roots.end()) continue;
        mistakes.add("U102", pointer, reference.text + " cannot be read here: " + why(reference.root) + ".",
                     didYouMean(reference.root, roots));
    }
}

}  // namespace handrail::definition
