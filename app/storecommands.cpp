#include "app/storecommands.h"

#include <cstdlib>
#include <iostream>

#include "agentcore/audit.h"
#include "app/auditformats.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

int refused(const Failure& why, bool json)
{
    printError(why, json);
    return exitOf(why);
}

int verify(const CommandLine& line)
{
    const auto check = verifyStore(line.store, headFolder(), line.file);
    if (!check) return refused(check.failure(), line.json);
    if (line.json) {
        std::cout << dump(shapeOf(*check), 2) << std::endl;
    } else {
        std::cout << check->lines << " journal lines, the last is " << check->head << " (" << check->hash.substr(0, 16) << "…)";
        if (check->pruned > 0) std::cout << ", " << check->pruned << " without content by a rule";
        std::cout << "\n" << (check->findings.empty() ? "Nothing was changed, removed, moved or put back." : "This store is not as it was written:") << std::endl;
        for (const auto& finding : check->findings) printError(finding, false);
    }
    return check->findings.empty() ? 0 : 1;
}

int anchor(const CommandLine& line)
{
    const auto head = anchorStore(line.store, line.file);
    if (!head) return refused(head.failure(), line.json);
    if (line.json) std::cout << dump({{"file", line.file}, {"store", head->store}, {"seq", head->head}, {"hash", head->hash}}, 2) << std::endl;
    else std::cout << "Line " << head->head << " is written to " << forTerminal(line.file) << ". Keep it elsewhere; hold the store against it with: handrail verify --anchor FILE" << std::endl;
    return 0;
}

int done(const std::optional<Failure>& why, const CommandLine& line, const std::string& sentence)
{
    if (why) return refused(*why, line.json);
    if (line.json) std::cout << dump({{"ok", true}, {"file", line.file}}, 2) << std::endl;
    else std::cout << sentence << std::endl;
    return 0;
}

}  // namespace

bool isStoreCommand(const std::string& command)
{
    return command == "verify" || command == "anchor" || command == "backup" || command == "accept-rollback";
}

int runStoreCommand(const CommandLine& line)
{
    if (line.command == "verify") return verify(line);
    if (line.command == "anchor") return anchor(line);
    if (line.command == "backup") {
        return done(backupStore(line.store, line.file), line, "The store is copied to " + forTerminal(line.file) +
                    ". To restore it, put it in its place as handrail.sqlite in the store's folder.");
    }
    return done(acceptRollback(line.store, headFolder(), "handrail accept-rollback", textOf(line.request, "as"), textOf(line.request, "reason")), line,
                "Accepted. Writes of the runs in this store count as in doubt until they are settled.");
}

std::string headFolder()
{
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && state[0] == '/') return std::string(state) + "/handrail/heads";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + "/.local/state/handrail/heads";
}

}  // namespace handrail::app
