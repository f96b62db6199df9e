#include "app/demoshop/faults.h"

#include <charconv>
#include <filesystem>

#include <netinet/in.h>
#include <sys/socket.h>

namespace handrail::demoshop {

void Faults::add(Fault fault)
{
    const std::lock_guard lock(mutex_);
    faults_.push_back(std::move(fault));
}

void Faults::clear()
{
    const std::lock_guard lock(mutex_);
    faults_.clear();
}

Json Faults::list()
{
    const std::lock_guard lock(mutex_);
    Json list = Json::array();
    for (const auto& fault : faults_) {
        list.push_back({{"method", fault.method}, {"path", fault.path}, {"contains", fault.contains}, {"kind", fault.kind},
                        {"times", fault.times}, {"ms", fault.ms}, {"retry_after", fault.retryAfter}, {"after", fault.after}});
    }
    return list;
}

std::optional<Fault> Faults::take(const std::string& method, const std::string& path, const std::string& text)
{
    const std::lock_guard lock(mutex_);
    for (auto& fault : faults_) {
        const bool isMeant = (fault.method.empty() || fault.method == method) && path.rfind(fault.path, 0) == 0 &&
                             (fault.contains.empty() || text.find(fault.contains) != std::string::npos);
        if (!isMeant || fault.times == 0) continue;
        if (fault.after > 0) {
            --fault.after;
            continue;
        }
        if (fault.times > 0) --fault.times;
        return fault;
    }
    return std::nullopt;
}

int socketFrom(int remotePort)
{
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", problem)) {
        const std::string name = entry.path().filename().string();
        int descriptor = -1;
        std::from_chars(name.data(), name.data() + name.size(), descriptor);
        sockaddr_in peer{};
        socklen_t length = sizeof peer;
        if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &length) != 0 || peer.sin_family != AF_INET) continue;
        if (ntohs(peer.sin_port) == remotePort) return descriptor;
    }
    return -1;
}

}  // namespace handrail::demoshop
