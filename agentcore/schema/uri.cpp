#include "agentcore/schema/uri.h"

#include <cctype>
#include <optional>

namespace handrail::schema {
namespace {

struct Parts {
    std::optional<std::string_view> scheme, authority, query, fragment;
    std::string_view path;
};

/// Cuts off what stands behind a mark, and hands it back.
std::optional<std::string_view> cutBehind(std::string_view& text, char mark)
{
    const auto at = text.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const auto rest = text.substr(at + 1);
    text = text.substr(0, at);
    return rest;
}

Parts partsOf(std::string_view text)
{
    Parts parts;
    parts.fragment = cutBehind(text, '#');
    parts.query = cutBehind(text, '?');
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && colon > 0 && text.find('/') > colon) {
        parts.scheme = text.substr(0, colon);
        text = text.substr(colon + 1);
    }
    if (text.starts_with("//")) {
        const auto end = text.find('/', 2);
        parts.authority = text.substr(2, end == std::string_view::npos ? end : end - 2);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    parts.path = text;
    return parts;
}

/// "/a/b/../c/./d" -> "/a/c/d"
std::string withoutDots(std::string_view path)
{
    std::string clean;
    while (!path.empty()) {
        const auto end = path.find('/', 1);
        const auto segment = path.substr(0, end);
        const bool isLast = end == std::string_view::npos;
        if (segment == "/." || segment == ".") {
            if (isLast) clean += '/';
        } else if (segment == "/.." || segment == "..") {
            clean.erase(clean.find_last_of('/') == std::string::npos ? 0 : clean.find_last_of('/'));
            if (isLast) clean += '/';
        } else {
            clean += segment;
        }
        path = isLast ? std::string_view() : path.substr(end);
    }
    return clean;
}

std::string merged(const Parts& base, std::string_view path)
{
    if (path.starts_with('/')) return withoutDots(path);
    if (base.authority && base.path.empty()) return withoutDots("/" + std::string(path));
    const auto slash = base.path.find_last_of('/');
    const auto folder = slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1);
    return withoutDots(std::string(folder) + std::string(path));
}

std::string joined(const Parts& parts, const std::string& path)
{
    std::string text;
    if (parts.scheme) text += std::string(*parts.scheme) + ":";
    if (parts.authority) text += "//" + std::string(*parts.authority);
    text += path;
    if (parts.query) text += "?" + std::string(*parts.query);
    if (parts.fragment) text += "#" + std::string(*parts.fragment);
    return text;
}

std::string decoded(std::string_view text)
{
    const auto isHex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && isHex(text[i + 1]) && isHex(text[i + 2])) {
            plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

}  // namespace

std::string resolveUri(std::string_view base, std::string_view reference)
{
    const Parts from = partsOf(base);
    Parts to = partsOf(reference);
    if (to.scheme) return joined(to, to.authority ? withoutDots(to.path) : std::string(to.path));
    to.scheme = from.scheme;
    if (to.authority) return joined(to, withoutDots(to.path));
    to.authority = from.authority;
    if (!to.path.empty()) return joined(to, merged(from, to.path));
    if (!to.query) to.query = from.query;
    return joined(to, std::string(from.path));
}

SplitUri splitUri(std::string_view uri)
{
    const auto fragment = cutBehind(uri, '#');
    return {std::string(uri), fragment ? decoded(*fragment) : std::string()};
}

}  // namespace handrail::schema
