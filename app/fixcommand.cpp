#include "app/fixcommand.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <sys/stat.h>
#include <unistd.h>

#include "agentcore/definition/checklist.h"
#include "agentcore/definition/fix.h"
#include "app/check.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

bool passes(const std::vector<ChecklistLine>& lines)
{
    return std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.passes(); });
}

void printFix(const CommandLine& line, const FixProposal& fix)
{
    // A diff is for patch(1) as much as for people: hidden characters would be tags in the file then.
    std::cout << fix.diff << std::flush;
    for (const auto& open : fix.undecided) std::cerr << "not proposed: " << forTerminal(open.where) << "\n  " << forTerminal(open.why) << "\n";
    if (fix.diff.empty()) std::cerr << "Nothing can be proposed" << (fix.undecided.empty() ? ": every line passes.\n" : " beyond that.\n");
    else if (line.writes) std::cerr << forTerminal(line.agent) << " is changed as shown.\n";
    else std::cerr << "Nothing was written. To write it: handrail check " << forTerminal(line.agent) << " --fix --write\n";
}

}  // namespace

std::optional<Failure> replaceFile(const std::string& path, const std::string& text)
{
    const auto refused = [&](int problem) {
        return failure(problem == ENOSPC ? "R101" : "R102", "The file could not be written: " + std::string(strerror(problem)) + ".", path, "It is as it was. Look at the rights of its folder.");
    };
    char resolved[PATH_MAX];
    struct stat info{};
    if (!realpath(path.c_str(), resolved) || stat(resolved, &info) != 0) return refused(errno);
    if (access(resolved, W_OK) != 0) return refused(errno);
    std::string fresh = std::string(resolved) + ".XXXXXX";
    const int descriptor = mkstemp(fresh.data());
    if (descriptor < 0) return refused(errno);
    std::size_t done = 0;
    int problem = 0;
    while (problem == 0 && done < text.size()) {
        const auto wrote = ::write(descriptor, text.data() + done, text.size() - done);
        if (wrote < 0) problem = errno;
        else done += static_cast<std::size_t>(wrote);
    }
    if (problem == 0 && (fchmod(descriptor, info.st_mode & 07777) != 0 || fsync(descriptor) != 0)) problem = errno;
    close(descriptor);
    if (problem == 0 && rename(fresh.c_str(), resolved) != 0) problem = errno;
    if (problem == 0) return std::nullopt;
    unlink(fresh.c_str());
    return refused(problem);
}

int runFix(const CommandLine& line, const Definition& definition, const std::string& text)
{
    const FixProposal fix = proposeFix(definition, text, line.agent);
    const bool isWritten = line.writes && !fix.diff.empty();
    if (isWritten) {
        if (const auto refused = replaceFile(line.agent, fix.text)) {
            printError(*refused, line.json);
            return exitOf(*refused);
        }
    }
    const auto before = checklist(definition, text, line.agent);
    const auto after = checklist(*parseDefinition(fix.text, line.agent).definition, fix.text, line.agent);
    if (line.json) {
        Json open = Json::array();
        for (const auto& one : fix.undecided) open.push_back({{"where", one.where}, {"why", one.why}});
        std::cout << dump({{"agent", line.agent}, {"diff", fix.diff}, {"written", isWritten}, {"not_proposed", open},
                           {"score", scoreOf(before)}, {"score_with_it", scoreOf(after)}}, 2) << std::endl;
    } else {
        printFix(line, fix);
    }
    return passes(isWritten ? after : before) ? 0 : 1;
}

}  // namespace handrail::app
