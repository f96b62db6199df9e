#include "agentcore/definition/kept.h"

namespace handrail {

void KeptDefinitions::keep(DefinitionPtr definition)
{
    const std::string digest = definition->digest;
    definitions_[digest] = std::move(definition);
}

DefinitionResult KeptDefinitions::parse(const std::string& text, const std::string& file)
{
    if (lastParsed_ && text == lastText_) return {lastParsed_, {}};
    auto parsed = parseDefinition(text, file);
    if (!parsed.definition) return parsed;
    keep(parsed.definition);
    lastText_ = text;
    lastParsed_ = parsed.definition;
    return parsed;
}

Outcome<DefinitionPtr> KeptDefinitions::get(const std::string& digest, const Fetch& fetch)
{
    if (const auto found = definitions_.find(digest); found != definitions_.end()) return found->second;
    auto text = fetch(digest);
    if (!text) return text.failure();
    if (!*text) return failure("R103", "The definition of this run is missing from the store.");
    auto parsed = parseDefinition(**text);
    if (!parsed.definition) {
        return failure("R103", "The definition of this run can no longer be read: " + parsed.mistakes.front().message,
                       parsed.mistakes.front().where);
    }
    keep(parsed.definition);
    return parsed.definition;
}

}  // namespace handrail
