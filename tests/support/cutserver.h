#pragma once

#include <algorithm>
#include <memory>

#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>

namespace handrailtest {

/// A throwaway certificate for 127.0.0.1, made by the openssl program; it is its own authority.
struct Certificate {
    explicit Certificate(const QTemporaryDir& dir, const QString& name = QStringLiteral("server"))
        : keyFile(dir.filePath(name + QStringLiteral(".key"))), file(dir.filePath(name + QStringLiteral(".pem")))
    {
        QProcess maker;
        maker.start(QStringLiteral("openssl"), {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                          QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=127.0.0.1"),
                          QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"), keyFile,
                          QStringLiteral("-out"), file});
        maker.waitForFinished();
    }
    QString keyFile;
    QString file;
};

/// Where a connection is cut. `InHandshake` is for TLS alone.
enum class CutAt { InHandshake, BeforeRequest, InRequest, AfterRequest, BeforeReply, InHeaders, InBody, AfterReply, Reset, Hang };

/// A server that counts what reaches it and cuts where it is told to, over HTTP or HTTPS.
class CutServer : public QTcpServer {
    Q_OBJECT
public:
    explicit CutServer(const Certificate* certificate = nullptr) : certificate_(certificate) { listen(QHostAddress::LocalHost); }

    std::string url() const { return std::string(certificate_ ? "https" : "http") + "://127.0.0.1:" + std::to_string(serverPort()) + "/x"; }
    void expect(CutAt cut, bool keepAlive, qsizetype at)
    {
        cut_ = cut;
        keepAlive_ = keepAlive;
        at_ = at;
        bytes = 0;
        requests = 0;
    }

    qint64 connections = 0;
    qint64 bytes = 0;      ///< of the request, after TLS, since expect()
    int requests = 0;      ///< complete ones since expect()
    qint64 requestsInAll = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++connections;
        auto* socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        seen_.remove(socket);  // an earlier socket may have had this address
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        if (cut_ == CutAt::InHandshake) return reset(socket);
        if (certificate_) {
            socket->setLocalCertificate(certificate_->file);
            socket->setPrivateKey(certificate_->keyFile);
            connect(socket, &QSslSocket::encrypted, this, [this, socket] { opened(socket); });
            connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
            socket->startServerEncryption();
        } else {
            connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
            opened(socket);
        }
    }

private:
    void opened(QSslSocket* socket)
    {
        if (cut_ == CutAt::BeforeRequest) reset(socket);
    }
    static void reset(QSslSocket* socket)
    {
        socket->QAbstractSocket::setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket->abort();
    }
    void read(QSslSocket* socket)
    {
        QByteArray& seen = seen_[socket];
        const QByteArray fresh = socket->readAll();
        seen += fresh;
        bytes += fresh.size();
        if (cut_ == CutAt::BeforeRequest || (cut_ == CutAt::InRequest && seen.size() >= at_)) return reset(socket);
        const auto end = seen.indexOf("\r\n\r\n");
        if (end < 0) return;
        const auto length = seen.indexOf("Content-Length: ");
        const qsizetype wanted = length >= 0 && length < end ? seen.mid(length + 16, seen.indexOf("\r\n", length) - length - 16).toLongLong() : 0;
        if (seen.size() < end + 4 + wanted) return;
        ++requests;
        ++requestsInAll;
        seen_.remove(socket);
        answer(socket);
    }
    void answer(QSslSocket* socket)
    {
        const QByteArray body(2000, 'x');
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2000\r\nConnection: " +
                                QByteArray(keepAlive_ ? "keep-alive" : "close") + "\r\n\r\n";
        switch (cut_) {
        case CutAt::Hang: return;
        case CutAt::AfterRequest: return socket->disconnectFromHost();
        case CutAt::BeforeReply:
        case CutAt::Reset: return reset(socket);
        case CutAt::InHeaders: socket->write(head.left(20)); break;
        case CutAt::InBody: socket->write(head + body.left(std::clamp(at_, qsizetype(0), qsizetype(1999)))); break;
        default: socket->write(head + body);
        }
        const bool staysOpen = cut_ == CutAt::AfterReply && keepAlive_;
        if (!staysOpen) socket->disconnectFromHost();
    }

    const Certificate* certificate_;
    CutAt cut_ = CutAt::AfterReply;
    bool keepAlive_ = false;
    qsizetype at_ = 0;
    QHash<QSslSocket*, QByteArray> seen_;
};

}  // namespace handrailtest
