#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agentcore/clock.h"

namespace handrail::wire {

/// One event of a text/event-stream.
struct SseEvent {
    std::string type = "message";
    std::string data;   ///< may be empty: such an event only gives an id or a wait
    std::string id;     ///< the stream's last one, also where this event names none
};

/// Reads an event stream as the HTML standard says, in pieces of any size: CR, LF and CRLF end a line,
/// a byte order mark and comments are skipped. Bounded: an event of more than `most` bytes stops it.
class SseReader {
public:
    explicit SseReader(std::size_t most = 4 << 20) : most_(most) {}

    /// Takes a piece in; `heard` gets each event that became complete. False: an event is too large.
    bool read(const std::string& piece, const std::function<void(const SseEvent&)>& heard);

    const std::string& lastId() const { return lastId_; }
    std::optional<Millis> retry() const { return retry_; }  ///< the wait that the server asks for

private:
    void line(const std::string& text, const std::function<void(const SseEvent&)>& heard);

    std::size_t most_;
    std::string unread_;
    std::string data_;
    std::string type_;
    std::string lastId_;
    std::optional<Millis> retry_;
    bool hasBegun_ = false;     ///< something of this event is here
    bool isAfterReturn_ = false;
    bool isFirst_ = true;
};

}  // namespace handrail::wire
