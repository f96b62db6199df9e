#include "agentcore/schema/documents.h"

#include <charconv>

#include "agentcore/schema/node.h"
#include "agentcore/schema/uri.h"

namespace handrail::schema {
namespace {

constexpr int deepestSchema = 128;
constexpr std::size_t largestSchema = 200'000;
constexpr const char* validation = "https://json-schema.org/draft/2020-12/vocab/validation";

bool isBounded(const Json& document)
{
    std::size_t room = largestSchema;
    return isWithin(document, deepestSchema, room);
}

}  // namespace

Documents::Documents(const Json& schema, const Library& library) : library_(library) { known_.push_back({&schema, {}}); }

std::optional<Failure> Documents::begin()
{
    const Json& schema = *known_.front().content;
    if (!isBounded(schema)) return failure("U102", "This schema is too large or nested too deep.");
    auto dialect = read(schema, "", {});
    if (!dialect) return dialect.failure();
    known_.front().dialect = *dialect;
    return std::nullopt;
}

std::size_t Documents::numberOf(std::string_view place)
{
    std::size_t number = 0;
    std::from_chars(place.data(), place.data() + place.size(), number);
    return number;
}

const Json* Documents::at(const std::string& place) const
{
    const auto slash = std::min(place.find('/'), place.size());
    return handrail::at(*known_[numberOf(place)].content, place.substr(slash));
}

std::string Documents::above(const std::string& place)
{
    const auto slash = place.find_last_of('/');
    return slash == std::string::npos ? place : place.substr(0, slash);
}

const Json* Documents::find(const std::string& uri) const
{
    for (const Library* one : {&library_, &metaSchemas()}) {
        const auto found = one->find(uri);
        if (found != one->end()) return &found->second;
    }
    return nullptr;
}

Outcome<std::optional<std::string>> Documents::open(const std::string& uri)
{
    if (const auto known = opened_.find(uri); known != opened_.end()) return std::optional(known->second);
    const Json* document = find(uri);
    if (!document) return std::optional<std::string>();
    const std::string place = std::to_string(known_.size());
    if (!isBounded(*document)) return failure("U102", "The schema " + uri + " is too large or nested too deep.");
    // Without a version of its own it is read as what led to it.
    auto dialect = read(*document, place, known_.front().dialect);
    if (!dialect) return dialect.failure();
    known_.push_back({document, *dialect});
    opened_[uri] = place;
    return std::optional(place);
}

Outcome<Dialect> Documents::read(const Json& document, const std::string& place, Dialect otherwise) const
{
    if (!document.is_object() || !document.contains("$schema")) return otherwise;
    const std::string name = textOf(document, "$schema");
    const std::string uri = splitUri(name).absolute;
    if (uri == "https://json-schema.org/draft/2020-12/schema") return Dialect{Draft::Of2020, true};
    if (uri == "http://json-schema.org/draft-07/schema") return Dialect{Draft::Seven, true};
    const Json* meta = find(uri);
    const Json vocabulary = meta && meta->is_object() ? meta->value("$vocabulary", Json()) : Json();
    if (!vocabulary.is_object()) {
        return failure("U102", "Only JSON Schema 2020-12 and draft 7 are understood, not \"" + name + "\".", place + "/$schema");
    }
    return Dialect{Draft::Of2020, vocabulary.contains(validation)};
}

}  // namespace handrail::schema
