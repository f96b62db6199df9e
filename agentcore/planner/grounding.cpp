#include "agentcore/planner/grounding.h"

#include <algorithm>
#include <cctype>

namespace handrail::planner {
namespace {

constexpr std::size_t mostListed = 30;
constexpr std::size_t longestListed = 64;

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A decimal in one spelling ("120.00" and 120 are "120"); nothing for a text that is no plain decimal.
/// A leading zero makes it an id: "0042" is not 42.
std::optional<std::string> decimalIn(const Json& value)
{
    if (!value.is_string() && !value.is_number()) return std::nullopt;
    const std::string text = value.is_string() ? value.get<std::string>() : canonical(value);
    const bool isNegative = !text.empty() && text[0] == '-';
    std::string_view rest = std::string_view(text).substr(isNegative ? 1 : 0);
    const auto dot = rest.find('.');
    const auto whole = rest.substr(0, dot);
    auto fraction = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    if (!isDigits(whole) || (dot != std::string_view::npos && !isDigits(fraction))) return std::nullopt;
    if (whole.size() > 1 && whole[0] == '0') return std::nullopt;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    return (isNegative ? "-" : "") + std::string(whole) + (fraction.empty() ? "" : "." + std::string(fraction));
}

std::string spelling(const Json& value)
{
    if (const auto decimal = decimalIn(value)) return "decimal " + *decimal;
    return value.is_string() ? "text " + value.get<std::string>() : "value " + canonical(value);
}

/// "orderId", "order-id" and "ORDER_ID" are the words order and id.
std::set<std::string> wordsOf(const std::string& name)
{
    std::set<std::string> words;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) words.insert(word);
        word.clear();
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        const bool isHump = std::isupper(c) && i > 0 && std::islower(static_cast<unsigned char>(name[i - 1]));
        if (!std::isalnum(c) || isHump) end();
        if (std::isalnum(c)) word += static_cast<char>(std::tolower(c));
    }
    end();
    return words;
}

/// Whether a member's name says that it holds an id, an account, an address, a path or an amount.
bool isNamedSo(const std::string& name)
{
    static const std::set<std::string> telling{
        "id",   "ids",  "key",  "account", "accounts", "iban",   "bic",    "card",  "email", "emails", "mail",     "recipient", "recipients",
        "to",   "cc",   "bcc",  "path",    "paths",    "file",   "files",  "folder", "directory", "url", "uri",    "host",      "amount",
        "amounts", "price", "total", "sum", "balance", "number", "no",     "ref",   "reference", "uuid", "user",  "username", "buyer", "payee", "customer"};
    const auto words = wordsOf(name);
    return std::any_of(words.begin(), words.end(), [](const auto& word) { return telling.count(word) > 0; });
}

bool hasSpace(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c); });
}

/// 2024-05-01, with or without a time.
bool isDate(const std::string& text)
{
    const auto digits = [&](std::size_t at, std::size_t count) { return text.size() >= at + count && isDigits(std::string_view(text).substr(at, count)); };
    return digits(0, 4) && digits(5, 2) && digits(8, 2) && text[4] == '-' && text[7] == '-' && (text.size() == 10 || text[10] == 'T' || text[10] == ' ');
}

/// Whether a text looks like an address, a path, or a single mark with digits in it, whatever its name.
bool looksSo(const std::string& text)
{
    if (text.starts_with('/') || text.starts_with("~/") || text.find("://") != std::string::npos) return true;
    if (hasSpace(text) || isDate(text)) return false;
    if (text.find('@') != std::string::npos || text.find('/') != std::string::npos || text.find('\\') != std::string::npos) return true;
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

const Json* memberOf(const Json* object, const char* name)
{
    if (!object || !object->is_object()) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

/// Values that the definition itself names for this argument come from its author, not from the model.
bool isWrittenInSchema(const Json* schema, const Json& value)
{
    for (const char* name : {"const", "default"}) {
        const Json* written = memberOf(schema, name);
        if (written && *written == value) return true;
    }
    const Json* list = memberOf(schema, "enum");
    return list && list->is_array() && std::find(list->begin(), list->end(), value) != list->end();
}

/// One walk over a proposal's arguments.
class Walk {
public:
    Walk(const Tool& tool, const Grounds& grounds) : tool_(tool), grounds_(grounds)
    {
        for (const auto& [role, pointer] : tool.show) shown_.insert(pointer);
    }

    std::optional<Ungrounded> over(const Json& value, const std::string& pointer, bool isTelling, const Json* schema) const
    {
        if (value.is_object()) return overMembers(value, pointer, isTelling, schema);
        if (value.is_array()) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                auto found = over(value[i], pointer + "/" + std::to_string(i), isTelling, memberOf(schema, "items"));
                if (found) return found;
            }
            return std::nullopt;
        }
        if (!hasToBe(value, pointer, isTelling) || isWrittenInSchema(schema, value) || grounds_.hold(value)) return std::nullopt;
        return Ungrounded{pointer, value};
    }

private:
    std::optional<Ungrounded> overMembers(const Json& object, const std::string& pointer, bool isTelling, const Json* schema) const
    {
        const Json* properties = memberOf(schema, "properties");
        for (const auto& [name, value] : object.items()) {
            const Json* own = memberOf(properties, name.c_str());
            // A name that the tool does not have may carry what a value would.
            if (!own && looksSo(name) && !grounds_.hold(name)) return Ungrounded{pointer, name};
            auto found = over(value, pointer + "/" + pointerSegment(name), isTelling || isNamedSo(name) || isPlaced(name), own);
            if (found) return found;
        }
        return std::nullopt;
    }

    bool hasToBe(const Json& value, const std::string& pointer, bool isTelling) const
    {
        if (!value.is_string() && !value.is_number()) return false;
        if (isTelling || shown_.count(pointer) > 0) return value != Json("");
        // What a write is told in numbers is an amount of something; a read may choose how much it reads.
        if (value.is_number()) return tool_.isWrite();
        return looksSo(value.get<std::string>());
    }

    /// It names the object: in the request's path, among the arguments of a program, or in the key.
    bool isPlaced(const std::string& name) const
    {
        const std::string braces = "{" + name + "}";
        if (tool_.request && tool_.request->path.find(braces) != std::string::npos) return true;
        const auto& keys = tool_.businessKey;
        if (std::find(keys.begin(), keys.end(), name) != keys.end()) return true;
        return tool_.each && tool_.each->at == "/" + pointerSegment(name);
    }

    const Tool& tool_;
    const Grounds& grounds_;
    std::set<std::string> shown_;
};

}  // namespace

Grounds::Grounds(const Sources& sources)
{
    for (const auto& source : sources) gather(source);
}

void Grounds::gather(const Json& value)
{
    if (value.is_structured()) {
        for (const auto& item : value) gather(item);
    } else if (value.is_string() || value.is_number()) {
        const bool isNew = values_.insert(spelling(value)).second;
        const std::string text = value.is_string() ? value.get<std::string>() : canonical(value);
        // A single mark, and short: what is listed must have no room for a sentence.
        const bool isMark = !text.empty() && text.size() <= longestListed && !hasSpace(text) && looksSo(text);
        if (isNew && isMark && listed_.size() < mostListed) listed_.push_back(text);
    }
}

std::string Grounds::list() const
{
    std::string list;
    for (const auto& text : listed_) list += (list.empty() ? "" : ", ") + text;
    return list;
}

bool Grounds::hold(const Json& value) const { return values_.count(spelling(value)) > 0; }

std::optional<Ungrounded> ungrounded(const Tool& tool, const Json& arguments, const Grounds& grounds)
{
    return Walk(tool, grounds).over(arguments, {}, false, tool.paramsSource.is_object() ? &tool.paramsSource : nullptr);
}

}  // namespace handrail::planner
