#include "agentcore/tools/pattern.h"

namespace handrail::tools {

Outcome<std::string> filledPattern(const std::string& pattern, const Json& params,
                                   const std::function<std::string(const std::string&)>& encode,
                                   std::set<std::string>& used)
{
    std::string filled;
    std::size_t done = 0;
    for (auto start = pattern.find('{'); start != std::string::npos; start = pattern.find('{', done)) {
        const auto end = pattern.find('}', start);
        if (end == std::string::npos) break;
        const std::string name = pattern.substr(start + 1, end - start - 1);
        const auto found = params.is_object() ? params.find(name) : params.end();
        if (!params.is_object() || found == params.end()) {
            return failure("U101", "The parameter \"" + name + "\" is missing.", pattern);
        }
        auto text = scalarText(name, *found);
        if (!text) return text.failure();
        used.insert(name);
        filled += pattern.substr(done, start - done) + encode(*text);
        done = end + 1;
    }
    return filled + pattern.substr(done);
}

Outcome<std::string> scalarText(const std::string& name, const Json& value)
{
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number() || value.is_boolean()) return canonical(value);
    return failure("U102", "The parameter \"" + name + "\" must be a single value here.");
}

std::string shortened(const std::string& text, std::size_t most)
{
    std::string line;
    for (const char c : text.substr(0, most * 4)) line += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
    // dump() replaces broken UTF-8; the quotes around are taken off again.
    const std::string safe = Json::parse(dump(Json(line)), nullptr, false).get<std::string>();
    if (safe.size() <= most) return safe;
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(safe[cut]) & 0xC0) == 0x80) --cut;
    return safe.substr(0, cut) + "…";
}

}  // namespace handrail::tools
