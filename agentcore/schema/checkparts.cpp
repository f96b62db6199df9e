#include <algorithm>

#include "agentcore/schema/checker.h"
#include "agentcore/schema/words.h"

namespace handrail::schema {

// --- schemas upon the same value --------------------------------------------------------------

bool Checker::combinations(const Frame& frame)
{
    const Node& node = frame.node;
    bool fits = node.ref == none || inPlace(node.ref, frame, frame.loud);
    if (node.dynamicRef != none && (fits || frame.loud)) fits = inPlace(dynamicTarget(node), frame, frame.loud) && fits;
    for (const NodeId schema : node.allOf) {
        if (!fits && !frame.loud) return false;
        fits = inPlace(schema, frame, frame.loud) && fits;
    }
    fits = anyOf(frame) && fits;
    fits = oneOf(frame) && fits;
    if (node.negated != none && run(node.negated, frame.value, frame.path, false, nullptr)) {
        fits = say(frame, "not", "has just the form that is excluded here");
    }
    return fits;
}

bool Checker::anyOf(const Frame& frame)
{
    if (frame.node.anyOf.empty()) return true;
    bool any = false;
    for (const NodeId schema : frame.node.anyOf) {
        any = inPlace(schema, frame, false) || any;
        if (any && !frame.seen) return true;
    }
    return any || say(frame, "anyOf", "fits none of the " + counted(frame.node.anyOf.size(), "allowed form"));
}

bool Checker::oneOf(const Frame& frame)
{
    if (frame.node.oneOf.empty()) return true;
    std::size_t fitting = 0;
    for (const NodeId schema : frame.node.oneOf) fitting += inPlace(schema, frame, false) ? 1 : 0;
    if (fitting == 1) return true;
    return say(frame, "oneOf",
               "must fit exactly one of the " + counted(frame.node.oneOf.size(), "allowed form") + ", but fits " +
                   std::to_string(fitting));
}

bool Checker::conditions(const Frame& frame)
{
    const Node& node = frame.node;
    if (node.condition == none) return true;
    const NodeId chosen = inPlace(node.condition, frame, false) ? node.then : node.otherwise;
    return chosen == none || inPlace(chosen, frame, frame.loud);
}

// --- objects ----------------------------------------------------------------------------------

bool Checker::required(const Frame& frame)
{
    const Node& node = frame.node;
    const char* keywords[2] = {"minProperties", "maxProperties"};
    bool fits =
        countWithin(frame, frame.value.size(), "member", keywords, node.minProperties, node.maxProperties);
    for (const auto& name : node.required) {
        if (!frame.value.contains(name)) fits = say(frame, "required", "lacks the member \"" + name + "\"", name);
    }
    return fits;
}

bool Checker::members(const Frame& frame)
{
    const Node& node = frame.node;
    if (node.properties.empty() && node.patternProperties.empty() && node.additionalProperties == none) return true;
    bool fits = true;
    for (auto item = frame.value.begin(); item != frame.value.end(); ++item) {
        if (gaveUp_ || (!fits && !frame.loud)) return false;
        fits = member(frame, item.key(), item.value()) && fits;
    }
    return fits;
}

bool Checker::member(const Frame& frame, const std::string& name, const Json& value)
{
    const Node& node = frame.node;
    const Path path{&frame.path, &name};
    bool fits = true;
    bool isKnown = false;
    const auto property = node.properties.find(name);
    if (property != node.properties.end()) {
        isKnown = true;
        fits = below(property->second, frame, value, path);
    }
    for (const auto& [pattern, schema] : node.patternProperties) {
        if (!spend(1) || !finds(pattern, name)) continue;
        isKnown = true;
        fits = below(schema, frame, value, path) && fits;
    }
    if (!isKnown && node.additionalProperties != none) {
        isKnown = true;
        fits = rest(frame, node.additionalProperties, "additionalProperties", name, value);
    }
    if (isKnown && frame.seen) frame.seen->members.insert(name);
    return fits;
}

/// A member that no other keyword speaks of. Where none may be, it is named as unknown.
bool Checker::rest(const Frame& frame, NodeId schema, const char* keyword, const std::string& name, const Json& value)
{
    const Path path{&frame.path, &name};
    if (node(schema).always != false) return below(schema, frame, value, path);
    return frame.loud && sayAt(frame, path.text(), keyword, "is not a known member", name);
}

bool Checker::memberNames(const Frame& frame)
{
    if (frame.node.propertyNames == none) return true;
    bool fits = true;
    for (auto item = frame.value.begin(); item != frame.value.end() && !gaveUp_; ++item) {
        const Json name = item.key();
        if (run(frame.node.propertyNames, name, frame.path, false, nullptr)) continue;
        const Path path{&frame.path, &item.key()};
        fits = frame.loud && sayAt(frame, path.text(), "propertyNames", "has a name that is not allowed", item.key());
        if (!frame.loud) return false;
    }
    return fits;
}

bool Checker::dependents(const Frame& frame)
{
    bool fits = true;
    for (const auto& [trigger, names] : frame.node.dependentRequired) {
        if (!frame.value.contains(trigger)) continue;
        for (const auto& name : names) {
            if (frame.value.contains(name)) continue;
            fits = say(frame, "dependentRequired",
                       "lacks the member \"" + name + "\", which \"" + trigger + "\" asks for", name);
        }
    }
    for (const auto& [trigger, schema] : frame.node.dependentSchemas) {
        if (frame.value.contains(trigger)) fits = inPlace(schema, frame, frame.loud) && fits;
    }
    return fits;
}

bool Checker::unevaluatedMembers(const Frame& frame)
{
    const NodeId schema = frame.node.unevaluatedProperties;
    if (schema == none || frame.seen->allMembers) return true;
    bool fits = true;
    for (auto item = frame.value.begin(); item != frame.value.end() && !gaveUp_; ++item) {
        if (frame.seen->members.contains(item.key())) continue;
        fits = rest(frame, schema, "unevaluatedProperties", item.key(), item.value()) && fits;
    }
    frame.seen->allMembers = true;
    return fits;
}

// --- arrays -----------------------------------------------------------------------------------

bool Checker::elements(const Frame& frame)
{
    const Node& node = frame.node;
    const char* keywords[2] = {"minItems", "maxItems"};
    bool fits = countWithin(frame, frame.value.size(), "element", keywords, node.minItems, node.maxItems);
    for (std::size_t i = 0; i < frame.value.size() && !gaveUp_; ++i) {
        if (!fits && !frame.loud) return false;
        const NodeId schema = i < node.prefixItems.size() ? node.prefixItems[i] : node.items;
        if (schema == none) break;
        fits = below(schema, frame, frame.value[i], Path{&frame.path, nullptr, i}) && fits;
        if (frame.seen) frame.seen->elements.insert(i);
    }
    return fits;
}

bool Checker::containing(const Frame& frame)
{
    const Node& node = frame.node;
    if (node.contains == none) return true;
    std::size_t fitting = 0;
    for (std::size_t i = 0; i < frame.value.size() && !gaveUp_; ++i) {
        if (!run(node.contains, frame.value[i], Path{&frame.path, nullptr, i}, false, nullptr)) continue;
        ++fitting;
        if (frame.seen) frame.seen->elements.insert(i);
    }
    const char* keywords[2] = {"contains", "maxContains"};
    const std::optional<std::size_t> least = node.minContains.value_or(1);
    return countWithin(frame, fitting, "fitting element", keywords, least, node.maxContains);
}

/// Equal values have equal canonical texts, so that one sorted walk finds a twin.
bool Checker::uniqueness(const Frame& frame)
{
    if (!frame.node.uniqueItems) return true;
    std::set<std::string> texts;
    for (const auto& element : frame.value) {
        std::string text = canonical(element);
        if (!spend(1 + text.size() / 64)) return false;
        if (!texts.insert(std::move(text)).second) {
            return say(frame, "uniqueItems", "must not hold the same element twice: " + shown(element));
        }
    }
    return true;
}

bool Checker::unevaluatedElements(const Frame& frame)
{
    const NodeId schema = frame.node.unevaluatedItems;
    if (schema == none || frame.seen->allElements) return true;
    bool fits = true;
    for (std::size_t i = 0; i < frame.value.size() && !gaveUp_; ++i) {
        if (frame.seen->elements.contains(i)) continue;
        const Path path{&frame.path, nullptr, i};
        if (node(schema).always == false) {
            fits = frame.loud && sayAt(frame, path.text(), "unevaluatedItems", "is one element too many", {});
        } else {
            fits = below(schema, frame, frame.value[i], path) && fits;
        }
    }
    frame.seen->allElements = true;
    return fits;
}

}  // namespace handrail::schema
