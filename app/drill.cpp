#include "app/drill.h"

#include <iostream>

#include <QCoreApplication>
#include <QFile>

#include "agentcore/clock.h"
#include "agentcore/definition/definition.h"
#include "agentcore/drilling.h"
#include "app/check.h"
#include "app/drillpage.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

int refused(const Failure& why, bool json)
{
    printError(why, json);
    return exitOf(why);
}

/// Said before the first call: what is called is real.
std::string warningOf(const DrillReport& plan, int runs)
{
    std::string endpoints;
    for (const auto& endpoint : plan.endpoints) endpoints += (endpoints.empty() ? "" : ", ") + endpoint;
    return "A drill of " + plan.agent + " (" + plan.environment + "), " + std::to_string(runs) + (runs == 1 ? " run" : " runs") +
           ": it calls the real endpoints that the definition names (" + endpoints + "). What is not injected to fail acts there.";
}

Json shapeOfLine(const DrillLine& line)
{
    return {{"id", line.id}, {"what", line.what}, {"expected", line.expected}, {"seen", line.seen}, {"result", word(line.verdict)}};
}

Json shapeOfDrill(const DrillReport& report, const std::string& warning)
{
    Json runs = Json::array();
    for (const auto& run : report.runs) {
        Json shape = app::shapeOf(run.summary);
        shape["injected"] = run.injected;
        if (!run.journal.empty()) shape["journal"] = {{"file", run.journal}, {"sha256", run.sha256}};
        if (!run.notKept.empty()) shape["journal_not_kept"] = run.notKept;
        runs.push_back(std::move(shape));
    }
    Json lines = Json::array();
    for (const auto& line : report.lines) lines.push_back(shapeOfLine(line));
    return {{"agent", report.agent}, {"version", report.version}, {"environment", report.environment}, {"definition", report.definition},
            {"program", report.program}, {"by", report.who}, {"began", rfc3339(report.began)}, {"ended", rfc3339(report.ended)},
            {"endpoints", report.endpoints}, {"input", report.input}, {"inject", report.inject}, {"own_inject", report.isOwn},
            {"injected", report.injected}, {"runs", runs}, {"lines", lines}, {"passes", report.passes()}, {"note", warning}};
}

void printDrill(const Json& shape)
{
    std::cout << "\n";
    printTable(shape["runs"], {{"id", "RUN"}, {"state", "STATE"}, {"steps_done", "DONE"}, {"steps_total", "STEPS"}, {"injected", "INJECTED"}}, "No run was made.");
    for (const auto& run : shape["runs"]) {
        const std::string why = textOf(run, "journal_not_kept");
        if (!why.empty()) std::cout << "The journal of " << textOf(run, "id") << " was not kept. " << forTerminal(why) << "\n";
    }
    for (const auto& line : shape["lines"]) {
        const std::string result = textOf(line, "result");
        const char* mark = result == "pass" ? "pass     " : result == "fail" ? "FAIL     " : "not met  ";
        std::cout << "\n" << mark << heading(textOf(line, "what")) << "\n         expected  " << textOf(line, "expected") << "\n         seen      "
                  << forTerminal(textOf(line, "seen")) << "\n";
    }
    std::cout << "\n" << (truthOf(shape, "passes") ? "Nothing failed. " : "The drill FAILED. ")
              << "\"Not met\" was not tried out: no failure of this drill came upon it." << std::endl;
}

std::optional<Failure> writePage(const DrillReport& report, const std::string& path)
{
    QFile file(QString::fromStdString(path));
    const std::string page = drillPage(report);
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                           file.write(page.data(), static_cast<qint64>(page.size())) == static_cast<qint64>(page.size()) && file.flush();
    if (isWritten) return std::nullopt;
    return failure("R102", "The report could not be written: " + file.errorString().toStdString() + ".", path, "Name a new file in a folder that you can write to.");
}

int show(const DrillReport& report, const CommandLine& line, const std::string& warning)
{
    const Json shape = shapeOfDrill(report, warning);
    if (line.json) std::cout << dump(shape, 2) << std::endl;
    else printDrill(shape);
    if (!line.file.empty()) {
        if (auto cannot = writePage(report, line.file)) return refused(*cannot, line.json);
        if (!line.json) std::cout << "The report is in " << forTerminal(line.file) << "." << std::endl;
    }
    return report.passes() ? 0 : 1;
}

}  // namespace

int runDrill(const CommandLine& line, int argc, char** argv)
{
    auto text = readSmallFile(line.agent);
    if (!text) return refuseDefinition(text.failure(), line.json);
    const auto parsed = parseDefinition(*text, line.agent);
    for (const auto& mistake : parsed.mistakes) {
        printError(mistake, line.json);
        if (line.json) break;
    }
    if (!parsed.definition) return 2;
    // Told before the drill and not behind it: nobody drills for minutes and has no report then.
    if (!line.file.empty() && QFile::exists(QString::fromStdString(line.file))) {
        return refused(failure("U102", "The file " + line.file + " is there already.", "--report", "Name a new file for the report."), line.json);
    }
    if (!line.folder.empty() && QFile::exists(QString::fromStdString(line.folder))) {
        return refused(failure("U102", "The folder " + line.folder + " is there already.", "--journals", "Name a new folder for the journals."), line.json);
    }
    QCoreApplication application(argc, argv);
    DrillOptions options;
    options.definition = *text;
    options.path = line.agent;
    options.input = line.request.value("input", Json::object());
    options.who = textOf(line.request, "as");
    options.store = line.store;
    options.keep = line.folder;
    options.runs = static_cast<int>(numberOf(line.request, "runs", options.runs));
    if (line.request.contains("seed")) options.seed = static_cast<std::uint64_t>(numberOf(line.request, "seed"));
    auto drill = Drill::prepare(options);
    if (!drill) return refuseDefinition(drill.failure(), line.json);
    const std::string warning = warningOf((*drill)->plan(), options.runs);
    if (!line.json) std::cout << forTerminal(warning) << std::endl;
    int exit = 2, number = 0;
    (*drill)->begin([&](const RunSummary& run) {
        if (!line.json) std::cout << "  run " << ++number << " of " << options.runs << ": " << word(run.status) << std::endl;
    }, [&](Outcome<DrillReport> report) {
        exit = report ? show(*report, line, warning) : refused(report.failure(), line.json);
        QMetaObject::invokeMethod(&application, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    return exit;
}

}  // namespace handrail::app
