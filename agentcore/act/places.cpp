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
    return at < definition.plan.size() ? definition.tool(definition.plan[at].tool)->host : std::string();
}

}  // namespace

/// Keeps the hosts' limits in step with what is under way.
void Driver::noteLimits(Live& run, const decide::Event& event)
{
    const decide::Call* call = run.state.active();
    if (event.kind == decide::EventKind::Dispatched && call) {
        const Tool* tool = run.definition->tool(call->tool);
        const auto lane = run.state.undoing ? decide::Lane::Undo : decide::Lane::Tools;
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

}  // namespace handrail::act
