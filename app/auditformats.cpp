#include "app/auditformats.h"

#include <vector>

#include "agentcore/plaintext.h"
#include "agentcore/redact.h"
#include "app/html.h"
#include "app/print.h"
#include "app/shapes.h"

namespace handrail::app {
namespace {

constexpr std::size_t longestText = 1 << 16;

std::string plainWords(const Json& value)
{
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : dump(value);
}

/// "amount 1240.00, currency EUR, recipient ACME GmbH"
std::string typedOf(const Json& shown)
{
    std::string text;
    for (const auto& value : shown["typed"]) text += (text.empty() ? "" : ", ") + textOf(value, "role") + " " + plainWords(value["value"]);
    return text;
}

/// What the walk has found, in a sentence.
std::string chainSentence(const Json& head)
{
    const Json& chain = head["chain"];
    const std::string lines = std::to_string(numberOf(chain, "lines"));
    if (!truthOf(chain, "ok")) return "THE CHAIN IS BROKEN: this store is not as it was written. Trust none of it before that is cleared up.";
    return "The hash chain over all " + lines + " journal lines was walked and is whole: nothing was changed, removed, moved or put back.";
}

/// The columns of CSV and the rows of HTML: a title, and the value of an entry.
struct Field {
    const char* column;
    const char* title;
    const char* group;   ///< member of the entry that holds it; "" itself
    const char* member;
};
constexpr Field fields[] = {
    {"line", "Journal line", "", "seq"},         {"time", "When (UTC)", "", "time"},          {"who", "Who", "", "who"},
    {"act", "What", "", "act"},                  {"reason", "Why", "", "reason"},             {"code", "Code", "", "code"},
    {"message", "What came of it", "", "message"}, {"given", "Said besides", "", "given"},    {"run", "Run", "", "run"},
    {"agent", "Agent", "", "agent"},             {"version", "Its version", "", "version"},   {"requester", "Asked for by", "", "requester"},
    {"step", "Step", "", "step"},                {"handoff", "Handoff", "shown", "handoff"},  {"kind", "Kind", "shown", "kind"},
    {"title", "Question", "shown", "title"},     {"rule", "Rule", "shown", "rule"},           {"asked", "Asked at", "shown", "asked"},
    {"tool", "Tool", "shown", "tool"},           {"server", "Server", "shown", "server"},     {"gate", "Gate", "shown", "gate"},
    {"effect", "Effect", "shown", "effect"},     {"typed", "Typed values", "shown", "typed"}, {"arguments", "Exact arguments", "shown", "arguments"},
    {"before", "Read before", "shown", "before"}, {"undo", "Undo", "shown", "undo"},          {"agent_words", "The agent's words", "shown", "agent_words"},
    {"model", "Model", "shown", "model"},        {"confidence", "Its confidence", "shown", "confidence"},
    {"surface", "Shown on", "shown", "surface"}, {"digest", "Digest", "shown", "digest"},     {"hash", "Hash of the line", "", "hash"},
};

std::string valueOf(const Json& entry, const Field& field)
{
    const Json& group = *field.group ? entry[field.group] : entry;
    if (!group.is_object()) return {};
    if (std::string_view(field.member) == "typed") return typedOf(group);
    const Json& value = group[field.member];
    return value.is_structured() && value.empty() ? std::string() : plainWords(value);
}

class JsonWriter final : public AuditWriter {
public:
    explicit JsonWriter(std::ostream& out) : out_(out) {}
    void begin(const Json& head) override
    {
        // The head's closing brace waits until the entries are in.
        std::string text = dump(head);
        text.pop_back();
        out_ << text << ",\"entries\":[";
    }
    void entry(const Json& entry) override { out_ << (count_++ ? ",\n" : "\n") << dump(entry); }
    void end() override { out_ << "\n]}\n"; }

private:
    std::ostream& out_;
    int count_ = 0;
};

class CsvWriter final : public AuditWriter {
public:
    explicit CsvWriter(std::ostream& out) : out_(out) {}
    void begin(const Json& head) override
    {
        std::vector<std::string> titles, chain;
        for (const auto& field : fields) {
            titles.push_back(field.column);
            const std::string_view column = field.column;
            const Json& known = head["chain"]["head"];
            chain.push_back(column == "line" ? plainWords(known["seq"]) : column == "time" ? textOf(head, "written") : column == "act" ? (truthOf(head["chain"], "ok") ? "chain whole" : "CHAIN BROKEN")
                            : column == "message" ? chainSentence(head) : column == "given" ? dump(head["chain"]["findings"]) : column == "hash" ? textOf(known, "hash") : std::string());
        }
        row(titles);
        // There are no comments in CSV: the first row says what all others are worth.
        row(chain);
    }
    void entry(const Json& entry) override
    {
        std::vector<std::string> cells;
        for (const auto& field : fields) cells.push_back(valueOf(entry, field));
        row(cells);
    }
    void end() override {}

private:
    void row(const std::vector<std::string>& cells)
    {
        for (std::size_t i = 0; i < cells.size(); ++i) out_ << (i == 0 ? "" : ",") << csvCell(cells[i]);
        out_ << "\r\n";
    }
    std::ostream& out_;
};

constexpr const char* htmlHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Handrail audit</title>
<style>
body { font: 11pt/1.4 sans-serif; color: #111; background: #fff; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 18pt; margin: 0 0 .4em; }
h2 { font-size: 12pt; margin: 0; padding: .3em .5em; background: #eee; }
article { border: 1px solid #999; margin: 1em 0; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { text-align: left; width: 11em; font-weight: 600; vertical-align: top; padding: .15em .5em; }
td { vertical-align: top; padding: .15em .5em; overflow-wrap: anywhere; white-space: pre-wrap; }
.broken { border: 3px solid #a00; padding: .5em; font-weight: bold; color: #a00; }
.whole { border: 1px solid #080; padding: .5em; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; } }
</style></head><body>
)";

class HtmlWriter final : public AuditWriter {
public:
    explicit HtmlWriter(std::ostream& out) : out_(out) {}
    void begin(const Json& head) override
    {
        const Json& chain = head["chain"];
        const bool isWhole = truthOf(chain, "ok");
        out_ << htmlHead << "<h1>Who decided what, when and why</h1>\n<p class=\"" << (isWhole ? "whole" : "broken") << "\">" << htmlText(chainSentence(head), longestText);
        for (const auto& finding : chain["findings"]) out_ << "<br>" << htmlText(textOf(finding, "code") + ": " + textOf(finding, "message"), longestText);
        out_ << "</p>\n<table>\n";
        row("Store", textOf(head, "store"));
        row("Written", textOf(head, "written"));
        row("From", plainWords(head["since"]));
        row("Until", plainWords(head["until"]));
        row("Run", plainWords(head["run"]));
        row("Last line", plainWords(chain["head"]["seq"]) + "  " + textOf(chain["head"], "hash"));
        if (numberOf(chain, "pruned") > 0) row("Let go by rule", std::to_string(numberOf(chain, "pruned")) + " lines without content");
        out_ << "</table>\n";
    }
    void entry(const Json& entry) override
    {
        ++count_;
        const std::string who = textOf(entry, "who").empty() ? std::string("nobody") : textOf(entry, "who");
        out_ << "<article><h2>" << htmlText(textOf(entry, "time") + "  " + textOf(entry, "act") + ", by " + who, longestText) << "</h2>\n<table>\n";
        for (const auto& field : fields) row(field.title, valueOf(entry, field));
        out_ << "</table></article>\n";
    }
    void end() override { out_ << (count_ == 0 ? "<p>Nothing was decided in this time.</p>\n" : "") << "</body></html>\n"; }

private:
    void row(const char* title, const std::string& value)
    {
        if (!value.empty()) out_ << "<tr><th>" << htmlText(title, longestText) << "</th><td>" << htmlText(value, longestText) << "</td></tr>\n";
    }
    std::ostream& out_;
    int count_ = 0;
};

class TableWriter final : public AuditWriter {
public:
    explicit TableWriter(std::ostream& out) : out_(out) {}
    void begin(const Json& head) override
    {
        out_ << forTerminal(chainSentence(head)) << "\n";
        for (const auto& finding : head["chain"]["findings"]) out_ << "  " << forTerminal(textOf(finding, "code") + ": " + textOf(finding, "message")) << "\n";
        out_ << "Its last line is " << plainWords(head["chain"]["head"]["seq"]) << " (" << textOf(head["chain"]["head"], "hash").substr(0, 16) << "…)\n\n";
    }
    void entry(const Json& entry) override
    {
        ++count_;
        const std::string who = textOf(entry, "who");
        out_ << forTerminal(textOf(entry, "time")) << "  " << heading(forTerminal(textOf(entry, "act"))) << "  " << (who.empty() ? "nobody" : forTerminal(who));
        if (entry["shown"].is_object()) out_ << "  " << forTerminal(textOf(entry["shown"], "handoff")) << "  " << forTerminal(textOf(entry["shown"], "title"));
        else if (!textOf(entry, "run").empty()) out_ << "  run " << forTerminal(textOf(entry, "run"));
        out_ << "\n";
        for (const char* member : {"reason", "message"}) {
            if (!textOf(entry, member).empty()) out_ << "    " << forTerminal(textOf(entry, member)) << "\n";
        }
    }
    void end() override { out_ << (count_ == 0 ? "Nothing was decided in this time.\n" : "") << std::flush; }

private:
    std::ostream& out_;
    int count_ = 0;
};

Json shapeOfShown(const ShownHandoff& shown)
{
    Json typed = Json::array();
    for (const auto& argument : shown.typed) typed.push_back({{"at", argument.name}, {"role", argument.role}, {"value", argument.value}});
    return {{"handoff", shown.id}, {"kind", shown.kind}, {"title", shown.title}, {"rule", shown.rule}, {"asked", rfc3339(shown.asked)},
            {"tool", shown.tool}, {"server", shown.server}, {"gate", shown.gate}, {"effect", shown.effect}, {"typed", typed},
            {"arguments", shown.arguments}, {"before", shown.before}, {"undo", shown.undoNote}, {"agent_words", shown.agentWords},
            {"model", shown.model}, {"confidence", shown.confidence ? Json(*shown.confidence) : Json()}, {"surface", shown.surface}, {"digest", shown.digest}};
}

}  // namespace

std::string csvCell(const std::string& text)
{
    std::string cell = visibleText(text, longestText);
    // A spreadsheet runs what begins like this, also behind blanks; the full-width forms are read as the plain ones.
    const auto first = cell.find_first_not_of(' ');
    const std::string_view rest = first == std::string::npos ? std::string_view() : std::string_view(cell).substr(first);
    bool isFormula = false;
    for (const std::string_view start : {"=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) isFormula = isFormula || rest.starts_with(start);
    std::string quoted = isFormula ? "\"'" : "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

Json shapeOf(const AuditEntry& entry)
{
    return withoutCredentials(Json{{"seq", entry.seq}, {"hash", entry.hash}, {"time", rfc3339(entry.time)}, {"act", entry.act}, {"who", entry.who},
                                   {"reason", entry.reason}, {"code", entry.code}, {"message", entry.message}, {"given", entry.given}, {"run", entry.run},
                                   {"agent", entry.agent}, {"version", entry.version}, {"requester", entry.requester}, {"step", entry.step},
                                   {"shown", entry.shown ? shapeOfShown(*entry.shown) : Json()}});
}

Json shapeOf(const StoreCheck& check)
{
    Json findings = Json::array();
    for (const auto& finding : check.findings) findings.push_back(shapeOf(finding));
    return {{"ok", check.findings.empty()}, {"store", check.store}, {"lines", check.lines}, {"pruned", check.pruned},
            {"head", {{"seq", check.head}, {"hash", check.hash}}}, {"findings", findings}};
}

std::unique_ptr<AuditWriter> auditWriter(const std::string& format, std::ostream& out)
{
    if (format == "json") return std::make_unique<JsonWriter>(out);
    if (format == "csv") return std::make_unique<CsvWriter>(out);
    if (format == "html") return std::make_unique<HtmlWriter>(out);
    if (format == "table") return std::make_unique<TableWriter>(out);
    return nullptr;
}

}  // namespace handrail::app
