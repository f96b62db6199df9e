#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include <QLocalServer>
#include <QLocalSocket>

#include "app/requests.h"

/// How a command line reaches the runtime of a console or of `serve` on the same store: one line of
/// JSON each way over a socket that only the same user can open.
namespace handrail::app {

/// Where the socket of a store is.
QString socketName(const std::string& folder);

class Server : public QObject {
    Q_OBJECT
public:
    Server(Requests& requests, QObject* parent = nullptr);
    /// R102 when the socket cannot be made.
    std::optional<Failure> listen(const std::string& folder);

private:
    void accept();
    void read(QLocalSocket* socket);

    Requests& requests_;
    QLocalServer server_;
};

/// Sends one request to whoever holds the store. `answer` is called once; a holder that goes away in
/// between is R106, and then nothing is known of the request but what the store says.
class Client : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// False when nobody listens; then `answer` is never called.
    bool connectTo(const std::string& folder);
    void ask(const Json& request, Requests::Answer answer);

private:
    QLocalSocket socket_;
    QByteArray buffer_;
};

}  // namespace handrail::app
