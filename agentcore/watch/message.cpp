#include "agentcore/watch/message.h"

#include <ctime>

#include "agentcore/plaintext.h"
#include "agentcore/redact.h"

namespace handrail::watch {
namespace {

constexpr std::size_t longestTitle = 300;
constexpr std::size_t longestText = 2'500;  ///< Slack takes 3,000 characters a block

std::string safe(const std::string& text, std::size_t most, bool keepsLines = false)
{
    return visibleText(withoutCredentials(text), most, keepsLines);
}

std::string titleOf(const Notice& notice)
{
    return safe(notice.title, longestTitle) + (notice.times > 1 ? " (" + std::to_string(notice.times) + " times)" : "");
}

/// How to open it, for whoever has the store at hand.
std::string openLine(const Notice& notice)
{
    if (!notice.handoff.empty()) return "Open it in the console, or with: handrail show " + safe(notice.handoff, 100);
    if (!notice.run.empty()) return "Look at the run with: handrail show " + safe(notice.run, 100);
    return {};
}

std::string detailsOf(const Notice& notice)
{
    std::string text = safe(notice.text, longestText, true);
    const std::string open = openLine(notice);
    if (!open.empty()) text += (text.empty() ? "" : "\n") + open;
    return text;
}

/// Slack reads these three as the beginning of its own markup.
std::string slackEscaped(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        if (c == '&') safe += "&amp;";
        else if (c == '<') safe += "&lt;";
        else if (c == '>') safe += "&gt;";
        else safe += c;
    }
    return safe;
}

Json slackBody(const Notice& notice)
{
    const std::string text = titleOf(notice) + "\n" + detailsOf(notice);
    const Json block = {{"type", "section"}, {"text", {{"type", "plain_text"}, {"text", text}, {"emoji", false}}}};
    // The short form is what a phone's lock screen shows.
    return {{"text", slackEscaped(titleOf(notice))}, {"mrkdwn", false}, {"link_names", false}, {"unfurl_links", false},
            {"blocks", Json::array({block})}};
}

/// Runs of text, because a text block would read Markdown.
Json teamsBody(const Notice& notice)
{
    const auto run = [](const std::string& text, bool isBold) {
        return Json{{"type", "RichTextBlock"},
                    {"inlines", Json::array({{{"type", "TextRun"}, {"text", text}, {"weight", isBold ? "Bolder" : "Default"}}})}};
    };
    Json body = Json::array({run(titleOf(notice), true)});
    const std::string details = detailsOf(notice);
    if (!details.empty()) body.push_back(run(details, false));
    const Json card = {{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"}, {"type", "AdaptiveCard"},
                       {"version", "1.4"}, {"body", body}};
    return {{"type", "message"},
            {"attachments", Json::array({{{"contentType", "application/vnd.microsoft.card.adaptive"}, {"contentUrl", nullptr}, {"content", card}}})}};
}

std::string base64(const std::string& bytes)
{
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k) group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : digits[(group >> (18 - 6 * k)) & 63u];
    }
    return text;
}

/// Encoded words of at most 75 characters (RFC 2047), parted at whole characters.
std::string headerText(const std::string& text)
{
    constexpr std::size_t most = 42;
    std::string header;
    std::string part;
    const auto close = [&] {
        header += (header.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") + base64(part) + "?=";
        part.clear();
    };
    for (const char c : text) {
        const bool isStart = (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
        if (isStart && part.size() + 4 > most) close();
        part += c;
    }
    if (!part.empty() || header.empty()) close();
    return header;
}

std::string mailDate(Millis instant)
{
    const std::time_t seconds = instant / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[48];
    return std::string(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts));
}

std::string wrapped(const std::string& text)
{
    constexpr std::size_t width = 76;
    std::string lines;
    for (std::size_t i = 0; i < text.size(); i += width) lines += text.substr(i, width) + "\r\n";
    return lines;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

}  // namespace

std::string noticeText(const Notice& notice)
{
    const std::string details = detailsOf(notice);
    return titleOf(notice) + (details.empty() ? "" : "\n" + details);
}

Json webhookBody(const std::string& style, const Notice& notice)
{
    if (style == "slack") return slackBody(notice);
    if (style == "teams") return teamsBody(notice);
    return {{"about", word(notice.about)}, {"title", titleOf(notice)}, {"text", detailsOf(notice)},
            {"handoff", notice.handoff.empty() ? Json() : Json(safe(notice.handoff, 100))},
            {"run", notice.run.empty() ? Json() : Json(safe(notice.run, 100))},
            {"agent", safe(notice.agent, 100)}, {"critical", notice.isCritical}, {"times", notice.times}, {"time", rfc3339(notice.at)}};
}

std::string mailText(const Notice& notice, const std::string& from, const std::vector<std::string>& to, const std::string& id)
{
    const auto at = from.rfind('@');
    const std::string host = at == std::string::npos ? "localhost" : from.substr(at + 1);
    const std::string subject = "Handrail: " + titleOf(notice);
    return "Date: " + mailDate(notice.at) + "\r\nFrom: Handrail <" + from + ">\r\nTo: " + joined(to) + "\r\nSubject: " + headerText(subject) +
           "\r\nMessage-ID: <" + id + "@" + host + ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0" +
           "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped(base64(noticeText(notice) + "\n"));
}

}  // namespace handrail::watch
