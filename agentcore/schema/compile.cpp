#include <algorithm>

#include "agentcore/schema/compiler.h"
#include "agentcore/schema/uri.h"

namespace handrail::schema {
namespace {

constexpr std::size_t mostNodes = 50'000;

/// The schemas that a schema applies to the very same value.
std::vector<NodeId> appliedInPlace(const Node& node)
{
    std::vector<NodeId> applied{node.ref, node.dynamicRef, node.negated, node.condition, node.then, node.otherwise};
    for (const auto* list : {&node.allOf, &node.anyOf, &node.oneOf}) {
        applied.insert(applied.end(), list->begin(), list->end());
    }
    for (const auto& [name, schema] : node.dependentSchemas) applied.push_back(schema);
    applied.erase(std::remove(applied.begin(), applied.end(), none), applied.end());
    return applied;
}

}  // namespace

Outcome<Nodes> compileNodes(const Json& document, const Library& library) { return Compiler(document, library).compile(); }

Outcome<Nodes> Compiler::compile()
{
    if (auto wrong = documents_.begin()) return *wrong;
    resources_[""] = "";
    schedule("");
    while (!waiting_.empty()) {
        if (!compileNext()) return *error_;
    }
    if (!tieReferences() || !hasNoEndlessReference()) return *error_;
    for (const auto& [uri, id] : dynamicAnchors_) {
        nodes_.dynamic[{nodes_.all[static_cast<std::size_t>(id)].resource, splitUri(uri).fragment}] = id;
    }
    return std::move(nodes_);
}

bool Compiler::fail(const std::string& at, std::string message)
{
    error_ = handrail::failure("U102", std::move(message), at);
    return false;
}

NodeId Compiler::schedule(const std::string& at)
{
    const auto known = byPointer_.find(at);
    if (known != byPointer_.end()) return known->second;
    const auto node = static_cast<NodeId>(nodes_.all.size());
    nodes_.all.emplace_back();
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
    dialect_ = documents_.dialectOf(at_);
    if (nodes_.all.size() > mostNodes) return fail(at_, "This schema has too many parts.");
    const Json& schema = *documents_.at(at_);
    Node& node = nodes_.all[static_cast<std::size_t>(next.node)];
    if (schema.is_boolean()) {
        node.always = schema.get<bool>();
        return true;
    }
    if (!schema.is_object()) return fail(at_, "A schema must be an object, true or false.");
    return compileObject(node, schema);
}

bool Compiler::compileObject(Node& node, const Json& schema)
{
    const bool isOnlyReference = dialect_.draft == Draft::Seven && schema.contains("$ref");
    if (!isOnlyReference && !nameIt(schema)) return false;
    bases_[at_] = base_;
    node.resource = numbers_.emplace(base_, static_cast<int>(numbers_.size())).first->second;
    if (dialect_.draft == Draft::Of2020 && schema.contains("$recursiveRef")) {
        return fail(at_ + "/$recursiveRef", "\"$recursiveRef\" is not supported.");
    }
    if (!noteReference("$ref", schema)) return false;
    if (isOnlyReference) return true;
    if (dialect_.draft == Draft::Of2020 && !noteReference("$dynamicRef", schema)) return false;
    return Keywords::apply(*this, node, schema);
}

bool Compiler::noteReference(const char* member, const Json& schema)
{
    const auto found = schema.find(member);
    if (found == schema.end()) return true;
    const std::string at = at_ + "/" + member;
    if (!found->is_string()) return fail(at, std::string("\"") + member + "\" must be a string.");
    const bool isDynamic = member == std::string("$dynamicRef");
    references_.push_back({byPointer_.at(at_), at, resolveUri(base_, found->get_ref<const std::string&>()), isDynamic});
    return true;
}

bool Compiler::nameIt(const Json& schema)
{
    for (const char* member : {"$id", "$anchor", "$dynamicAnchor"}) {
        const auto found = schema.find(member);
        if (found == schema.end()) continue;
        if (!found->is_string()) return fail(at_ + "/" + member, std::string("\"") + member + "\" must be a string.");
        const auto& text = found->get_ref<const std::string&>();
        const bool isId = member == std::string("$id");
        if (isId ? !registerId(text) : dialect_.draft == Draft::Of2020 && !registerAnchor(text)) return false;
        if (member == std::string("$dynamicAnchor") && dialect_.draft == Draft::Of2020) {
            dynamicAnchors_[base_ + "#" + text] = byPointer_.at(at_);
        }
    }
    if (Documents::isDocument(at_) || !schema.contains("$id") || !schema.contains("$schema")) return true;
    const Json& whole = *documents_.at(at_.substr(0, at_.find('/')));
    if (textOf(schema, "$schema") != textOf(whole, "$schema", "https://json-schema.org/draft/2020-12/schema")) {
        return fail(at_ + "/$schema", "Two versions of JSON Schema in one document are not supported.");
    }
    return true;
}

bool Compiler::registerId(const std::string& id)
{
    const auto name = splitUri(resolveUri(base_, id));
    const bool isPlainAnchor = id.starts_with('#');
    if (!name.fragment.empty() && dialect_.draft == Draft::Of2020) {
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
            if (target) tie(reference, *target);
            else unknown.push_back(reference);
        }
        if (unknown.size() == open.size() && !takeIn(splitUri(unknown.front().uri).absolute)) {
            return !error_ && fail(unknown.front().at, "This leads to " + unknown.front().uri +
                                                          ", which is not within this schema; nothing is fetched.");
        }
        while (!waiting_.empty()) {
            if (!compileNext()) return false;
        }
        references_.insert(references_.end(), unknown.begin(), unknown.end());
    }
    return true;
}

/// A document that the caller handed in, or a published meta-schema. All names in it are known once it is compiled.
bool Compiler::takeIn(const std::string& uri)
{
    if (resources_.contains(uri)) return false;
    auto place = documents_.open(uri);
    if (!place) error_ = place.failure();
    if (!place || !*place) return false;
    resources_[uri] = **place;
    base_ = uri;
    schedule(**place);
    return true;
}

void Compiler::tie(const Reference& reference, NodeId target)
{
    Node& from = nodes_.all[static_cast<std::size_t>(reference.from)];
    if (!reference.isDynamic) {
        from.ref = target;
        return;
    }
    from.dynamicRef = target;
    // Only where the plain target has a dynamic name itself may others take its place.
    const auto named = dynamicAnchors_.find(reference.uri);
    if (named != dynamicAnchors_.end() && named->second == target) from.dynamicName = splitUri(reference.uri).fragment;
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
    if (!documents_.at(pointer)) return std::nullopt;
    base_ = baseAround(pointer);
    return schedule(pointer);
}

std::string Compiler::baseAround(std::string at) const
{
    while (!bases_.contains(at) && !Documents::isDocument(at)) at = Documents::above(at);
    const auto found = bases_.find(at);
    return found == bases_.end() ? std::string() : found->second;
}

/// A chain of references that comes back to where it began without going into the value would never
/// end; it is found here once instead of at every check.
bool Compiler::hasNoEndlessReference()
{
    enum : char { Fresh, Open, Closed };
    std::vector<char> state(nodes_.all.size(), Fresh);
    for (NodeId start = 0; start < static_cast<NodeId>(nodes_.all.size()); ++start) {
        std::vector<std::pair<NodeId, std::vector<NodeId>>> path;
        const auto enter = [&](NodeId id) {
            state[static_cast<std::size_t>(id)] = Open;
            path.emplace_back(id, appliedInPlace(nodes_.all[static_cast<std::size_t>(id)]));
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
