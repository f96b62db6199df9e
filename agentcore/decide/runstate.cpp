#include "agentcore/decide/runstate.h"

#include <algorithm>

namespace handrail::decide {

std::string word(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Act: return "act";
    case Purpose::Verify: return "verify";
    case Purpose::Before: return "before";
    case Purpose::Undo: return "undo";
    case Purpose::Poll: return "poll";
    case Purpose::Plan: return "plan";
    case Purpose::Look: return "look";
    }
    return {};
}

std::string word(IntentState state)
{
    switch (state) {
    case IntentState::Open: return "open";
    case IntentState::Done: return "done";
    case IntentState::Unknown: return "unknown";
    case IntentState::Refused: return "refused";
    case IntentState::Undone: return "undone";
    }
    return {};
}

std::optional<IntentState> intentStateFrom(const std::string& text)
{
    for (const auto state : {IntentState::Open, IntentState::Done, IntentState::Unknown, IntentState::Refused, IntentState::Undone}) {
        if (word(state) == text) return state;
    }
    return std::nullopt;
}

bool isProbe(Purpose purpose)
{
    return purpose == Purpose::Verify || purpose == Purpose::Before || purpose == Purpose::Poll || purpose == Purpose::Look;
}

Purpose purposeFrom(const std::string& text)
{
    for (const auto purpose : {Purpose::Verify, Purpose::Before, Purpose::Undo, Purpose::Poll, Purpose::Plan, Purpose::Look}) {
        if (word(purpose) == text) return purpose;
    }
    return Purpose::Act;
}

bool Call::mayHaveActed() const
{
    // What is defined as a read has no key, and its server may say that it writes.
    return isDoubted() || (!key.empty() && isUnjudged());
}

void StepState::askAnew()
{
    phase = StepPhase::Prepared;
    consent.clear();
    holdUntil = 0;
    for (auto i = static_cast<std::size_t>(record); i < records.size(); ++i) {
        records[i].before = Json();
        records[i].rechecked = false;
    }
}

bool HandoffRecord::isPause() const { return truthOf(asked, "pause"); }

bool RunState::isFrozen(const HandoffRecord& handoff) const
{
    return undoing && handoff.kind != HandoffKind::Review && !handoff.isPause() && !truthOf(handoff.asked, "undo");
}

bool RunState::standsStill() const { return status == RunStatus::Escalated && wasRunning && !pausedBy.empty(); }

void RunState::goOn()
{
    error.reset();
    status = RunStatus::Running;
    if (pausedBy.empty() || undoing) return;
    const Pause& pause = pausedBy.begin()->second;
    wasRunning = true;
    status = RunStatus::Escalated;
    if (!pause.code.empty()) error = Failure{pause.code, pause.message, {}, {}};
}

void RunState::pause(const HandoffId& id, Pause why)
{
    // In another course of events there may be nothing to pause, or another ticket of that id.
    const bool isPersons = !why.who.empty();
    if (isPersons && (status != RunStatus::Running || undoing || handoff(id))) return;
    if (pausedBy.empty()) wasRunning = false;
    pausedBy.emplace(id, std::move(why));
    if (status == RunStatus::Running && !undoing) goOn();
}

void RunState::endPause(const HandoffId& id)
{
    if (pausedBy.erase(id) == 0 || !wasRunning) return;
    RunStatus& stands = undoing ? undoing->statusBefore : status;
    if (stands != RunStatus::Escalated) return;
    if (!undoing) return goOn();
    if (pausedBy.empty()) stands = RunStatus::Running;
}

bool RunState::isEnded() const
{
    return status != RunStatus::Running && status != RunStatus::WaitingApproval && status != RunStatus::Escalated;
}

Call* RunState::active() { return probe ? &*probe : (call ? &*call : nullptr); }
const Call* RunState::active() const { return probe ? &*probe : (call ? &*call : nullptr); }

std::string RunState::stepId(std::size_t index) const
{
    const auto ids = started.find("steps");
    const std::size_t planned = ids == started.end() ? 0 : ids->size();
    if (index < planned) return (*ids)[index].is_string() ? (*ids)[index].get<std::string>() : std::string();
    return index - planned < proposed.size() ? proposed[index - planned].step.id : std::string();
}

StepState* RunState::current()
{
    const auto index = static_cast<std::size_t>(at);
    return index < steps.size() ? &steps[index] : nullptr;
}

StepState* RunState::named(const std::string& step)
{
    for (std::size_t i = 0; i < steps.size() && !step.empty(); ++i) {
        if (stepId(i) == step) return &steps[i];
    }
    return current();
}

void RunState::dropCall()
{
    if (call && call->mayHaveActed()) return;
    call.reset();
    probe.reset();
}

HandoffRecord* RunState::handoff(const HandoffId& id)
{
    const auto found = std::find_if(handoffs.begin(), handoffs.end(), [&](const auto& h) { return h.id == id; });
    return found == handoffs.end() ? nullptr : &*found;
}

const HandoffRecord* RunState::handoff(const HandoffId& id) const
{
    return const_cast<RunState*>(this)->handoff(id);
}

const HandoffRecord* RunState::watching() const
{
    const auto found = std::find_if(handoffs.begin(), handoffs.end(), [](const auto& h) {
        return h.state == HandoffState::Open && h.watching;
    });
    return found == handoffs.end() ? nullptr : &*found;
}

bool RunState::hasUnknown() const
{
    return std::any_of(handoffs.begin(), handoffs.end(),
                       [](const auto& h) { return h.state == HandoffState::Open && h.unknown; });
}

std::string RunState::stepAtWork() const
{
    if (undoing && call) return stepId(static_cast<std::size_t>(effects[static_cast<std::size_t>(call->record)].step));
    return stepId(static_cast<std::size_t>(at));
}

Millis ranAt(const RunState& state, Millis now)
{
    const bool runs = state.status == RunStatus::Running;
    return state.ran + (runs ? std::max<Millis>(0, now - state.updated) : 0);
}

}  // namespace handrail::decide
