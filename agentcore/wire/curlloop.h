#pragma once

#include <functional>
#include <map>
#include <memory>

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <curl/curl.h>

namespace handrail::wire {

/// libcurl's multi interface on the event loop of the thread that made it: one notifier a socket and
/// direction, one timer. A transfer's end is told through the loop, never from inside add().
class CurlLoop : public QObject {
    Q_OBJECT
public:
    explicit CurlLoop(QObject* parent = nullptr);
    ~CurlLoop() override;

    /// Starts a transfer; `done` is called once with curl's result, unless remove() comes first.
    void add(CURL* handle, std::function<void(CURLcode)> done);
    void remove(CURL* handle);

private:
    struct Watch {
        std::unique_ptr<QSocketNotifier> read, write;
    };
    static int onSocket(CURL* handle, curl_socket_t socket, int what, void* self, void* watch);
    static int onTimer(CURLM* multi, long milliseconds, void* self);
    void watch(curl_socket_t socket, int what);
    void act(curl_socket_t socket, int mask);
    void collect();

    CURLM* multi_;
    QTimer timer_;
    std::map<curl_socket_t, Watch> watches_;
    std::map<CURL*, std::function<void(CURLcode)>> transfers_;
};

}  // namespace handrail::wire
