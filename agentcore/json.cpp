#include "agentcore/json.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <openssl/evp.h>

namespace handrail {
namespace {

/// Walks the text and lets the reader know how far the parser has come: the library tells no places.
struct Cursor {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at = nullptr;
    const char** seen = nullptr;

    reference operator*() const { return *at; }
    Cursor& operator++()
    {
        ++at;
        if (seen) *seen = at;
        return *this;
    }
    bool operator==(const Cursor& other) const { return at == other.at; }
    bool operator!=(const Cursor& other) const { return at != other.at; }
};

Place placeOf(std::string_view text, std::size_t offset)
{
    Place place;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        if (text[i] == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

std::string placeText(Place place)
{
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

bool isExact(std::int64_t value) { return std::abs(static_cast<double>(value)) <= 9007199254740992.0; }

/// Builds the value and refuses what strict JSON must not have.
class Builder {
public:
    Builder(std::string_view text, JsonLimits limits, std::map<std::string, std::size_t>* offsets)
        : text_(text), limits_(limits), offsets_(offsets), seen_(text.data())
    {
    }

    const char** seen() { return &seen_; }
    Json take() { return std::move(root_); }
    const std::optional<Failure>& error() const { return error_; }

    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return isExact(value) ? put(value) : tooLarge(); }
    bool number_unsigned(std::uint64_t value)
    {
        return value <= 9007199254740992ULL ? put(static_cast<std::int64_t>(value)) : tooLarge();
    }
    bool number_float(double value, const std::string& raw)
    {
        if (raw.find_first_of(".eE") == std::string::npos) return tooLarge();
        return put(value);
    }
    bool string(std::string& value) { return put(std::move(value)); }
    bool binary(Json::binary_t&) { return fail("U102", "Binary data is not JSON."); }

    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(std::string& name)
    {
        const auto start = tokenStart();
        if (stack_.back()->contains(name)) {
            return failAt(start, "U102", "The member \"" + name + "\" stands twice in one object.");
        }
        key_ = name;
        keyOffset_ = start;
        tokenEnd_ = offset();
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem)
    {
        const bool huge = problem.id == 406;
        return failAt(position == 0 ? 0 : position - 1, "U102",
                      huge ? "A number is too large to be held." : "This is not valid JSON here.");
    }

private:
    std::size_t offset() const { return static_cast<std::size_t>(seen_ - text_.data()); }

    /// Where the token that was just read begins: after the last one, past spaces and punctuation.
    std::size_t tokenStart() const
    {
        const auto start = text_.find_first_not_of(" \t\r\n,:", tokenEnd_);
        return start == std::string_view::npos ? tokenEnd_ : start;
    }

    bool failAt(std::size_t where, Code code, std::string message)
    {
        error_ = failure(std::move(code), std::move(message), placeText(placeOf(text_, where)));
        return false;
    }
    bool fail(Code code, std::string message) { return failAt(tokenStart(), std::move(code), std::move(message)); }
    bool tooLarge() { return fail("U102", "This whole number is too large to be held exactly; write it as a string."); }

    Json* place(Json value)
    {
        if (stack_.empty()) {
            root_ = std::move(value);
            note(tokenStart());
            return &root_;
        }
        Json& parent = *stack_.back();
        if (parent.is_object()) {
            path_.push_back("/" + pointerSegment(key_));
            note(keyOffset_);
            return &(parent[key_] = std::move(value));
        }
        path_.push_back("/" + std::to_string(parent.size()));
        note(tokenStart());
        parent.push_back(std::move(value));
        return &parent.back();
    }

    void note(std::size_t where)
    {
        if (!offsets_) return;
        std::string pointer;
        for (const auto& segment : path_) pointer += segment;
        offsets_->emplace(std::move(pointer), where);
    }

    bool put(Json value)
    {
        const bool isRoot = stack_.empty();
        place(std::move(value));
        if (!isRoot) path_.pop_back();
        tokenEnd_ = offset();
        return true;
    }

    bool open(Json value)
    {
        if (static_cast<int>(stack_.size()) >= limits_.depth) {
            return fail("U109", "This is nested deeper than " + std::to_string(limits_.depth) + " levels.");
        }
        stack_.push_back(place(std::move(value)));
        tokenEnd_ = offset();
        return true;
    }

    bool close()
    {
        stack_.pop_back();
        if (!stack_.empty()) path_.pop_back();
        tokenEnd_ = offset();
        return true;
    }

    std::string_view text_;
    JsonLimits limits_;
    std::map<std::string, std::size_t>* offsets_;
    const char* seen_;
    Json root_;
    std::vector<Json*> stack_;
    std::vector<std::string> path_;
    std::string key_;
    std::size_t keyOffset_ = 0;
    std::size_t tokenEnd_ = 0;
    std::optional<Failure> error_;
};

Outcome<Json> parse(std::string_view text, JsonLimits limits, std::map<std::string, std::size_t>* offsets)
{
    if (text.size() > limits.bytes) {
        return failure("U109", "This text has " + std::to_string(text.size()) + " bytes; at most " +
                                   std::to_string(limits.bytes) + " are read.");
    }
    Builder builder(text, limits, offsets);
    const Cursor first{text.data(), builder.seen()};
    const Cursor last{text.data() + text.size(), nullptr};
    if (!Json::sax_parse(first, last, &builder)) {
        return builder.error().value_or(failure("U102", "This is not valid JSON."));
    }
    return builder.take();
}

bool isWholeFloat(const Json& value)
{
    if (!value.is_number_float()) return false;
    const double number = value.get<double>();
    return number == std::floor(number) && std::abs(number) <= 9007199254740992.0;
}

bool isNormal(const Json& value)
{
    if (!value.is_structured()) return !isWholeFloat(value);
    return std::all_of(value.begin(), value.end(), isNormal);
}

/// 1.0 and 1 are one value and must be one text.
void normalize(Json& value)
{
    if (isWholeFloat(value)) value = static_cast<std::int64_t>(value.get<double>());
    if (!value.is_structured()) return;
    for (auto& item : value) normalize(item);
}

/// Made once a thread: OpenSSL 3 looks its algorithm up anew otherwise, which costs more than the hashing.
class Sha256 {
public:
    std::string of(std::string_view bytes)
    {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        EVP_DigestInit_ex2(context_.get(), method_.get(), nullptr);
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
        EVP_DigestFinal_ex(context_.get(), digest, &length);
        static constexpr char hex[] = "0123456789abcdef";
        std::string text(std::size_t(length) * 2, '0');
        for (unsigned int i = 0; i < length; ++i) {
            text[i * 2] = hex[digest[i] >> 4];
            text[i * 2 + 1] = hex[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> method_{EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

}  // namespace

Outcome<Json> parseJson(std::string_view text, JsonLimits limits) { return parse(text, limits, nullptr); }

Outcome<Json> parseJson(std::string_view text, JsonLimits limits, Places& places)
{
    std::map<std::string, std::size_t> offsets;
    auto parsed = parse(text, limits, &offsets);
    // Lines are counted in one walk over the text, in the order of the places.
    std::vector<std::pair<std::size_t, std::string>> byOffset;
    for (auto& [pointer, offset] : offsets) byOffset.emplace_back(offset, pointer);
    std::sort(byOffset.begin(), byOffset.end());
    Place place;
    std::size_t walked = 0;
    for (const auto& [offset, pointer] : byOffset) {
        const Place further = placeOf(text.substr(walked, offset - walked), offset - walked);
        place.column = further.line > 1 ? further.column : place.column + further.column - 1;
        place.line += further.line - 1;
        walked = offset;
        places.emplace(pointer, place);
    }
    return parsed;
}

std::string canonical(const Json& value)
{
    if (isNormal(value)) return dump(value);
    Json copy = value;
    normalize(copy);
    return dump(copy);
}

std::string dump(const Json& value, int indent)
{
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string sha256(std::string_view bytes)
{
    thread_local Sha256 hasher;
    return hasher.of(bytes);
}

const Json* at(const Json& document, const std::string& pointer)
{
    const Json* value = &document;
    std::size_t start = 0;
    while (start < pointer.size()) {
        if (pointer[start] != '/') return nullptr;
        const auto end = std::min(pointer.find('/', start + 1), pointer.size());
        std::string segment = pointer.substr(start + 1, end - start - 1);
        for (auto i = segment.find('~'); i != std::string::npos; i = segment.find('~', i + 1)) {
            segment.replace(i, 2, segment.compare(i, 2, "~1") == 0 ? "/" : "~");
        }
        if (value->is_object()) {
            const auto found = value->find(segment);
            if (found == value->end()) return nullptr;
            value = &*found;
        } else if (value->is_array()) {
            const bool isIndex = !segment.empty() && segment.size() < 10 &&
                                 segment.find_first_not_of("0123456789") == std::string::npos;
            if (!isIndex || std::stoul(segment) >= value->size()) return nullptr;
            value = &(*value)[std::stoul(segment)];
        } else {
            return nullptr;
        }
        start = end;
    }
    return value;
}

std::string pointerSegment(std::string_view name)
{
    std::string escaped;
    for (const char c : name) {
        if (c == '~') escaped += "~0";
        else if (c == '/') escaped += "~1";
        else escaped += c;
    }
    return escaped;
}

std::string textOf(const Json& object, const char* member, std::string fallback)
{
    if (!object.is_object()) return fallback;
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : fallback;
}

std::int64_t numberOf(const Json& object, const char* member, std::int64_t fallback)
{
    if (!object.is_object()) return fallback;
    const auto found = object.find(member);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : fallback;
}

bool truthOf(const Json& object, const char* member, bool fallback)
{
    if (!object.is_object()) return fallback;
    const auto found = object.find(member);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

std::optional<std::string> nearest(const std::string& name, const std::vector<std::string>& names)
{
    std::optional<std::string> best;
    std::size_t bestDistance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const auto& candidate : names) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= name.size(); ++i) {
            std::size_t diagonal = row[0]++;
            for (std::size_t j = 1; j < row.size(); ++j) {
                const std::size_t change = diagonal + (name[i - 1] != candidate[j - 1]);
                diagonal = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
            }
        }
        if (row.back() < bestDistance) {
            bestDistance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace handrail
