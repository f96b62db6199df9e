#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "agentcore/failure.h"

struct sqlite3;
struct sqlite3_stmt;

namespace handrail::store {

class WordSplitter;

/// A prepared statement in use: bind by name, step, read; reset when it goes out of scope.
class Statement {
public:
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    ~Statement();
    Statement(Statement&& other) noexcept : handle_(other.handle_), result_(other.result_) { other.handle_ = nullptr; }
    Statement(const Statement&) = delete;

    Statement& bind(const char* name, std::int64_t value);
    Statement& bind(const char* name, const std::string& value);
    Statement& bind(const char* name, std::nullptr_t);
    /// The same without a copy: the text must stay as it is for as long as the statement is used.
    Statement& lend(const char* name, const std::string& value);
    /// True while there is a row; an error ends the rows and shows in result().
    bool step();
    int result() const { return result_; }
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;

private:
    sqlite3_stmt* handle_;
    int result_ = 0;
};

/// One SQLite connection. Statements are prepared once and kept. One thread.
class Database {
public:
    enum class Access { Write, Read };
    /// R103 not a database or damaged, R102 cannot be opened, R101 disk full. `fileSystem` names another
    /// SQLite VFS than the machine's own, which need not know shared memory.
    static Outcome<std::unique_ptr<Database>> open(const std::string& path, Access access, const std::string& fileSystem = {});
    ~Database();

    /// Runs statements without results; the SQLite result code.
    int execute(const char* sql);
    /// Pages of the write-ahead log as the last commit left it.
    int logPages() const { return logPages_; }
    /// Moves the log into the database file as far as readers let it; a failure loses nothing and is told by
    /// the next commit.
    void checkpoint();
    /// `sql` must outlive the connection: a statement is known again by where its text stands.
    Statement prepare(const char* sql);
    /// The same for a text that was put together.
    Statement prepare(const std::string& sql);
    /// How many rows the last statement changed.
    std::int64_t changes() const;
    /// Splits text as the full-text index does.
    const WordSplitter& words();
    /// Copies the whole database, as it is now, into a empty file.
    std::optional<Failure> copyTo(const std::string& path);
    /// A result code as a failure that a person can act on.
    Failure failureOf(int result) const;

private:
    Database() = default;
    static int committed(void* self, sqlite3*, const char*, int pages);

    sqlite3* handle_ = nullptr;
    int logPages_ = 0;
    std::unique_ptr<WordSplitter> words_;
    Statement prepared(sqlite3_stmt*& statement, const char* sql);

    std::unordered_map<const char*, sqlite3_stmt*> statements_;
    std::unordered_map<std::string, sqlite3_stmt*> composed_;
};

}  // namespace handrail::store
