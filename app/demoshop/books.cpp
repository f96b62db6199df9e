#include "app/demoshop/books.h"

#include <stdexcept>

#include <sqlite3.h>

namespace handrail::demoshop {
namespace {

constexpr const char* tables = R"sql(
CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, total TEXT, currency TEXT, buyer TEXT, email TEXT, status TEXT);
CREATE TABLE IF NOT EXISTS invoices (id TEXT PRIMARY KEY, amount TEXT, currency TEXT, recipient TEXT, status TEXT);
CREATE TABLE IF NOT EXISTS payments (number INTEGER PRIMARY KEY, id TEXT, invoice_id TEXT, amount TEXT, currency TEXT, recipient TEXT, status TEXT, time TEXT);
CREATE TABLE IF NOT EXISTS refunds (number INTEGER PRIMARY KEY, id TEXT, order_id TEXT, amount TEXT, currency TEXT, recipient TEXT, status TEXT, time TEXT);
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, name TEXT, email TEXT, deleted INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS notes (id TEXT PRIMARY KEY, text TEXT);
CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, request TEXT, reply TEXT);
CREATE TABLE IF NOT EXISTS requests (number INTEGER PRIMARY KEY, method TEXT, path TEXT, key TEXT, time TEXT);
)sql";

constexpr const char* first = R"sql(
INSERT INTO orders VALUES
 ('1042','1240.00','EUR','ACME GmbH','orders@acme.example','paid'), ('1043','86.40','EUR','Nordwind KG','kontor@nordwind.example','paid'),
 ('1044','312.00','EUR','Bluebird Ltd','hello@bluebird.example','paid'), ('1045','19.90','EUR','ACME GmbH','orders@acme.example','shipped'),
 ('1046','540.00','EUR','Kestrel AB','desk@kestrel.example','paid'), ('1047','7.50','EUR','Nordwind KG','kontor@nordwind.example','paid'),
 ('1048','2210.00','EUR','Bluebird Ltd','hello@bluebird.example','shipped'), ('1049','64.00','EUR','ACME GmbH','orders@acme.example','paid'),
 ('1050','33.33','EUR','Kestrel AB','desk@kestrel.example','paid');
INSERT INTO invoices VALUES ('INV-2001','1240.00','EUR','ACME GmbH','open'), ('INV-2002','75.00','EUR','Nordwind KG','open');
INSERT INTO users VALUES ('101','Ada Berg','ada@acme.example',0), ('102','Jon Falk','jon@nordwind.example',0);
INSERT INTO notes VALUES ('7','The buyer asked for a call.');
)sql";

void bind(sqlite3_stmt* statement, int index, const Json& value)
{
    if (value.is_number_integer()) sqlite3_bind_int64(statement, index, value.get<std::int64_t>());
    else if (value.is_null()) sqlite3_bind_null(statement, index);
    else {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
}

Json column(sqlite3_stmt* statement, int index)
{
    if (sqlite3_column_type(statement, index) == SQLITE_NULL) return nullptr;
    if (sqlite3_column_type(statement, index) == SQLITE_INTEGER) return sqlite3_column_int64(statement, index);
    return reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
}

}  // namespace

Books::Books(const std::string& path)
{
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("The books cannot be opened: " + path);
    sqlite3_busy_timeout(handle_, 5000);
    run("PRAGMA journal_mode=WAL");
    run(tables);
    if (!row("SELECT 1 AS found FROM orders")) seed();
}

Books::~Books() { sqlite3_close(handle_); }

void Books::seed()
{
    run(first);
    for (int id = 501; id <= 513; ++id) {
        const std::string number = std::to_string(id);
        rows("INSERT INTO users VALUES (?1, ?2, ?3, 0)", {number, "Test user " + number, "user" + number + "@test.example"});
    }
}

void Books::run(const std::string& sql)
{
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(std::string("The books cannot be written: ") + sqlite3_errmsg(handle_));
    }
}

std::vector<Json> Books::rows(const std::string& sql, const std::vector<Json>& parameters)
{
    const std::lock_guard lock(mutex_);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
    for (std::size_t i = 0; i < parameters.size(); ++i) bind(statement, static_cast<int>(i) + 1, parameters[i]);
    std::vector<Json> found;
    int result = SQLITE_ROW;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        Json entry = Json::object();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) entry[sqlite3_column_name(statement, i)] = column(statement, i);
        found.push_back(std::move(entry));
    }
    sqlite3_finalize(statement);
    if (result != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(handle_));
    return found;
}

std::optional<Json> Books::row(const std::string& sql, const std::vector<Json>& parameters)
{
    auto found = rows(sql, parameters);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// What a key stands for already; nothing when it is new.
std::optional<Books::Kept> Books::earlier(const Json& request, const std::string& key, int status)
{
    if (key.empty()) return std::nullopt;
    const auto kept = row("SELECT request, reply FROM replies WHERE key = ?1", {key});
    if (!kept) return std::nullopt;
    if ((*kept)["request"] != Json(request.dump())) {
        return Kept{422, {{"error", {{"code", "idempotency_key_reused"}, {"message", "This key was used for another request."}}}}, false};
    }
    return Kept{status, Json::parse((*kept)["reply"].get<std::string>()), true};
}

void Books::keep(const std::string& key, const Json& request, const Json& reply)
{
    if (!key.empty()) rows("INSERT INTO replies VALUES (?1, ?2, ?3)", {key, request.dump(), reply.dump()});
}

Books::Kept Books::changeNote(const std::string& id, const Json& request, const std::string& key)
{
    const std::lock_guard lock(mutex_);
    if (const auto kept = earlier(request, key, 200)) return *kept;
    const auto before = row("SELECT text FROM notes WHERE id = ?1", {id});
    const std::string text = request.value("text", std::string());
    const Json reply = {{"id", id}, {"text", text}, {"previous", before ? (*before)["text"] : Json("")}};
    run("BEGIN IMMEDIATE");
    rows("INSERT INTO notes VALUES (?1, ?2) ON CONFLICT(id) DO UPDATE SET text = excluded.text", {id, text});
    keep(key, request, reply);
    run("COMMIT");
    return {200, reply, false};
}

Books::Kept Books::pay(const std::string& table, const Json& request, const std::string& key)
{
    const std::lock_guard lock(mutex_);
    if (const auto kept = earlier(request, key, 201)) return *kept;
    const bool isRefund = table == "refunds";
    const std::string subject = isRefund ? "order_id" : "invoice_id";
    run("BEGIN IMMEDIATE");
    const auto number = (*row("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM " + table))["next"].get<int>();
    Json reply = request;
    reply["id"] = (isRefund ? "RF-" : "PAY-") + std::to_string(number);
    reply["status"] = isRefund ? "refunded" : "paid";
    rows("INSERT INTO " + table + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, datetime('now'))",
         {number, reply["id"], request.value(subject, Json()), request.value("amount", Json()), request.value("currency", Json()),
          request.value("recipient", Json()), reply["status"]});
    if (!isRefund) rows("UPDATE invoices SET status = 'paid' WHERE id = ?1", {request.value(subject, Json())});
    keep(key, request, reply);
    run("COMMIT");
    return {201, reply, false};
}

void Books::noteRequest(const std::string& method, const std::string& path, const std::string& key)
{
    rows("INSERT INTO requests(method, path, key, time) VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%f', 'now'))", {method, path, key});
}

Json Books::totals()
{
    const std::lock_guard lock(mutex_);
    const auto count = [&](const std::string& what) { return (*row("SELECT COUNT(*) AS n FROM " + what))["n"]; };
    return {{"payments", count("payments")}, {"refunds", count("refunds WHERE status = 'refunded'")},
            {"refunds_cancelled", count("refunds WHERE status = 'cancelled'")}, {"users_deleted", count("users WHERE deleted = 1")},
            {"notes", rows("SELECT id, text FROM notes")}, {"requests", count("requests")}};
}

}  // namespace handrail::demoshop
