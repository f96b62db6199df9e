#pragma once

#include <functional>
#include <optional>
#include <string>

#include <QTcpServer>

#include "agentcore/failure.h"

class QTcpSocket;

namespace handrail::app {

/// Hands the figures out over HTTP, on loopback alone: GET /metrics and nothing else, one request a
/// connection. A request that is too long, too slow, or meant for another host gets nothing.
class MetricsServer : public QObject {
    Q_OBJECT
public:
    using Text = std::function<Outcome<std::string>()>;

    explicit MetricsServer(Text text, QObject* parent = nullptr);
    /// Port 0 takes a free one. R102 when it cannot be had.
    std::optional<Failure> listen(int port);
    int port() const { return server_.serverPort(); }

private:
    void accept();
    void read(QTcpSocket* socket);
    QByteArray answerTo(const QByteArray& head);

    Text text_;
    QTcpServer server_;
    int open_ = 0;
};

}  // namespace handrail::app
