#include <algorithm>

#include "agentcore/schema/compiler.h"
#include "agentcore/schema/uri.h"

namespace handrail::schema {
namespace {

constexpr int deepestSchema = 128;
constexpr std::size_t largestSchema = 200'000;
constexpr std::size_t mostNodes = 50'000;

/// The schemas that a schema applies to the very same value.
std::vector<NodeId> appliedInPlace(const Node& node)
{
    std::vector<NodeId> applied{node.ref, node.negated, node.condition, node.then, node.otherwise};
    for (const auto* list : {&node.allOf, &node.anyOf, &node.oneOf}) {
        applied.insert(applied.end(), list->begin(), list->end());
    }
    for (const auto& [name, schema] : node.dependentSchemas) applied.push_back(schema);
    applied.erase(std::remove(applied.begin(), applied.end(), none), applied.end());
    return applied;
}

}  // namespace

Outcome<Nodes> compileNodes(const Json& document) { return Compiler(document).compile(); }

Outcome<Nodes> Compiler::compile()
{
    std::size_t room = largestSchema;
    if (!isWithin(document_, deepestSchema, room)) {
        return failure("U102", "This schema is too large or nested too deep.");
    }
    if (!chooseDraft()) return *error_;
    resources_[""] = "";
    schedule("");
    while (!waiting_.empty()) {
        if (!compileNext()) return *error_;
    }
    if (!tieReferences() || !hasNoEndlessReference()) return *error_;
    return std::move(nodes_);
}

bool Compiler::fail(const std::string& at, std::string message)
{
    error_ = handrail::failure("U102", std::move(message), at);
    return false;
}

bool Compiler::chooseDraft()
{
    if (!document_.is_object() || !document_.contains("$schema")) return true;
    const std::string name = textOf(document_, "$schema");
    if (name == "https://json-schema.org/draft/2020-12/schema") return true;
    draft_ = Draft::Seven;
    if (name == "http://json-schema.org/draft-07/schema#" || name == "http://json-schema.org/draft-07/schema") {
        return true;
    }
    return fail("/$schema", "Only JSON Schema 2020-12 and draft 7 are understood, not \"" + name + "\".");
}

NodeId Compiler::schedule(const std::string& at)
{
    const auto known = byPointer_.find(at);
    if (known != byPointer_.end()) return known->second;
    const auto node = static_cast<NodeId>(nodes_.size());
    nodes_.emplace_back();
    byPointer_[at] = node;
    waiting_.push_back({node, at, base_});
    return node;
}

bool Compiler::compileNext()
{
    const Waiting next = waiting_.front();
    waiting_.pop_front();
    at_ = next.at;
    base_ = next.base;
    if (nodes_.size() > mostNodes) return fail(at_, "This schema has too many parts.");
    const Json& schema = *handrail::at(document_, at_);
    Node& node = nodes_[static_cast<std::size_t>(next.node)];
    if (schema.is_boolean()) {
        node.always = schema.get<bool>();
        return true;
    }
    if (!schema.is_object()) return fail(at_, "A schema must be an object, true or false.");
    return compileObject(node, schema);
}

bool Compiler::compileObject(Node& node, const Json& schema)
{
    const bool isOnlyReference = draft_ == Draft::Seven && schema.contains("$ref");
    if (!isOnlyReference && !nameIt(schema)) return false;
    bases_[at_] = base_;
    for (const char* refused : {"$dynamicRef", "$recursiveRef"}) {
        if (schema.contains(refused) && draft_ == Draft::Of2020) {
            return fail(at_ + "/" + refused, std::string("\"") + refused + "\" is not supported.");
        }
    }
    if (const auto ref = schema.find("$ref"); ref != schema.end()) {
        if (!ref->is_string()) return fail(at_ + "/$ref", "\"$ref\" must be a string.");
        const auto from = byPointer_.at(at_);
        references_.push_back({from, at_ + "/$ref", resolveUri(base_, ref->get_ref<const std::string&>())});
        if (isOnlyReference) return true;
    }
    return Keywords::apply(*this, node, schema);
}

bool Compiler::nameIt(const Json& schema)
{
    for (const char* member : {"$id", "$anchor", "$dynamicAnchor"}) {
        const auto found = schema.find(member);
        if (found == schema.end()) continue;
        if (!found->is_string()) return fail(at_ + "/" + member, std::string("\"") + member + "\" must be a string.");
        const auto& text = found->get_ref<const std::string&>();
        const bool isId = member == std::string("$id");
        if (isId ? !registerId(text) : draft_ == Draft::Of2020 && !registerAnchor(text)) return false;
    }
    if (!at_.empty() && schema.contains("$id") && schema.contains("$schema") &&
        textOf(schema, "$schema") != textOf(document_, "$schema", "https://json-schema.org/draft/2020-12/schema")) {
        return fail(at_ + "/$schema", "Two versions of JSON Schema in one document are not supported.");
    }
    return true;
}

bool Compiler::registerId(const std::string& id)
{
    const auto name = splitUri(resolveUri(base_, id));
    const bool isPlainAnchor = id.starts_with('#');
    if (!name.fragment.empty() && draft_ == Draft::Of2020) {
        return fail(at_ + "/$id", "\"$id\" must not have a fragment; use \"$anchor\".");
    }
    if (!isPlainAnchor) {
        base_ = name.absolute;
        if (!resources_.emplace(base_, at_).second && resources_[base_] != at_) {
            return fail(at_ + "/$id", "Two schemas have the same \"$id\".");
        }
    }
    return name.fragment.empty() || name.fragment.starts_with('/') || registerAnchor(name.fragment);
}

bool Compiler::registerAnchor(const std::string& name)
{
    if (anchors_.emplace(base_ + "#" + name, at_).second) return true;
    return fail(at_, "Two schemas have the same anchor \"" + name + "\".");
}

/// A target may lie where no schema was looked for, and bring names of its own: so round by round.
bool Compiler::tieReferences()
{
    while (!references_.empty()) {
        const auto open = std::move(references_);
        references_.clear();
        std::vector<Reference> unknown;
        for (const auto& reference : open) {
            const auto target = targetOf(reference.uri);
            if (target) nodes_[static_cast<std::size_t>(reference.from)].ref = *target;
            else unknown.push_back(reference);
        }
        if (unknown.size() == open.size()) {
            return fail(unknown.front().at, "\"$ref\" leads to " + unknown.front().uri +
                                                ", which is not within this schema; nothing is fetched.");
        }
        while (!waiting_.empty()) {
            if (!compileNext()) return false;
        }
        references_.insert(references_.end(), unknown.begin(), unknown.end());
    }
    return true;
}

std::optional<NodeId> Compiler::targetOf(const std::string& uri)
{
    const auto name = splitUri(uri);
    std::string pointer;
    if (name.fragment.empty() || name.fragment.starts_with('/')) {
        const auto resource = resources_.find(name.absolute);
        if (resource == resources_.end()) return std::nullopt;
        pointer = resource->second + name.fragment;
    } else {
        const auto anchor = anchors_.find(name.absolute + "#" + name.fragment);
        if (anchor == anchors_.end()) return std::nullopt;
        pointer = anchor->second;
    }
    if (!handrail::at(document_, pointer)) return std::nullopt;
    base_ = baseAround(pointer);
    return schedule(pointer);
}

std::string Compiler::baseAround(std::string at) const
{
    while (!bases_.contains(at) && !at.empty()) at.erase(at.find_last_of('/'));
    const auto found = bases_.find(at);
    return found == bases_.end() ? std::string() : found->second;
}

/// A chain of references that comes back to where it began without going into the value would never
/// end; it is found here once instead of at every check.
bool Compiler::hasNoEndlessReference()
{
    enum : char { Fresh, Open, Closed };
    std::vector<char> state(nodes_.size(), Fresh);
    for (NodeId start = 0; start < static_cast<NodeId>(nodes_.size()); ++start) {
        std::vector<std::pair<NodeId, std::vector<NodeId>>> path;
        const auto enter = [&](NodeId id) {
            state[static_cast<std::size_t>(id)] = Open;
            path.emplace_back(id, appliedInPlace(nodes_[static_cast<std::size_t>(id)]));
        };
        if (state[static_cast<std::size_t>(start)] == Fresh) enter(start);
        while (!path.empty()) {
            auto& [id, rest] = path.back();
            if (rest.empty()) {
                state[static_cast<std::size_t>(id)] = Closed;
                path.pop_back();
                continue;
            }
            const NodeId next = rest.back();
            rest.pop_back();
            const char met = state[static_cast<std::size_t>(next)];
            if (met == Fresh) enter(next);
            if (met != Open) continue;
            for (const auto& [pointer, node] : byPointer_) {
                if (node == next) return fail(pointer, "This schema refers back to itself without end.");
            }
        }
    }
    return true;
}

}  // namespace handrail::schema
