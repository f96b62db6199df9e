#pragma once

#include <string>

#include <sqlite3.h>

/// The yardstick: a plain loop over the SQLite C API, WAL and synchronous=FULL, as much as a durable
/// step cannot do without.
namespace bench {

class Raw {
public:
    explicit Raw(const std::string& path);
    ~Raw();
    Raw(const Raw&) = delete;

    /// The intent, then the outcome, of every step; `atOnce` steps share each of the two commits.
    double stepsPerSecond(int steps, int atOnce);
    /// Handoffs to decide, as rows with an index.
    void park(int count);
    /// A decision by one conditional update with its journal line, then the intent; seconds until the
    /// call could leave.
    double decide(int handoff);

private:
    void commitLines(int count);
    void run(const char* sql);

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* decide_ = nullptr;
};

}  // namespace bench
