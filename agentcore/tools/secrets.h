#pragma once

#include <string>
#include <utility>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"

namespace handrail::tools {

/// A secret's value and what stands in its place wherever text is kept or shown.
using Secrets = std::vector<std::pair<std::string, std::string>>;

/// Replaces every ${secret:KIND:NAME} by its value and notes it in `secrets`. Kinds: env (a variable
/// of this process), file (an absolute path, ours and 0600). U101 naming the reference, never a value.
Outcome<std::string> withSecrets(const std::string& text, Secrets& secrets);

/// The text with every secret's value replaced by its name; the same within a document.
std::string redacted(std::string text, const Secrets& secrets);
Json redactedJson(const Json& value, const Secrets& secrets);

}  // namespace handrail::tools
