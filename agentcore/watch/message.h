#pragma once

#include <string>
#include <vector>

#include "agentcore/watch/notice.h"

/// What a notice looks like where it goes. Plain text in every shape: nothing in it is markup, nothing
/// mentions anybody, and nothing that can be clicked decides anything.
namespace handrail::watch {

/// The whole text: title, details, and how to open it.
std::string noticeText(const Notice& notice);

/// The body of a webhook; styles: plain, slack, teams.
Json webhookBody(const std::string& style, const Notice& notice);

/// A complete mail (RFC 5322), text/plain in UTF-8. `id` makes its Message-ID.
std::string mailText(const Notice& notice, const std::string& from, const std::vector<std::string>& to, const std::string& id);

}  // namespace handrail::watch
