#pragma once

#include <string>

#include "agentcore/json.h"

/// The last look at text before it is kept or sent anywhere but the journal. Values of secrets that a
/// reply echoes are replaced where the reply is read (tools/secrets.h); this takes out what merely looks
/// like a credential, whoever wrote it.
namespace handrail {

/// What stands in a credential's place.
inline constexpr const char* redactedMark = "[redacted]";

/// Takes out credentials in addresses (user:password@), bearer and basic tokens, keys of well-known
/// shapes, and what follows a word like "password=". The rest stays as it is.
std::string withoutCredentials(const std::string& text);

/// The same in every text of a document; a member whose name says that it is a credential loses its value.
Json withoutCredentials(const Json& value);

}  // namespace handrail
