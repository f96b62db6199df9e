#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Changes to a written definition that leave every other byte as its author wrote it. Pure.
namespace handrail::definition {

/// Where a value of a valid JSON text stands, in bytes: its key begins (the value itself for elements), the value
/// begins, and where it ends.
struct Span {
    std::size_t key = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};
/// By JSON Pointer; "" is the document. `text` must be valid JSON.
std::map<std::string, Span> spansOf(std::string_view text);

/// `length` bytes at `at` become `text`.
struct TextEdit {
    std::size_t at = 0;
    std::size_t length = 0;
    std::string text;
};
/// The edits must not overlap; those at one place are made in their order.
std::string applied(std::string_view text, std::vector<TextEdit> edits);

/// A unified diff with three lines around each change; empty when both are the same. Only lines that edits touch
/// are in it, however large the text.
std::string unifiedDiff(std::string_view text, std::vector<TextEdit> edits, const std::string& file);

}  // namespace handrail::definition
