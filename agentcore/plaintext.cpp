#include "agentcore/plaintext.h"

#include <cstdint>
#include <cstdio>
#include <utility>

namespace handrail {
namespace {

bool isWithin(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

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

/// Marks that go with any letter, as far up as one likes; those of single scripts stay as they are.
bool isStackable(char32_t c)
{
    return isWithin(c, 0x300, 0x36F) || isWithin(c, 0x483, 0x489) || isWithin(c, 0x1AB0, 0x1AFF) || isWithin(c, 0x1DC0, 0x1DFF) ||
           isWithin(c, 0x20D0, 0x20FF) || isWithin(c, 0xFE20, 0xFE2F);
}

}  // namespace

bool isHidden(char32_t c)
{
    // In order. Unicode's default-ignorable characters, the controls, the separators of lines, and a braille cell without dots.
    static constexpr std::pair<char32_t, char32_t> ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
        {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
    for (const auto& [first, last] : ranges) {
        if (c <= last) return c >= first;
    }
    return false;
}

std::string tagOf(char32_t c)
{
    char tag[24];
    std::snprintf(tag, sizeof tag, "⟨U+%04X⟩", static_cast<unsigned>(c));
    return tag;
}

std::string visibleText(const std::string& text, std::size_t most, bool keepsLines)
{
    constexpr int mostMarks = 4;
    std::string shown;
    int marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = 0;
        const std::size_t length = lengthAt(text, at, c);
        marks = length > 0 && isStackable(c) ? marks + 1 : 0;
        std::string next;
        if (length == 0) next = "\xEF\xBF\xBD";
        else if (keepsLines && c == U'\n') next = "\n";
        else next = isHidden(c) || marks > mostMarks ? tagOf(c) : text.substr(at, length);
        if (shown.size() + next.size() > most) return shown + "…";
        shown += next;
        at += length == 0 ? 1 : length;
    }
    return shown;
}

}  // namespace handrail
