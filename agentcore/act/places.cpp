#include <algorithm>
#include <utility>

#include "agentcore/act/live.h"

/// Who may call now: places given, given back, and waited for.
namespace handrail::act {
namespace {

/// Whose limits hold the run's next call back.
std::string hostAtWork(const Definition& definition, const decide::RunState& state)
{
    const decide::Call* call = state.active();
    if (call) return definition.tool(call->tool)->host;
    const auto at = static_cast<std::size_t>(state.at);
    if (at < state.steps.size()) return definition.tool(decide::stepOf(definition, state, at).tool)->host;
    const bool isPlanning = definition.planner && state.planning.model < definition.planner->models.size();
    return isPlanning ? definition.planner->models[state.planning.model].call.host : std::string();
}

}  // namespace

/// Keeps the hosts' limits in step with what is under way.
void Driver::noteLimits(Live& run, const decide::Event& event)
{
    const decide::Call* call = run.state.active();
    if (event.kind == decide::EventKind::Dispatched && call) {
        const Tool* tool = run.definition->tool(call->tool);
        const auto lane = decide::laneOf(*tool, run.state.undoing.has_value());
        run.place = std::make_unique<Place>(limits_, run.definition, *tool, lane, event.time);
        run.isUnsent = true;
    } else if (event.kind == decide::EventKind::Answered && run.place) {
        run.place->heard(textOf(event.data, "code"), event.time);
        const std::string host = run.place->host();
        run.place.reset();
        wakeOne(host);
    }
}

/// A place became free: the run that has waited longest for this host, and one of any other, may ask again.
void Driver::wakeOne(const std::string& host)
{
    const auto pop = [this](std::deque<RunId>& queue) {
        const auto found = runs_.find(queue.front());
        queue.pop_front();
        if (found == runs_.end()) return;
        found->second->isQueued = false;
        dirty_.insert(found->first);
    };
    if (heldBack_.empty()) return;
    if (const auto own = heldBack_.find(host); own != heldBack_.end()) pop(own->second);
    for (auto& [other, queue] : heldBack_) {
        if (other == host || queue.empty()) continue;
        pop(queue);
        break;
    }
    std::erase_if(heldBack_, [](const auto& entry) { return entry.second.empty(); });
}

/// A run whose call waits for a place is woken when one is given back; its own instant is the fallback.
void Driver::queue(Live& run)
{
    if (run.isQueued || run.state.heldBy != "W116") return;
    run.isQueued = true;
    heldBack_[hostAtWork(*run.definition, run.state)].push_back(run.id);
}

/// Two runs that want different ends for one object: the other is paused with the ticket, in the same
/// commit, and goes on when that is decided. `run` is as it was before the event.
void Driver::notePause(Live& run, const decide::Event& event)
{
    using decide::EventKind;
    std::vector<std::pair<RunId, HandoffId>> over;
    const auto endsWith = [&](const HandoffId& id) {
        const auto* handoff = run.state.handoff(id);
        if (handoff && handoff->asked.contains("conflict")) over.emplace_back(textOf(handoff->asked["conflict"], "run"), id);
    };
    if (event.kind == EventKind::Asked && event.data.contains("conflict")) {
        auto other = live(textOf(event.data["conflict"], "run"));
        if (!other || (*other)->state.isEnded()) return;
        decide::Event paused;
        paused.time = event.time;
        paused.run = (*other)->id;
        paused.kind = EventKind::Paused;
        paused.data = {{"by", run.id}, {"handoff", textOf(event.data, "handoff")}, {"code", "W106"},
                       {"message", "Run " + run.id + " wants another end for " + textOf(event.data["conflict"], "resource") + ". Decide at " +
                                       textOf(event.data, "handoff") + "."}};
        return absorb(**other, std::move(paused));
    }
    const bool isOver = (event.kind == EventKind::Decided && !truthOf(event.data, "stays_open")) || event.kind == EventKind::Expired;
    if (isOver) endsWith(textOf(event.data, "handoff"));
    if (event.kind == EventKind::Withdrawn) {
        for (const auto& id : event.data.value("handoffs", Json::array())) endsWith(id.get<std::string>());
    }
    for (const auto& [id, handoff] : over) {
        auto other = live(id);
        if (!other || (*other)->state.pausedBy.count(handoff) == 0) continue;
        decide::Event resumed;
        resumed.time = event.time;
        resumed.run = id;
        resumed.kind = EventKind::Resumed;
        resumed.data = {{"handoff", handoff}};
        absorb(**other, std::move(resumed));
    }
}

/// Once, before anything is chosen: what was isolated before stays so.
void Driver::loadIsolated()
{
    if (std::exchange(knowsIsolated_, true)) return;
    auto hosts = doors_.store->isolatedHosts();
    if (!hosts) return halt(hosts.failure());
    for (auto& host : *hosts) {
        limits_.isolate(host.host, true);
        isolated_[host.host] = host;
    }
}

void Driver::isolate(const std::string& host, bool isIsolated, const std::string& who, const std::string& reason, Reply<std::string> reply)
{
    if (halted_) return reply(*halted_);
    loadIsolated();
    if (host.empty()) return reply(failure("U101", "Name a host: its origin, or a mark from the list of hosts."));
    if (!isIsolated && isolated_.count(host) == 0) return reply(failure("U105", "The host " + host + " is not isolated.", {}, "List the hosts with: handrail hosts"));
    const Millis now = doors_.clock->now();
    const store::IsolatedHost row{host, who, reason, now, !isIsolated};
    batch_.hosts.push_back(row);
    decide::Event event;
    event.time = now;
    event.kind = decide::EventKind::HostSet;
    event.data = {{"host", host}, {"isolated", isIsolated}, {"who", who}, {"reason", reason}};
    batch_.events.push_back(std::move(event));
    afterwards_.push_back([this, row, reply](std::optional<Failure> failed) {
        if (failed) return reply(*failed);
        limits_.isolate(row.host, !row.isReleased);
        if (row.isReleased) isolated_.erase(row.host);
        else isolated_[row.host] = row;
        // Whoever waited for it may ask again.
        if (row.isReleased) {
            for (const auto& [id, run] : runs_) {
                if (run->state.heldBy == "W111") dirty_.insert(id);
            }
            schedule();
        }
        reply(row.host);
    });
    schedule();
}

std::vector<HostView> Driver::hosts()
{
    loadIsolated();
    const Millis now = doors_.clock->now();
    std::vector<HostView> views;
    for (const auto& [name, state] : limits_.hosts()) {
        HostView view;
        view.host = name;
        view.breaker = decide::word(limits_.breaker(name, now));
        view.inFlight = state.inFlight[0] + state.inFlight[1] + state.inFlight[2];
        view.retriesLeft = state.budget;
        view.openUntil = state.isOpen ? state.openUntil : 0;
        views.push_back(view);
    }
    for (const auto& [name, row] : isolated_) {
        const auto known = std::find_if(views.begin(), views.end(), [&](const auto& view) { return view.host == name; });
        HostView& view = known != views.end() ? *known : views.emplace_back();
        view.host = name;
        view.breaker = decide::word(decide::Breaker::Isolated);
        view.who = row.who;
        view.reason = row.reason;
    }
    return views;
}

}  // namespace handrail::act
