#include "agentcore/wire/httpcall.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <QTimer>
#include <sys/socket.h>
#include <unistd.h>

#include "agentcore/wire/whyunresolved.h"

namespace handrail::wire {
namespace {

constexpr std::size_t mostHeaderBytes = 64 * 1024;
constexpr int mostRedirects = 3;
constexpr int lookupPatience = 800;  ///< milliseconds; less than the grace that an attempt is given

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool isPrivateV4(std::uint32_t address)
{
    const auto within = [&](std::uint32_t net, int bits) { return (address >> (32 - bits)) == (net >> (32 - bits)); };
    return within(0x00000000, 8) || within(0x0A000000, 8) || within(0x64400000, 10) || within(0x7F000000, 8) ||
           within(0xA9FE0000, 16) || within(0xAC100000, 12) || within(0xC0A80000, 16) || within(0xE0000000, 4) ||
           within(0xF0000000, 4);
}

/// What was seen, in a sentence; what it means is for others to say.
std::string noteOf(const Code& code, const std::string& detail)
{
    std::string note = codeInfo(code).title;
    if (!note.empty()) note[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(note[0])));
    return note + (detail.empty() ? "." : " (" + detail + ").");
}

/// "https://host:port" of an address, lower case.
std::string originOf(const std::string& url)
{
    const auto scheme = url.find("://");
    if (scheme == std::string::npos) return {};
    return lower(url.substr(0, url.find_first_of("/?#", scheme + 3)));
}

}  // namespace

bool isPrivateAddress(const sockaddr* address)
{
    if (address->sa_family == AF_INET) {
        return isPrivateV4(ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6) return true;
    const auto& bytes = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr.s6_addr;
    const bool isMapped = std::all_of(bytes, bytes + 10, [](auto b) { return b == 0; }) && bytes[10] == 0xff && bytes[11] == 0xff;
    if (isMapped) {
        return isPrivateV4((std::uint32_t(bytes[12]) << 24) | (std::uint32_t(bytes[13]) << 16) | (std::uint32_t(bytes[14]) << 8) | bytes[15]);
    }
    const bool isLoopbackOrNone = std::all_of(bytes, bytes + 15, [](auto b) { return b == 0; }) && bytes[15] <= 1;
    const bool isLocal = (bytes[0] & 0xfe) == 0xfc || (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) || bytes[0] == 0xff;
    return isLoopbackOrNone || isLocal;
}

HttpCall::HttpCall(const HttpRequest& request, const WireOptions& options, CurlLoop& loop, QObject* parent)
    : Call(parent), request_(request), options_(options), loop_(loop), handle_(curl_easy_init())
{
    prepare();
    loop_.add(handle_, [this](CURLcode result) { finish(result); });
}

HttpCall::~HttpCall()
{
    loop_.remove(handle_);
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
}

void HttpCall::prepare()
{
    const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(handle_, option, value); };
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    if (request_.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (!request_.body.empty() || request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH") {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POSTFIELDS, request_.body.data());
        set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    }
    addHeaders();
    // One request, one connection: a kept one that the server closes would make curl send it again.
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options_.authorities.empty()) set(CURLOPT_CAINFO, options_.authorities.c_str());
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.limit));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.limit));
    set(CURLOPT_HEADERFUNCTION, &HttpCall::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &HttpCall::onBody);
    set(CURLOPT_WRITEDATA, this);
    // curl tells of bytes handed to the kernel only when it is verbose.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &HttpCall::onDebug);
    set(CURLOPT_DEBUGDATA, this);
    set(CURLOPT_PREREQFUNCTION, &HttpCall::onRequest);
    set(CURLOPT_PREREQDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &HttpCall::onOpen);
    set(CURLOPT_OPENSOCKETDATA, this);
}

void HttpCall::addHeaders()
{
    // Without this curl waits for a "100 Continue" before a larger body.
    headers_ = curl_slist_append(headers_, "Expect:");
    bool hasType = false;
    for (const auto& [name, value] : request_.headers) {
        hasType = hasType || lower(name) == "content-type";
        headers_ = curl_slist_append(headers_, (name + (value.empty() ? ";" : ": " + value)).c_str());
    }
    if (!hasType) headers_ = curl_slist_append(headers_, "Content-Type:");
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
}

size_t HttpCall::onHeader(char* data, size_t size, size_t count, void* self)
{
    auto& call = *static_cast<HttpCall*>(self);
    const std::string line(data, size * count);
    call.headerBytes_ += line.size();
    if (call.headerBytes_ > mostHeaderBytes) {
        call.isTooLarge_ = true;
        return 0;
    }
    if (line.rfind("HTTP/", 0) == 0) {
        // A new status line: what an interim reply (100, 103) said does not count.
        call.reply_.headers.clear();
        call.isHeaderEnded_ = false;
    } else if (line == "\r\n" || line == "\n") {
        call.isHeaderEnded_ = true;
    } else if (const auto colon = line.find(':'); colon != std::string::npos) {
        call.reply_.headers.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
    }
    return line.size();
}

size_t HttpCall::onBody(char* data, size_t size, size_t count, void* self)
{
    auto& call = *static_cast<HttpCall*>(self);
    const std::size_t length = size * count;
    if (call.request_.streams && call.tellPiece(std::string(data, length))) return call.isTooLarge_ ? 0 : length;
    if (call.reply_.body.size() + length > call.request_.mostBytes) {
        call.isTooLarge_ = true;
        return 0;
    }
    call.reply_.body.append(data, length);
    return length;
}

/// An event stream is told later, from the loop: whoever hears it may end this call. False: it is none.
bool HttpCall::tellPiece(const std::string& piece)
{
    if (!isStream_) {
        const auto& headers = reply_.headers;
        isStream_ = std::any_of(headers.begin(), headers.end(), [](const auto& header) {
            return header.first == "content-type" && lower(header.second).starts_with("text/event-stream");
        });
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        isStream_ = isStream_ && status == 200;
        if (!isStream_) return false;
        Reply begun = reply_;
        begun.status = static_cast<int>(status);
        QMetaObject::invokeMethod(this, [this, begun] { Q_EMIT began(begun); }, Qt::QueuedConnection);
    }
    streamed_ += piece.size();
    isTooLarge_ = streamed_ > request_.mostBytes;
    if (!isTooLarge_) QMetaObject::invokeMethod(this, [this, piece] { Q_EMIT came(piece); }, Qt::QueuedConnection);
    return true;
}

int HttpCall::onDebug(CURL*, curl_infotype type, char*, size_t, void* self)
{
    if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) static_cast<HttpCall*>(self)->isSent_ = true;
    return 0;
}

int HttpCall::onRequest(void* self, char*, char*, int, int)
{
    static_cast<HttpCall*>(self)->isConnected_ = true;
    return CURL_PREREQFUNC_OK;
}

curl_socket_t HttpCall::onOpen(void* self, curlsocktype, curl_sockaddr* address)
{
    auto& call = *static_cast<HttpCall*>(self);
    // One private address forbids the host: the others are not tried after it.
    if (call.isForbidden_ || (!call.request_.allowPrivate && isPrivateAddress(&address->addr))) {
        call.isForbidden_ = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Whether the reply says itself that it is whole. curl takes a reply that is cut inside its headers for one.
bool HttpCall::isComplete() const { return reply_.status > 0 && isHeaderEnded_; }

/// Inside TLS curl tells of bytes later than they leave, so there the request's begin counts as sent.
bool HttpCall::mayHaveLeft() const { return isSent_ || (isConnected_ && lower(request_.url).starts_with("https:")); }

Code HttpCall::connectCode(CURLcode result) const
{
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST: return "T101";
    case CURLE_OPERATION_TIMEDOUT: {
        curl_off_t resolved = 0;
        curl_easy_getinfo(handle_, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
        return resolved > 0 ? "T104" : "T102";
    }
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR: return "T105";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return "T106";
    case CURLE_COULDNT_CONNECT: {
        long problem = 0;
        curl_easy_getinfo(handle_, CURLINFO_OS_ERRNO, &problem);
        return problem == ETIMEDOUT || problem == EHOSTUNREACH ? "T104" : "T103";
    }
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return "U102";
    default: return "T107";
    }
}

Code HttpCall::codeOf(CURLcode result) const
{
    if (isForbidden_ && !mayHaveLeft()) return "U107";
    if (isTooLarge_) return "T111";
    if (!mayHaveLeft()) return result == CURLE_OK ? Code("T107") : connectCode(result);
    if (result == CURLE_OK) return isComplete() ? Code() : Code("T110");
    if (result == CURLE_OPERATION_TIMEDOUT) return "T109";
    const bool hasBegun = reply_.status > 0 || headerBytes_ > 0;
    return hasBegun ? "T110" : "T108";
}

void HttpCall::finish(CURLcode result)
{
    long status = 0;
    curl_off_t took = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_TOTAL_TIME_T, &took);
    reply_.status = static_cast<int>(status);
    reply_.tookMs += static_cast<Millis>(took / 1000);
    reply_.code = codeOf(result);
    // A list of several to choose from (300) leads nowhere by itself: it is a reply.
    const bool isRedirect = reply_.code.empty() && status > 300 && status < 400 && status != 304;
    // Neither a result nor a refusal: a stray interim reply, or news of a copy that nobody asked about.
    const bool isNoReply = reply_.code.empty() && (status < 200 || status == 304);
    if (isRedirect && followRedirect()) return;
    if (isRedirect || isNoReply) reply_.code = "T112";
    reply_.phase = !mayHaveLeft() ? SendPhase::NotSent : (reply_.code.empty() ? SendPhase::Answered : SendPhase::MaybeSent);
    const std::string detail = curl_easy_strerror(result);
    if (reply_.code == "U107") reply_.note = "This host is a private or loopback address, and the definition does not allow that.";
    else if (reply_.code == "T111") reply_.note = "The reply is larger than " + std::to_string(request_.mostBytes) + " bytes.";
    else if (isNoReply) reply_.note = "The server answered " + std::to_string(status) + ", which is neither a result nor a refusal.";
    else if (reply_.code == "T112") reply_.note = "The server sent the request elsewhere (" + std::to_string(status) + "); that is not followed.";
    else if (!reply_.code.empty()) reply_.note = noteOf(reply_.code, result == CURLE_OK ? std::string() : detail);
    if (reply_.code == "T101") tellWhyUnresolved();
    else tell(reply_);
}

/// Gone for good or only for now: the resolver says, or is taken to be down when it says nothing soon.
void HttpCall::tellWhyUnresolved()
{
    const auto say = [this](bool isTemporary) {
        if (std::exchange(isTold_, true)) return;
        if (isTemporary) reply_.code = "T102";
        reply_.note = noteOf(reply_.code, curl_easy_strerror(CURLE_COULDNT_RESOLVE_HOST));
        Q_EMIT finished(reply_);
    };
    askWhyUnresolved(request_.url, options_.lookup, this, say);
    QTimer::singleShot(lookupPatience, this, [say] { say(true); });
}

/// A read may be led on within the same origin; a write never.
bool HttpCall::followRedirect()
{
    char* target = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_REDIRECT_URL, &target);
    if (request_.isWrite || !target || redirects_ >= mostRedirects || originOf(target) != originOf(request_.url)) return false;
    ++redirects_;
    request_.url = target;
    const auto left = request_.limit - reply_.tookMs;
    if (left <= 0) return false;
    reply_.headers.clear();
    reply_.body.clear();
    headerBytes_ = 0;
    isConnected_ = isSent_ = isHeaderEnded_ = false;
    curl_easy_setopt(handle_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(left));
    loop_.add(handle_, [this](CURLcode result) { finish(result); });
    return true;
}

void HttpCall::tell(const Reply& reply)
{
    QMetaObject::invokeMethod(this, [this, reply] { Q_EMIT finished(reply); }, Qt::QueuedConnection);
}

}  // namespace handrail::wire
