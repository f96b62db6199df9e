#include "agentcore/decide/planning.h"

#include <algorithm>

#include "agentcore/decide/money.h"
#include "agentcore/decide/runstate.h"

namespace handrail::decide {
namespace {

constexpr std::size_t scoredDecisions = 20;
constexpr double goodShare = 0.85;

/// One event's change to the planning of one run.
class PlanFolder {
public:
    PlanFolder(RunState& state, const Event& event) : state_(state), planning_(state.planning), event_(event), data_(event.data) {}

    void fold()
    {
        takeMode();
        switch (event_.kind) {
        case EventKind::Dispatched: return dispatched();
        case EventKind::Answered:
        case EventKind::Lost: return answered();
        case EventKind::Judged: return judged();
        case EventKind::Proposed: return proposed();
        case EventKind::Decided: return decided();
        default: return;
        }
    }

private:
    bool isPlan() const { return textOf(data_, "purpose") == word(Purpose::Plan); }

    void takeMode()
    {
        const auto mode = modeFrom(textOf(data_, "mode"));
        if (!mode) return;
        if (*mode == Mode::Advisory && planning_.mode != Mode::Advisory) planning_.scores.clear();
        planning_.mode = mode;
    }

    void dispatched()
    {
        if (!isPlan()) return;
        AttemptView view;
        view.number = static_cast<int>(planning_.attempts.size()) + 1;
        view.purpose = textOf(data_, "purpose");
        view.began = event_.time;
        planning_.attempts.push_back(view);
    }

    void answered()
    {
        const bool isHere = state_.call && state_.call->purpose == Purpose::Plan && !planning_.attempts.empty();
        if (!isHere) return;
        AttemptView& view = planning_.attempts.back();
        view.tookMs = numberOf(data_, "took_ms", event_.time - view.began);
        view.code = textOf(data_, "code");
        const auto tokens = std::max<std::int64_t>(0, numberOf(data_, "tokens_in")) + std::max<std::int64_t>(0, numberOf(data_, "tokens_out"));
        planning_.tokens += tokens;
        planning_.tokensInAll += tokens;
        planning_.cost = sumOfDecimals({planning_.cost, textOf(data_, "cost", "0")}).value_or(planning_.cost);
        planning_.costInAll = sumOfDecimals({planning_.costInAll, textOf(data_, "cost", "0")}).value_or(planning_.costInAll);
        view.note = state_.call->tool.substr(state_.call->tool.find(':') + 1) + ": " + textOf(data_, "note", textOf(data_, "message"));
    }

    void judged()
    {
        if (!isPlan()) return;
        const std::string verdict = textOf(data_, "verdict");
        if (verdict == "retry") return;
        if (verdict == "again") {
            ++planning_.unusable;
            planning_.objection = textOf(data_, "message");
        } else if (verdict == "backup") {
            ++planning_.model;
            planning_.unusable = 0;
            planning_.objection.clear();
        } else if (verdict == "compact") {
            planning_.isCompacted = true;
        }
        state_.call.reset();
    }

    void begin()
    {
        planning_.model = 0;
        planning_.unusable = 0;
        planning_.objection.clear();
        planning_.attempts.clear();
    }

    void proposed()
    {
        Proposed proposed;
        proposed.step.id = event_.step;
        proposed.step.title = textOf(data_, "title", event_.step);
        proposed.step.tool = textOf(data_, "tool");
        proposed.step.with = data_.value("arguments", Json::object());
        proposed.why = textOf(data_, "why");
        proposed.confidence = data_.contains("confidence") && data_["confidence"].is_number() ? data_["confidence"].get<double>() : 0;
        proposed.model = textOf(data_, "model");
        proposed.isBackup = truthOf(data_, "backup");
        state_.proposed.push_back(std::move(proposed));
        state_.steps.emplace_back();
        begin();
    }

    void decided()
    {
        const HandoffRecord* handoff = state_.handoff(textOf(data_, "handoff"));
        // A pause is about no plan: what was under way in it still is.
        if (!handoff || handoff->isPause()) return;
        const auto verb = fromWord<Verb>(textOf(data_, "verb")).value_or(Verb::Abort);
        planning_.since = state_.steps.size();
        if (handoff->kind == HandoffKind::Proposal) planning_.scores.push_back(verb == Verb::Approve);
        if (data_.contains("arguments")) planning_.told.push_back(data_["arguments"]);
        const std::string text = textOf(data_, "text");
        if (!text.empty()) {
            planning_.guidance.push_back(text);
            planning_.told.push_back(text);
        }
        if (handoff->step >= 0) return;
        begin();
        planning_.tokens = 0;
        planning_.cost = "0";
        // A call that waited for its turn was meant for the model before; nothing of it is on its way.
        if (state_.call && state_.call->purpose == Purpose::Plan) state_.call.reset();
        state_.heldUntil = state_.heldSince = 0;
        state_.heldBy.clear();
    }

    RunState& state_;
    Planning& planning_;
    const Event& event_;
    const Json& data_;
};

}  // namespace

std::string word(Mode mode)
{
    switch (mode) {
    case Mode::Autonomous: return "autonomous";
    case Mode::Advisory: return "advisory";
    case Mode::Stopped: return "stopped";
    }
    return {};
}

std::optional<Mode> modeFrom(const std::string& text)
{
    for (const auto mode : {Mode::Autonomous, Mode::Advisory, Mode::Stopped}) {
        if (word(mode) == text) return mode;
    }
    return std::nullopt;
}

Mode modeOf(const Definition& definition, const RunState& state)
{
    if (state.planning.mode) return *state.planning.mode;
    return definition.planner && definition.planner->isAdvisory ? Mode::Advisory : Mode::Autonomous;
}

const Step& stepOf(const Definition& definition, const RunState& state, std::size_t index)
{
    const std::size_t planned = definition.plan.size();
    return index < planned ? definition.plan[index] : state.proposed[index - planned].step;
}

const Proposed* proposedBy(const RunState& state, const std::string& step)
{
    const auto found = std::find_if(state.proposed.begin(), state.proposed.end(), [&](const auto& p) { return p.step.id == step; });
    return found == state.proposed.end() ? nullptr : &*found;
}

void foldPlanning(RunState& state, const Event& event) { PlanFolder(state, event).fold(); }

std::optional<Mode> modeAfter(const Definition& definition, const RunState& state, bool isTaken)
{
    if (modeOf(definition, state) != Mode::Advisory || definition.planner->isAdvisory) return std::nullopt;
    auto scores = state.planning.scores;
    scores.push_back(isTaken);
    if (scores.size() < scoredDecisions) return std::nullopt;
    const auto good = std::count(scores.end() - scoredDecisions, scores.end(), true);
    if (static_cast<double>(good) < goodShare * static_cast<double>(scoredDecisions)) return std::nullopt;
    return Mode::Autonomous;
}

}  // namespace handrail::decide
