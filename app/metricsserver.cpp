#include "app/metricsserver.h"

#include <QTcpSocket>
#include <QTimer>

namespace handrail::app {
namespace {

constexpr qsizetype longestHead = 8 * 1024;
constexpr int requestPatience = 5'000;  ///< milliseconds for a whole request
constexpr int mostOpen = 16;

QByteArray reply(const QByteArray& status, const QByteArray& body, bool withBody = true)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n" +
           (withBody ? body : QByteArray());
}

QByteArray headerOf(const QByteArray& head, const QByteArray& name)
{
    for (const auto& line : head.split('\n').mid(1)) {
        const auto colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name) return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// A page elsewhere can make a browser ask here under a name of its own; it learns nothing.
bool isForUs(QByteArray host)
{
    if (host.isEmpty()) return true;
    if (!host.endsWith(']')) {
        const auto colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']')) host.truncate(colon);
    }
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

}  // namespace

MetricsServer::MetricsServer(Text text, QObject* parent) : QObject(parent), text_(std::move(text))
{
    connect(&server_, &QTcpServer::newConnection, this, &MetricsServer::accept);
}

std::optional<Failure> MetricsServer::listen(int port)
{
    if (server_.listen(QHostAddress::LocalHost, static_cast<quint16>(port))) return std::nullopt;
    return failure("R102", "The port " + std::to_string(port) + " for the metrics cannot be had: " + server_.errorString().toStdString() + ".", {},
                   "Name another one with --metrics, or 0 for a free one.");
}

void MetricsServer::accept()
{
    while (QTcpSocket* socket = server_.nextPendingConnection()) {
        if (open_ >= mostOpen) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++open_;
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --open_;
            socket->deleteLater();
        });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        QTimer::singleShot(requestPatience, socket, &QTcpSocket::abort);
    }
}

void MetricsServer::read(QTcpSocket* socket)
{
    const QByteArray head = socket->peek(longestHead);
    const auto end = head.indexOf("\r\n\r\n");
    if (end < 0 && head.size() < longestHead) return;
    socket->disconnect(this);
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        --open_;
        socket->deleteLater();
    });
    socket->write(end < 0 ? reply("431 Request Header Fields Too Large", {}) : answerTo(head.left(end)));
    socket->disconnectFromHost();
}

QByteArray MetricsServer::answerTo(const QByteArray& head)
{
    const auto words = head.left(head.indexOf("\r\n")).split(' ');
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.")) return reply("400 Bad Request", "This is no HTTP request.\n");
    if (!isForUs(headerOf(head, "host"))) return reply("403 Forbidden", "Ask for it by the address 127.0.0.1.\n");
    if (words[0] != "GET" && words[0] != "HEAD") return reply("405 Method Not Allowed", "Only GET is answered.\n");
    if (words[1] != "/metrics") return reply("404 Not Found", "The figures are at /metrics.\n");
    const auto text = text_();
    if (!text) return reply("503 Service Unavailable", QByteArray::fromStdString(text.failure().code + ": " + text.failure().message + "\n"));
    return reply("200 OK", QByteArray::fromStdString(*text), words[0] == "GET");
}

}  // namespace handrail::app
