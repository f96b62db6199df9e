#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "agentcore/failure.h"

namespace handrail::schema {

/// A regular expression as JSON Schema writes them (ECMA style, searched, UTF-8), with bounded time
/// and memory for foreign patterns upon foreign text. Thread-safe.
class Pattern {
public:
    enum class Result { Matches, Differs, TooCostly };

    /// U102 when the text is no regular expression or is longer than 4 KiB.
    static Outcome<Pattern> compile(const std::string& text);

    /// Most steps that a search in a text of this size may take before it is given up.
    static std::uint32_t allowance(std::size_t size);
    Result search(const std::string& text) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
    std::shared_ptr<const void> code_;
};

}  // namespace handrail::schema
