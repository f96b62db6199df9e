#include "agentcore/definition/reference.h"

#include <string_view>
#include <variant>

namespace handrail {
namespace {

/// A template text in pieces: what stands as written, and what is read from elsewhere.
using Piece = std::variant<std::string, Reference>;
using Pieces = std::vector<Piece>;

constexpr std::string_view idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

bool isKnownRoot(const std::string& root) { return root == "input" || root == "params" || root == "result"; }

Failure malformed(const Reference& reference, const std::string& why)
{
    return failure("U102", "The reference " + reference.text + " " + why + ".", {},
                   "Write ${input.name}, ${step.result.name} or ${step.result#/json/pointer}.");
}

/// The words of "find.result.total", or nothing when one of them is empty.
std::vector<std::string> wordsOf(std::string_view dotted)
{
    std::vector<std::string> words;
    std::size_t start = 0;
    while (true) {
        const auto end = dotted.find('.', start);
        words.emplace_back(dotted.substr(start, end - start));
        if (words.back().empty()) return {};
        if (end == std::string_view::npos) return words;
        start = end + 1;
    }
}

/// Reads what stands between the braces.
Outcome<Reference> parseReference(std::string_view inner)
{
    Reference reference;
    reference.text = "${" + std::string(inner) + "}";
    const auto hash = inner.find('#');
    auto words = wordsOf(inner.substr(0, hash));
    if (words.empty()) return malformed(reference, "has an empty name in its path");
    reference.root = words.front();
    if (reference.root.find_first_not_of(idLetters) != std::string::npos) {
        return malformed(reference, "does not begin with a name");
    }
    std::size_t first = 1;
    if (!isKnownRoot(reference.root)) {
        if (words.size() < 2 || words[1] != "result") {
            return malformed(reference, "must say \"" + reference.root +
                                            ".result\": a step is read through its result");
        }
        first = 2;
    }
    for (std::size_t i = first; i < words.size(); ++i) reference.pointer += "/" + pointerSegment(words[i]);
    if (hash == std::string_view::npos) return reference;
    const auto pointer = inner.substr(hash + 1);
    if (!pointer.empty() && pointer.front() != '/') {
        return malformed(reference, "must have a JSON Pointer that begins with \"/\" behind its #");
    }
    reference.pointer += pointer;
    return reference;
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {}

    Outcome<Pieces> split()
    {
        while (at_ < text_.size()) {
            if (auto error = step()) return *error;
        }
        flush();
        return std::move(pieces_);
    }

private:
    bool startsWith(std::string_view what) const { return text_.substr(at_).starts_with(what); }

    std::optional<Failure> step()
    {
        if (startsWith("$${")) {
            literal_ += "${";
            at_ += 3;
        } else if (startsWith("${secret:") || !startsWith("${")) {
            literal_ += text_[at_++];
        } else {
            return reference();
        }
        return std::nullopt;
    }

    std::optional<Failure> reference()
    {
        const auto end = text_.find('}', at_);
        if (end == std::string_view::npos) {
            return failure("U102", "A \"${\" is never closed by a \"}\".", {},
                           "Close it, or write $${ for a plain ${.");
        }
        auto parsed = parseReference(text_.substr(at_ + 2, end - at_ - 2));
        if (!parsed) return parsed.failure();
        flush();
        pieces_.emplace_back(parsed.take());
        at_ = end + 1;
        return std::nullopt;
    }

    void flush()
    {
        if (!literal_.empty()) pieces_.emplace_back(std::move(literal_));
        literal_.clear();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string literal_;
    Pieces pieces_;
};

Failure placed(Failure failure, const std::string& where)
{
    failure.where = where;
    return failure;
}

std::optional<Failure> collect(const Json& pattern, const std::string& where, std::vector<Reference>& found)
{
    if (pattern.is_string()) {
        auto pieces = Splitter(pattern.get_ref<const std::string&>()).split();
        if (!pieces) return placed(pieces.failure(), where);
        for (auto& piece : *pieces) {
            if (auto* reference = std::get_if<Reference>(&piece)) found.push_back(std::move(*reference));
        }
        return std::nullopt;
    }
    if (!pattern.is_structured()) return std::nullopt;
    for (const auto& item : pattern.items()) {
        if (auto error = collect(item.value(), where + "/" + pointerSegment(item.key()), found)) return error;
    }
    return std::nullopt;
}

Outcome<Json> valueOf(const Reference& reference, const Roots& roots)
{
    const Json* root = roots(reference.root);
    const Json* value = root ? at(*root, reference.pointer) : nullptr;
    if (!value) return failure("U101", "The value of " + reference.text + " is missing.");
    return *value;
}

Outcome<std::string> written(const Reference& reference, const Json& value)
{
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number() || value.is_boolean()) return canonical(value);
    return failure("U102", "The value of " + reference.text + " is " +
                               (value.is_null() ? "null" : value.is_object() ? "an object" : "an array") +
                               " and cannot stand inside a text.");
}

Outcome<Json> fillText(const std::string& text, const Roots& roots)
{
    auto pieces = Splitter(text).split();
    if (!pieces) return pieces.failure();
    if (pieces->size() == 1 && std::holds_alternative<Reference>(pieces->front())) {
        return valueOf(std::get<Reference>(pieces->front()), roots);
    }
    std::string filled;
    for (const auto& piece : *pieces) {
        if (const auto* literal = std::get_if<std::string>(&piece)) {
            filled += *literal;
            continue;
        }
        const auto& reference = std::get<Reference>(piece);
        const auto value = valueOf(reference, roots);
        if (!value) return value.failure();
        const auto part = written(reference, *value);
        if (!part) return part.failure();
        filled += *part;
    }
    return Json(std::move(filled));
}

Outcome<Json> fillAt(const Json& pattern, const std::string& where, const Roots& roots)
{
    if (pattern.is_string()) {
        auto filled = fillText(pattern.get_ref<const std::string&>(), roots);
        if (!filled) return placed(filled.failure(), where);
        return filled;
    }
    if (!pattern.is_structured()) return pattern;
    Json copy = pattern;
    for (const auto& item : copy.items()) {
        auto filled = fillAt(item.value(), where + "/" + pointerSegment(item.key()), roots);
        if (!filled) return filled;
        item.value() = filled.take();
    }
    return copy;
}

}  // namespace

Outcome<std::vector<Reference>> references(const Json& pattern)
{
    std::vector<Reference> found;
    if (auto error = collect(pattern, {}, found)) return *error;
    return found;
}

Outcome<Json> fill(const Json& pattern, const Roots& roots) { return fillAt(pattern, {}, roots); }

}  // namespace handrail
