#include "app/replaycommands.h"

#include <algorithm>
#include <iostream>

#include "agentcore/clock.h"
#include "agentcore/replaying.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

constexpr const char* nothingLeaves = "Nothing was sent and nothing was stored: a replay has neither a wire nor a store.";

int cannot(const Failure& why, bool json)
{
    printError(why, json);
    return exitOf(why);
}

Json shapeOfLine(const ReplayedLine& line)
{
    return {{"seq", line.line.seq}, {"time", rfc3339(line.line.time)}, {"step", line.line.step}, {"attempt", line.line.attempt},
            {"event", line.line.event}, {"result", line.verdict}};
}

Json shapeOfDifference(const ReplayDifference& difference)
{
    return {{"seq", difference.seq}, {"code", "W112"}, {"message", difference.message}, {"journal", difference.journal}, {"now", difference.now}};
}

Json shapeOfMoment(const ReplayMoment& moment)
{
    return {{"seq", moment.seq}, {"time", rfc3339(moment.time)}, {"run", shapeOf(moment.run)}, {"decision", moment.decision}, {"rule", moment.rule},
            {"budget", {{"run_ms", moment.runLeft}, {"step_ms", moment.stepLeft}, {"steps", moment.stepsLeft}, {"retries", moment.retriesLeft}}}};
}

Json shapeOfReplay(const Replayed& told, const std::string& run, bool withMoment)
{
    Json lines = Json::array();
    for (const auto& line : told.lines) lines.push_back(shapeOfLine(line));
    Json shape = {{"run", run}, {"same", !told.differs}, {"lines", lines}, {"differs", nullptr}, {"note", nothingLeaves}};
    if (told.differs) shape["differs"] = shapeOfDifference(*told.differs);
    if (withMoment) shape["moment"] = shapeOfMoment(told.moment);
    return shape;
}

void printMoment(const Json& moment)
{
    std::cout << "\n" << heading("After line " + std::to_string(numberOf(moment, "seq"))) << "  " << textOf(moment, "time") << "\n"
              << "  decision  " << forTerminal(textOf(moment, "decision")) << "\n";
    if (!textOf(moment, "rule").empty()) std::cout << "  rule      " << forTerminal(textOf(moment, "rule")) << "\n";
    const Json& budget = moment["budget"];
    std::cout << "  left      " << budget["run_ms"] << " ms of the run, " << budget["step_ms"] << " ms of the step, " << budget["steps"] << " steps, "
              << budget["retries"] << " retries\n";
    printAnswer("show", moment["run"], false);
}

void printDifference(const Json& difference)
{
    const auto line = numberOf(difference, "seq");
    std::cout << "\n" << heading(line > 0 ? "W112 at line " + std::to_string(line) : std::string("W112 behind the last line")) << "  "
              << forTerminal(textOf(difference, "message")) << "\n  journal  " << forTerminal(dump(difference["journal"])) << "\n  now      "
              << forTerminal(dump(difference["now"])) << "\n";
}

int showReplay(const CommandLine& line)
{
    const std::string run = textOf(line.request, "id");
    const Seq until = numberOf(line.request, "until");
    const auto told = replayRun(line.store, run, until);
    if (!told) return cannot(told.failure(), line.json);
    const Json shape = shapeOfReplay(*told, run, until > 0);
    if (line.json) {
        std::cout << dump(shape, 2) << std::endl;
    } else {
        printTable(shape["lines"], {{"seq", "LINE"}, {"time", "TIME"}, {"step", "STEP"}, {"event", "EVENT"}, {"result", "RESULT"}}, "The journal is empty.");
        if (until > 0) printMoment(shape["moment"]);
        if (told->differs) printDifference(shape["differs"]);
        else std::cout << "\nEvery decision is the same. ";
        std::cout << nothingLeaves << std::endl;
    }
    return told->differs ? 1 : 0;
}

Json shapeOfWhatIf(const WhatIf& told, const std::string& run)
{
    Json lines = Json::array();
    for (const auto& line : told.lines) {
        lines.push_back({{"mark", line.mark}, {"journal", line.journal ? shapeOf(*line.journal) : Json()}, {"now", line.now ? shapeOf(*line.now) : Json()}});
    }
    return {{"run", run}, {"lines", lines}, {"stopped", told.stopped}, {"assumed", told.assumed}, {"moment", shapeOfMoment(told.moment)}, {"note", nothingLeaves}};
}

/// "14 judged refund #1 T503", as one cell of a table.
std::string cellOf(const Json& line)
{
    if (line.is_null()) return {};
    std::string cell = numberOf(line, "seq") > 0 ? std::to_string(numberOf(line, "seq")) + " " : std::string();
    cell += textOf(line, "event");
    if (!textOf(line, "step").empty()) cell += " " + textOf(line, "step");
    for (const char* member : {"verdict", "verb", "code", "state"}) {
        if (!textOf(line, member).empty()) cell += " " + textOf(line, member);
    }
    return cell;
}

/// Where the two ways have parted, the n-th line of one stands beside the n-th of the other.
Json sideBySide(const Json& lines)
{
    Json rows = Json::array();
    Json left = Json::array();
    Json right = Json::array();
    for (const auto& line : lines) {
        const std::string mark = textOf(line, "mark");
        if (mark == "only journal") left.push_back(cellOf(line["journal"]));
        else if (mark == "only now") right.push_back(cellOf(line["now"]));
        else rows.push_back({{"journal", cellOf(line["journal"])}, {"mark", mark == "same" ? "" : "changed"}, {"now", cellOf(line["now"])}});
    }
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        rows.push_back({{"journal", i < left.size() ? left[i] : Json("")}, {"mark", "other"}, {"now", i < right.size() ? right[i] : Json("")}});
    }
    return rows;
}

int showWhatIf(const CommandLine& line)
{
    const std::string run = textOf(line.request, "id");
    const auto told = whatIf(line.store, run, line.request.value("change", Json()));
    if (!told) return cannot(told.failure(), line.json);
    const Json shape = shapeOfWhatIf(*told, run);
    if (line.json) {
        std::cout << dump(shape, 2) << std::endl;
        return 0;
    }
    printTable(sideBySide(shape["lines"]), {{"journal", "AS IT WAS"}, {"mark", "DIFFERS"}, {"now", "AS IT WOULD BE"}}, "The journal is empty.");
    printMoment(shape["moment"]);
    if (!told->stopped.empty()) std::cout << "\nIt is not known how it goes on. " << forTerminal(told->stopped) << "\n";
    for (const auto& assumed : told->assumed) std::cout << "Assumed: " << assumed << "\n";
    std::cout << nothingLeaves << std::endl;
    return 0;
}

int exportRun(const CommandLine& line)
{
    const std::string run = textOf(line.request, "id");
    const auto text = bundleOf(line.store, run, line.request.value("mask", std::vector<std::string>()));
    if (!text) return cannot(text.failure(), line.json);
    // Told before it is written: nobody finds out from a full disk.
    if (!line.json) std::cout << "The bundle of " << forTerminal(run) << " has " << text->size() << " bytes." << std::endl;
    if (auto refused = writeBundle(*text, line.file)) return cannot(*refused, line.json);
    if (line.json) std::cout << dump({{"run", run}, {"file", line.file}, {"bytes", text->size()}}, 2) << std::endl;
    else std::cout << "It is in " << forTerminal(line.file) << ". Replay it anywhere with: handrail replay ./FILE" << std::endl;
    return 0;
}

int importRun(const CommandLine& line)
{
    const auto run = importBundle(line.store, line.file);
    if (!run) return cannot(run.failure(), line.json);
    if (line.json) std::cout << dump({{"run", *run}, {"file", line.file}}, 2) << std::endl;
    else std::cout << "Imported. It is never driven; replay it with: handrail replay " << *run << std::endl;
    return 0;
}

}  // namespace

bool isReplayCommand(const std::string& command)
{
    return command == "replay" || command == "what-if" || command == "export" || command == "import";
}

int runReplayCommand(const CommandLine& line)
{
    if (line.command == "replay") return showReplay(line);
    if (line.command == "what-if") return showWhatIf(line);
    return line.command == "export" ? exportRun(line) : importRun(line);
}

}  // namespace handrail::app
