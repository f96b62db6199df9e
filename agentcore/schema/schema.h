#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

/// JSON Schema 2020-12 (draft 7 by its "$schema"), pure and bounded. Nothing is ever fetched: a reference leads
/// into the schema itself, to the published meta-schemas, or to a document that the caller hands in. Depth, size, reference cycles and pattern time have limits, so that a hostile schema or value ends
/// in bounded time and stack. `format` asserts only date-time, date, email, uri and uuid.
namespace handrail::schema {

/// One way in which a value does not fit, in plain words.
struct Mismatch {
    std::string at;         ///< JSON Pointer into the value
    std::string keyword;    ///< the schema keyword that failed: "required", "type", …
    std::string message;    ///< "must be a string, but is a number"
    std::string member;     ///< for required and additionalProperties: the member's name
};

/// Whether the value is of the right form and only too much or too little: "maximum", "minLength", …
bool isBound(const Mismatch& mismatch);

/// Documents that references may lead to, by their URI without a fragment.
using Library = std::map<std::string, Json>;

class Schema {
public:
    /// Compiles a schema. U102 with a JSON Pointer in `where` when it is no valid schema or uses what
    /// is not supported here (a "$ref" to what nobody handed in, an unknown "$schema", "$recursiveRef").
    /// `library` is read now and not kept.
    static Outcome<std::shared_ptr<const Schema>> compile(const Json& document, const Library& library = {});

    /// All mismatches of a value, at most `most`; empty when it fits. Thread-safe.
    std::vector<Mismatch> check(const Json& value, std::size_t most = 20) const;
    bool fits(const Json& value) const;

    ~Schema();

private:
    Schema();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

using SchemaPtr = std::shared_ptr<const Schema>;

}  // namespace handrail::schema
