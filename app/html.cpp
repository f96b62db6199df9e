#include "app/html.h"

#include "agentcore/plaintext.h"

namespace handrail::app {

std::string htmlText(const std::string& text, std::size_t most)
{
    std::string safe;
    for (const char c : visibleText(text, most)) {
        switch (c) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        case '\'': safe += "&#39;"; break;
        default: safe += c;
        }
    }
    return safe;
}

}  // namespace handrail::app
