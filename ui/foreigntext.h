#pragma once

#include <string>

#include <QString>

/// The one safe way to show text that tools, models or users wrote. Control, direction-changing and
/// zero-width characters become visible tags (⟨U+202E⟩), broken UTF-8 is replaced, a line is cut at 4 KiB
/// and a value at 64 KiB (an ellipsis says so). The result is plain text: give it to widgets whose
/// format is Qt::PlainText only.
namespace handrail::ui {

/// Keeps line breaks.
QString foreign(const std::string& text);
/// One line: breaks become visible tags.
QString foreignLine(const std::string& text);
/// For tool tips, which Qt would read as rich text: escaped, with breaks kept.
QString foreignToolTip(const std::string& text);
/// True when letters of several scripts stand in one word: a look-alike name may hide there.
bool hasMixedScripts(const std::string& text);

}  // namespace handrail::ui
