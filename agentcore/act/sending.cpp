#include <algorithm>

#include "agentcore/act/live.h"
#include "agentcore/planner/conversation.h"
#include "agentcore/tracecontext.h"

/// How a call leaves, and how its answer comes back.
namespace handrail::act {
namespace {

/// What the model at work is asked: all of it follows from where the run stands.
ModelCall questionOf(const Definition& definition, const decide::RunState& state)
{
    const auto& models = definition.planner->models;
    const std::size_t at = std::min(state.planning.model, models.size() - 1);
    return {&models[at], planner::conversationOf(definition, state), planner::sourcesOf(definition, state)};
}

/// The trace that the run belongs to, with a span for this one attempt.
std::string traceOf(const decide::RunState& state, const decide::Call& call)
{
    const std::string trace = textOf(state.started, "trace");
    if (trace.empty()) return {};
    std::string attempt = state.id + "/" + state.stepAtWork() + "/" + decide::word(call.purpose);
    for (const auto part : {static_cast<Millis>(call.record), static_cast<Millis>(call.attempt), call.sentAt}) attempt += "/" + std::to_string(part);
    return traceparent(trace, sha256(attempt).substr(0, 16));
}

}  // namespace

/// The trace that was handed in, or a new one.
Outcome<TraceContext> Driver::traceFor(const StartRequest& request)
{
    if (request.trace.empty()) return TraceContext{sha256(std::to_string(doors_.random()) + request.definition).substr(0, 32), {}};
    if (auto given = readTraceparent(request.trace)) return *given;
    return failure("U102", "The trace is no W3C traceparent.", {}, "It looks like 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.");
}

void Driver::send(Live& run)
{
    run.isUnsent = false;
    const decide::Call& call = *run.state.active();
    tools::Invocation invocation;
    invocation.definition = run.definition.get();
    invocation.tool = run.definition->tool(call.tool);
    invocation.params = call.params;
    invocation.key = call.key;
    if (call.purpose == decide::Purpose::Poll) invocation.poll = call.poll;
    invocation.limit = call.limit;
    if (!invocation.tool->mcp.empty() && !prepareForMcp(run, invocation)) return;
    std::optional<ModelCall> asked;
    if (call.purpose == decide::Purpose::Plan) asked = questionOf(*run.definition, run.state);
    invocation.traceparent = traceOf(run.state, call);
    run.attempt = std::make_unique<Attempt>(invocation, run.definition, nullptr, std::move(asked));
    connect(run.attempt.get(), &Attempt::finished, this,
            [this, id = run.id](const wire::Reply& reply) { onFinished(id, reply); }, Qt::QueuedConnection);
    run.attempt->start(*doors_.wire, servers_, injector_.draw(*run.definition, call.tool));
}

void Driver::onFinished(const RunId& id, const wire::Reply& reply)
{
    const auto found = runs_.find(id);
    if (found == runs_.end() || !found->second->attempt || halted_) return;
    Live& run = *found->second;
    const decide::Call* call = run.state.active();
    decide::Event event;
    event.time = doors_.clock->now();
    event.run = id;
    event.step = run.state.stepAtWork();
    event.attempt = call ? call->attempt : 1;
    event.kind = decide::EventKind::Answered;
    event.data = run.attempt->answered(reply, event.time);
    event.data["purpose"] = call ? decide::word(call->purpose) : std::string();
    event.data["tool"] = call ? call->tool : std::string();
    const decide::StepState* step = run.state.current();
    if (step && step->stoodIn == decide::StoodIn::Reader && call && call->purpose == decide::Purpose::Act) event.data["fallback"] = "read_only";
    run.attempt.reset();
    absorb(run, std::move(event));
    schedule();
}

}  // namespace handrail::act
