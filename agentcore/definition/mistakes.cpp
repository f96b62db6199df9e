#include "agentcore/definition/mistakes.h"

#include <algorithm>
#include <tuple>

#include "agentcore/definition/reference.h"
#include "agentcore/schema/schema.h"

namespace handrail::definition {
namespace {

/// A name may fill the whole document; a sentence that holds it should not.
std::string cut(std::string text)
{
    constexpr std::size_t longest = 1000;
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

}  // namespace

void Mistakes::add(const Code& code, const std::string& pointer, std::string message, std::string hint)
{
    if (isFull()) return;
    std::string known = pointer;
    while (!known.empty() && !places_.contains(known)) known.erase(known.find_last_of('/'));
    const auto found = places_.find(known);
    const Place place = found == places_.end() ? Place{} : found->second;
    std::string where = "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
    if (!pointer.empty()) where += ": " + pointer;
    if (!file_.empty()) where = file_ + ", " + where;
    entries_.push_back({place, failure(code, cut(std::move(message)), cut(std::move(where)), std::move(hint))});
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
    if (isFull()) {
        failures.push_back(failure("U102", "There are more mistakes than are told at once.", file_,
                                   "Correct these first, then check again."));
    }
    return failures;
}

std::string didYouMean(const std::string& name, const std::vector<std::string>& all)
{
    constexpr std::size_t longestName = 128;
    constexpr std::size_t mostNames = 1000;
    if (name.size() > longestName) return {};
    std::vector<std::string> names;
    for (const auto& valid : all) {
        if (valid.size() <= longestName && names.size() < mostNames) names.push_back(valid);
    }
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

void checkReferences(const Json* pattern, const std::string& pointer, const std::set<std::string>& roots,
                     const std::function<std::string(const std::string& root)>& why, Mistakes& mistakes)
{
    if (!pattern || mistakes.isFull()) return;
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
        if (roots.contains(reference.root)) continue;
        mistakes.add("U102", pointer, reference.text + " cannot be read here: " + why(reference.root) + ".",
                     didYouMean(reference.root, {roots.begin(), roots.end()}));
    }
}

}  // namespace handrail::definition
