#include "agentcore/schema/pattern.h"

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace handrail::schema {
namespace {

constexpr std::size_t longestPattern = 4096;
constexpr std::uint32_t leastMatchSteps = 5'000;
constexpr std::uint32_t matchStepsPerByte = 64;
constexpr std::size_t longestText = 1 << 24;
constexpr std::uint32_t deepestMatch = 20'000;
constexpr std::uint32_t mostHeapKib = 16'384;

struct CompileContext {
    pcre2_compile_context* raw = pcre2_compile_context_create(nullptr);
    CompileContext() { pcre2_set_compile_extra_options(raw, PCRE2_EXTRA_ALT_BSUX); }
    ~CompileContext() { pcre2_compile_context_free(raw); }
    CompileContext(const CompileContext&) = delete;
    CompileContext& operator=(const CompileContext&) = delete;
};

struct MatchContext {
    pcre2_match_context* raw = pcre2_match_context_create(nullptr);
    explicit MatchContext(std::uint32_t steps)
    {
        pcre2_set_match_limit(raw, steps);
        pcre2_set_depth_limit(raw, deepestMatch);
        pcre2_set_heap_limit(raw, mostHeapKib);
    }
    ~MatchContext() { pcre2_match_context_free(raw); }
    MatchContext(const MatchContext&) = delete;
    MatchContext& operator=(const MatchContext&) = delete;
};

std::string errorText(int error)
{
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(error, text, sizeof text);
    return reinterpret_cast<const char*>(text);
}

}  // namespace

Outcome<Pattern> Pattern::compile(const std::string& text)
{
    if (text.size() > longestPattern) return failure("U102", "This regular expression is longer than 4096 bytes.");
    static const CompileContext context;
    constexpr std::uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
                                      PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &error, &offset,
                                     context.raw);
    if (!code) {
        return failure("U102", "This is no regular expression: " + errorText(error) + " at character " +
                                   std::to_string(offset + 1) + ".");
    }
    Pattern pattern;
    pattern.text_ = text;
    pattern.code_ = std::shared_ptr<const void>(code, [](const void* held) {
        pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(held)));
    });
    return pattern;
}

std::uint32_t Pattern::allowance(std::size_t size)
{
    return leastMatchSteps + matchStepsPerByte * static_cast<std::uint32_t>(std::min(size, longestText));
}

Pattern::Result Pattern::search(const std::string& text) const
{
    const MatchContext context(allowance(text.size()));
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
        pcre2_match_data_create(1, nullptr), &pcre2_match_data_free);
    const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, data.get(),
                                  context.raw);
    if (found >= 0) return Result::Matches;
    return found == PCRE2_ERROR_NOMATCH ? Result::Differs : Result::TooCostly;
}

}  // namespace handrail::schema
