#pragma once

#include "agentcore/store/database.h"

namespace handrail::store {

/// Brings a store to this program's form: numbered steps, one transaction each. A newer store is R103.
std::optional<Failure> migrate(Database& database, const std::string& newStoreId);

/// Refuses a store that this program cannot read (no tables yet, or newer).
std::optional<Failure> checkReadable(Database& database);

}  // namespace handrail::store
