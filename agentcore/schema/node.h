#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agentcore/json.h"
#include "agentcore/schema/formats.h"
#include "agentcore/schema/pattern.h"
#include "agentcore/schema/schema.h"

namespace handrail::schema {

using NodeId = int;
constexpr NodeId none = -1;

/// The JSON types as bits, so that a set of them is one number.
enum TypeBit : unsigned { Null = 1, Boolean = 2, Object = 4, Array = 8, Number = 16, String = 32, Integer = 64 };

/// One compiled schema. Drafts differ in their spelling only: draft 7's `items` array stands here as
/// prefixItems, its `dependencies` as the two dependent… maps.
struct Node {
    std::optional<bool> always;  ///< set for the schemas `true` and `false`
    unsigned types = 0;          ///< 0: any
    std::optional<Json> constant;
    std::optional<std::vector<Json>> choices;
    std::optional<Json> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;
    std::optional<std::size_t> minLength, maxLength, minItems, maxItems, minProperties, maxProperties;
    std::optional<std::size_t> minContains, maxContains;
    std::optional<Pattern> pattern;
    Format format = Format::None;
    bool uniqueItems = false;

    std::vector<std::string> required;
    std::map<std::string, std::vector<std::string>> dependentRequired;
    std::map<std::string, NodeId> properties, dependentSchemas;
    std::vector<std::pair<Pattern, NodeId>> patternProperties;
    std::vector<NodeId> prefixItems, allOf, anyOf, oneOf;
    NodeId additionalProperties = none, propertyNames = none, unevaluatedProperties = none;
    NodeId items = none, contains = none, unevaluatedItems = none;
    NodeId negated = none, condition = none, then = none, otherwise = none, ref = none;
    int resource = 0;            ///< number of the schema with an $id in which this one lies
    NodeId dynamicRef = none;    ///< where a $dynamicRef leads when nothing around says otherwise
    std::string dynamicName;     ///< the $dynamicAnchor by which schemas around may say otherwise; else empty

    bool needsSeen() const { return unevaluatedProperties != none || unevaluatedItems != none; }
};

/// All compiled schemas of one document and of those it leads to; the first is the document itself.
struct Nodes {
    std::deque<Node> all;
    std::map<std::pair<int, std::string>, NodeId> dynamic;  ///< resource and $dynamicAnchor -> the schema there
};

/// Compiles a document. U102 with a JSON Pointer in `where`.
Outcome<Nodes> compileNodes(const Json& document, const Library& library);

/// All mismatches of a value, at most `most`; with 0 it stops at the first and tells only whether
/// there is one.
struct Verdict {
    bool fits = true;
    std::vector<Mismatch> mismatches;
};
Verdict checkNodes(const Nodes& nodes, const Json& value, std::size_t most);

/// Whether a tree of values is within bounds, walked without going deeper than allowed.
bool isWithin(const Json& value, int depth, std::size_t& count);

}  // namespace handrail::schema
