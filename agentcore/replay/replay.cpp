#include "agentcore/replay/replay.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <span>

#include "agentcore/decide/decision.h"
#include "agentcore/decide/next.h"
#include "agentcore/decide/retry.h"
#include "agentcore/decide/view.h"
#include "agentcore/replay/givenfacts.h"
#include "agentcore/replay/persons.h"

namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr std::size_t apart = 64;  ///< lines between two places that are remembered

bool isSame(const Event& left, const Event& right)
{
    return left.kind == right.kind && left.time == right.time && left.run == right.run && left.step == right.step &&
           left.attempt == right.attempt && left.data == right.data;
}

Json stepIds(const Definition& definition)
{
    Json ids = Json::array();
    for (const auto& step : definition.plan) ids.push_back(step.id);
    return ids;
}

/// Goes along a journal: what came from outside is folded, what was chosen is chosen again.
class Player {
public:
    Player(const Definition& definition, const std::vector<Event>& events, Seq until) : def_(definition), events_(events), until_(until) {}

    /// Begins at the last of these places before its end, and adds those that it comes by.
    void remember(std::vector<Instants::Stand>& stands)
    {
        stands_ = &stands;
        const auto isAhead = [&](const Instants::Stand& stand) { return until_ > 0 && events_[stand.at - 1].seq > until_; };
        const auto last = std::find_if(stands.rbegin(), stands.rend(), std::not_fn(isAhead));
        if (last == stands.rend()) return;
        at_ = last->at;
        state_ = last->state;
    }
    void askWhile(const std::function<bool(std::size_t)>& goesOn) { goesOn_ = &goesOn; }
    bool isStopped() const { return isStopped_; }

    Replayed play()
    {
        try {
            if (at_ > 0 || begins()) {
                while (!isOver() && mayGoOn()) advance();
            }
        } catch (const std::exception&) {
            differs("This line holds something that no journal of this program can hold.", {});
        }
        if (at_ > 0) told_.moment = momentOf(def_, state_, events_[at_ - 1]);
        return std::move(told_);
    }

private:
    bool isOver() const { return told_.differs || at_ >= events_.size() || (until_ > 0 && events_[at_].seq > until_); }

    /// Between two choices, where a replay can be left and taken up again.
    bool mayGoOn()
    {
        const bool isFar = at_ >= lastAsked_ + apart;
        if (isFar) lastAsked_ = at_;
        if (isFar && stands_ && (stands_->empty() || stands_->back().at + apart <= at_)) stands_->push_back({at_, state_});
        isStopped_ = isFar && goesOn_ && !(*goesOn_)(at_);
        return !isStopped_;
    }

    bool begins()
    {
        const bool isBegun = !events_.empty() && events_[0].kind == EventKind::RunStarted;
        if (isBegun && events_[0].data.value("steps", Json()) == stepIds(def_)) return true;
        differs(isBegun ? "The run has begun with another plan than its definition has." : "The journal does not begin with the start of the run.", {});
        return false;
    }

    void advance()
    {
        const Event& event = events_[at_];
        if (event.kind == EventKind::Decided && state_.handoff(textOf(event.data, "handoff"))) return decided(event);
        if (isFromOutside(event)) return take("given");
        GivenFacts facts(def_, state_, chosenNow(event.time));
        const auto made = decide::next(def_, state_, event.time, facts);
        if (made.empty()) return differs("Nothing is decided at this instant now.", {});
        if (compare(made)) rest(event.time);
    }

    /// The choices that follow in the journal, all of one instant.
    std::span<const Event> chosenNow(Millis now) const
    {
        std::size_t end = at_;
        while (end < events_.size() && events_[end].time == now && !isFromOutside(events_[end])) ++end;
        return std::span(events_).subspan(at_, end - at_);
    }

    /// A person's answer is checked as every other choice: the same events must come of it.
    void decided(const Event& event)
    {
        std::vector<Event> best;
        Failure refused = failure("U102", "There is no such decision.");
        for (const auto& decision : decisionsFor(def_, state_, event)) {
            auto made = decide::decideDecision(def_, state_, decision, event.time);
            if (!made) {
                refused = made.failure();
            } else if (best.empty() || fits(*made)) {
                best = made.take();
                if (fits(best)) break;
            }
        }
        if (best.empty()) return differs("This decision is refused now: " + refused.message, {});
        compare(best);
    }

    bool fits(const std::vector<Event>& made) const
    {
        const auto left = std::min(made.size(), events_.size() - at_);
        return left == made.size() && std::equal(made.begin(), made.end(), events_.begin() + static_cast<std::ptrdiff_t>(at_), isSame);
    }

    /// Takes in what is the same; false at the first that is not, or where the replay was to stop.
    bool compare(const std::vector<Event>& made)
    {
        for (const auto& event : made) {
            if (isOver()) {
                if (!told_.differs && at_ >= events_.size()) missing(event);
                return false;
            }
            if (!isSame(event, events_[at_])) {
                differs("What is decided now is not what the journal says.", shapeOf(event));
                return false;
            }
            take(event.kind == EventKind::Decided ? "given" : "same");
        }
        return true;
    }

    /// A run goes on until there is nothing more to choose: what it left out then, it must leave out now.
    void rest(Millis now)
    {
        const bool goesOn = at_ < events_.size() && !isFromOutside(events_[at_]) && events_[at_].time == now;
        if (goesOn || (isOver() && at_ < events_.size())) return;
        GivenFacts facts(def_, state_, {});
        const auto made = decide::next(def_, state_, now, facts);
        if (!made.empty()) missing(made.front());
    }

    void take(const char* verdict)
    {
        const Event& event = events_[at_++];
        decide::fold(state_, event);
        told_.lines.push_back({decide::lineOf(event), verdict});
    }

    void missing(const Event& now)
    {
        const Seq seq = at_ < events_.size() ? events_[at_].seq : 0;
        told_.differs = ReplayDifference{seq, "Something is decided here now that the journal does not have.", Json(), shapeOf(now), "W112"};
    }

    void differs(const std::string& message, Json now)
    {
        if (at_ >= events_.size()) {
            told_.differs = ReplayDifference{0, message, Json(), std::move(now), "W112"};
            return;
        }
        told_.lines.push_back({decide::lineOf(events_[at_]), "differs"});
        told_.differs = ReplayDifference{events_[at_].seq, message, shapeOf(events_[at_]), std::move(now), "W112"};
    }

    const Definition& def_;
    const std::vector<Event>& events_;
    const Seq until_;
    std::size_t at_ = 0;
    decide::RunState state_;
    Replayed told_;
    std::vector<Instants::Stand>* stands_ = nullptr;
    const std::function<bool(std::size_t)>* goesOn_ = nullptr;
    std::size_t lastAsked_ = 0;
    bool isStopped_ = false;
};

/// Which rule made a choice, in words that stand in the event itself.
std::string ruleOf(const Event& event)
{
    if (isFromOutside(event)) return {};
    std::string rule;
    const auto add = [&](const std::string& text) { if (!text.empty()) rule += (rule.empty() ? "" : " ") + text; };
    const std::string row = textOf(event.data, "row");
    if (!row.empty()) add("Row \"" + row + "\" of the retry table.");
    for (const char* member : {"why", "rule", "message"}) add(textOf(event.data, member));
    if (rule.empty()) add(codeInfo(textOf(event.data, "code")).code == textOf(event.data, "code") ? codeInfo(textOf(event.data, "code")).sentence : std::string());
    return rule;
}

}  // namespace

bool isFromOutside(const Event& event)
{
    switch (event.kind) {
    case EventKind::RunStarted:
    case EventKind::Recovered:
    case EventKind::Decided:
    case EventKind::DecidedLate:
    case EventKind::Tended:
    case EventKind::AbortAsked:
    case EventKind::Answered:
    case EventKind::Lost:
    case EventKind::Paused:
    case EventKind::Resumed:
    case EventKind::RolledBack:
    case EventKind::HostSet:
    case EventKind::StorePruned:
    case EventKind::Noticed: return true;
    // No run chooses to be stopped: its journal could not be read for a time.
    case EventKind::RunEnded: return textOf(event.data, "state") == word(RunStatus::Stopped);
    default: return false;
    }
}

Replayed replay(const Definition& definition, const std::vector<Event>& events, Seq until)
{
    return Player(definition, events, until).play();
}

std::optional<Replayed> replayWhile(const Definition& definition, const std::vector<Event>& events, const std::function<bool(std::size_t)>& goesOn)
{
    Player player(definition, events, 0);
    if (goesOn) player.askWhile(goesOn);
    Replayed told = player.play();
    if (player.isStopped()) return std::nullopt;
    return told;
}

Replayed Instants::at(Seq seq)
{
    Player player(def_, events_, seq);
    player.remember(stands_);
    Replayed told = player.play();
    told.lines.clear();
    return told;
}

ReplayMoment momentOf(const Definition& definition, const decide::RunState& state, const Event& last)
{
    ReplayMoment moment;
    moment.seq = last.seq;
    moment.time = last.time;
    moment.run = decide::detailOf(definition, state);
    moment.runLeft = std::max<Millis>(0, definition.limits.run - decide::ranAt(state, last.time));
    const auto at = static_cast<std::size_t>(state.at);
    moment.stepLeft = std::max<Millis>(0, definition.limits.step - (at < state.steps.size() ? state.steps[at].ran : 0));
    moment.stepsLeft = std::max(0, definition.limits.steps - state.prepared);
    moment.retriesLeft = std::max(0, decide::mostRetries - state.retries);
    moment.decision = decide::readable(last);
    moment.rule = ruleOf(last);
    return moment;
}

Json shapeOf(const Event& event)
{
    return {{"event", decide::word(event.kind)}, {"time", rfc3339(event.time)}, {"step", event.step}, {"attempt", event.attempt}, {"data", event.data}};
}

}  // namespace handrail::replay
