#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "agentcore/json.h"
#include "agentcore/schema/schema.h"

namespace handrail::schema {

enum class Draft { Seven, Of2020 };

/// How a document is to be read.
struct Dialect {
    Draft draft = Draft::Of2020;
    bool validates = true;  ///< false: its meta-schema has no vocabulary for validation
};

/// The published meta-schemas by their URI, without fragments. Ours to the letter of the standard, not to its words.
const Library& metaSchemas();

/// The documents of one compilation: the schema itself, and those that it leads to. A place is a JSON Pointer in
/// the schema itself; in another document it begins with that one's number: "2/$defs/a".
class Documents {
public:
    /// Neither is copied; both must outlive this.
    Documents(const Json& schema, const Library& library);

    /// What stands at a place; null when nothing does.
    const Json* at(const std::string& place) const;
    /// The place of the document with this URI, taken in when it is known; nullopt when nobody handed it in.
    /// U102 when it is too large or of an unknown version.
    Outcome<std::optional<std::string>> open(const std::string& uri);
    /// Of the document in which a place lies.
    const Dialect& dialectOf(const std::string& place) const { return known_[numberOf(place)].dialect; }
    /// The schema's own version; U102 when it is unknown.
    std::optional<Failure> begin();
    /// The place without its last segment; a document's own place comes back as it is.
    static std::string above(const std::string& place);
    static bool isDocument(const std::string& place) { return place.find('/') == std::string::npos; }

private:
    struct Known {
        const Json* content;
        Dialect dialect;
    };
    static std::size_t numberOf(std::string_view place);
    const Json* find(const std::string& uri) const;
    Outcome<Dialect> read(const Json& document, const std::string& place, Dialect otherwise) const;

    const Library& library_;
    std::deque<Known> known_;
    std::map<std::string, std::string> opened_;  ///< URI -> place
};

}  // namespace handrail::schema
