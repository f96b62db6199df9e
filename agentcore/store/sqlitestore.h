#pragma once

#include <memory>
#include <string>

#include "agentcore/store/store.h"

namespace handrail::store {

/// Opens (and makes, and brings up to date) the store of a folder, for this process alone.
/// R101, R102, R103, R106 as their failures say. `newStoreId` names a store that is made now.
Outcome<std::unique_ptr<Store>> openStore(const std::string& folder, const std::string& program,
                                          const std::string& newStoreId);

/// A read-only view of it; U105 when there is no store in that folder.
Outcome<std::unique_ptr<ReadStore>> openReadStore(const std::string& folder);

}  // namespace handrail::store
