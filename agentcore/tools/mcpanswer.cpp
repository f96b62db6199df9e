#include <utility>

#include "agentcore/schema/schema.h"
#include "agentcore/tools/mcpsession.h"

namespace handrail::tools::mcp {
namespace {

/// One word of a person for a form with one field: as the field wants it.
Json wordFor(const Json& field, const std::string& words)
{
    const std::string type = textOf(field, "type", "string");
    if (type == "string") return words;
    auto parsed = parseJson(words);
    if (!parsed) return words;
    return parsed.take();
}

Json contentOf(const Json& properties, const std::string& words)
{
    auto parsed = parseJson(words);
    if (parsed && parsed->is_object()) return parsed.take();
    if (properties.size() != 1) return Json();
    return {{properties.begin().key(), wordFor(properties.begin().value(), words)}};
}

}  // namespace

Json answerTo(const Json& params, const std::optional<std::string>& words)
{
    const Json none = {{"action", "cancel"}};
    if (!params.is_object()) return none;
    const Json form = params.value("requestedSchema", Json::object());
    const bool isForm = textOf(params, "mode", "form") == "form" && form.is_object();
    if (!words || !isForm) return none;
    const Json properties = form.value("properties", Json::object());
    if (!properties.is_object()) return none;
    Json content = contentOf(properties, *words);
    if (!content.is_object()) return none;
    for (const auto& [name, field] : properties.items()) {
        if (content.contains(name) || !field.is_object() || !field.contains("default")) continue;
        content[name] = field["default"];
    }
    // Only what the form asks for leaves, and only where it fits.
    const Json given = std::exchange(content, Json::object());
    for (const auto& [name, value] : given.items()) {
        if (properties.contains(name)) content[name] = value;
    }
    auto schema = schema::Schema::compile(form);
    if (!schema || !(*schema)->fits(content)) return none;
    return {{"action", "accept"}, {"content", content}};
}

}  // namespace handrail::tools::mcp
