#include "agentcore/wire/mailcall.h"

#include <algorithm>
#include <cstring>

#include <QThread>
#include <curl/curl.h>
#include <sys/socket.h>

#include "agentcore/wire/httpcall.h"

namespace handrail::wire {
namespace {

constexpr long lastWord = 5;  ///< seconds that a server is given for one answer

std::string withBrackets(const std::string& address) { return "<" + address + ">"; }

}  // namespace

/// The talk with the server. Lives on its own thread, and shares nothing with the call but its end.
struct MailCall::Exchange {
    MailRequest request;
    std::string authorities;
    Reply reply;
    std::size_t given = 0;  ///< bytes of the message that curl has taken
    std::string lastLine;   ///< what the server said last
    bool isForbidden = false;

    void run()
    {
        CURL* handle = curl_easy_init();
        curl_slist* recipients = nullptr;
        for (const auto& address : request.to) recipients = curl_slist_append(recipients, withBrackets(address).c_str());
        curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients);
        prepare(handle);
        const CURLcode result = curl_easy_perform(handle);
        long status = 0;
        curl_off_t took = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &took);
        reply.tookMs = static_cast<Millis>(took / 1000);
        judge(result, status);
        curl_easy_cleanup(handle);
        curl_slist_free_all(recipients);
    }

    void prepare(CURL* handle)
    {
        const auto set = [handle](CURLoption option, auto value) { curl_easy_setopt(handle, option, value); };
        set(CURLOPT_URL, request.server.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_MAIL_FROM, withBrackets(request.from).c_str());
        // A password goes over TLS or not at all; without one TLS is used where the server has it.
        set(CURLOPT_USE_SSL, static_cast<long>(request.password.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL));
        if (!request.password.empty()) {
            set(CURLOPT_USERNAME, request.user.c_str());
            set(CURLOPT_PASSWORD, request.password.c_str());
        }
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.message.size()));
        set(CURLOPT_READFUNCTION, &Exchange::onRead);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_HEADERFUNCTION, &Exchange::onReply);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!authorities.empty()) set(CURLOPT_CAINFO, authorities.c_str());
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.limit));
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.limit));
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, lastWord);
        set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::onOpen);
        set(CURLOPT_OPENSOCKETDATA, this);
    }

    void judge(CURLcode result, long status)
    {
        reply.status = static_cast<int>(status);
        reply.code = codeOf(result, status);
        reply.phase = result == CURLE_OK ? SendPhase::Answered : given > 0 ? SendPhase::MaybeSent : SendPhase::NotSent;
        if (reply.code == "U107") reply.note = "This host is a private or loopback address, and the definition does not allow that.";
        else if (status >= 400) reply.note = "The mail server refused: " + lastLine;
        else if (result != CURLE_OK) reply.note = codeInfo(reply.code).sentence + " (" + curl_easy_strerror(result) + ")";
    }

    Code codeOf(CURLcode result, long status) const
    {
        if (isForbidden) return "U107";
        if (result != CURLE_OK && result != CURLE_LOGIN_DENIED && status >= 400 && status < 600) return "T" + std::to_string(status);
        switch (result) {
        case CURLE_OK: return {};
        case CURLE_COULDNT_RESOLVE_HOST: return "T101";
        case CURLE_COULDNT_CONNECT: return "T103";
        case CURLE_PEER_FAILED_VERIFICATION: return "T105";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_USE_SSL_FAILED: return "T106";
        case CURLE_LOGIN_DENIED: return "T401";
        case CURLE_OPERATION_TIMEDOUT: return given > 0 ? "T109" : "T104";
        case CURLE_URL_MALFORMAT: return "U102";
        default: return given > 0 ? "T108" : "T107";
        }
    }

    static size_t onRead(char* into, size_t size, size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        const auto length = std::min(size * count, exchange.request.message.size() - exchange.given);
        std::memcpy(into, exchange.request.message.data() + exchange.given, length);
        exchange.given += length;
        return length;
    }

    static size_t onReply(char* data, size_t size, size_t count, void* self)
    {
        std::string line(data, std::min<std::size_t>(size * count, 200));
        line.resize(line.find_last_not_of(" \r\n") + 1);
        // The answer to our goodbye says nothing about the mail.
        if (!line.starts_with("221")) static_cast<Exchange*>(self)->lastLine = line;
        return size * count;
    }

    static curl_socket_t onOpen(void* self, curlsocktype, curl_sockaddr* address)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        if (!exchange.request.allowPrivate && isPrivateAddress(&address->addr)) {
            exchange.isForbidden = true;
            return CURL_SOCKET_BAD;
        }
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    }
};

MailCall::MailCall(const MailRequest& request, const WireOptions& options, QObject* parent) : Call(parent)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->request = request;
    exchange->authorities = options.authorities;
    QThread* thread = QThread::create([exchange] { exchange->run(); });
    connect(thread, &QThread::finished, this, [this, exchange] { Q_EMIT finished(exchange->reply); });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

}  // namespace handrail::wire
