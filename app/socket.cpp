#include "app/socket.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>

namespace handrail::app {
namespace {

constexpr qsizetype mostBytes = 4 << 20;  ///< of one request or reply line
constexpr std::size_t longestPath = 100;  ///< of a local socket, with a margin

}  // namespace

QString socketName(const std::string& folder)
{
    const QString path = QDir(QString::fromStdString(folder)).absolutePath();
    const QString inside = path + QStringLiteral("/socket");
    if (static_cast<std::size_t>(inside.toUtf8().size()) < longestPath) return inside;
    QString base = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (base.isEmpty()) base = QDir::tempPath();
    return base + QStringLiteral("/handrail-") + QString::fromStdString(sha256(path.toStdString()).substr(0, 16));
}

Server::Server(Requests& requests, QObject* parent) : QObject(parent), requests_(requests)
{
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &Server::accept);
}

std::optional<Failure> Server::listen(const std::string& folder)
{
    const QString name = socketName(folder);
    // The store's lock is ours, so a socket that lies here belongs to a process that died.
    QLocalServer::removeServer(name);
    if (server_.listen(name)) return std::nullopt;
    return failure("R102", "The socket for other commands could not be made: " + server_.errorString().toStdString() + ".",
                   name.toStdString());
}

void Server::accept()
{
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void Server::read(QLocalSocket* socket)
{
    if (socket->bytesAvailable() > mostBytes) return socket->abort();
    if (!socket->canReadLine()) return;
    const std::string line = socket->readLine(mostBytes).toStdString();
    const QPointer<QLocalSocket> asker(socket);
    const auto answer = [asker](const Json& reply) {
        if (!asker) return;
        asker->write(QByteArray::fromStdString(dump(reply) + "\n"));
        asker->flush();
        asker->disconnectFromServer();
    };
    auto request = parseJson(line, {std::size_t(mostBytes), 200});
    if (!request) return answer(Requests::error(request.failure()));
    requests_.handle(*request, answer);
}

bool Client::connectTo(const std::string& folder)
{
    socket_.connectToServer(socketName(folder));
    return socket_.waitForConnected(1000);
}

void Client::ask(const Json& request, Requests::Answer answer)
{
    connect(&socket_, &QLocalSocket::readyRead, this, [this] { buffer_ += socket_.readAll(); });
    connect(&socket_, &QLocalSocket::disconnected, this, [this, answer] {
        buffer_ += socket_.readAll();
        auto reply = parseJson(buffer_.toStdString(), {std::size_t(64) << 20, 200});
        if (reply) return answer(*reply);
        answer(Requests::error(failure("R106", "The process that holds this store went away before it answered.", {},
                                       "Look at the run with: handrail runs, then decide.")));
    });
    socket_.write(QByteArray::fromStdString(dump(request) + "\n"));
    socket_.flush();
}

}  // namespace handrail::app
