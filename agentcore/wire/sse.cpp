#include "agentcore/wire/sse.h"

#include <algorithm>
#include <utility>

namespace handrail::wire {
namespace {

constexpr std::size_t mostRetryDigits = 8;

}  // namespace

bool SseReader::read(const std::string& piece, const std::function<void(const SseEvent&)>& heard)
{
    for (const char c : piece) {
        // The LF of a CRLF that may have been cut in two.
        if (std::exchange(isAfterReturn_, c == '\r') && c == '\n') continue;
        if (c != '\r' && c != '\n') {
            unread_ += c;
            if (unread_.size() + data_.size() > most_) return false;
            continue;
        }
        std::string text = std::exchange(unread_, {});
        if (std::exchange(isFirst_, false) && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        line(text, heard);
    }
    return true;
}

void SseReader::line(const std::string& text, const std::function<void(const SseEvent&)>& heard)
{
    if (text.empty()) {
        if (hasBegun_) {
            if (!data_.empty()) data_.pop_back();  // the line end that each line of data adds
            heard({type_.empty() ? "message" : type_, data_, lastId_});
        }
        data_.clear();
        type_.clear();
        hasBegun_ = false;
        return;
    }
    if (text.front() == ':') return;
    const auto colon = std::min(text.find(':'), text.size());
    const std::string field = text.substr(0, colon);
    std::string value = colon < text.size() ? text.substr(colon + 1) : std::string();
    if (value.starts_with(' ')) value.erase(0, 1);
    hasBegun_ = true;
    if (field == "data") data_ += value + '\n';
    else if (field == "event") type_ = value;
    else if (field == "id" && value.find('\0') == std::string::npos) lastId_ = value;
    else if (field == "retry" && !value.empty() && value.size() <= mostRetryDigits && value.find_first_not_of("0123456789") == std::string::npos) {
        retry_ = std::stoll(value);
    }
}

}  // namespace handrail::wire
