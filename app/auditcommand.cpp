#include "app/auditcommand.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>

#include <fcntl.h>
#include <unistd.h>

#include "app/auditformats.h"
#include "app/print.h"
#include "app/shapes.h"
#include "app/storecommands.h"
#include "app/watchcommands.h"

namespace handrail::app {
namespace {

int refuse(const Failure& why, bool json)
{
    printError(why, json);
    return exitOf(why);
}

/// As asked for; else by the file's ending; else for a reader at a terminal.
Outcome<std::string> formatOf(const CommandLine& line)
{
    const std::string asked = textOf(line.request, "format");
    if (!asked.empty()) return asked;
    if (line.file.empty()) return std::string(line.json ? "json" : "table");
    for (const char* format : {"json", "csv", "html"}) {
        if (line.file.ends_with(std::string(".") + format)) return std::string(format);
    }
    return failure("U102", "It is not said in which form to write " + line.file + ".", "--format", "Forms: table, json, csv, html; or let the file end in one of them.");
}

Json orNull(Millis at) { return at > 0 ? Json(rfc3339(at)) : Json(); }

/// The whole audit into a stream; how many entries there were.
Outcome<StoreCheck> tell(const CommandLine& line, const AuditFilter& filter, AuditWriter& writer, int& entries)
{
    AuditSink sink;
    sink.begin = [&](const StoreCheck& check) {
        writer.begin({{"store", check.store}, {"chain", shapeOf(check)}, {"since", orNull(filter.since)}, {"until", orNull(filter.until)},
                      {"run", filter.run.empty() ? Json() : Json(filter.run)}, {"written", rfc3339(systemClock()->now())}});
    };
    sink.entry = [&](const AuditEntry& entry) {
        writer.entry(shapeOf(entry));
        ++entries;
    };
    auto check = readAudit(line.store, headFolder(), filter, sink);
    if (check) writer.end();
    return check;
}

Failure notWritten(const std::string& file, int problem)
{
    const bool isThere = problem == EEXIST;
    return failure(isThere ? "U102" : problem == ENOSPC ? "R101" : "R102",
                   isThere ? "The file " + file + " is there already." : "The audit could not be written: " + std::string(strerror(problem)) + ".", file,
                   "Name a new file in a folder that you can write to.");
}

int intoFile(const CommandLine& line, const AuditFilter& filter, const std::string& format)
{
    const int descriptor = ::open(line.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return refuse(notWritten(line.file, errno), line.json);
    std::ofstream out(line.file, std::ios::binary | std::ios::app);
    int entries = 0;
    const auto check = tell(line, filter, *auditWriter(format, out), entries);
    out.close();
    const bool isWhole = check && out.good() && fsync(descriptor) == 0;
    close(descriptor);
    if (!isWhole) {
        unlink(line.file.c_str());
        return refuse(check ? notWritten(line.file, EIO) : check.failure(), line.json);
    }
    const bool isOk = check->findings.empty();
    if (line.json) {
        std::cout << dump({{"file", line.file}, {"format", format}, {"entries", entries}, {"chain", shapeOf(*check)}}, 2) << std::endl;
    } else {
        std::cout << entries << " decisions and acts are in " << forTerminal(line.file) << ". "
                  << (isOk ? "The chain was walked and is whole." : "THE CHAIN IS BROKEN, and the file says so. See: handrail verify") << std::endl;
    }
    return isOk ? 0 : 1;
}

}  // namespace

std::optional<Millis> readInstant(const std::string& text, bool isEnd)
{
    std::tm parts{};
    const char* rest = strptime(text.c_str(), "%Y-%m-%d", &parts);
    if (!rest || text.find('-') != 4) return std::nullopt;
    const bool isDay = *rest == '\0';
    if (!isDay) {
        const char* time = strptime(rest, "T%H:%M:%S", &parts);
        if (!time || std::strcmp(time, "Z") != 0) return std::nullopt;
    }
    const Millis instant = static_cast<Millis>(timegm(&parts)) * 1000;
    return isDay && isEnd ? instant + 86'400'000 : instant;
}

Outcome<Millis> instantOf(const std::string& text, const char* option, bool isEnd)
{
    if (text.empty()) return Millis(0);
    if (const auto span = readSpan(text)) return systemClock()->now() - *span;
    if (const auto instant = readInstant(text, isEnd)) return *instant;
    return failure("U102", "\"" + text + "\" is no time.", option, "Write a day (2026-11-26), an instant (2026-11-26T10:00:00Z), both in UTC, or a span back from now (30m, 12h, 7d).");
}

int runAudit(const CommandLine& line)
{
    AuditFilter filter;
    filter.run = textOf(line.request, "run");
    auto since = instantOf(textOf(line.request, "since"), "--since", false);
    if (!since) return refuse(since.failure(), line.json);
    auto until = instantOf(textOf(line.request, "until"), "--until", true);
    if (!until) return refuse(until.failure(), line.json);
    filter.since = *since;
    filter.until = *until;
    auto format = formatOf(line);
    if (!format) return refuse(format.failure(), line.json);
    if (!line.file.empty()) return intoFile(line, filter, *format);
    int entries = 0;
    const auto check = tell(line, filter, *auditWriter(*format, std::cout), entries);
    if (!check) return refuse(check.failure(), line.json);
    std::cout << std::flush;
    return check->findings.empty() ? 0 : 1;
}

}  // namespace handrail::app
