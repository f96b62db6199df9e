#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/demoshop/books.h"

namespace handrail::demoshop {

/// One way to fail on purpose, for so many requests (-1: always).
struct Fault {
    std::string method;
    std::string path;       ///< prefix
    std::string contains;   ///< text that the query or body must hold; empty: any
    std::string kind;       ///< lose_reply, hang, http_500, http_503, http_429, slow, cut
    int times = 1;
    int ms = 0;
    int retryAfter = -1;
    int after = 0;          ///< requests of its kind that go well before it begins
};

/// The faults in force. Safe from any thread.
class Faults {
public:
    void add(Fault fault);
    void clear();
    Json list();
    /// The fault for this request, its count taken down.
    std::optional<Fault> take(const std::string& method, const std::string& path, const std::string& text);

private:
    std::mutex mutex_;
    std::vector<Fault> faults_;
};

/// The socket of the connection that comes from this port; -1 when it is gone. The HTTP library hands
/// none out, and a reply can only be lost by closing it.
int socketFrom(int remotePort);

}  // namespace handrail::demoshop
