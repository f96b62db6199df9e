#pragma once

#include <string>

#include "agentcore/wire/curlloop.h"
#include "agentcore/wire/wire.h"

namespace handrail::wire {

/// One HTTP request on a connection of its own: sent once, never repeated, never kept.
class HttpCall : public Call {
    Q_OBJECT
public:
    /// `options` must outlive the call.
    HttpCall(const HttpRequest& request, const WireOptions& options, CurlLoop& loop, QObject* parent);
    ~HttpCall() override;

private:
    void prepare();
    void addHeaders();
    void finish(CURLcode result);
    Code codeOf(CURLcode result) const;
    Code connectCode(CURLcode result) const;
    bool isComplete() const;
    bool mayHaveLeft() const;
    void tell(const Reply& reply);
    void tellWhyUnresolved();
    bool tellPiece(const std::string& piece);
    bool followRedirect();

    static size_t onHeader(char* data, size_t size, size_t count, void* self);
    static size_t onBody(char* data, size_t size, size_t count, void* self);
    static int onDebug(CURL* handle, curl_infotype type, char* data, size_t size, void* self);
    static int onRequest(void* self, char* remote, char* local, int remotePort, int localPort);
    static curl_socket_t onOpen(void* self, curlsocktype purpose, curl_sockaddr* address);

    HttpRequest request_;
    const WireOptions& options_;
    CurlLoop& loop_;
    CURL* handle_;
    curl_slist* headers_ = nullptr;
    Reply reply_;
    bool isConnected_ = false;
    bool isSent_ = false;
    bool isForbidden_ = false;
    bool isTooLarge_ = false;
    bool isHeaderEnded_ = false;
    bool isTold_ = false;
    bool isStream_ = false;      ///< what came was told as it came
    std::size_t streamed_ = 0;
    std::size_t headerBytes_ = 0;
    int redirects_ = 0;
};

/// Loopback, private, link-local and other addresses that are not the public internet.
bool isPrivateAddress(const sockaddr* address);

}  // namespace handrail::wire
