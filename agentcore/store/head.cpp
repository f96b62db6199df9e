#include "agentcore/store/head.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agentcore/json.h"

namespace handrail::store {
namespace {

Failure notWritten(const std::string& path, int problem)
{
    return failure(problem == ENOSPC ? "R101" : "R102", std::string("The head could not be written: ") + strerror(problem) + ".", path,
                   "Make room, or name a place that you can write to.");
}

}  // namespace

std::optional<Failure> writeAnchor(const std::string& path, const Anchor& anchor, bool isLasting)
{
    const std::string text = dump({{"store", anchor.store}, {"seq", anchor.head.seq}, {"hash", anchor.head.hash}, {"time", rfc3339(anchor.time)}}) + "\n";
    const std::string fresh = path + ".new";
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return notWritten(path, errno);
    const bool isWritten = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    int problem = isWritten ? 0 : (errno == 0 ? ENOSPC : errno);
    if (problem == 0 && isLasting && fsync(descriptor) != 0) problem = errno;
    close(descriptor);
    if (problem == 0 && rename(fresh.c_str(), path.c_str()) != 0) problem = errno;
    if (problem == 0) return std::nullopt;
    unlink(fresh.c_str());
    return notWritten(path, problem);
}

Outcome<std::optional<Anchor>> readAnchor(const std::string& path)
{
    std::error_code problem;
    if (!std::filesystem::exists(path, problem)) return std::optional<Anchor>();
    std::ifstream file(path, std::ios::binary);
    std::string text(4096, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    const auto parsed = parseJson(text);
    Anchor anchor;
    if (parsed && parsed->is_object()) {
        anchor.store = textOf(*parsed, "store");
        anchor.head = {numberOf(*parsed, "seq"), textOf(*parsed, "hash")};
    }
    if (anchor.store.empty() || anchor.head.hash.empty()) {
        return failure("R103", "This file holds no head of a store.", path, "Give a file that handrail anchor has written.");
    }
    return std::optional<Anchor>(anchor);
}

std::string headPath(const std::string& headFolder, const std::string& storeId)
{
    std::error_code problem;
    std::filesystem::create_directories(headFolder, problem);
    chmod(headFolder.c_str(), 0700);
    return headFolder + "/" + storeId + ".json";
}

}  // namespace handrail::store
