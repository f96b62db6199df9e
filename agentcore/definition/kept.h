#pragma once

#include <functional>
#include <map>
#include <string>

#include "agentcore/definition/definition.h"

namespace handrail {

/// Definitions of runs by their digest, parsed once. One thread.
class KeptDefinitions {
public:
    using Fetch = std::function<Outcome<std::optional<std::string>>(const std::string& digest)>;

    void keep(DefinitionPtr definition);
    /// A definition that is handed in anew: the same text is parsed once.
    DefinitionResult parse(const std::string& text, const std::string& file);
    /// The definition, fetched and parsed when it is not here yet. R103 when a run's definition is
    /// missing or can no longer be read.
    Outcome<DefinitionPtr> get(const std::string& digest, const Fetch& fetch);

private:
    std::map<std::string, DefinitionPtr> definitions_;
    std::string lastText_;        ///< of the definition that was handed in last
    DefinitionPtr lastParsed_;
};

}  // namespace handrail
