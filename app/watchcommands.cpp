#include "app/watchcommands.h"

#include <iostream>

#include <QCoreApplication>

#include "agentcore/dashboard.h"
#include "agentcore/reader.h"
#include "agentcore/watching.h"
#include "app/auditcommand.h"
#include "app/check.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

int refuse(const Failure& why, bool json)
{
    printError(why, json);
    return exitOf(why);
}

/// The instant that lies a span before now; 0 when none was named.
Outcome<Millis> instantBefore(const std::string& span, const std::string& option)
{
    if (span.empty() || span == "all") return Millis(0);
    const auto length = readSpan(span);
    if (length) return systemClock()->now() - *length;
    return failure("U102", "\"" + span + "\" is no span of time.", option, "Write a number and m, h or d: 30m, 12h, 7d.");
}

int showLog(const CommandLine& line)
{
    const Json& asked = line.request;
    LogFilter filter;
    filter.search = textOf(asked, "search");
    filter.run = textOf(asked, "run");
    filter.tool = textOf(asked, "tool");
    filter.code = textOf(asked, "code");
    filter.securityOnly = truthOf(asked, "security");
    filter.limit = static_cast<int>(numberOf(asked, "limit", filter.limit));
    filter.step = textOf(asked, "step");
    filter.agent = textOf(asked, "agent");
    filter.user = textOf(asked, "user");
    filter.trace = textOf(asked, "trace");
    filter.event = textOf(asked, "event");
    filter.level = textOf(asked, "level");
    auto since = instantOf(textOf(asked, "since"), "--since", false);
    if (!since) return refuse(since.failure(), line.json);
    auto until = instantOf(textOf(asked, "until"), "--until", true);
    if (!until) return refuse(until.failure(), line.json);
    filter.since = *since;
    filter.until = *until;
    auto lines = readLog(line.store, filter);
    if (!lines) return refuse(lines.failure(), line.json);
    printAnswer("log", Json(*lines), line.json);
    return 0;
}

Outcome<Statistics> statisticsOf(const CommandLine& line)
{
    const std::string range = textOf(line.request, "range");
    if (const auto known = range == "all" ? std::nullopt : dashboardRange(range)) {
        auto dashboard = openDashboard(line.store);
        if (!dashboard) return dashboard.failure();
        return (*dashboard)->figures(*known, systemClock()->now());
    }
    auto since = instantBefore(range, "--range");
    if (!since) return since.failure();
    auto reader = openReader(line.store);
    if (!reader) return reader.failure();
    return (*reader)->statistics(*since);
}

int showStatistics(const CommandLine& line)
{
    const auto statistics = statisticsOf(line);
    if (!statistics) return refuse(statistics.failure(), line.json);
    printAnswer("stats", app::shapeOf(*statistics), line.json);
    return 0;
}

int showMetrics(const CommandLine& line)
{
    const auto statistics = statisticsOf(line);
    if (!statistics) return refuse(statistics.failure(), line.json);
    const std::string text = metricsText(*statistics);
    if (line.json) std::cout << dump({{"text", text}}, 2) << std::endl;
    else std::cout << text << std::flush;
    return 0;
}

Json rowOf(const NotifierTrial::Result& result)
{
    Json shape = {{"notifier", result.notifier}, {"result", result.isSent ? "sent" : result.why ? "failed" : "not tried"}, {"error", nullptr}};
    if (result.why) shape["error"] = {{"code", result.why->code}, {"message", result.why->message}};
    return shape;
}

int tryNotifiers(const CommandLine& line, int argc, char** argv)
{
    auto text = readSmallFile(line.agent);
    if (!text) return refuseDefinition(text.failure(), line.json);
    const auto parsed = parseDefinition(*text, line.agent);
    if (!parsed.definition) return refuseDefinition(parsed.mistakes.front(), line.json);
    QCoreApplication application(argc, argv);
    NotifierTrial trial(parsed.definition);
    int exit = 0;
    trial.begin([&](const std::vector<NotifierTrial::Result>& results) {
        Json rows = Json::array();
        for (const auto& result : results) {
            rows.push_back(rowOf(result));
            if (result.why) exit = 1;
        }
        keepTrial(line.store, results, systemClock()->now());
        printAnswer("notify", rows, line.json);
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
    return exit;
}

}  // namespace

std::optional<Millis> readSpan(const std::string& text)
{
    if (text.size() < 2 || text.size() > 7 || text.find_first_not_of("0123456789") != text.size() - 1) return std::nullopt;
    const Millis count = std::stoll(text.substr(0, text.size() - 1));
    switch (text.back()) {
    case 'm': return count * 60'000;
    case 'h': return count * 3'600'000;
    case 'd': return count * 86'400'000;
    default: return std::nullopt;
    }
}

bool isWatchCommand(const std::string& command)
{
    return command == "log" || command == "stats" || command == "metrics" || command == "notify";
}

int runWatchCommand(const CommandLine& line, int argc, char** argv)
{
    if (line.command == "log") return showLog(line);
    if (line.command == "stats") return showStatistics(line);
    if (line.command == "metrics") return showMetrics(line);
    return tryNotifiers(line, argc, argv);
}

}  // namespace handrail::app
