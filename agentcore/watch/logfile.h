#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agentcore/failure.h"
#include "agentcore/json.h"
#include "agentcore/types.h"

namespace handrail::watch {

/// Where the log of a store lies: STORE/log/handrail.jsonl, older ones with a number before the ending.
std::string logPath(const std::string& folder, int age = 0);

/// When the log goes over to a new file, and how many files there are then.
struct LogSize {
    std::size_t bytes = 8u << 20;
    int files = 5;
};

/// The one sink of the structured log: JSON lines, credentials taken out, files 0600 in a folder 0700.
/// Lines are gathered and written whole by flush(). A line that cannot be written is lost and counted;
/// nothing waits for it and nothing stops. One thread.
class LogFile {
public:
    /// R102 when folder or file cannot be made or belong to another user.
    static Outcome<std::unique_ptr<LogFile>> open(const std::string& folder, LogSize size = {});
    ~LogFile();
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    void write(const Json& line);
    /// Why lines were lost since the last flush, when some were.
    std::optional<Failure> flush();

    /// The journal line that the log has come to; 0 when it has none.
    Seq lastSeq() const { return lastSeq_; }
    bool isNew() const { return isNew_; }
    std::int64_t lost() const { return lost_; }

private:
    LogFile(std::string folder, LogSize size) : folder_(std::move(folder)), size_(size) {}
    std::optional<Failure> openFile();
    void rotate();

    std::string folder_;
    LogSize size_;
    int descriptor_ = -1;
    std::size_t written_ = 0;
    std::string buffer_;
    std::int64_t buffered_ = 0;
    std::int64_t lost_ = 0;
    Seq lastSeq_ = 0;
    bool isNew_ = false;
};

}  // namespace handrail::watch
