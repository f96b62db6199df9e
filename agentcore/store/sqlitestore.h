#pragma once

#include <memory>
#include <string>

#include "agentcore/store/store.h"

namespace handrail::store {

class Database;

/// How a store is opened.
struct StoreOptions {
    std::string program;     ///< what a second instance is told holds it
    std::string newStoreId;  ///< names a store that is made now
    std::string headFolder;  ///< where heads are kept outside their stores; empty: none is kept
    std::string fileSystem = {};   ///< a SQLite VFS in place of the machine's own
    bool acceptsRollback = false;  ///< a person has said that a store behind its head is meant
    int restingLog = 1'000;  ///< pages of log that a quiet moment moves to where they stay: what SQLite itself would let come together
};

/// Opens (and makes, and brings up to date) the store of a folder, for this process alone.
/// R101, R102, R103 (also for a store that is behind its head), R106 as their failures say.
Outcome<std::unique_ptr<Store>> openStore(const std::string& folder, const StoreOptions& options);

/// A person takes responsibility for a store that is behind its head: journaled, and every write of the
/// lost time counts as in doubt from now on.
std::optional<Failure> acceptRollback(const std::string& folder, const StoreOptions& options, const std::string& who,
                                      const std::string& reason, Millis now);

/// A read-only connection to it, for whoever asks a question of its own. U105 when there is no store in that
/// folder, R103 when it is damaged or of a newer version.
Outcome<std::unique_ptr<Database>> openReadDatabase(const std::string& folder);

/// A read-only view of it; U105 when there is no store in that folder.
Outcome<std::unique_ptr<ReadStore>> openReadStore(const std::string& folder);

}  // namespace handrail::store
