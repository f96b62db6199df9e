#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

namespace handrail {

/// One `${…}`: what it names first, and where within that.
struct Reference {
    std::string root;     ///< "input", "params", "result", or a step's id
    std::string pointer;  ///< JSON Pointer within the root's value
    std::string text;     ///< as written, for messages
};

/// The references within a template, in order. Malformed ones are U102.
Outcome<std::vector<Reference>> references(const Json& pattern);

/// What a root's value is; null when it has none (yet).
using Roots = std::function<const Json*(const std::string& root)>;

/// Fills a template: a string that is one reference keeps the value's type, else the value is written
/// into the text. A value that is missing is U101 naming the reference; nothing becomes "".
Outcome<Json> fill(const Json& pattern, const Roots& roots);

}  // namespace handrail
