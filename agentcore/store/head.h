#pragma once

#include <optional>
#include <string>

#include "agentcore/failure.h"
#include "agentcore/types.h"

namespace handrail::store {

/// The last line's number and hash: where the chain goes on.
struct Head {
    Seq seq = 0;
    std::string hash;
};

/// A head that is kept outside its store, so that a store that was cut or put back is found.
struct Anchor {
    std::string store;  ///< the store's id
    Head head;
    Millis time = 0;
};

/// An anchor as a file: JSON, 0600, put in its place whole. R102 or R101 when it cannot be written.
/// `isLasting` flushes it to the disk before it takes its place.
std::optional<Failure> writeAnchor(const std::string& path, const Anchor& anchor, bool isLasting);
/// nullopt when there is none; R103 when it cannot be understood.
Outcome<std::optional<Anchor>> readAnchor(const std::string& path);

/// Where the head of one store is kept within a folder for heads. Makes that folder (0700).
std::string headPath(const std::string& headFolder, const std::string& storeId);

}  // namespace handrail::store
