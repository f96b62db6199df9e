#include "agentcore/plaintext.h"

#include <cstdint>
#include <cstdio>

namespace handrail {
namespace {

bool isWithin(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Characters that change how others are read, or that nobody sees.
bool isHidden(char32_t c)
{
    const bool isControl = c < 0x20 || isWithin(c, 0x7F, 0x9F);
    const bool isDirection = isWithin(c, 0x200E, 0x200F) || isWithin(c, 0x202A, 0x202E) || isWithin(c, 0x2066, 0x2069) || c == 0x061C;
    const bool isInvisible = isWithin(c, 0x200B, 0x200D) || isWithin(c, 0x2060, 0x2065) || isWithin(c, 0x2028, 0x2029) || c == 0xFEFF ||
                             c == 0x00AD || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0x180E ||
                             isWithin(c, 0xFE00, 0xFE0F) || isWithin(c, 0xE0000, 0xE01EF);
    return isControl || isDirection || isInvisible;
}

/// How many bytes the character at `at` has; 0 where it is no UTF-8.
std::size_t lengthAt(const std::string& text, std::size_t at, char32_t& c)
{
    const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    const auto first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 0;
    if (length == 0) return 0;
    c = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u) return 0;
        c = (c << 6) | (byte(i) & 0x3Fu);
    }
    static constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isValid = c >= least[length] && c <= 0x10FFFF && !isWithin(c, 0xD800, 0xDFFF);
    return isValid ? length : 0;
}

std::string tagOf(char32_t c)
{
    char tag[16];
    std::snprintf(tag, sizeof tag, "<U+%04X>", static_cast<unsigned>(c));
    return tag;
}

}  // namespace

std::string visibleText(const std::string& text, std::size_t most, bool keepsLines)
{
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = 0;
        const std::size_t length = lengthAt(text, at, c);
        std::string next;
        if (length == 0) next = "\xEF\xBF\xBD";
        else if (keepsLines && c == U'\n') next = "\n";
        else next = isHidden(c) ? tagOf(c) : text.substr(at, length);
        if (shown.size() + next.size() > most) return shown + "…";
        shown += next;
        at += length == 0 ? 1 : length;
    }
    return shown;
}

}  // namespace handrail
