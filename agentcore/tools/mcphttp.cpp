#include <algorithm>

#include <QTimer>

#include "agentcore/tools/mcplink.h"
#include "agentcore/tools/mcpmessage.h"

namespace handrail::tools::mcp {
namespace {

constexpr Millis usualRetry = 1'000;
constexpr Millis shortestRetry = 10;            ///< whatever a server says
constexpr int mostEmptyStreams = 3;             ///< that say nothing, one after the other
constexpr std::size_t mostStreamed = 64 << 20;  ///< bytes of one stream; then it is opened anew
constexpr std::size_t mostSession = 1024;

std::string headerOf(const wire::Reply& reply, const std::string& name)
{
    for (const auto& [header, value] : reply.headers) {
        if (header == name) return value;
    }
    return {};
}

wire::Reply cutOff(const std::string& note)
{
    wire::Reply why;
    why.phase = wire::SendPhase::MaybeSent;
    why.code = "T110";
    why.note = note;
    return why;
}

}  // namespace

HttpLink::HttpLink(wire::Wire& wire, std::string url, bool allowPrivate, QObject* parent)
    : Link(parent), wire_(wire), url_(std::move(url)), allowPrivate_(allowPrivate), version_(modern)
{
}

void HttpLink::send(const Outgoing& message)
{
    const int serial = ++serials_;
    exchanges_[serial].message = message;
    if (isOld_ && endpoint_.empty()) return;  // goes out when the server has said where to
    post(serial);
}

void HttpLink::forget(std::int64_t id)
{
    const auto found = std::find_if(exchanges_.begin(), exchanges_.end(), [&](const auto& entry) { return entry.second.message.id == id; });
    if (found != exchanges_.end()) drop(found->first);
}

void HttpLink::agreed(const std::string& version, bool isModern)
{
    version_ = version;
    isModern_ = isModern;
    if (isModern_ || isOld_) return;
    const int serial = ++serials_;
    exchanges_[serial].isListening = true;
    get(serial);
}

bool HttpLink::fallBack()
{
    if (isOld_) return false;
    isOld_ = true;
    isModern_ = false;
    version_.clear();
    session_.clear();
    const int serial = ++serials_;
    exchanges_[serial].isListening = true;
    get(serial);
    return true;
}

wire::HttpRequest HttpLink::base(const std::string& method) const
{
    wire::HttpRequest request;
    request.method = method;
    request.url = url_;
    request.headers = own_;
    request.allowPrivate = allowPrivate_;
    request.streams = true;
    request.isWrite = true;  // a read here may be another's write: no redirect is followed
    request.mostBytes = mostStreamed;
    if (!version_.empty()) request.headers.emplace_back("MCP-Protocol-Version", version_);
    if (!session_.empty()) request.headers.emplace_back("Mcp-Session-Id", session_);
    return request;
}

void HttpLink::post(int serial)
{
    const Outgoing& message = exchanges_.at(serial).message;
    wire::HttpRequest request = base("POST");
    if (isOld_) request.url = endpoint_;
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("Accept", "application/json, text/event-stream");
    if (isModern_) {
        request.headers.emplace_back("Mcp-Method", message.method);
        if (!message.name.empty()) request.headers.emplace_back("Mcp-Name", headerValue(message.name));
        request.headers.insert(request.headers.end(), message.headers.begin(), message.headers.end());
    }
    request.body = message.text;
    request.limit = message.limit;
    start(serial, request);
}

/// Listens: to a session's own stream, or for the rest of an answer whose stream ended early.
void HttpLink::get(int serial)
{
    const auto found = exchanges_.find(serial);
    if (found == exchanges_.end()) return;
    Exchange& exchange = found->second;
    wire::HttpRequest request = base("GET");
    request.headers.emplace_back("Accept", "text/event-stream");
    const std::string& last = exchange.reader.lastId();
    if (!last.empty()) request.headers.emplace_back("Last-Event-ID", last);
    request.limit = exchange.isListening ? 0 : exchange.message.limit;
    exchange.isStream = exchange.hasEvents = false;
    start(serial, request);
}

void HttpLink::start(int serial, const wire::HttpRequest& request)
{
    wire::Call* call = wire_.http(request, this);
    exchanges_.at(serial).call = call;
    connect(call, &wire::Call::began, this, [this, serial](const wire::Reply& reply) {
        const auto found = exchanges_.find(serial);
        if (found == exchanges_.end()) return;
        found->second.isStream = true;
        const std::string session = headerOf(reply, "mcp-session-id");
        if (found->second.message.method == "initialize" && session.size() < mostSession) session_ = session;
    });
    connect(call, &wire::Call::came, this, [this, serial](const std::string& piece) { read(serial, piece); });
    connect(call, &wire::Call::finished, this, [this, serial](const wire::Reply& reply) { onFinished(serial, reply); });
}

void HttpLink::read(int serial, const std::string& piece)
{
    const auto found = exchanges_.find(serial);
    if (found == exchanges_.end()) return;
    // What is heard may end this very exchange.
    wire::SseReader reader = std::move(found->second.reader);
    std::vector<wire::SseEvent> events;
    const bool isGood = reader.read(piece, [&](const wire::SseEvent& event) { events.push_back(event); });
    found->second.reader = std::move(reader);
    for (const auto& event : events) onEvent(serial, event);
    if (isGood || exchanges_.count(serial) == 0) return;
    wire::Reply why = cutOff("An event of the server's answer is too large.");
    why.code = "T111";
    tellUnanswered(serial, why);
}

void HttpLink::onEvent(int serial, const wire::SseEvent& event)
{
    const auto found = exchanges_.find(serial);
    if (found == exchanges_.end()) return;
    found->second.hasEvents = true;
    if (isOld_ && event.type == "endpoint" && endpoint_.empty()) {
        endpoint_ = sameOrigin(event.data);
        wire::Reply why = cutOff("The server names an address elsewhere for its messages; that is not followed.");
        why.code = "T112";
        if (endpoint_.empty()) return void(Q_EMIT lost(why));
        std::vector<int> waiting;
        for (const auto& [other, exchange] : exchanges_) {
            if (!exchange.isListening) waiting.push_back(other);
        }
        for (const int other : waiting) post(other);
        return;
    }
    // An event may carry nothing but its id: the server only says where its stream stands.
    if (event.type == "message" && !event.data.empty()) Q_EMIT heard(event.data);
}

void HttpLink::onFinished(int serial, const wire::Reply& reply)
{
    const auto found = exchanges_.find(serial);
    if (found == exchanges_.end()) return;
    if (found->second.isStream || found->second.isListening) onStreamEnd(serial, reply);
    else onReply(serial, reply);
}

void HttpLink::onStreamEnd(int serial, const wire::Reply& reply)
{
    Exchange& exchange = exchanges_.at(serial);
    exchange.call->deleteLater();
    exchange.call = nullptr;
    if (isOld_ && exchange.isListening) {
        wire::Reply why = reply;
        if (why.code.empty()) why = cutOff("The server closed its stream of answers.");
        return void(Q_EMIT lost(why));
    }
    exchange.resumes = exchange.hasEvents ? 0 : exchange.resumes + 1;
    const bool isOpen = exchange.isStream && exchange.resumes < mostEmptyStreams;
    if (exchange.isListening) {
        // A server need not have such a stream; then it is simply not listened to.
        if (isOpen) later(serial);
        else drop(serial);
        return;
    }
    const bool canResume = !isModern_ && isOpen && !exchange.reader.lastId().empty();
    if (canResume) return later(serial);
    tellUnanswered(serial, reply.code.empty() ? cutOff("The server's answer broke off before its end.") : reply);
}

/// The rest of a stream is asked for when the server wants it, never by sending the request again.
void HttpLink::later(int serial)
{
    const Exchange& exchange = exchanges_.at(serial);
    const Millis least = exchange.isListening ? usualRetry : shortestRetry;
    const Millis wait = std::max(exchange.reader.retry().value_or(usualRetry), least);
    QTimer::singleShot(static_cast<int>(wait), this, [this, serial] { get(serial); });
}

void HttpLink::onReply(int serial, const wire::Reply& reply)
{
    Exchange& exchange = exchanges_.at(serial);
    const bool isGood = reply.code.empty() && reply.status >= 200 && reply.status < 300;
    if (!isGood) return tellUnanswered(serial, reply);
    const std::string session = headerOf(reply, "mcp-session-id");
    if (exchange.message.method == "initialize" && session.size() < mostSession) session_ = session;
    if (exchange.message.id == 0) return drop(serial);
    if (isOld_) {
        exchange.call->deleteLater();
        exchange.call = nullptr;
        return;
    }
    if (!reply.body.empty()) Q_EMIT heard(reply.body);
    if (exchanges_.count(serial) == 0) return;
    wire::Reply why = cutOff("The server broke the protocol: its answer is not the answer to this request.");
    why.code = "T609";
    tellUnanswered(serial, why);
}

void HttpLink::tellUnanswered(int serial, const wire::Reply& why)
{
    const std::int64_t id = exchanges_.at(serial).message.id;
    drop(serial);
    if (id > 0) Q_EMIT unanswered(id, why);
}

void HttpLink::drop(int serial)
{
    const auto found = exchanges_.find(serial);
    if (found == exchanges_.end()) return;
    if (wire::Call* call = found->second.call) {
        call->disconnect(this);
        call->deleteLater();
    }
    exchanges_.erase(found);
}

/// An address as a server names it, if it is its own.
std::string HttpLink::sameOrigin(const std::string& address) const
{
    const std::string origin = url_.substr(0, url_.find('/', url_.find("://") + 3));
    if (address.starts_with("/") && !address.starts_with("//")) return origin + address;
    return address.starts_with(origin + "/") ? address : std::string();
}

}  // namespace handrail::tools::mcp
