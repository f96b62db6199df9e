#pragma once

#include <string>

namespace handrail::app {

/// Text for HTML: hidden characters as tags, nothing that is markup, at most so many bytes of it.
std::string htmlText(const std::string& text, std::size_t most = 4096);

}  // namespace handrail::app
