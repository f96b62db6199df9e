#include "app/drillpage.h"

#include "agentcore/clock.h"
#include "app/html.h"

namespace handrail::app {
namespace {

constexpr const char* head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Failure drill</title>
<style>
body { font: 14px/1.5 Inter, "Noto Sans", sans-serif; color: #1c1f23; background: #fff; max-width: 62em; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; margin: 0 0 .2em; }
h2 { font-size: 1.15em; margin: 2em 0 .5em; }
p { margin: .3em 0; max-width: 46em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45em .7em .45em 0; border-bottom: 1px solid #d5d9de; overflow-wrap: anywhere; }
th { font-weight: 600; color: #4a525b; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.2em; margin: 1em 0; }
dt { color: #4a525b; } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f5f7; padding: .8em; }
.pass, .fail, .not-met { font-weight: 600; white-space: nowrap; }
.pass { color: #1a6b3c; } .fail { color: #a8211b; } .not-met { color: #5b626b; }
.signed { display: flex; gap: 3em; margin-top: 4em; } .signed span { flex: 1; border-top: 1px solid #1c1f23; padding-top: .3em; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11px; } tr, pre { break-inside: avoid; } thead { display: table-header-group; } }
</style>
</head>
<body>
)";

std::string fact(const char* name, const std::string& value) { return std::string("<dt>") + name + "</dt><dd>" + htmlText(value) + "</dd>\n"; }

std::string cell(const std::string& text) { return "<td>" + htmlText(text) + "</td>"; }

std::string verdictCell(DrillVerdict verdict)
{
    const std::string style = verdict == DrillVerdict::NotMet ? "not-met" : word(verdict);
    return "<td class=\"" + style + "\">" + word(verdict) + "</td>";
}

std::string headRow(std::initializer_list<const char*> titles)
{
    std::string row = "<table>\n<thead><tr>";
    for (const char* title : titles) row += std::string("<th scope=\"col\">") + title + "</th>";
    return row + "</tr></thead>\n<tbody>\n";
}

std::string facts(const DrillReport& report)
{
    std::string endpoints;
    for (const auto& endpoint : report.endpoints) endpoints += (endpoints.empty() ? "" : ", ") + endpoint;
    return "<dl>\n" + fact("Agent", report.agent + ", version " + report.version) + fact("Environment", report.environment) +
           fact("Definition", "SHA-256 " + report.definition) + fact("Called", endpoints) + fact("Began", rfc3339(report.began)) +
           fact("Ended", rfc3339(report.ended)) + fact("Started by", report.who) + fact("Program", report.program) + "</dl>\n";
}

std::string sentence(const DrillReport& report)
{
    const auto times = [&](DrillVerdict verdict) { return std::to_string(report.count(verdict)); };
    return times(DrillVerdict::Pass) + " of " + std::to_string(report.lines.size()) + " lines passed, " + times(DrillVerdict::Fail) + " failed, " +
           times(DrillVerdict::NotMet) + " were not met: no failure of this drill came upon them, so they were not tried out.";
}

std::string linesTable(const DrillReport& report)
{
    std::string table = headRow({"What", "Expected", "Seen", "Result"});
    for (const auto& line : report.lines) table += "<tr>" + cell(line.what) + cell(line.expected) + cell(line.seen) + verdictCell(line.verdict) + "</tr>\n";
    return table + "</tbody></table>\n";
}

std::string injectedTable(const DrillReport& report)
{
    std::string table = headRow({"Tool", "Failure on purpose", "Calls"});
    for (const auto& [tool, kinds] : report.injected) {
        for (const auto& [kind, count] : kinds) table += "<tr>" + cell(tool) + cell(kind) + cell(std::to_string(count)) + "</tr>\n";
    }
    return table + "</tbody></table>\n";
}

std::string journalOf(const DrilledRun& run)
{
    if (!run.journal.empty()) return run.journal + ", SHA-256 " + run.sha256;
    return run.notKept.empty() ? "not kept" : "not kept: " + run.notKept;
}

std::string runsTable(const DrillReport& report)
{
    std::string table = headRow({"Run", "State", "Failure", "Steps done", "Open handoffs", "Injected", "Journal"});
    for (const auto& run : report.runs) {
        const auto& summary = run.summary;
        table += "<tr>" + cell(summary.id) + cell(word(summary.status)) + cell(summary.error ? summary.error->code + " " + summary.error->message : "") +
                 cell(std::to_string(summary.stepsDone) + " of " + std::to_string(summary.stepsTotal)) + cell(std::to_string(summary.handoffs.size())) +
                 cell(std::to_string(run.injected)) + cell(journalOf(run)) + "</tr>\n";
    }
    return table + "</tbody></table>\n";
}

/// JSON over several lines: each is escaped by itself, so that its ends stay.
std::string block(const Json& value)
{
    std::string shown = "<pre>", line;
    for (const char c : dump(value, 2) + "\n") {
        if (c != '\n') {
            line += c;
            continue;
        }
        shown += htmlText(line) + "\n";
        line.clear();
    }
    return shown + "</pre>\n";
}

}  // namespace

std::string drillPage(const DrillReport& report)
{
    std::string page = head;
    page += "<h1>Failure drill of " + htmlText(report.agent) + "</h1>\n<p class=\"" + (report.passes() ? "pass\">Nothing failed. " : "fail\">Failed. ") + htmlText(sentence(report)) + "</p>\n";
    page += facts(report) + "<h2>What was looked at</h2>\n" + linesTable(report);
    page += "<h2>Failures on purpose</h2>\n<p>They stand in the place of the wire, below everything that decides about retries, so what was drilled is what runs. "
            "All other calls were real.</p>\n" + injectedTable(report);
    page += "<h2>Runs</h2>\n<p>They ran one after the other on a copy of the store. Nobody answered for a person: a run that waits at a gate was left there, which is a good end.</p>\n" + runsTable(report);
    page += "<h2>To drill the same again</h2>\n<p>" + std::string(report.isOwn ? "The failures are the definition's own" : "The definition names no failures of its own; these are the default") +
            ", with the seeds that were used:</p>\n" + block(report.inject) + "<p>The input of each run:</p>\n" + block(report.input);
    return page + "<div class=\"signed\"><span>Looked at by</span><span>Date</span></div>\n</body>\n</html>\n";
}

}  // namespace handrail::app
