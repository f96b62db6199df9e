#include "agentcore/audit.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "agentcore/clock.h"
#include "agentcore/store/audit.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"

namespace handrail {
namespace {

Outcome<std::unique_ptr<store::Database>> opened(const std::string& folder)
{
    std::error_code problem;
    if (!std::filesystem::exists(store::databasePath(folder), problem)) {
        return failure("U105", "There is no Handrail store in this folder.", folder, "Name another folder with --store.");
    }
    return store::Database::open(store::databasePath(folder), store::Database::Access::Read);
}

StoreCheck shapeOf(const store::AuditReport& report)
{
    return {report.store, report.lines, report.pruned, report.head.seq, report.head.hash, report.findings};
}

}  // namespace

Outcome<StoreCheck> verifyStore(const std::string& folder, const std::string& headFolder, const std::string& anchorFile)
{
    auto database = opened(folder);
    if (!database) return database.failure();
    auto report = store::auditAgainst(**database, headFolder, anchorFile);
    if (!report) return report.failure();
    return shapeOf(*report);
}

Outcome<StoreCheck> anchorStore(const std::string& folder, const std::string& file)
{
    auto database = opened(folder);
    if (!database) return database.failure();
    auto head = store::readHead(**database);
    if (!head) return head.failure();
    auto id = store::readStoreId(**database);
    if (!id) return id.failure();
    if (auto refused = store::writeAnchor(file, {*id, *head, systemClock()->now()}, true)) return *refused;
    return StoreCheck{*id, head->seq, 0, head->seq, head->hash, {}};
}

std::optional<Failure> backupStore(const std::string& folder, const std::string& file)
{
    auto database = opened(folder);
    if (!database) return database.failure();
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const bool isThere = errno == EEXIST;
        return failure(isThere ? "U102" : "R102", isThere ? "The file " + file + " is there already." : "The backup could not be made: " + std::string(strerror(errno)) + ".",
                       file, "Name a new file in a folder that you can write to.");
    }
    auto refused = (*database)->copyTo(file);
    if (fsync(descriptor) != 0 && !refused) refused = failure("R102", "The backup could not be written to the disk.", file);
    close(descriptor);
    if (refused) unlink(file.c_str());
    return refused;
}

std::optional<Failure> acceptRollback(const std::string& folder, const std::string& headFolder, const std::string& program,
                                      const std::string& who, const std::string& reason)
{
    {
        auto database = opened(folder);
        if (!database) return database.failure();
        auto id = store::readStoreId(**database);
        if (!id) return id.failure();
        auto kept = store::readAnchor(store::headPath(headFolder, *id));
        auto held = kept && *kept ? store::holdAgainst(**database, **kept) : Outcome<std::optional<Failure>>(std::nullopt);
        if (!held) return held.failure();
        if (!*held) return failure("U102", "This store is not behind its last known head: there is nothing to accept.", folder, "Use it as it is.");
    }
    store::StoreOptions options;
    options.program = program;
    options.headFolder = headFolder;
    return store::acceptRollback(folder, options, who, reason, systemClock()->now());
}

}  // namespace handrail
