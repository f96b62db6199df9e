#include "agentcore/definition/textedit.h"

#include <algorithm>

#include "agentcore/json.h"

namespace handrail::definition {
namespace {

/// Goes over a text that is known to be valid JSON and notes where everything stands.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::map<std::string, Span> scan()
    {
        blanks();
        value("", at_);
        return std::move(spans_);
    }

private:
    char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks()
    {
        while (at_ < text_.size() && (now() == ' ' || now() == '\t' || now() == '\n' || now() == '\r')) ++at_;
    }
    std::string_view string()
    {
        const std::size_t from = at_++;
        while (at_ < text_.size() && now() != '"') at_ += now() == '\\' ? 2 : 1;
        ++at_;
        return text_.substr(from, at_ - from);
    }
    void value(const std::string& pointer, std::size_t key)
    {
        const std::size_t begin = at_;
        if (now() == '{') members(pointer);
        else if (now() == '[') elements(pointer);
        else if (now() == '"') string();
        else while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(now()) == std::string_view::npos) ++at_;
        spans_[pointer] = {key, begin, at_};
    }
    void members(const std::string& pointer)
    {
        ++at_;
        for (blanks(); at_ < text_.size() && now() != '}'; blanks()) {
            const std::size_t key = at_;
            const auto name = parseJson(string());
            blanks();
            ++at_;  // the colon
            blanks();
            value(pointer + "/" + pointerSegment(name && name->is_string() ? name->get<std::string>() : std::string()), key);
            blanks();
            if (now() == ',') ++at_;
        }
        ++at_;
    }
    void elements(const std::string& pointer)
    {
        ++at_;
        int index = 0;
        for (blanks(); at_ < text_.size() && now() != ']'; blanks()) {
            value(pointer + "/" + std::to_string(index++), at_);
            blanks();
            if (now() == ',') ++at_;
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::map<std::string, Span> spans_;
};

/// Lines with their ends.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Lines [first, last) of the old text become `fresh`.
struct Change {
    std::size_t first = 0;
    std::size_t last = 0;
    std::string fresh;
};

void write(std::string& out, char mark, std::string_view line)
{
    out += mark;
    out += line;
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

class Differ {
public:
    Differ(std::string_view text, std::vector<TextEdit> edits) : text_(text), lines_(linesOf(text))
    {
        std::stable_sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        std::size_t at = 0;
        for (const auto line : lines_) {
            starts_.push_back(at);
            at += line.size();
        }
        for (std::size_t i = 0; i < edits.size();) {
            std::size_t first = lineAt(edits[i].at);
            std::size_t last = lineAt(edits[i].at + edits[i].length) + 1;
            std::size_t end = i + 1;
            while (end < edits.size() && lineAt(edits[end].at) < last) last = std::max(last, lineAt(edits[end].at + edits[end].length) + 1), ++end;
            add(first, last, std::vector<TextEdit>(edits.begin() + static_cast<std::ptrdiff_t>(i), edits.begin() + static_cast<std::ptrdiff_t>(end)));
            i = end;
        }
    }

    std::string diff(const std::string& file) const
    {
        std::string out;
        std::ptrdiff_t shift = 0;
        for (std::size_t i = 0; i < changes_.size();) {
            std::size_t end = i + 1;
            while (end < changes_.size() && changes_[end].first - changes_[end - 1].last <= 2 * around) ++end;
            out += hunk(i, end, shift);
            i = end;
        }
        return out.empty() ? out : "--- " + file + "\n+++ " + file + "\n" + out;
    }

private:
    static constexpr std::size_t around = 3;

    std::size_t lineAt(std::size_t at) const
    {
        const auto after = std::upper_bound(starts_.begin(), starts_.end(), at);
        return after == starts_.begin() ? 0 : static_cast<std::size_t>(after - starts_.begin()) - 1;
    }

    void add(std::size_t first, std::size_t last, std::vector<TextEdit> edits)
    {
        const std::size_t from = starts_[first];
        const std::size_t to = last < starts_.size() ? starts_[last] : text_.size();
        for (auto& edit : edits) edit.at -= from;
        std::string fresh = applied(text_.substr(from, to - from), std::move(edits));
        // Lines that stay at the begin and at the end of what was touched are no part of the change.
        auto now = linesOf(fresh);
        std::size_t left = 0;
        while (first + left < last && left < now.size() && lines_[first + left] == now[left]) ++left;
        std::size_t right = 0;
        while (first + left + right < last && left + right < now.size() && lines_[last - 1 - right] == now[now.size() - 1 - right]) ++right;
        std::string middle;
        for (std::size_t i = left; i + right < now.size(); ++i) middle += now[i];
        if (first + left < last - right || !middle.empty()) changes_.push_back({first + left, last - right, middle});
    }

    std::string hunk(std::size_t begin, std::size_t end, std::ptrdiff_t& shift) const
    {
        const std::size_t from = changes_[begin].first > around ? changes_[begin].first - around : 0;
        const std::size_t to = std::min(lines_.size(), changes_[end - 1].last + around);
        std::string body;
        std::size_t at = from;
        std::ptrdiff_t grown = 0;
        for (std::size_t i = begin; i < end; ++i) {
            for (; at < changes_[i].first; ++at) write(body, ' ', lines_[at]);
            for (; at < changes_[i].last; ++at) write(body, '-', lines_[at]);
            const auto fresh = linesOf(changes_[i].fresh);
            for (const auto line : fresh) write(body, '+', line);
            grown += static_cast<std::ptrdiff_t>(fresh.size()) - static_cast<std::ptrdiff_t>(changes_[i].last - changes_[i].first);
        }
        for (; at < to; ++at) write(body, ' ', lines_[at]);
        const auto range = [](std::size_t first, std::size_t count) { return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count); };
        const std::string head = "@@ -" + range(from, to - from) + " +" +
                                 range(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from) + shift), static_cast<std::size_t>(static_cast<std::ptrdiff_t>(to - from) + grown)) + " @@\n";
        shift += grown;
        return head + body;
    }

    std::string_view text_;
    std::vector<std::string_view> lines_;
    std::vector<std::size_t> starts_;
    std::vector<Change> changes_;
};

}  // namespace

std::map<std::string, Span> spansOf(std::string_view text) { return Scanner(text).scan(); }

std::string applied(std::string_view text, std::vector<TextEdit> edits)
{
    std::stable_sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    std::string out;
    std::size_t at = 0;
    for (const auto& edit : edits) {
        out += text.substr(at, edit.at - at);
        out += edit.text;
        at = edit.at + edit.length;
    }
    out += text.substr(at);
    return out;
}

std::string unifiedDiff(std::string_view text, std::vector<TextEdit> edits, const std::string& file)
{
    return Differ(text, std::move(edits)).diff(file);
}

}  // namespace handrail::definition
