#include "agentcore/watch/logfile.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agentcore/redact.h"
#include "agentcore/watch/logreader.h"

namespace handrail::watch {
namespace {

Failure broken(const std::string& what, const std::string& path)
{
    return failure(errno == ENOSPC ? "R101" : "R102", what + ": " + strerror(errno) + ".", path,
                   "Runs go on without it. Make room or mend the folder, then start Handrail again.");
}

bool writeAll(int descriptor, const std::string& bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

/// A crash may have cut the last line; the next one begins on a line of its own.
void endLastLine(int descriptor, std::size_t size)
{
    char last = '\n';
    if (size > 0 && pread(descriptor, &last, 1, static_cast<off_t>(size) - 1) == 1 && last != '\n') (void)writeAll(descriptor, "\n");
}

}  // namespace

std::string logPath(const std::string& folder, int age)
{
    return folder + "/log/handrail" + (age > 0 ? "." + std::to_string(age) : std::string()) + ".jsonl";
}

Outcome<std::unique_ptr<LogFile>> LogFile::open(const std::string& folder, LogSize size)
{
    const std::string own = folder + "/log";
    if (mkdir(own.c_str(), 0700) != 0 && errno != EEXIST) return broken("The log's folder could not be made", own);
    (void)chmod(own.c_str(), 0700);
    std::unique_ptr<LogFile> log(new LogFile(folder, size));
    if (auto refused = log->openFile()) return *refused;
    log->isNew_ = log->written_ == 0 && access(logPath(folder, 1).c_str(), F_OK) != 0;
    log->lastSeq_ = lastLoggedSeq(folder);
    return log;
}

LogFile::~LogFile()
{
    (void)flush();
    if (descriptor_ >= 0) close(descriptor_);
}

std::optional<Failure> LogFile::openFile()
{
    const std::string path = logPath(folder_);
    descriptor_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat info{};
    if (descriptor_ < 0 || fstat(descriptor_, &info) != 0) return broken("The log could not be opened", path);
    if (!S_ISREG(info.st_mode) || (info.st_uid != geteuid() && geteuid() != 0)) {
        close(std::exchange(descriptor_, -1));
        return failure("R102", "The log is no file of ours.", path, "Take it away; a new one is made.");
    }
    (void)fchmod(descriptor_, 0600);
    written_ = static_cast<std::size_t>(info.st_size);
    endLastLine(descriptor_, written_);
    return std::nullopt;
}

void LogFile::write(const Json& line)
{
    buffer_ += dump(withoutCredentials(line));
    buffer_ += '\n';
    ++buffered_;
    lastSeq_ = std::max(lastSeq_, numberOf(line, "seq"));
}

std::optional<Failure> LogFile::flush()
{
    if (buffer_.empty()) return std::nullopt;
    const std::string bytes = std::exchange(buffer_, {});
    const auto lines = std::exchange(buffered_, 0);
    if (written_ > 0 && written_ + bytes.size() > size_.bytes) rotate();
    std::optional<Failure> refused = descriptor_ < 0 ? openFile() : std::nullopt;
    if (!refused && writeAll(descriptor_, bytes)) {
        written_ += bytes.size();
        return std::nullopt;
    }
    lost_ += lines;
    return refused ? refused : broken("The log could not be written", logPath(folder_));
}

/// The newest becomes number one, and so on; the oldest goes.
void LogFile::rotate()
{
    if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
    written_ = 0;
    for (int age = size_.files - 1; age > 0; --age) (void)std::rename(logPath(folder_, age - 1).c_str(), logPath(folder_, age).c_str());
}

}  // namespace handrail::watch
