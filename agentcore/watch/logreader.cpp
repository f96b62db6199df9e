#include "agentcore/watch/logreader.h"

#include <algorithm>
#include <deque>
#include <fstream>

#include "agentcore/watch/logfile.h"

namespace handrail::watch {
namespace {

constexpr int oldest = 99;                    ///< no log has more files than this
constexpr std::size_t longestLine = 1 << 16;  ///< more than any line of ours
constexpr std::streamoff tail = 1 << 18;      ///< where the last numbered line surely is

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool fits(const Json& line, const LogFilter& filter)
{
    const auto is = [&](const char* member, const std::string& wanted) { return wanted.empty() || textOf(line, member) == wanted; };
    if (!is("workflow_id", filter.run) || !is("tool_name", filter.tool) || !is("error_type", filter.code)) return false;
    if (filter.securityOnly && !truthOf(line, "security")) return false;
    // RFC 3339 in UTC with milliseconds: later is greater.
    return filter.since == 0 || textOf(line, "timestamp") >= rfc3339(filter.since);
}

/// Cheap reasons to pass a line over before it is read as JSON.
bool mayFit(const std::string& text, const LogFilter& filter, const std::string& search)
{
    if (text.size() > longestLine) return false;
    for (const auto& wanted : {filter.run, filter.tool, filter.code}) {
        if (!wanted.empty() && text.find(wanted) == std::string::npos) return false;
    }
    return search.empty() || lower(text).find(search) != std::string::npos;
}

void readFile(const std::string& path, const LogFilter& filter, std::deque<Json>& lines)
{
    std::ifstream file(path, std::ios::binary);
    const std::string search = lower(filter.search);
    for (std::string text; std::getline(file, text);) {
        if (!mayFit(text, filter, search)) continue;
        auto line = parseJson(text);
        if (!line || !line->is_object() || !fits(*line, filter)) continue;
        lines.push_back(line.take());
        if (static_cast<int>(lines.size()) > filter.limit) lines.pop_front();
    }
}

Seq lastSeqIn(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return 0;
    const auto size = static_cast<std::streamoff>(file.tellg());
    file.seekg(std::max<std::streamoff>(0, size - tail));
    Seq last = 0;
    for (std::string text; std::getline(file, text);) {
        if (text.size() > longestLine) continue;
        const auto line = parseJson(text);
        if (line && line->is_object()) last = std::max<Seq>(last, numberOf(*line, "seq"));
    }
    return last;
}

}  // namespace

Outcome<std::vector<Json>> readLogLines(const std::string& folder, const LogFilter& filter)
{
    if (!std::ifstream(logPath(folder))) {
        return failure("U105", "There is no log in this folder yet.", folder, "Start a run there first, or name another folder with --store.");
    }
    std::deque<Json> lines;
    int age = 0;
    while (age < oldest && std::ifstream(logPath(folder, age + 1))) ++age;
    for (; age >= 0; --age) readFile(logPath(folder, age), filter, lines);
    return std::vector<Json>(std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

Seq lastLoggedSeq(const std::string& folder)
{
    const Seq last = lastSeqIn(logPath(folder));
    return last > 0 ? last : lastSeqIn(logPath(folder, 1));
}

}  // namespace handrail::watch
