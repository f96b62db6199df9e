#include "agentcore/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace handrail {
namespace {

/// Parts of a member's name that say that its value is a credential.
constexpr std::array<std::string_view, 15> secretWords{"password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey",
                                                       "accesskey", "authorization", "credential", "cookie", "sessionid", "cvv", "cvc", "iban"};
/// How tokens of well-known services begin.
constexpr std::array<std::string_view, 9> tokenStarts{"sk-", "sk_live_", "rk_live_", "ghp_", "gho_", "github_pat_", "xoxb-", "xoxp-", "AKIA"};
constexpr std::size_t leastToken = 12;

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool isTokenChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

bool startsAt(std::string_view text, std::size_t at, std::string_view word)
{
    if (text.size() - at < word.size()) return false;
    return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t tokenEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isTokenChar(text[at])) ++at;
    return at;
}

bool isSecretName(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c))) plain += lower(c);
    }
    // How much a call cost in tokens is no secret.
    if (plain.ends_with("tokens") || plain.starts_with("tokens")) return false;
    return std::any_of(secretWords.begin(), secretWords.end(), [&](auto word) { return plain.find(word) != std::string::npos; });
}

/// "user:password@" right after "://".
std::size_t userInfoEnd(std::string_view text, std::size_t at)
{
    const auto end = std::min(text.find_first_of("/?# \t\r\n\"'<>", at), text.size());
    const auto sign = text.substr(at, end - at).rfind('@');
    return sign == std::string_view::npos ? at : at + sign;
}

/// The value after "password=" or "token: ", when there is one right after that name.
std::size_t namedValueEnd(std::string_view text, std::size_t nameStart, std::size_t nameEnd, std::size_t& valueStart)
{
    if (nameEnd >= text.size() || !isSecretName(text.substr(nameStart, nameEnd - nameStart))) return 0;
    valueStart = nameEnd;
    while (valueStart < text.size() && (text[valueStart] == '"' || text[valueStart] == ' ')) ++valueStart;
    if (valueStart >= text.size() || (text[valueStart] != '=' && text[valueStart] != ':')) return 0;
    ++valueStart;
    while (valueStart < text.size() && (text[valueStart] == '"' || text[valueStart] == ' ' || text[valueStart] == '\'')) ++valueStart;
    const auto end = std::min(text.find_first_of(" \t\r\n\"'&,;", valueStart), text.size());
    return end > valueStart ? end : 0;
}

class Redactor {
public:
    explicit Redactor(const std::string& text) : text_(text) {}

    std::string run()
    {
        while (at_ < text_.size()) {
            if (takesMark() || takesAddress() || takesScheme() || takesKnownToken() || takesNamedValue()) continue;
            out_ += text_[at_++];
        }
        return out_;
    }

private:
    bool isWordStart() const { return at_ == 0 || !std::isalnum(static_cast<unsigned char>(text_[at_ - 1])); }

    void take(std::size_t keep, std::size_t end)
    {
        out_.append(text_, at_, keep - at_);
        // What was taken out already is not taken out again.
        if (startsAt(text_, keep, "[secret:") || startsAt(text_, keep, redactedMark)) out_.append(text_, keep, end - keep);
        else out_ += redactedMark;
        at_ = end;
    }

    /// "[secret:NAME]" stands where a secret was taken out already; its name is no secret.
    bool takesMark()
    {
        static constexpr std::string_view start = "[secret:";
        if (!startsAt(text_, at_, start)) return false;
        const auto end = text_.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:./-", at_ + start.size());
        if (end == std::string::npos || text_[end] != ']') return false;
        out_.append(text_, at_, end + 1 - at_);
        at_ = end + 1;
        return true;
    }

    bool takesAddress()
    {
        if (!startsAt(text_, at_, "://")) return false;
        const auto end = userInfoEnd(text_, at_ + 3);
        if (end == at_ + 3) return false;
        take(at_ + 3, end);
        return true;
    }

    bool takesScheme()
    {
        if (!isWordStart()) return false;
        for (const std::string_view scheme : {"bearer ", "basic "}) {
            if (!startsAt(text_, at_, scheme)) continue;
            const auto start = at_ + scheme.size();
            const auto end = tokenEnd(text_, start);
            if (end - start < leastToken) continue;
            take(start, end);
            return true;
        }
        return false;
    }

    bool takesKnownToken()
    {
        if (!isWordStart()) return false;
        for (const auto start : tokenStarts) {
            if (std::string_view(text_).substr(at_, start.size()) != start) continue;
            const auto end = tokenEnd(text_, at_);
            if (end - at_ < leastToken) continue;
            take(at_, end);
            return true;
        }
        return false;
    }

    bool takesNamedValue()
    {
        if (!isWordStart() || !std::isalpha(static_cast<unsigned char>(text_[at_]))) return false;
        auto nameEnd = at_;
        while (nameEnd < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[nameEnd])) || text_[nameEnd] == '_' || text_[nameEnd] == '-')) ++nameEnd;
        std::size_t valueStart = 0;
        const auto end = namedValueEnd(text_, at_, nameEnd, valueStart);
        if (end > 0 && (startsAt(text_, valueStart, "bearer ") || startsAt(text_, valueStart, "basic "))) {
            // The scheme may stand; its token is taken next.
            out_.append(text_, at_, valueStart - at_);
            at_ = valueStart;
            return true;
        }
        if (end > 0) {
            take(valueStart, end);
            return true;
        }
        out_.append(text_, at_, nameEnd - at_);
        at_ = nameEnd;
        return true;
    }

    const std::string& text_;
    std::string out_;
    std::size_t at_ = 0;
};

}  // namespace

std::string withoutCredentials(const std::string& text) { return Redactor(text).run(); }

Json withoutCredentials(const Json& value)
{
    if (value.is_string()) return withoutCredentials(value.get<std::string>());
    if (value.is_array()) {
        Json copy = Json::array();
        for (const auto& item : value) copy.push_back(withoutCredentials(item));
        return copy;
    }
    if (!value.is_object()) return value;
    Json copy = Json::object();
    for (const auto& [name, item] : value.items()) {
        const bool isSecret = isSecretName(name) && (item.is_string() || item.is_number());
        copy[withoutCredentials(name)] = isSecret ? Json(redactedMark) : withoutCredentials(item);
    }
    return copy;
}

}  // namespace handrail
