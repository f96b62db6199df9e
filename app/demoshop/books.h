#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

struct sqlite3;

namespace handrail::demoshop {

using Json = nlohmann::json;

/// The shop's own database: what truly happened, whatever any client believes. Safe from any thread;
/// each write is one transaction.
class Books {
public:
    /// Opens or makes the file, with the demo's orders, invoices, users and notes in a new one.
    /// Throws std::runtime_error when it cannot.
    explicit Books(const std::string& path);
    ~Books();

    /// Rows of a query, each an object of its columns; parameters stand for ?1, ?2, …
    std::vector<Json> rows(const std::string& sql, const std::vector<Json>& parameters = {});
    std::optional<Json> row(const std::string& sql, const std::vector<Json>& parameters = {});

    /// A payment or refund: the same key and body give the stored reply, another body is refused.
    struct Kept {
        int status = 201;
        Json body;
        bool replayed = false;
    };
    Kept pay(const std::string& table, const Json& request, const std::string& key);
    /// A changed note, with the text before it; keys as with a payment.
    Kept changeNote(const std::string& id, const Json& request, const std::string& key);

    void noteRequest(const std::string& method, const std::string& path, const std::string& key);
    Json totals();

private:
    std::optional<Kept> earlier(const Json& request, const std::string& key, int status);
    void keep(const std::string& key, const Json& request, const Json& reply);
    void run(const std::string& sql);
    void seed();

    std::recursive_mutex mutex_;
    sqlite3* handle_ = nullptr;
};

}  // namespace handrail::demoshop
