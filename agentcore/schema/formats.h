#pragma once

#include <string_view>

namespace handrail::schema {

/// The formats that assert; every other one is a remark.
enum class Format { None, DateTime, Date, Email, Uri, Uuid };

Format formatNamed(std::string_view name);
bool hasFormat(Format format, std::string_view text);
/// "must be …", in words.
const char* formatWords(Format format);

}  // namespace handrail::schema
