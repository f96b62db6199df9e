#include "agentcore/schema/formats.h"

#include <algorithm>
#include <array>
#include <optional>

namespace handrail::schema {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hexDigits = "0123456789abcdefABCDEF";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool isOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
bool allOf(std::string_view text, std::string_view set)
{
    return text.find_first_not_of(set) == std::string_view::npos;
}

/// Exactly `length` digits at the front of the text, cut off; nothing when they are not there.
std::optional<int> takeDigits(std::string_view& text, std::size_t length)
{
    if (text.size() < length || !allOf(text.substr(0, length), digits)) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, length)) number = number * 10 + (c - '0');
    text.remove_prefix(length);
    return number;
}

bool take(std::string_view& text, std::string_view oneOf)
{
    if (text.empty() || !isOf(text.front(), oneOf)) return false;
    text.remove_prefix(1);
    return true;
}

int daysIn(int year, int month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeap ? 1 : 0);
}

bool takeDate(std::string_view& text)
{
    const auto year = takeDigits(text, 4);
    if (!year || !take(text, "-")) return false;
    const auto month = takeDigits(text, 2);
    if (!month || *month < 1 || *month > 12 || !take(text, "-")) return false;
    const auto day = takeDigits(text, 2);
    return day && *day >= 1 && *day <= daysIn(*year, *month);
}

/// Minutes east of UTC; nothing when the offset is malformed.
std::optional<int> takeOffset(std::string_view& text)
{
    if (take(text, "zZ")) return 0;
    const bool west = text.starts_with('-');
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = takeDigits(text, 2);
    if (!hours || *hours > 23 || !take(text, ":")) return std::nullopt;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    return (*hours * 60 + *minutes) * (west ? -1 : 1);
}

bool isTime(std::string_view text)
{
    const auto hours = takeDigits(text, 2);
    if (!hours || *hours > 23 || !take(text, ":")) return false;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *minutes > 59 || !take(text, ":")) return false;
    const auto seconds = takeDigits(text, 2);
    if (!seconds || *seconds > 60) return false;
    if (take(text, ".")) {
        if (!take(text, digits)) return false;
        while (take(text, digits)) continue;
    }
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) return false;
    // A leap second is inserted at the end of a day in UTC, wherever the writer stands.
    const int utcMinute = ((*hours * 60 + *minutes - *offset) % 1440 + 1440) % 1440;
    return *seconds < 60 || utcMinute == 1439;
}

bool isDate(std::string_view text) { return takeDate(text) && text.empty(); }

bool isDateTime(std::string_view text) { return takeDate(text) && take(text, "tT") && isTime(text); }

bool isUuid(std::string_view text)
{
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? text[i] != '-' : !isOf(text[i], hexDigits)) return false;
    }
    return true;
}

/// Labels of letters, digits and inner dashes, joined by dots.
bool isHostName(std::string_view text)
{
    if (text.empty() || text.size() > 253) return false;
    while (true) {
        const auto dot = text.find('.');
        const auto label = text.substr(0, dot);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        for (const char c : label) {
            if (!isOf(c, letters) && !isOf(c, digits) && c != '-') return false;
        }
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool isIpv4(std::string_view text)
{
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && !take(text, ".")) return false;
        const auto end = std::min(text.find('.'), text.size());
        const auto number = text.substr(0, end);
        if (number.empty() || number.size() > 3 || (number.size() > 1 && number.front() == '0')) return false;
        if (takeDigits(text, number.size()).value_or(256) > 255) return false;
    }
    return text.empty();
}

/// Counts the 16-bit groups of one side of an IPv6 address; negative when one is malformed.
int ipv6Groups(std::string_view side, bool mayEndInIpv4)
{
    int groups = 0;
    while (!side.empty()) {
        const auto colon = side.find(':');
        const auto group = side.substr(0, colon);
        const bool isLast = colon == std::string_view::npos;
        if (isLast && mayEndInIpv4 && isIpv4(group)) return groups + 2;
        if (group.empty() || group.size() > 4 || !allOf(group, hexDigits)) return -100;
        ++groups;
        if (isLast) return groups;
        side.remove_prefix(colon + 1);
        if (side.empty()) return -100;
    }
    return groups;
}

bool isIpv6(std::string_view text)
{
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) return ipv6Groups(text, true) == 8;
    const int left = ipv6Groups(text.substr(0, gap), false);
    const int right = ipv6Groups(text.substr(gap + 2), true);
    return left >= 0 && right >= 0 && left + right < 8;
}

bool isLocalPart(std::string_view text)
{
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        return text.substr(1, text.size() - 2).find_first_of("\"\\\r\n") == std::string_view::npos;
    }
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    for (const char c : text) {
        if (!isOf(c, letters) && !isOf(c, digits) && !isOf(c, "!#$%&'*+-/=?^_`{|}~.")) return false;
    }
    return true;
}

bool isEmail(std::string_view text)
{
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at > 64 || !isLocalPart(text.substr(0, at))) return false;
    auto domain = text.substr(at + 1);
    if (!domain.starts_with('[') || !domain.ends_with(']')) return isHostName(domain);
    domain = domain.substr(1, domain.size() - 2);
    return domain.starts_with("IPv6:") ? isIpv6(domain.substr(5)) : isIpv4(domain);
}

/// Every character is allowed as it stands, or is a complete percent escape.
bool hasUriCharacters(std::string_view text, std::string_view special)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !allOf(text.substr(i + 1, 2), hexDigits)) return false;
        } else if (!isOf(text[i], letters) && !isOf(text[i], digits) && !isOf(text[i], special)) {
            return false;
        }
    }
    return true;
}

bool isAuthority(std::string_view text)
{
    const auto at = text.rfind('@');
    if (at != std::string_view::npos) {
        if (!hasUriCharacters(text.substr(0, at), "-._~!$&'()*+,;=:")) return false;
        text.remove_prefix(at + 1);
    }
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !isIpv6(text.substr(1, end - 1))) return false;
        text.remove_prefix(end + 1);
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        if (!hasUriCharacters(text.substr(0, colon), "-._~!$&'()*+,;=")) return false;
        text.remove_prefix(colon);
    }
    return text.empty() || (text.front() == ':' && allOf(text.substr(1), digits));
}

bool isUri(std::string_view text)
{
    constexpr std::string_view pathSpecial = "-._~!$&'()*+,;=:@/";
    constexpr std::string_view querySpecial = "-._~!$&'()*+,;=:@/?";
    const auto hash = std::min(text.find('#'), text.size());
    if (hash < text.size() && !hasUriCharacters(text.substr(hash + 1), querySpecial)) return false;
    text = text.substr(0, hash);
    const auto mark = std::min(text.find('?'), text.size());
    if (mark < text.size() && !hasUriCharacters(text.substr(mark + 1), querySpecial)) return false;
    text = text.substr(0, mark);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isOf(text.front(), letters)) return false;
    for (const char c : text.substr(0, colon)) {
        if (!isOf(c, letters) && !isOf(c, digits) && !isOf(c, "+-.")) return false;
    }
    text.remove_prefix(colon + 1);
    if (text.starts_with("//")) {
        const auto end = std::min(text.find('/', 2), text.size());
        if (!isAuthority(text.substr(2, end - 2))) return false;
        text.remove_prefix(end);
    }
    return hasUriCharacters(text, pathSpecial);
}

struct Entry {
    Format format;
    std::string_view name;
    bool (*holds)(std::string_view);
    const char* words;
};

constexpr Entry entries[] = {
    {Format::DateTime, "date-time", isDateTime, "must be a date with time, like 2026-03-01T09:30:00Z"},
    {Format::Date, "date", isDate, "must be a date, like 2026-03-01"},
    {Format::Email, "email", isEmail, "must be an e-mail address"},
    {Format::Uri, "uri", isUri, "must be a complete address, like https://example.com/path"},
    {Format::Uuid, "uuid", isUuid, "must be a UUID, like 123e4567-e89b-12d3-a456-426614174000"},
};

}  // namespace

Format formatNamed(std::string_view name)
{
    for (const auto& entry : entries) {
        if (entry.name == name) return entry.format;
    }
    return Format::None;
}

bool hasFormat(Format format, std::string_view text)
{
    for (const auto& entry : entries) {
        if (entry.format == format) return entry.holds(text);
    }
    return true;
}

const char* formatWords(Format format)
{
    for (const auto& entry : entries) {
        if (entry.format == format) return entry.words;
    }
    return "";
}

}  // namespace handrail::schema
