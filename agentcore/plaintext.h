#pragma once

#include <cstddef>
#include <string>

namespace handrail {

/// A character that changes how others are read, or that nobody sees: controls, directions, fillers, invisible letters.
bool isHidden(char32_t c);
/// What stands in its place: "⟨U+202E⟩".
std::string tagOf(char32_t c);

/// Foreign text made harmless for a terminal, a mail or a chat: characters that change how others are read,
/// or that nobody sees, become tags like ⟨U+202E⟩; broken UTF-8 becomes U+FFFD. Line ends are tags, too,
/// unless `keepsLines`, and so is what would be the fifth mark on one letter. Cut after `most` bytes, at a whole character, with "…" behind it.
std::string visibleText(const std::string& text, std::size_t most = 4096, bool keepsLines = false);

}  // namespace handrail
