#include "agentcore/watch/logreader.h"

#include <algorithm>
#include <array>
#include <deque>
#include <fstream>
#include <iterator>

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

/// The members that must be just so.
std::array<std::pair<const char*, const std::string*>, 8> wantedOf(const LogFilter& filter)
{
    return {{{"workflow_id", &filter.run}, {"tool_name", &filter.tool}, {"error_type", &filter.code}, {"step_name", &filter.step},
             {"agent", &filter.agent}, {"user_id", &filter.user}, {"trace_id", &filter.trace}, {"event", &filter.event}}};
}

/// How bad a level is; 0 for none.
int severityOf(const std::string& level)
{
    static constexpr const char* levels[] = {"info", "warning", "error", "critical"};
    const auto found = std::find(std::begin(levels), std::end(levels), level);
    return found == std::end(levels) ? 0 : static_cast<int>(found - std::begin(levels)) + 1;
}

bool fits(const Json& line, const LogFilter& filter)
{
    const auto is = [&](const char* member, const std::string& wanted) { return wanted.empty() || textOf(line, member) == wanted; };
    for (const auto& [member, wanted] : wantedOf(filter)) {
        if (!is(member, *wanted)) return false;
    }
    if (severityOf(textOf(line, "level")) < severityOf(filter.level)) return false;
    if (filter.securityOnly && !truthOf(line, "security")) return false;
    // RFC 3339 in UTC with milliseconds: later is greater.
    const std::string at = textOf(line, "timestamp");
    return (filter.since == 0 || at >= rfc3339(filter.since)) && (filter.until == 0 || at < rfc3339(filter.until));
}

/// Cheap reasons to pass a line over before it is read as JSON.
bool mayFit(const std::string& text, const LogFilter& filter, const std::string& search)
{
    if (text.size() > longestLine) return false;
    // A text that JSON writes in another way is not looked for in the line as it stands.
    for (const auto& [member, wanted] : wantedOf(filter)) {
        const bool isPlain = wanted->find_first_of("\"\\") == std::string::npos && std::all_of(wanted->begin(), wanted->end(), [](unsigned char c) { return c >= 0x20; });
        if (isPlain && !wanted->empty() && text.find(*wanted) == std::string::npos) return false;
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
