#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <QObject>

#include "agentcore/clock.h"
#include "agentcore/failure.h"

/// The one door through which bytes leave. Nothing here repeats a request: what the wire saw is what
/// was asked for, once.
namespace handrail::wire {

/// How far a request got. `NotSent`: no byte of it left (name, connect or TLS failed). `MaybeSent`: a
/// byte was handed to the kernel or the child's pipe. `Answered`: the complete reply is here.
enum class SendPhase { NotSent, MaybeSent, Answered };

struct HttpRequest {
    std::string method;
    std::string url;  ///< http or https, complete with its query
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool isWrite = true;        ///< a write gets a fresh connection and follows no redirect
    bool allowPrivate = false;  ///< loopback and private addresses permitted
    bool streams = false;       ///< an event stream is told as it comes (Call::came) and is not kept
    Millis limit = 30'000;      ///< 0: none, for a stream that is listened to
    std::size_t mostBytes = 1 << 20;
};

struct CommandRequest {
    std::vector<std::string> arguments;  ///< the first is an absolute path; no shell
    std::map<std::string, std::string> environment;  ///< the whole of it
    std::string input;                   ///< written to its standard input
    Millis limit = 30'000;
    std::size_t mostBytes = 1 << 20;
};

/// A child that stays, and is spoken to in lines.
struct ChildRequest {
    std::vector<std::string> arguments;  ///< the first is an absolute path; no shell
    std::map<std::string, std::string> environment;  ///< the whole of it
    std::size_t mostLine = 4 << 20;      ///< bytes of one line, and of what waits to be read by it
};

/// A mail for one server over SMTP; over TLS where the server has it, and always with a password.
struct MailRequest {
    std::string server;  ///< "smtp://host:port" or "smtps://host"
    std::string from;    ///< an address alone
    std::vector<std::string> to;
    std::string message; ///< the whole of it, headers first, lines ended by CR LF
    std::string user;
    std::string password;
    bool allowPrivate = false;
    Millis limit = 30'000;
};

/// What came back. `code` is empty when a complete reply is here, whatever its status or exit code.
struct Reply {
    SendPhase phase = SendPhase::NotSent;
    Code code;            ///< T101…T112, T610; empty when answered
    std::string note;     ///< what was seen, in a sentence, for the time line
    int status = 0;       ///< HTTP status, the child's exit code, or what the mail server said last
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;     ///< body, or standard output
    std::string errors;   ///< standard error
    Millis tookMs = 0;
};

/// One call under way. It finishes exactly once, later, through the event loop, on the thread that
/// started it; deleting it ends the call without a word (a child's whole process group included).
class Call : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
signals:
    void finished(const handrail::wire::Reply& reply);
    /// Only for a request that `streams`: its status and headers are here, and then piece by piece its
    /// event stream. Both come before `finished`.
    void began(const handrail::wire::Reply& reply);
    void came(const std::string& piece);
};

/// A child process under way. Deleting it ends it: SIGTERM to its whole group, and SIGKILL soon after.
class Child : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Hands one line over, without its end. False: surely no byte of it left (the child is gone, or
    /// reads nothing). True: it may have arrived, whatever happens next.
    virtual bool write(const std::string& line) = 0;
signals:
    void said(const std::string& line);
    /// It is over, once: T610 with its last words of standard error, or T111 for a line without end.
    void ended(const handrail::wire::Reply& why);
};

/// Handed in, so that a test can stand in its place (tests/support/scriptedwire.h).
class Wire {
public:
    virtual ~Wire() = default;
    virtual Call* http(const HttpRequest& request, QObject* parent) = 0;
    virtual Call* command(const CommandRequest& request, QObject* parent) = 0;
    /// Starts a child; one that cannot be started ends with T610, later. Null: this wire has no children.
    virtual Child* child(const ChildRequest&, QObject*) { return nullptr; }
    virtual Call* mail(const MailRequest& request, QObject* parent) = 0;
};

/// What may be handed to the wire from outside; the defaults are the machine's own.
struct WireOptions {
    std::string authorities;  ///< a PEM file of certificate authorities to trust, in place of the system's
    std::function<int(const std::string& host)> lookup;  ///< getaddrinfo's result for a name (whyunresolved.h)
};

/// libcurl and child processes, on the event loop of the calling thread.
std::unique_ptr<Wire> systemWire(WireOptions options = {});

}  // namespace handrail::wire
