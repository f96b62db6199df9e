#include "agentcore/store/folder.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace handrail::store {
namespace {

std::string lockPath(const std::string& folder) { return folder + "/lock"; }

std::string readAll(int descriptor)
{
    char text[256];
    const auto length = pread(descriptor, text, sizeof text, 0);
    return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string();
}

std::optional<Failure> checkPrivate(const std::string& path, const char* mode)
{
    struct stat info{};
    if (stat(path.c_str(), &info) != 0) return std::nullopt;
    if (info.st_uid != geteuid() && geteuid() != 0) {
        return failure("R102", "The store belongs to another user.", path, "Choose a folder of your own with --store.");
    }
    if ((info.st_mode & 077) == 0) return std::nullopt;
    return failure("R102", "The store can be read by other users of this machine.", path,
                   std::string("Run: chmod ") + mode + " '" + path + "'");
}

}  // namespace

Outcome<FolderLock> FolderLock::take(const std::string& given, const std::string& program)
{
    const std::string folder = given.substr(0, given.find_last_not_of('/') + 1);
    std::error_code problem;
    std::filesystem::create_directories(std::filesystem::absolute(folder).parent_path(), problem);
    const bool isMade = mkdir(folder.c_str(), 0700) == 0;
    if (!isMade && errno != EEXIST && !problem) problem = std::error_code(errno, std::generic_category());
    if (problem) {
        return failure("R102", "The store's folder could not be made: " + problem.message() + ".", folder,
                       "Choose a folder that you can write to with --store.");
    }
    if (auto loose = checkPrivate(folder, "700")) return *loose;
    if (auto loose = checkPrivate(databasePath(folder), "600")) return *loose;

    const int descriptor = ::open(lockPath(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const bool isFull = errno == ENOSPC;
        return failure(isFull ? "R101" : "R102", std::string("The store's lock could not be made: ") + strerror(errno) + ".", folder);
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const std::string holder = readAll(descriptor);
        close(descriptor);
        return failure("R106", "This store is in use by " + (holder.empty() ? std::string("another process") : holder) + ".", folder,
                       "Use that one, or stop it first.");
    }
    const std::string name = program + " (process " + std::to_string(getpid()) + ")";
    const bool isWritten = ftruncate(descriptor, 0) == 0 &&
                           pwrite(descriptor, name.data(), name.size(), 0) == static_cast<ssize_t>(name.size());
    if (!isWritten) {
        close(descriptor);
        return failure("R101", "The store's lock could not be written; the disk may be full.", folder);
    }
    // SQLite gives its other files the rights of this one, so it is made before SQLite would make it.
    const int database = ::open(databasePath(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (database >= 0) close(database);
    return FolderLock(descriptor);
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FolderLock::~FolderLock()
{
    if (descriptor_ >= 0) close(descriptor_);
}

std::string holderOf(const std::string& folder)
{
    const int descriptor = ::open(lockPath(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return {};
    std::string holder;
    if (flock(descriptor, LOCK_SH | LOCK_NB) != 0) holder = readAll(descriptor);
    close(descriptor);
    return holder;
}

std::string databasePath(const std::string& folder) { return folder + "/handrail.sqlite"; }

}  // namespace handrail::store
