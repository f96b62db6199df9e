#include "agentcore/wire/curlloop.h"

#include <utility>

namespace handrail::wire {

CurlLoop::CurlLoop(QObject* parent) : QObject(parent)
{
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::onSocket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::onTimer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 1L);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
}

CurlLoop::~CurlLoop()
{
    for (const auto& [handle, done] : transfers_) curl_multi_remove_handle(multi_, handle);
    curl_multi_cleanup(multi_);
}

void CurlLoop::add(CURL* handle, std::function<void(CURLcode)> done)
{
    transfers_[handle] = std::move(done);
    curl_multi_add_handle(multi_, handle);
}

void CurlLoop::remove(CURL* handle)
{
    if (transfers_.erase(handle) > 0) curl_multi_remove_handle(multi_, handle);
}

int CurlLoop::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*)
{
    static_cast<CurlLoop*>(self)->watch(socket, what);
    return 0;
}

int CurlLoop::onTimer(CURLM*, long milliseconds, void* self)
{
    auto& timer = static_cast<CurlLoop*>(self)->timer_;
    if (milliseconds < 0) timer.stop();
    else timer.start(static_cast<int>(milliseconds));
    return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what)
{
    if (what == CURL_POLL_REMOVE) {
        // We may be inside this very notifier's signal.
        auto found = watches_.find(socket);
        if (found == watches_.end()) return;
        for (auto* notifier : {found->second.read.release(), found->second.write.release()}) {
            if (!notifier) continue;
            notifier->setEnabled(false);
            notifier->deleteLater();
        }
        watches_.erase(found);
        return;
    }
    Watch& watch = watches_[socket];
    if (!watch.read) {
        watch.read = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
        watch.write = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
        connect(watch.read.get(), &QSocketNotifier::activated, this, [this, socket] { act(socket, CURL_CSELECT_IN); });
        connect(watch.write.get(), &QSocketNotifier::activated, this, [this, socket] { act(socket, CURL_CSELECT_OUT); });
    }
    watch.read->setEnabled((what & CURL_POLL_IN) != 0);
    watch.write->setEnabled((what & CURL_POLL_OUT) != 0);
}

void CurlLoop::act(curl_socket_t socket, int mask)
{
    int running = 0;
    curl_multi_socket_action(multi_, socket, mask, &running);
    collect();
}

void CurlLoop::collect()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* handle = message->easy_handle;
        const CURLcode result = message->data.result;
        const auto found = transfers_.find(handle);
        if (found == transfers_.end()) continue;
        auto done = std::move(found->second);
        remove(handle);
        done(result);
    }
}

}  // namespace handrail::wire
