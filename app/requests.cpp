#include "app/requests.h"

#include "app/shapes.h"

namespace handrail::app {
namespace {

Json value(Json content, int exit = 0) { return {{"exit", exit}, {"value", std::move(content)}}; }

Failure notFound(const std::string& what, const std::string& id, const std::string& listed)
{
    return failure("U105", "There is no " + what + " " + id + ".", {}, "List what there is with: handrail " + listed);
}

Outcome<Decision> decisionOf(const Json& request)
{
    Decision decision;
    decision.handoff = textOf(request, "handoff");
    const auto verb = fromWord<Verb>(textOf(request, "verb"));
    if (!verb) return failure("U102", "There is no decision \"" + textOf(request, "verb") + "\".");
    decision.verb = *verb;
    decision.digest = textOf(request, "digest");
    decision.who = textOf(request, "as");
    decision.reason = textOf(request, "reason");
    if (request.contains("with")) decision.with = request["with"];
    decision.text = textOf(request, "text");
    decision.mode = textOf(request, "mode");
    decision.settlement = fromWord<Settlement>(textOf(request, "settlement"));
    decision.reference = textOf(request, "reference");
    decision.undoAll = truthOf(request, "all");
    decision.shown = "command line";
    decision.drive = truthOf(request, "drive", true);
    return decision;
}

}  // namespace

Requests::Requests(Runtime* runtime, const Reader& reader, const Clock& clock, QObject* parent)
    : QObject(parent), runtime_(runtime), reader_(reader), clock_(clock)
{
}

Json Requests::error(const Failure& failure) { return {{"exit", exitOf(failure)}, {"error", shapeOf(failure)}}; }

bool Requests::isRead(const Json& request)
{
    const std::string what = textOf(request, "do");
    return what == "runs" || what == "show" || what == "journal" || what == "inbox";
}

void Requests::handle(const Json& request, Answer answer)
{
    const std::string what = textOf(request, "do");
    if (what == "runs") return answer(runs());
    if (what == "show") return answer(show(textOf(request, "id")));
    if (what == "journal") return answer(journal(textOf(request, "id")));
    if (what == "inbox") return answer(inbox(request));
    if (!runtime_) return answer(error(failure("U102", "\"" + what + "\" needs a runtime.")));
    if (what == "run") return run(request, std::move(answer));
    if (what == "decide") return decide(request, std::move(answer));
    if (what == "tend") return tend(request, std::move(answer));
    if (what == "abort_run") return abortRun(request, std::move(answer));
    if (what == "pause_run") return pauseRun(request, std::move(answer));
    if (what == "isolate" || what == "release") return isolate(request, std::move(answer));
    if (what == "hosts") return hosts(std::move(answer));
    if (what == "prune") return prune(request, std::move(answer));
    if (what == "resume") return resume(std::move(answer));
    answer(error(failure("U102", "\"" + what + "\" is nothing that can be asked for.")));
}

void Requests::run(const Json& request, Answer answer)
{
    StartRequest start;
    start.definition = textOf(request, "definition");
    start.path = textOf(request, "path");
    start.input = request.value("input", Json::object());
    start.user = textOf(request, "user");
    start.trace = textOf(request, "trace");
    const bool untilEnd = truthOf(request, "wait");
    runtime_->start(start, this, [this, untilEnd, answer](Outcome<RunId> started) {
        if (!started) return answer(error(started.failure()));
        driveAndAnswer(*started, untilEnd, answer);
    });
}

void Requests::decide(const Json& request, Answer answer)
{
    auto decision = decisionOf(request);
    if (!decision) return answer(error(decision.failure()));
    const bool drives = decision->drive;
    runtime_->decide(*decision, this, [this, drives, answer](Outcome<HandoffId> decided) {
        if (!decided) return answer(error(decided.failure()));
        if (isFinding(*decided)) return answer(show(*decided));
        const RunId run = decided->substr(0, decided->rfind('-'));
        if (drives) return driveAndAnswer(run, false, answer);
        auto detail = reader_.run(run);
        if (!detail || !*detail) return answer(error(detail ? notFound("run", run, "runs") : detail.failure()));
        answer(value(shapeOf((*detail)->summary)));
    });
}

void Requests::tend(const Json& request, Answer answer)
{
    Tending tending;
    tending.handoff = textOf(request, "handoff");
    tending.who = textOf(request, "as");
    if (request.contains("assignee")) tending.assignee = textOf(request, "assignee");
    if (request.contains("snooze_ms")) tending.snoozeUntil = clock_.now() + numberOf(request, "snooze_ms");
    runtime_->tend(tending, this, [this, answer](Outcome<HandoffId> tended) {
        answer(tended ? show(*tended) : error(tended.failure()));
    });
}

void Requests::abortRun(const Json& request, Answer answer)
{
    runtime_->abort(textOf(request, "id"), textOf(request, "as"), textOf(request, "reason"), this, driven(std::move(answer)));
}

void Requests::pauseRun(const Json& request, Answer answer)
{
    runtime_->pause(textOf(request, "id"), textOf(request, "as"), textOf(request, "reason"), this, driven(std::move(answer)));
}

/// Answers with the run once it stands.
Runtime::Reply<RunId> Requests::driven(Answer answer)
{
    return [this, answer = std::move(answer)](Outcome<RunId> run) {
        if (!run) return answer(error(run.failure()));
        driveAndAnswer(*run, false, answer);
    };
}

void Requests::isolate(const Json& request, Answer answer)
{
    const bool isIsolated = textOf(request, "do") == "isolate";
    runtime_->isolate(textOf(request, "host"), isIsolated, textOf(request, "as"), textOf(request, "reason"), this,
                      [answer, isIsolated](Outcome<std::string> host) {
                          if (!host) return answer(error(host.failure()));
                          answer(value({{"host", *host}, {"isolated", isIsolated}}));
                      });
}

void Requests::hosts(Answer answer)
{
    runtime_->hosts(this, [answer](Outcome<std::vector<HostView>> views) {
        if (!views) return answer(error(views.failure()));
        Json list = Json::array();
        for (const auto& view : *views) list.push_back(shapeOf(view));
        answer(value(list));
    });
}

void Requests::prune(const Json& request, Answer answer)
{
    const double days = request.value("days", Json(0)).is_number() ? request["days"].get<double>() : 0;
    const auto before = clock_.now() - static_cast<Millis>(days * 86'400'000.0);
    runtime_->prune(before, textOf(request, "as"), this, [answer](Outcome<std::pair<int, Seq>> pruned) {
        if (!pruned) return answer(error(pruned.failure()));
        answer(value({{"runs", pruned->first}, {"lines", pruned->second}}));
    });
}

void Requests::driveAndAnswer(const RunId& run, bool untilEnd, Answer answer)
{
    runtime_->whenStopped(run, this, [this, untilEnd, answer](Outcome<RunSummary> stopped) {
        if (!stopped) return answer(error(stopped.failure()));
        const bool waits = stopped->status == RunStatus::WaitingApproval || stopped->status == RunStatus::Escalated;
        if (!untilEnd || !waits) return answer(value(shapeOf(*stopped), exitOf(stopped->status)));
        // The next commit of this run is the next thing that can have changed it.
        auto* once = new QObject(this);
        connect(runtime_, &Runtime::changed, once, [this, once, answer, id = stopped->id](const ChangeSet& change) {
            const bool isOurs = std::find(change.runs.begin(), change.runs.end(), id) != change.runs.end();
            if (!isOurs) return;
            once->deleteLater();
            once->disconnect();
            runtime_->disconnect(once);
            driveAndAnswer(id, true, answer);
        }, Qt::QueuedConnection);
    });
}

void Requests::resume(Answer answer)
{
    runtime_->whenRecovered(this, [answer](Outcome<std::vector<RunSummary>> recovered) {
        if (!recovered) return answer(error(recovered.failure()));
        Json list = Json::array();
        std::vector<int> exits;
        for (const auto& run : *recovered) {
            list.push_back(shapeOf(run));
            exits.push_back(exitOf(run.status));
        }
        answer(value(list, worstExit(exits)));
    });
}

Json Requests::runs() const
{
    auto found = reader_.runs(10'000);
    if (!found) return error(found.failure());
    Json list = Json::array();
    for (const auto& run : *found) list.push_back(shapeOf(run));
    return value(list);
}

Json Requests::show(const std::string& id) const
{
    if (id.find('-') != std::string::npos) {
        auto handoff = reader_.handoff(id);
        if (!handoff) return error(handoff.failure());
        if (!*handoff) return error(notFound("handoff", id, "inbox"));
        return value(shapeOf(**handoff, clock_.now()));
    }
    auto run = reader_.run(id);
    if (!run) return error(run.failure());
    if (!*run) return error(notFound("run", id, "runs"));
    return value(shapeOf(**run));
}

Json Requests::journal(const std::string& id) const
{
    auto run = reader_.run(id);
    if (!run) return error(run.failure());
    if (!*run) return error(notFound("run", id, "runs"));
    auto lines = reader_.journal(id);
    if (!lines) return error(lines.failure());
    Json list = Json::array();
    for (const auto& line : *lines) list.push_back(shapeOf(line));
    return value(list);
}

Json Requests::inbox(const Json& request) const
{
    InboxFilter filter;
    const std::string kind = textOf(request, "kind");
    filter.kind = fromWord<HandoffKind>(kind);
    filter.unknownOnly = kind == "unknown";
    if (!kind.empty() && !filter.kind && !filter.unknownOnly) {
        return error(failure("U102", "There is no kind of handoff \"" + kind + "\".", {},
                             "Kinds: approval, escalation, review, scope, proposal, unknown."));
    }
    filter.search = textOf(request, "search");
    filter.assignee = textOf(request, "mine");
    filter.limit = 10'000;
    auto rows = reader_.inbox(filter);
    if (!rows) return error(rows.failure());
    Json list = Json::array();
    for (const auto& row : *rows) list.push_back(shapeOf(row, clock_.now()));
    return value(list);
}

}  // namespace handrail::app
