#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <QObject>

#include "agentcore/wire/sse.h"
#include "agentcore/wire/wire.h"

/// How messages reach an MCP server and come back. A link sends each message once, tells what came of it,
/// and never repeats one. Everything is told on the thread of the link, never from within send().
namespace handrail::tools::mcp {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A message on its way to a server.
struct Outgoing {
    std::int64_t id = 0;   ///< 0: no answer is awaited
    std::string text;
    std::string method;
    std::string name;      ///< of the tool that is called
    Headers headers;       ///< Mcp-Param, where the link has headers
    Millis limit = 30'000;
};

class Link : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void send(const Outgoing& message) = 0;
    /// Its answer is no longer awaited; over HTTP its stream is closed.
    virtual void forget(std::int64_t) {}
    /// What both sides agreed upon; an older server over HTTP is listened to from now on.
    virtual void agreed(const std::string&, bool /*isModern*/) {}
    /// Tries what came before streamable HTTP: true when there is such a thing and it was not tried yet.
    virtual bool fallBack() { return false; }
    virtual void useHeaders(const Headers&) {}
signals:
    void heard(const std::string& text);  ///< one message or batch
    void handed(qint64 id);               ///< a byte of this request may have left
    /// No answer will come to this request: not sent, cut off, or answered with an HTTP status alone.
    void unanswered(qint64 id, const handrail::wire::Reply& why);
    void lost(const handrail::wire::Reply& why);  ///< nothing comes any more, of anything
};

/// A child that speaks newline-delimited JSON-RPC.
class StdioLink : public Link {
    Q_OBJECT
public:
    /// `child` may be null, and becomes this link's own.
    explicit StdioLink(wire::Child* child, QObject* parent);
    void send(const Outgoing& message) override;

private:
    wire::Child* child_;
};

/// Streamable HTTP, and as the last resort the HTTP and SSE transport of 2024-11-05. Each POST has a
/// connection of its own and follows no redirect.
class HttpLink : public Link {
    Q_OBJECT
public:
    HttpLink(wire::Wire& wire, std::string url, bool allowPrivate, QObject* parent);
    void send(const Outgoing& message) override;
    void forget(std::int64_t id) override;
    void agreed(const std::string& version, bool isModern) override;
    bool fallBack() override;
    void useHeaders(const Headers& headers) override { own_ = headers; }

private:
    struct Exchange {
        Outgoing message;
        wire::Call* call = nullptr;
        wire::SseReader reader;
        bool isStream = false;
        bool isListening = false;  ///< the GET stream of a whole session
        bool hasEvents = false;
        int resumes = 0;
    };
    wire::HttpRequest base(const std::string& method) const;
    void post(int serial);
    void get(int serial);
    void start(int serial, const wire::HttpRequest& request);
    void read(int serial, const std::string& piece);
    void onEvent(int serial, const wire::SseEvent& event);
    void onFinished(int serial, const wire::Reply& reply);
    void onStreamEnd(int serial, const wire::Reply& reply);
    void onReply(int serial, const wire::Reply& reply);
    void later(int serial);
    void tellUnanswered(int serial, const wire::Reply& why);
    void drop(int serial);
    std::string sameOrigin(const std::string& address) const;

    wire::Wire& wire_;
    std::string url_;
    bool allowPrivate_;
    Headers own_;             ///< the definition's own headers
    std::string session_;
    std::string version_;
    bool isModern_ = true;
    bool isOld_ = false;
    std::string endpoint_;    ///< of the older transport, once the server has told it
    std::map<int, Exchange> exchanges_;
    int serials_ = 0;
};

}  // namespace handrail::tools::mcp
