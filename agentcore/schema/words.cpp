#include "agentcore/schema/words.h"

#include "agentcore/schema/node.h"

namespace handrail::schema {
namespace {

constexpr std::size_t longestShown = 60;

constexpr std::pair<unsigned, const char*> words[] = {
    {String, "a string"},  {Integer, "a whole number"},  {Number, "a number"}, {Object, "an object"},
    {Array, "an array"},   {Boolean, "true or false"},   {Null, "null"},
};

}  // namespace

std::string typeOf(const Json& value)
{
    if (value.is_string()) return "a string";
    if (value.is_number()) return "a number";
    if (value.is_object()) return "an object";
    if (value.is_array()) return "an array";
    return value.is_null() ? "null" : value.get<bool>() ? "true" : "false";
}

std::string wantedTypes(unsigned types)
{
    std::string text;
    for (const auto& [bit, word] : words) {
        if ((types & bit) == 0) continue;
        if (!text.empty()) text += " or ";
        text += word;
    }
    return text;
}

std::string shown(const Json& value)
{
    std::string text = canonical(value);
    if (text.size() <= longestShown) return text;
    std::size_t end = longestShown;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

std::string counted(std::size_t count, const char* noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace handrail::schema
