#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// The store as evidence: its hash chain, the head that is kept outside of it, copies of it. All of it
/// works beside a running program, but for acceptRollback, which needs the store for itself.
namespace handrail {

/// What a check of a whole store has found.
struct StoreCheck {
    std::string store;  ///< its id
    Seq lines = 0;
    Seq pruned = 0;     ///< lines whose content was let go by rule
    Seq head = 0;
    std::string hash;   ///< of the last line
    std::vector<Failure> findings;  ///< `where` names the line
};

/// Walks the journal and holds it against the last known head and, when one is named, an anchor.
/// U105 no store there; R103 the anchor cannot be read.
Outcome<StoreCheck> verifyStore(const std::string& folder, const std::string& headFolder, const std::string& anchorFile);

/// Writes the store's head to a file that is to be kept elsewhere.
Outcome<StoreCheck> anchorStore(const std::string& folder, const std::string& file);

/// Copies the store, as it is at this moment, into a new file (0600). U102 when the file is there already.
std::optional<Failure> backupStore(const std::string& folder, const std::string& file);

/// A person says that a store which is behind its head is meant. Journaled; every further write of the
/// runs in it counts as in doubt until a person or a read has settled it. U102 when it is not behind.
std::optional<Failure> acceptRollback(const std::string& folder, const std::string& headFolder, const std::string& program,
                                      const std::string& who, const std::string& reason);

}  // namespace handrail
