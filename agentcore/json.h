#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "agentcore/failure.h"

namespace handrail {

/// Members keep their sorted order, so that equal values are equal text.
using Json = nlohmann::json;

/// Bounds of one foreign document; more is refused with U109.
struct JsonLimits {
    std::size_t bytes = 1 << 20;
    int depth = 64;
};

/// Strict JSON: duplicate keys, non-finite numbers, integers that a double cannot hold exactly,
/// broken UTF-8 and anything after the document are U102 with line and column in `where`; too long
/// or too deep is U109. Never throws.
Outcome<Json> parseJson(std::string_view text, JsonLimits limits = {});

/// Where each value of a document begins: JSON Pointer -> line and column, both from 1.
struct Place {
    int line = 1;
    int column = 1;
};
using Places = std::map<std::string, Place>;

/// As parseJson, and notes where every value stands. A member's place is its key's.
Outcome<Json> parseJson(std::string_view text, JsonLimits limits, Places& places);

/// Canonical text: sorted members, no spaces, shortest numbers. Equal values give equal bytes; this
/// is what digests and keys are made of. `value` must come from parseJson.
std::string canonical(const Json& value);

/// One line of JSON for people and logs; broken UTF-8 is replaced, never thrown upon.
std::string dump(const Json& value, int indent = -1);

/// SHA-256 of bytes, as 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

/// The value at an RFC 6901 pointer ("" is the document itself), or null when there is none.
const Json* at(const Json& document, const std::string& pointer);

/// One path segment, escaped for a JSON Pointer ("a/b" -> "a~1b").
std::string pointerSegment(std::string_view name);

/// A member's text, number or truth, or the fallback when it is absent or of another type.
std::string textOf(const Json& object, const char* member, std::string fallback = {});
std::int64_t numberOf(const Json& object, const char* member, std::int64_t fallback = 0);
bool truthOf(const Json& object, const char* member, bool fallback = false);

/// The nearest of some names to one mistyped, for "did you mean"; none when nothing is near.
std::optional<std::string> nearest(const std::string& name, const std::vector<std::string>& names);

}  // namespace handrail
