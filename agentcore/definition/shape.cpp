#include "agentcore/definition/mistakes.h"
#include "agentcore/definition/published.h"
#include "agentcore/schema/schema.h"

namespace handrail::definition {
namespace {

const schema::Schema& form()
{
    static const auto compiled = schema::Schema::compile(publishedSchema()).take();
    return *compiled;
}

const Json* withoutReference(const Json* part)
{
    while (const Json* ref = memberOf(part, "$ref")) part = at(publishedSchema(), ref->get<std::string>().substr(1));
    return part;
}

std::string parentOf(const std::string& pointer) { return pointer.substr(0, pointer.find_last_of('/')); }

std::string unescaped(std::string segment)
{
    for (auto i = segment.find('~'); i != std::string::npos; i = segment.find('~', i + 1)) {
        segment.replace(i, 2, segment.compare(i, 2, "~1") == 0 ? "/" : "~");
    }
    return segment;
}

/// The part of the published schema that speaks of the value at a pointer; null when none does.
const Json* partAt(const std::string& pointer)
{
    if (pointer.empty()) return &publishedSchema();
    const Json* above = partAt(parentOf(pointer));
    const std::string name = unescaped(pointer.substr(pointer.find_last_of('/') + 1));
    const Json* part = memberOf(memberOf(above, "properties"), name);
    if (!part) part = memberOf(above, "additionalProperties");
    if (!part || part->is_boolean()) part = memberOf(above, "items");
    return withoutReference(part);
}

/// The last name of a pointer, with the indexes behind it: "timeout_s", "plan/0".
std::string nameOf(const std::string& pointer)
{
    if (pointer.empty()) return "The definition";
    auto start = pointer.find_last_of('/');
    while (start > 0 && pointer.find_first_not_of("0123456789", start + 1) >= pointer.find('/', start + 1)) {
        start = pointer.find_last_of('/', start - 1);
    }
    return "\"" + unescaped(pointer.substr(start + 1)) + "\"";
}

std::vector<std::string> textsIn(const Json* list)
{
    std::vector<std::string> texts;
    forEach(list, {}, [&](const std::string&, const std::string&, const Json& value) {
        if (value.is_string()) texts.push_back(value.get<std::string>());
    });
    return texts;
}

std::string hintFor(const schema::Mismatch& mismatch, const Json* value)
{
    if (mismatch.keyword == "additionalProperties") {
        return didYouMean(mismatch.member, namesOf(memberOf(partAt(parentOf(mismatch.at)), "properties")));
    }
    if (mismatch.keyword == "enum" && value && value->is_string()) {
        return didYouMean(value->get<std::string>(), textsIn(memberOf(partAt(mismatch.at), "enum")));
    }
    if (mismatch.keyword == "required") return "Add \"" + mismatch.member + "\" here.";
    if (mismatch.keyword == "propertyNames") {
        const Json* names = withoutReference(memberOf(partAt(parentOf(mismatch.at)), "propertyNames"));
        return "Use " + textAt(names, "description") + ".";
    }
    return {};
}

/// A pattern says nothing to a person; what it stands for is said beside it.
std::string messageFor(const schema::Mismatch& mismatch)
{
    const std::string words = textAt(partAt(mismatch.at), "description");
    const bool isPattern = mismatch.keyword == "pattern" && !words.empty();
    return nameOf(mismatch.at) + " " + (isPattern ? "must be " + words : mismatch.message) + ".";
}

}  // namespace

void checkShape(const Json& document, Mistakes& mistakes)
{
    for (const auto& mismatch : form().check(document, mostMistakes)) {
        const Code code = mismatch.keyword == "required" ? "U101" : "U102";
        mistakes.add(code, mismatch.at, messageFor(mismatch), hintFor(mismatch, at(document, mismatch.at)));
    }
}

}  // namespace handrail::definition
