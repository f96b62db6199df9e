#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

namespace handrailtest {

/// A mail server on loopback that takes everything, or refuses what a test wants refused.
class MailServer : public QTcpServer {
    Q_OBJECT
public:
    struct Mail {
        QByteArray from;
        QList<QByteArray> to;
        QByteArray text;
    };

    MailServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, &MailServer::accept);
    }
    std::string address() const { return "smtp://127.0.0.1:" + std::to_string(serverPort()); }

    QList<Mail> mails;
    QByteArray recipientReply = "250 ok";  ///< to each RCPT
    int connections = 0;

private:
    struct Talk {
        Mail mail;
        QByteArray buffer;
        bool isInText = false;
    };

    void accept()
    {
        while (QTcpSocket* socket = nextPendingConnection()) {
            ++connections;
            talks_.remove(socket);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->write("220 a test\r\n");
        }
    }

    void read(QTcpSocket* socket)
    {
        Talk& talk = talks_[socket];
        talk.buffer += socket->readAll();
        for (;;) {
            const auto end = talk.buffer.indexOf("\r\n");
            if (end < 0) return;
            const QByteArray line = talk.buffer.left(end);
            talk.buffer.remove(0, end + 2);
            if (talk.isInText) takeText(socket, talk, line);
            else obey(socket, talk, line);
        }
    }

    void takeText(QTcpSocket* socket, Talk& talk, const QByteArray& line)
    {
        if (line != ".") {
            talk.mail.text += (line.startsWith("..") ? line.mid(1) : line) + "\r\n";
            return;
        }
        talk.isInText = false;
        mails.append(talk.mail);
        talk.mail = {};
        socket->write("250 taken\r\n");
    }

    void obey(QTcpSocket* socket, Talk& talk, const QByteArray& line)
    {
        const QByteArray word = line.left(4).toUpper();
        if (word == "EHLO" || word == "HELO") return void(socket->write("250 a test\r\n"));
        if (word == "QUIT") {
            socket->write("221 bye\r\n");
            return socket->disconnectFromHost();
        }
        if (word == "MAIL") talk.mail.from = line.mid(line.indexOf('<') + 1, line.indexOf('>') - line.indexOf('<') - 1);
        if (word == "RCPT") {
            talk.mail.to.append(line.mid(line.indexOf('<') + 1, line.indexOf('>') - line.indexOf('<') - 1));
            return void(socket->write(recipientReply + "\r\n"));
        }
        if (word == "DATA") {
            talk.isInText = true;
            return void(socket->write("354 go on\r\n"));
        }
        socket->write("250 ok\r\n");
    }

    QHash<QTcpSocket*, Talk> talks_;
};

}  // namespace handrailtest
