#include <algorithm>
#include <cctype>

#include "agentcore/tools/mcpmessage.h"
#include "agentcore/tools/pattern.h"

/// What a server tells of its tools.
namespace handrail::tools::mcp {
namespace {

constexpr const char* compared[] = {"title", "description", "inputSchema", "outputSchema", "annotations"};
constexpr const char* comparedWords[] = {"its title", "its description", "its parameters", "its result", "its annotations"};
constexpr std::size_t mostTools = 1000;
constexpr int deepest = 64;

bool isToken(const std::string& text)
{
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) || marks.find(static_cast<char>(c)) != std::string_view::npos);
    });
}

/// Gathers the arguments that are to be repeated in headers; the first wrong annotation makes the tool unusable.
class HeaderScan {
public:
    explicit HeaderScan(ToldTool& tool) : tool_(tool) {}

    void visit(const Json& schema, const std::string& pointer, bool isReachable, int depth = 0)
    {
        if (!tool_.headerFault.empty() || depth > deepest) return;
        if (schema.is_array()) {
            for (const auto& item : schema) visit(item, pointer, false, depth + 1);
            return;
        }
        if (!schema.is_object()) return;
        const auto mark = schema.find("x-mcp-header");
        // A property may itself be called so; then it stands within "properties", which is walked by name.
        if (mark != schema.end()) note(schema, *mark, pointer, isReachable);
        for (const auto& [keyword, below] : schema.items()) {
            const bool isData = keyword == "const" || keyword == "enum" || keyword == "default" || keyword == "examples";
            if (isData || keyword == "x-mcp-header") continue;
            const bool isProperties = keyword == "properties" && below.is_object();
            const bool isNamed = below.is_object() && (keyword == "$defs" || keyword == "definitions" || keyword == "patternProperties" || keyword == "dependentSchemas");
            if (!isProperties && !isNamed) {
                visit(below, pointer, false, depth + 1);
                continue;
            }
            for (const auto& [name, property] : below.items()) {
                visit(property, pointer + "/" + pointerSegment(name), isProperties && isReachable, depth + 1);
            }
        }
    }

private:
    void note(const Json& schema, const Json& mark, const std::string& pointer, bool isReachable)
    {
        const std::string type = textOf(schema, "type");
        const bool isSingle = type == "string" || type == "integer" || type == "boolean";
        if (!isReachable || pointer.empty() || !mark.is_string() || !isToken(mark.get<std::string>()) || !isSingle) {
            tool_.headerFault = "its definition asks for a header (x-mcp-header) in a way that is not allowed";
            return;
        }
        const auto name = mark.get<std::string>();
        const auto isSame = [&](const auto& other) {
            return other.second.size() == name.size() && std::equal(name.begin(), name.end(), other.second.begin(), [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
        };
        if (std::any_of(tool_.headers.begin(), tool_.headers.end(), isSame)) tool_.headerFault = "its definition asks for the header \"" + shortened(name, 40) + "\" twice";
        tool_.headers.emplace_back(pointer, name);
    }

    ToldTool& tool_;
};

ToldTool readTool(const Json& written)
{
    ToldTool tool;
    tool.name = textOf(written, "name");
    tool.definition = {{"name", tool.name}};
    for (const char* member : compared) {
        if (const auto found = written.find(member); found != written.end()) tool.definition[member] = *found;
    }
    tool.digest = sha256(canonical(tool.definition));
    const Json hints = written.value("annotations", Json());
    const auto says = [&](const char* hint, bool what) {
        const auto found = hints.is_object() ? hints.find(hint) : hints.end();
        return hints.is_object() && found != hints.end() && *found == Json(what);
    };
    // One way only: a hint may tell us to be careful with what the definition calls a read. That a tool
    // only reads, or may be repeated, is believed from the definition alone, so those hints are not looked at.
    tool.tellsWrite = says("readOnlyHint", false) || says("destructiveHint", true);
    if (const auto schema = written.find("inputSchema"); schema != written.end()) HeaderScan(tool).visit(*schema, {}, true);
    return tool;
}

}  // namespace

Outcome<std::vector<ToldTool>> readTools(const Json& result)
{
    const auto list = result.find("tools");
    if (list == result.end() || !list->is_array() || list->size() > mostTools) return failure("T609", "The server broke the protocol: its list of tools is none.");
    std::vector<ToldTool> tools;
    for (const auto& written : *list) {
        // One malformed definition takes nothing from the others.
        if (!written.is_object() || textOf(written, "name").empty()) continue;
        tools.push_back(readTool(written));
    }
    return tools;
}

std::string differences(const Json& before, const Json& now)
{
    std::string words;
    for (std::size_t i = 0; i < std::size(compared); ++i) {
        if (before.value(compared[i], Json()) == now.value(compared[i], Json())) continue;
        words += (words.empty() ? "" : ", ") + std::string(comparedWords[i]);
    }
    return words;
}

}  // namespace handrail::tools::mcp
