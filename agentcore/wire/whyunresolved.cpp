#include "agentcore/wire/whyunresolved.h"

#include <memory>

#include <QThread>
#include <netdb.h>

namespace handrail::wire {
namespace {

std::string hostOf(const std::string& url)
{
    const auto begin = url.find("://") == std::string::npos ? 0 : url.find("://") + 3;
    const std::string authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    const auto user = authority.rfind('@');
    const std::string host = user == std::string::npos ? authority : authority.substr(user + 1);
    return host.substr(0, host.find(':'));
}

}  // namespace

NameLookup systemLookup()
{
    return [](const std::string& host) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        const int result = getaddrinfo(host.c_str(), nullptr, &hints, &found);
        if (found) freeaddrinfo(found);
        return result;
    };
}

void askWhyUnresolved(const std::string& url, const NameLookup& lookup, QObject* context, std::function<void(bool isTemporary)> told)
{
    auto result = std::make_shared<int>(EAI_AGAIN);
    // A thread of its own, without a parent: a resolver may hang longer than the call lives.
    QThread* thread = QThread::create([host = hostOf(url), lookup, result] { *result = lookup(host); });
    QObject::connect(thread, &QThread::finished, context, [result, told] {
        // A name that is there after all was missing for a moment only.
        told(*result == EAI_AGAIN || *result == EAI_SYSTEM || *result == EAI_MEMORY || *result == 0);
    });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

}  // namespace handrail::wire
