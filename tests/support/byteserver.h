#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace handrailtest {

/// A complete reply with its length.
inline QByteArray whole(const QByteArray& body, const QByteArray& status = "200 OK", const QByteArray& headers = {})
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + headers + "\r\n" + body;
}

/// A server on loopback that speaks in bytes, and can end a connection wherever a test wants.
class ByteServer : public QTcpServer {
    Q_OBJECT
public:
    enum class Cut { None, AtOnce, InRequest, AfterRequest, InHeaders, InBody, Reset, Hang };

    explicit ByteServer(Cut cut = Cut::None, QByteArray reply = whole("{\"ok\":true}")) : cut_(cut), reply_(std::move(reply))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, &ByteServer::accept);
    }

    std::string url(const char* path = "/x") const { return "http://127.0.0.1:" + std::to_string(serverPort()) + path; }

    int connections = 0;
    QList<QByteArray> requests;   ///< whole ones
    QList<QByteArray> replies;    ///< one a request, in turn; else the usual one

private:
    void accept()
    {
        while (QTcpSocket* socket = nextPendingConnection()) {
            ++connections;
            if (cut_ == Cut::AtOnce) {
                socket->close();
                continue;
            }
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    void read(QTcpSocket* socket)
    {
        if (cut_ == Cut::InRequest) return socket->abort();
        QByteArray& seen = seen_[socket];
        seen += socket->readAll();
        const auto end = seen.indexOf("\r\n\r\n");
        if (end < 0) return;
        const auto length = seen.indexOf("Content-Length: ");
        const qsizetype wanted = length >= 0 && length < end ? seen.mid(length + 16, seen.indexOf("\r\n", length) - length - 16).toLongLong() : 0;
        if (seen.size() < end + 4 + wanted) return;
        requests.append(seen);
        seen_.remove(socket);
        answer(socket);
    }

    void answer(QTcpSocket* socket)
    {
        const QByteArray reply = replies.isEmpty() ? reply_ : replies.takeFirst();
        switch (cut_) {
        case Cut::Hang: return;
        case Cut::Reset: return socket->abort();
        case Cut::AfterRequest: return socket->close();
        case Cut::InHeaders: socket->write(reply.left(reply.indexOf("\r\n\r\n") - 5)); break;
        case Cut::InBody: socket->write(reply.left(reply.size() - 3)); break;
        default: socket->write(reply);
        }
        socket->disconnectFromHost();
    }

    Cut cut_;
    QByteArray reply_;
    QHash<QTcpSocket*, QByteArray> seen_;
};

}  // namespace handrailtest
