#include "agentcore/audittrail.h"

#include <exception>
#include <filesystem>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/finding.h"
#include "agentcore/decide/view.h"
#include "agentcore/definition/kept.h"
#include "agentcore/store/audit.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"

namespace handrail {
namespace {

using decide::Event;
using decide::EventKind;

std::string actOf(const Event& event)
{
    switch (event.kind) {
    case EventKind::Decided: return textOf(event.data, "verb");
    case EventKind::DecidedLate: return "refused";
    case EventKind::Expired: return "expired";
    case EventKind::Allowed: return "allowed";
    case EventKind::AbortAsked: return "abort_run";
    case EventKind::Paused: return "pause_run";
    case EventKind::HostSet: return truthOf(event.data, "isolated") ? "isolate" : "release";
    case EventKind::Tended: return event.data.contains("snoozed_until") ? "snooze" : textOf(event.data, "assignee").empty() ? "give_back" : "hand";
    case EventKind::StorePruned: return "prune";
    case EventKind::RolledBack: return "accept_rollback";
    default: return decide::word(event.kind);
    }
}

/// What a person said beside yes, no and why.
Json givenBy(const Event& event)
{
    Json given = Json::object();
    for (const char* member : {"verb", "arguments", "new_digest", "text", "settlement", "reference", "mode", "revoked", "stays_open", "hold_until",
                               "rule", "gate", "host", "runs", "lines", "before", "assignee", "snoozed_until", "bulk"}) {
        const bool isTheAct = event.kind == EventKind::Decided && std::string(member) == "verb";
        if (!isTheAct && event.data.contains(member)) given[member] = event.data[member];
    }
    return given;
}

void tellTyped(const Tool& tool, const Json& arguments, std::vector<Argument>& typed)
{
    if (!arguments.is_array()) {
        if (arguments.is_object()) typed = decide::typedArguments(tool, arguments);
        return;
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!arguments[i].is_object()) continue;
        for (auto& argument : decide::typedArguments(tool, arguments[i])) {
            argument.name = "/" + std::to_string(i) + argument.name;
            typed.push_back(std::move(argument));
        }
    }
}

ShownHandoff shownOf(const HandoffDetail& detail)
{
    ShownHandoff shown;
    shown.id = detail.row.id;
    shown.kind = word(detail.row.kind);
    shown.title = detail.row.title;
    shown.rule = detail.why;
    shown.tool = detail.row.tool;
    shown.server = detail.server;
    shown.gate = detail.gate;
    shown.digest = detail.digest;
    shown.arguments = detail.arguments;
    shown.undoNote = detail.undoNote;
    shown.agentWords = detail.agentWords;
    shown.model = detail.model;
    shown.confidence = detail.confidence;
    shown.asked = detail.row.created;
    return shown;
}

/// Where lines were changed nothing is folded: what the question's own line says is all that is told.
std::optional<ShownHandoff> shownByLine(const std::vector<Event>& events, const HandoffId& id, Seq before)
{
    const Event* asked = nullptr;
    for (const auto& event : events) {
        if (event.seq < before && event.kind == EventKind::Asked && !id.empty() && textOf(event.data, "handoff") == id) asked = &event;
    }
    if (!asked) return std::nullopt;
    ShownHandoff shown;
    shown.id = id;
    shown.kind = textOf(asked->data, "kind");
    shown.title = textOf(asked->data, "title");
    shown.rule = textOf(asked->data, "why");
    shown.tool = textOf(asked->data, "tool");
    shown.digest = textOf(asked->data, "digest");
    shown.arguments = asked->data.value("arguments", Json());
    shown.before = asked->data.value("before", Json());
    shown.agentWords = textOf(asked->data, "agent_words");
    shown.model = textOf(asked->data, "model");
    shown.asked = asked->time;
    return shown;
}

/// Tells each act with what stood before the person: the fold of the run's lines before it.
class Telling {
public:
    Telling(store::Database& database, bool isWhole) : database_(database), isWhole_(isWhole) {}

    AuditEntry entryOf(const store::ActLine& line)
    {
        const Event& event = line.event;
        AuditEntry entry;
        entry.seq = event.seq;
        entry.hash = line.hash;
        entry.time = event.time;
        entry.act = actOf(event);
        entry.who = textOf(event.data, "who");
        entry.reason = textOf(event.data, "reason");
        entry.code = textOf(event.data, "code");
        entry.message = textOf(event.data, "message");
        if (entry.message.empty() && codeInfo(entry.code).code == entry.code) entry.message = codeInfo(entry.code).sentence;
        if (!line.isReadable) entry.message = "What this line said can no longer be read.";
        entry.given = givenBy(event);
        entry.run = event.run;
        entry.step = event.step;
        try {
            if (!event.run.empty()) tellRun(event, entry);
            else if (event.kind == EventKind::Decided) tellFinding(event, entry);
        } catch (const std::exception&) {
            // Lines that somebody has changed may hold anything; the chain's own finding names them.
            add(entry.message, "What was shown can no longer be told: lines before it were changed.");
        }
        if (entry.shown) entry.shown->surface = textOf(event.data, "shown");
        return entry;
    }

private:
    static void add(std::string& message, const std::string& sentence) { message += (message.empty() ? "" : " ") + sentence; }

    void tellRun(const Event& event, AuditEntry& entry)
    {
        const auto events = store::readEvents(database_, event.run, 0, -1);
        if (!events || events->empty()) return add(entry.message, "The run can no longer be read.");
        if (!isWhole_) {
            const Json& started = events->front().data;
            entry.agent = textOf(started, "agent");
            entry.version = textOf(started, "version");
            entry.requester = textOf(started, "user");
            entry.shown = shownByLine(*events, textOf(event.data, "handoff"), event.seq);
            return;
        }
        decide::RunState state;
        for (const auto& before : *events) {
            if (before.seq >= event.seq) break;
            decide::fold(state, before);
        }
        entry.agent = textOf(state.started, "agent");
        entry.version = textOf(state.started, "version");
        entry.requester = state.user();
        const auto at = static_cast<std::size_t>(state.at);
        if (event.kind == EventKind::Allowed && at < state.steps.size()) entry.given["arguments"] = state.steps[at].arguments;
        const auto* record = state.handoff(textOf(event.data, "handoff"));
        if (!record) return;
        const auto definition = definitions_.get(textOf(state.started, "definition"), [&](const std::string& digest) { return store::readDefinition(database_, digest); });
        if (!definition) return add(entry.message, definition.failure().message);
        ShownHandoff shown = shownOf(decide::handoffOf(**definition, state, *record));
        shown.before = record->asked.value("before", Json());
        if (const Tool* tool = (*definition)->tool(shown.tool)) {
            shown.effect = word(tool->effect);
            tellTyped(*tool, shown.arguments, shown.typed);
        }
        entry.shown = std::move(shown);
    }

    void tellFinding(const Event& event, AuditEntry& entry)
    {
        const HandoffId id = textOf(event.data, "handoff");
        const auto row = store::readHandoff(database_, id);
        const auto filed = store::readFinding(database_, id, event.seq);
        if (row && *row && filed && *filed) entry.shown = shownOf(decide::findingDetail(**row, **filed));
    }

    store::Database& database_;
    const bool isWhole_;
    KeptDefinitions definitions_;
};

}  // namespace

Outcome<StoreCheck> readAudit(const std::string& folder, const std::string& headFolder, const AuditFilter& filter, const AuditSink& sink)
{
    std::error_code problem;
    if (!std::filesystem::exists(store::databasePath(folder), problem)) {
        return failure("U105", "There is no Handrail store in this folder.", folder, "Name another folder with --store.");
    }
    auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Read);
    if (!database) return database.failure();
    // What was checked and what is told are of one moment.
    (*database)->execute("BEGIN");
    auto report = store::auditAgainst(**database, headFolder, {});
    if (!report) return report.failure();
    const StoreCheck check{report->store, report->lines, report->pruned, report->head.seq, report->head.hash, report->findings};
    sink.begin(check);
    Telling telling(**database, check.findings.empty());
    const auto refused = store::eachAct(**database, {filter.since, filter.until, filter.run}, [&](const store::ActLine& line) {
        // One act of a person is told once, not for every run that it was about.
        const bool isEcho = line.event.kind == EventKind::RolledBack && !line.event.run.empty() && filter.run.empty();
        const bool isByRule = line.event.kind == EventKind::Allowed && !textOf(line.event.data, "gate").empty();
        if (!isEcho && (isByRule || line.event.kind != EventKind::Allowed)) sink.entry(telling.entryOf(line));
    });
    (*database)->execute("COMMIT");
    if (refused) return *refused;
    return check;
}

}  // namespace handrail
