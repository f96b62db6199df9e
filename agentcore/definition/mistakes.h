#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

namespace handrail::definition {

/// A hostile text could be wrong in every byte; beyond this many mistakes nobody reads on.
constexpr std::size_t mostMistakes = 500;

/// Gathers what is wrong with a document, each with its place in the text.
class Mistakes {
public:
    Mistakes(Places places, std::string file) : places_(std::move(places)), file_(std::move(file)) {}

    /// `pointer` may name a value that is not there: its nearest parent's place stands for it.
    void add(const Code& code, const std::string& pointer, std::string message, std::string hint = {});

    bool isFull() const { return entries_.size() >= mostMistakes; }

    /// All of them in the order of the text, none twice. Where there were too many, the last says so.
    std::vector<Failure> inOrder() const;

private:
    struct Entry {
        Place place;
        Failure failure;
    };

    Places places_;
    std::string file_;
    std::vector<Entry> entries_;
};

/// "did you mean x?", or the list of valid names when none is near. Empty for a name that is absurdly long.
std::string didYouMean(const std::string& name, const std::vector<std::string>& names);

// A definition under check may hold anything anywhere, so every step into it may find nothing.
const Json* memberOf(const Json* object, const std::string& name);
std::string textAt(const Json* object, const std::string& name);
std::vector<std::string> namesOf(const Json* object);

/// Each member or element, with its name or index and its pointer.
using Visit = std::function<void(const std::string& name, const std::string& pointer, const Json& value)>;
void forEach(const Json* value, const std::string& pointer, const Visit& visit);

/// Whether every ${…} in a text is a secret whose source is known.
bool hasOnlySecrets(const std::string& text);
inline constexpr const char* howToWriteSecrets = "Write ${secret:env:NAME}, ${secret:keyring:NAME} or ${secret:file:PATH}.";

// The steps of a check, each for one kind of mistake.
void checkShape(const Json& document, Mistakes& mistakes);
void checkServers(const Json& document, Mistakes& mistakes);
void checkTools(const Json& document, Mistakes& mistakes);
void checkPlan(const Json& document, Mistakes& mistakes);
void checkPlanner(const Json& document, Mistakes& mistakes);
void checkRules(const Json& document, Mistakes& mistakes);

/// An embedded schema must compile; `pointer` is where it stands.
void checkSchema(const Json* schema, const std::string& pointer, Mistakes& mistakes);

/// The references in a template may have these roots only. `why` completes "…, but ".
void checkReferences(const Json* pattern, const std::string& pointer, const std::set<std::string>& roots,
                     const std::function<std::string(const std::string& root)>& why, Mistakes& mistakes);

}  // namespace handrail::definition
