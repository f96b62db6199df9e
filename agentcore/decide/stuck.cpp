#include "agentcore/decide/stuck.h"

#include <algorithm>

namespace handrail::decide {
namespace {

constexpr std::size_t longestCycle = 6;
constexpr std::size_t seenTimes = 3;
constexpr std::size_t mostIdle = 5;

/// A step that was done, as far as loops go.
struct Trace {
    const Tool* tool = nullptr;
    std::string call;    ///< tool and arguments
    const Json* result = nullptr;
};

std::vector<Trace> traces(const Definition& definition, const RunState& state, const Json& result)
{
    std::vector<Trace> done;
    const auto at = static_cast<std::size_t>(state.at);
    for (std::size_t i = 0; i <= at && i < state.steps.size(); ++i) {
        const StepState& step = state.steps[i];
        if (i < at && step.status != StepStatus::Done) continue;
        const Tool* tool = definition.tool(stepOf(definition, state, i).tool);
        done.push_back({tool, canonical({tool->name, step.arguments}), i < at ? &step.result : &result});
    }
    return done;
}

/// How many steps at the end were done since a person's last word.
std::size_t tailOf(const RunState& state, std::size_t done)
{
    std::size_t fresh = 0;
    for (std::size_t i = state.planning.since; i < static_cast<std::size_t>(state.at); ++i) fresh += state.steps[i].status == StepStatus::Done;
    return std::min(done, fresh + 1);
}

bool isCycle(const std::vector<Trace>& tail, std::size_t length)
{
    if (tail.size() < length * seenTimes) return false;
    const std::size_t first = tail.size() - length * seenTimes;
    bool isVaried = false;
    for (std::size_t i = first; i < tail.size(); ++i) {
        if (i >= first + length && tail[i].call != tail[i - length].call) return false;
        isVaried = isVaried || tail[i].call != tail[first].call;
    }
    return isVaried;
}

/// A read that told nothing that was not told before.
bool isIdle(const std::vector<Trace>& done, std::size_t index)
{
    const Trace& trace = done[index];
    if (trace.tool->isWrite()) return false;
    return std::any_of(done.begin(), done.begin() + static_cast<std::ptrdiff_t>(index), [&](const Trace& earlier) {
        return earlier.tool == trace.tool && *earlier.result == *trace.result;
    });
}

}  // namespace

std::optional<Failure> stuckAfter(const Definition& definition, const RunState& state, const Json& result)
{
    const auto done = traces(definition, state, result);
    const std::size_t tailSize = tailOf(state, done.size());
    const std::vector<Trace> tail(done.end() - static_cast<std::ptrdiff_t>(tailSize), done.end());
    const auto same = std::count_if(tail.begin(), tail.end(), [&](const Trace& trace) {
        return trace.call == tail.back().call && *trace.result == result;
    });
    if (same >= static_cast<std::ptrdiff_t>(seenTimes)) {
        return failure("W103", "The same call with the same arguments gave the same result " + std::to_string(same) + " times: the run goes round in a loop.");
    }
    for (std::size_t length = 2; length <= longestCycle; ++length) {
        if (isCycle(tail, length)) return failure("W104", "The same " + std::to_string(length) + " calls were made three times over: the run goes in circles.");
    }
    std::size_t idle = 0;
    while (idle < tail.size() && isIdle(done, done.size() - 1 - idle)) ++idle;
    if (idle < mostIdle) return std::nullopt;
    return failure("W105", "The last " + std::to_string(idle) + " steps changed nothing and told nothing new.");
}

std::optional<Failure> repeatedWrite(const Tool& tool, const RunState& state, const std::vector<Json>& records)
{
    if (!tool.isWrite()) return std::nullopt;
    const EffectDone* last = nullptr;
    bool wentElsewhere = false;
    for (const auto& effect : state.effects) {
        if (effect.tool != tool.name || effect.undone) continue;
        const bool isSame = std::find(records.begin(), records.end(), effect.params) != records.end();
        if (isSame) last = &effect;
        wentElsewhere = last && !isSame;
    }
    if (!last) return std::nullopt;
    if (wentElsewhere) return failure("W104", "This write was made before, then another changed it, and now it would be made again: it goes from A to B to A.");
    return failure("W103", "The same write was made before in this run and stands. Made again, it would act twice.");
}

std::optional<Failure> contradiction(const RunState& state, const std::string& tool, const Json& arguments)
{
    const std::size_t planned = state.steps.size() - state.proposed.size();
    for (std::size_t i = 0; i < state.proposed.size(); ++i) {
        const Step& step = state.proposed[i].step;
        const bool isSame = step.tool == tool && step.with == arguments;
        if (isSame && state.steps[planned + i].status == StepStatus::Skipped) {
            return failure("M110", "A person has already decided against this very step.");
        }
    }
    return std::nullopt;
}

}  // namespace handrail::decide
