#include "app/demoshop/shop.h"

#include <chrono>
#include <thread>

#include <poll.h>
#include <sys/socket.h>

#include "app/demoshop/scriptedmodel.h"

namespace handrail::demoshop {
namespace {

constexpr int longestHang = 120'000;
constexpr std::size_t largestBody = 1 << 20;

void reply(httplib::Response& response, const Json& body, int status = 200)
{
    response.status = status;
    response.set_content(body.dump(), "application/json");
}

void replyError(httplib::Response& response, int status, const std::string& code, const std::string& message)
{
    reply(response, {{"error", {{"code", code}, {"message", message}}}}, status);
}

/// The body as an object; a reply is made when it is none.
std::optional<Json> bodyOf(const httplib::Request& request, httplib::Response& response)
{
    Json body = Json::parse(request.body, nullptr, false);
    if (body.is_object()) return body;
    replyError(response, 400, "bad_request", "The body must be a JSON object.");
    return std::nullopt;
}

void hangUp(const httplib::Request& request)
{
    const int socket = socketFrom(request.remote_port);
    if (socket >= 0) shutdown(socket, SHUT_RDWR);
}

void hang(const httplib::Request& request)
{
    pollfd watched{socketFrom(request.remote_port), POLLRDHUP, 0};
    if (watched.fd >= 0) poll(&watched, 1, longestHang);
    hangUp(request);
}

}  // namespace

Shop::Shop(Books& books) : books_(books)
{
    server_.new_task_queue = [] { return new httplib::ThreadPool(32); };
    // The library's default lets a second shop share the port, and take half of the first one's requests.
    server_.set_socket_options([](socket_t socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server_.set_payload_max_length(largestBody);
    server_.set_read_timeout(5);
    server_.set_keep_alive_max_count(1);
    server_.set_exception_handler([](const auto&, auto& response, std::exception_ptr problem) {
        try {
            std::rethrow_exception(problem);
        } catch (const std::exception& what) {
            replyError(response, 500, "internal", what.what());
        }
    });
    addOrders();
    addMoney();
    addUsers();
    addNotes();
    addTools();
    addScriptedModel(server_);
}

int Shop::bind(int port)
{
    if (port == 0) return server_.bind_to_any_port("127.0.0.1");
    return server_.bind_to_port("127.0.0.1", port) ? port : -1;
}

void Shop::serve() { server_.listen_after_bind(); }
void Shop::stop() { server_.stop(); }

httplib::Server::Handler Shop::faulty(Work work)
{
    return [this, work](const httplib::Request& request, httplib::Response& response) {
        books_.noteRequest(request.method, request.target, request.get_header_value("Idempotency-Key"));
        const auto fault = faults_.take(request.method, request.path, request.target + "\n" + request.body);
        if (!fault) return work(request, response);
        if (fault->kind == "hang") return hang(request);
        if (fault->kind.rfind("http_", 0) == 0) {
            if (fault->retryAfter >= 0) response.set_header("Retry-After", std::to_string(fault->retryAfter));
            return replyError(response, std::stoi(fault->kind.substr(5)), "on_purpose", "This failure was asked for.");
        }
        if (fault->kind == "slow") std::this_thread::sleep_for(std::chrono::milliseconds(fault->ms));
        work(request, response);
        if (fault->kind == "lose_reply") hangUp(request);
        if (fault->kind == "cut") {
            const std::string whole = response.body;
            response.body.clear();
            response.set_content_provider(whole.size() + 1, "application/json", [whole](std::size_t at, std::size_t, httplib::DataSink& sink) {
                if (at == 0) sink.write(whole.data(), whole.size() / 2);
                return at == 0;
            });
        }
    };
}

void Shop::addOrders()
{
    server_.Get(R"(/orders/([^/]+))", faulty([this](const auto& request, auto& response) {
        const auto order = books_.row("SELECT * FROM orders WHERE id = ?1", {request.matches[1].str()});
        if (order) reply(response, *order);
        else replyError(response, 404, "not_found", "There is no such order.");
    }));
    server_.Get("/search", faulty([this](const auto& request, auto& response) {
        reply(response, books_.rows("SELECT * FROM orders WHERE buyer LIKE '%' || ?1 || '%' ORDER BY id", {request.get_param_value("q")}));
    }));
    server_.Get(R"(/invoices/([^/]+))", faulty([this](const auto& request, auto& response) {
        const auto invoice = books_.row("SELECT * FROM invoices WHERE id = ?1", {request.matches[1].str()});
        if (invoice) reply(response, *invoice);
        else replyError(response, 404, "not_found", "There is no such invoice.");
    }));
}

void Shop::addMoney()
{
    for (const std::string table : {"payments", "refunds"}) {
        server_.Post("/" + table, faulty([this, table](const auto& request, auto& response) {
            const auto body = bodyOf(request, response);
            if (!body) return;
            const auto kept = books_.pay(table, *body, request.get_header_value("Idempotency-Key"));
            if (kept.replayed) response.set_header("Idempotent-Replayed", "true");
            reply(response, kept.body, kept.status);
        }));
        const std::string subject = table == "refunds" ? "order_id" : "invoice_id";
        server_.Get("/" + table, faulty([this, table, subject](const auto& request, auto& response) {
            reply(response, books_.rows("SELECT id, " + subject + ", amount, currency, recipient, status, time FROM " + table +
                                            " WHERE " + subject + " = ?1 ORDER BY number", {request.get_param_value(subject)}));
        }));
    }
    server_.Delete(R"(/refunds/([^/]+))", faulty([this](const auto& request, auto& response) {
        const std::string id = request.matches[1].str();
        const auto found = books_.row("SELECT status FROM refunds WHERE id = ?1", {id});
        if (!found) return replyError(response, 404, "not_found", "There is no such refund.");
        books_.rows("UPDATE refunds SET status = 'cancelled' WHERE id = ?1", {id});
        reply(response, {{"id", id}, {"status", "cancelled"}});
    }));
}

void Shop::addUsers()
{
    server_.Get(R"(/users/([^/]+))", faulty([this](const auto& request, auto& response) {
        auto user = books_.row("SELECT id, name, email FROM users WHERE id = ?1 AND deleted = 0", {request.matches[1].str()});
        if (!user) return reply(response, {{"found", false}});
        (*user)["found"] = true;
        reply(response, *user);
    }));
    server_.Get("/users", faulty([this](const auto& request, auto& response) {
        reply(response, books_.rows("SELECT id, name, email FROM users WHERE deleted = 0 AND email LIKE '%@' || ?1", {request.get_param_value("domain")}));
    }));
    server_.Delete(R"(/users/([^/]+))", faulty([this](const auto& request, auto& response) {
        const std::string id = request.matches[1].str();
        if (!books_.row("SELECT 1 AS found FROM users WHERE id = ?1 AND deleted = 0", {id})) {
            return replyError(response, 404, "not_found", "There is no such user.");
        }
        books_.rows("UPDATE users SET deleted = 1 WHERE id = ?1", {id});
        reply(response, {{"id", id}, {"deleted", true}});
    }));
    server_.Post(R"(/users/([^/]+)/restore)", faulty([this](const auto& request, auto& response) {
        const std::string id = request.matches[1].str();
        books_.rows("UPDATE users SET deleted = 0 WHERE id = ?1", {id});
        reply(response, {{"id", id}, {"deleted", false}});
    }));
}

void Shop::addNotes()
{
    server_.Get(R"(/notes/([^/]+))", faulty([this](const auto& request, auto& response) {
        const auto note = books_.row("SELECT * FROM notes WHERE id = ?1", {request.matches[1].str()});
        if (note) reply(response, *note);
        else replyError(response, 404, "not_found", "There is no such note.");
    }));
    server_.Put(R"(/notes/([^/]+))", faulty([this](const auto& request, auto& response) {
        const auto body = bodyOf(request, response);
        if (!body) return;
        const auto kept = books_.changeNote(request.matches[1].str(), *body, request.get_header_value("Idempotency-Key"));
        if (kept.replayed) response.set_header("Idempotent-Replayed", "true");
        reply(response, kept.body, kept.status);
    }));
}

void Shop::addTools()
{
    server_.Get("/books", [this](const auto&, auto& response) { reply(response, books_.totals()); });
    server_.Get("/requests", [this](const auto& request, auto& response) {
        reply(response, books_.rows("SELECT method, path, key, time FROM requests WHERE path LIKE ?1 || '%' ORDER BY number", {request.get_param_value("path")}));
    });
    server_.Get("/faults", [this](const auto&, auto& response) { reply(response, faults_.list()); });
    server_.Delete("/faults", [this](const auto&, auto& response) {
        faults_.clear();
        reply(response, Json::array());
    });
    server_.Post("/faults", [this](const auto& request, auto& response) {
        const auto body = bodyOf(request, response);
        if (!body) return;
        faults_.add({body->value("method", std::string()), body->value("path", std::string("/")), body->value("contains", std::string()),
                     body->value("kind", std::string()), body->value("times", 1), body->value("ms", 0), body->value("retry_after", -1), body->value("after", 0)});
        reply(response, faults_.list(), 201);
    });
}

}  // namespace handrail::demoshop
