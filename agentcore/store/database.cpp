#include "agentcore/store/database.h"

#include <sqlite3.h>

#include "agentcore/store/words.h"

namespace handrail::store {

namespace {

constexpr int longestLog = 8'000;  ///< pages

void bindText(sqlite3_stmt* handle, const char* name, const std::string& value, sqlite3_destructor_type lifetime)
{
    if (!handle) return;
    sqlite3_bind_text(handle, sqlite3_bind_parameter_index(handle, name), value.data(), static_cast<int>(value.size()), lifetime);
}

}  // namespace

Statement::~Statement()
{
    if (!handle_) return;
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

Statement& Statement::bind(const char* name, std::int64_t value)
{
    if (handle_) sqlite3_bind_int64(handle_, sqlite3_bind_parameter_index(handle_, name), value);
    return *this;
}

Statement& Statement::bind(const char* name, const std::string& value)
{
    bindText(handle_, name, value, SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::lend(const char* name, const std::string& value)
{
    bindText(handle_, name, value, SQLITE_STATIC);
    return *this;
}

Statement& Statement::bind(const char* name, std::nullptr_t)
{
    if (handle_) sqlite3_bind_null(handle_, sqlite3_bind_parameter_index(handle_, name));
    return *this;
}

bool Statement::step()
{
    result_ = handle_ ? sqlite3_step(handle_) : SQLITE_ERROR;
    return result_ == SQLITE_ROW;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string Statement::text(int column) const
{
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : std::string();
}

bool Statement::isNull(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

Outcome<std::unique_ptr<Database>> Database::open(const std::string& path, Access access, const std::string& fileSystem)
{
    std::unique_ptr<Database> database(new Database);
    const int flags = access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int result = sqlite3_open_v2(path.c_str(), &database->handle_, flags | SQLITE_OPEN_NOMUTEX, fileSystem.empty() ? nullptr : fileSystem.c_str());
    if (result != SQLITE_OK) return database->failureOf(result);
    sqlite3_extended_result_codes(database->handle_, 1);
    sqlite3_busy_timeout(database->handle_, 2000);
    if (!fileSystem.empty()) database->execute("PRAGMA locking_mode=EXCLUSIVE");
    // Exactly one connection writes and checkpoints; a reader does neither, ever.
    const char* pragmas = access == Access::Write
                              ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                "PRAGMA trusted_schema=OFF;"
                              : "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF;";
    const int set = database->execute(pragmas);
    if (set != SQLITE_OK) return database->failureOf(set);
    // In place of SQLite's own rule, which checkpoints inside of whichever commit comes by.
    if (access == Access::Write) sqlite3_wal_hook(database->handle_, &Database::committed, database.get());
    return database;
}

Database::~Database()
{
    words_.reset();
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    for (auto& [sql, statement] : composed_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

int Database::committed(void* self, sqlite3*, const char*, int pages)
{
    auto* database = static_cast<Database*>(self);
    database->logPages_ = pages;
    // Where there is no rest for long, the log must not grow without end.
    if (pages >= longestLog) database->checkpoint();
    return SQLITE_OK;
}

void Database::checkpoint()
{
    logPages_ = 0;
    sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

int Database::execute(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

Statement Database::prepare(const char* sql) { return prepared(statements_[sql], sql); }

Statement Database::prepare(const std::string& sql) { return prepared(composed_[sql], sql.c_str()); }

Statement Database::prepared(sqlite3_stmt*& statement, const char* sql)
{
    if (!statement) sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return Statement(statement);
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

const WordSplitter& Database::words()
{
    if (!words_) words_ = std::make_unique<WordSplitter>(handle_);
    return *words_;
}

std::optional<Failure> Database::copyTo(const std::string& path)
{
    sqlite3* copy = nullptr;
    int result = sqlite3_open_v2(path.c_str(), &copy, SQLITE_OPEN_READWRITE, nullptr);
    if (result == SQLITE_OK) {
        sqlite3_backup* backup = sqlite3_backup_init(copy, "main", handle_, "main");
        if (backup) {
            // In one step: a writer may go on meanwhile, and the copy is of one moment.
            sqlite3_backup_step(backup, -1);
            result = sqlite3_backup_finish(backup);
        } else {
            result = sqlite3_errcode(copy);
        }
    }
    // The copy stands alone, without a log beside it.
    if (result == SQLITE_OK) result = sqlite3_exec(copy, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
    sqlite3_close(copy);
    return result == SQLITE_OK ? std::nullopt : std::optional(failureOf(result));
}

Failure Database::failureOf(int result) const
{
    const std::string detail = " (SQLite " + std::to_string(result) + ")";
    switch (result & 0xff) {
    case SQLITE_FULL:
        return failure("R101", "The disk is full. What was acknowledged is kept; nothing more is sent." + detail);
    case SQLITE_READONLY:
        return failure("R105", "The journal cannot be written, so nothing is done." + detail);
    case SQLITE_NOMEM: return failure("R107", "There was not enough memory for the store." + detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return failure("R103", "The store's file is damaged or is no Handrail store." + detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return failure("R106", "Another process is using the store's file." + detail);
    default: return failure("R102", "The store's file could not be read or written." + detail);
    }
}

}  // namespace handrail::store
