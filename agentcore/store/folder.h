#pragma once

#include <string>

#include "agentcore/failure.h"

namespace handrail::store {

/// The folder of a store, taken for this process alone. Held by a file lock, so a dead holder frees it.
class FolderLock {
public:
    /// Makes the folder (0700) when missing. R102 it cannot be made, or it is open to others (the hint is
    /// the command that mends it); R106 another process holds it, named in the message.
    static Outcome<FolderLock> take(const std::string& folder, const std::string& program);
    FolderLock(FolderLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    FolderLock& operator=(FolderLock&& other) noexcept;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

/// The program and process that hold a store, as the lock file tells; empty when nobody does.
std::string holderOf(const std::string& folder);

/// The store's file within its folder.
std::string databasePath(const std::string& folder);

}  // namespace handrail::store
