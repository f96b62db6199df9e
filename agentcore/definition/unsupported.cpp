#include <algorithm>

#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

/// What the published form allows, but is not acted upon: refusing it is better than ignoring it.
/// `*` in a pattern is any member or element; with `value`, only that text is meant.
struct Unsupported {
    const char* pattern;
    const char* value;
    const char* words;
};

constexpr Unsupported table[] = {
    {"/notify/*/kind", "webhook", "Notification by webhook"},
    {"/notify/*/kind", "email", "Notification by e-mail"},
};

void refuse(const Unsupported& line, const std::string& pointer, Mistakes& mistakes)
{
    mistakes.add("U102", pointer, std::string(line.words) + " is not supported yet", "Take it out of the definition.");
}

/// Walks a pattern step by step and refuses every value that it finds at the end.
void walk(const Unsupported& line, std::string_view rest, const Json& value, const std::string& pointer,
          Mistakes& mistakes)
{
    if (rest.empty()) {
        if (!line.value || value == line.value) refuse(line, pointer, mistakes);
        return;
    }
    const auto end = std::min(rest.find('/', 1), rest.size());
    const std::string_view segment = rest.substr(1, end - 1);
    forEach(&value, pointer, [&](const std::string& name, const std::string& below, const Json& item) {
        if (segment == "*" || segment == name) walk(line, rest.substr(end), item, below, mistakes);
    });
}

}  // namespace

void refuseUnsupported(const Json& document, Mistakes& mistakes)
{
    for (const auto& line : table) walk(line, line.pattern, document, {}, mistakes);
}

}  // namespace handrail::definition
