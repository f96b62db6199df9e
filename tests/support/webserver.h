#pragma once

#include <functional>

#include <QTcpServer>
#include <QTcpSocket>

#include "agentcore/json.h"

namespace handrailtest {

/// One HTTP request as it came: its first line, its headers in lower case, its body.
struct WebRequest {
    QByteArray line;
    QMap<QByteArray, QByteArray> headers;
    QByteArray body;
    handrail::Json message() const { return handrail::Json::parse(body.toStdString(), nullptr, false); }
    std::string method() const { return handrail::textOf(message(), "method"); }
};

/// A server on loopback that answers as a test says; a test that says nothing leaves the connection open.
class WebServer : public QTcpServer {
    Q_OBJECT
public:
    using Answer = std::function<void(const WebRequest&, QTcpSocket&)>;

    explicit WebServer(Answer answer) : answer_(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1/mcp").arg(serverPort()); }
    int count(const char* method) const
    {
        return static_cast<int>(std::count_if(requests.begin(), requests.end(), [&](const auto& request) { return request.method() == method; }));
    }

    static QByteArray whole(const QByteArray& status, const QByteArray& body, const QByteArray& headers = {})
    {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    }
    static QByteArray json(const handrail::Json& body, const QByteArray& headers = {})
    {
        return whole("200 OK", QByteArray::fromStdString(handrail::dump(body)), "Content-Type: application/json\r\n" + headers);
    }
    static QByteArray stream(const QByteArray& events, const QByteArray& headers = {})
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + headers + "Connection: close\r\n\r\n" + events;
    }

    QList<WebRequest> requests;

private:
    void read(QTcpSocket* socket)
    {
        QByteArray& seen = seen_[socket];
        seen += socket->readAll();
        const auto end = seen.indexOf("\r\n\r\n");
        if (end < 0) return;
        WebRequest request;
        const auto lines = seen.left(end).split('\n');
        request.line = lines.front().trimmed();
        for (const auto& line : lines.mid(1)) {
            const auto colon = line.indexOf(':');
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
        }
        if (seen.size() < end + 4 + request.headers["content-length"].toLongLong()) return;
        request.body = seen.mid(end + 4);
        seen_.remove(socket);
        requests.append(request);
        answer_(request, *socket);
    }

    Answer answer_;
    QHash<QTcpSocket*, QByteArray> seen_;
};

}  // namespace handrailtest
