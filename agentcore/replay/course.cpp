#include "agentcore/replay/course.h"

#include <algorithm>
#include <exception>
#include <set>
#include <span>

#include "agentcore/decide/decision.h"
#include "agentcore/decide/next.h"
#include "agentcore/replay/givenfacts.h"
#include "agentcore/replay/persons.h"
#include "agentcore/replay/replay.h"

namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr std::size_t mostLines = 20'000;

/// Beyond the journal nothing outside of the run is known: it is taken to be out of the way, and said.
class FreeFacts final : public decide::Facts {
public:
    std::optional<decide::IntentRow> intent(const std::string&) override
    {
        assumed.insert("No other run has made a call under the same business key.");
        return std::nullopt;
    }
    std::optional<decide::CachedResult> cached(const std::string&) override
    {
        assumed.insert("No earlier result was kept that could stand in.");
        return std::nullopt;
    }
    std::vector<std::string> exposed(const std::string&, const std::string&, const std::string&, Millis) override
    {
        assumed.insert("Nothing else had gone out through the gate that day.");
        return {};
    }
    std::vector<decide::Claim> claims(const std::string&) override
    {
        assumed.insert("No other run wants another end for the same object.");
        return {};
    }
    decide::Admission admit(const Tool&, decide::Lane, bool, Millis) override { return {}; }
    double draw() override
    {
        assumed.insert("Waits have half of their longest length.");
        return 0.5;
    }

    std::set<std::string> assumed;
};

bool isOfOneShape(const Event& left, const Event& right)
{
    const auto same = [&](const char* member) { return textOf(left.data, member) == textOf(right.data, member); };
    return left.kind == right.kind && left.step == right.step && left.attempt == right.attempt && same("purpose") && same("tool") &&
           same("verdict") && same("for") && same("handoff") && same("state");
}

class Walker {
public:
    Walker(const Definition& definition, const std::vector<Event>& journal, const std::vector<Event>& given, Answers answers)
        : def_(definition), journal_(journal), given_(given), answers_(answers)
    {
    }

    Course walk()
    {
        try {
            while (course_.stopped.empty() && !isOver_ && course_.lines.size() < mostLines) course_.isParted ? alone() : beside();
        } catch (const std::exception&) {
            course_.stopped = "A line holds something that no journal of this program can hold.";
        }
        for (; at_ < journal_.size(); ++at_) course_.lines.push_back({journal_[at_], std::nullopt});
        course_.assumed.assign(free_.assumed.begin(), free_.assumed.end());
        return std::move(course_);
    }

private:
    /// As long as the same things happen in the same order, the journal's own instants hold.
    void beside()
    {
        if (at_ >= given_.size()) return void(isOver_ = true);
        const Event& event = given_[at_];
        now_ = event.time;
        if (event.kind == EventKind::Decided && state_.handoff(textOf(event.data, "handoff"))) return decided(event);
        if (isFromOutside(event)) return isAnswered(event) ? pair(event) : stop("The journal has no answer to this call: it was never made with these parameters.");
        GivenFacts facts(def_, state_, chosenNow());
        follow(decide::next(def_, state_, now_, facts));
    }

    std::span<const Event> chosenNow() const
    {
        std::size_t end = at_;
        while (end < given_.size() && given_[end].time == now_ && !isFromOutside(given_[end])) ++end;
        return std::span(given_).subspan(at_, end - at_);
    }

    void decided(const Event& event)
    {
        const auto possible = decisionsFor(def_, state_, event);
        for (std::size_t i = 0; i < possible.size(); ++i) {
            auto made = decide::decideDecision(def_, state_, possible[i], event.time);
            if (!made) {
                if (i + 1 == possible.size()) return stop("This decision would be refused: " + made.failure().message);
            } else if (i + 1 == possible.size() || isBeside(*made)) {
                return follow(*made);
            }
        }
        stop("This decision would be refused.");
    }

    bool isBeside(const std::vector<Event>& made) const
    {
        return made.size() <= journal_.size() - at_ && std::equal(made.begin(), made.end(), journal_.begin() + static_cast<std::ptrdiff_t>(at_), isOfOneShape);
    }

    void follow(const std::vector<Event>& made)
    {
        if (!made.empty() && isBeside(made)) {
            for (const auto& event : made) pair(event);
            return;
        }
        course_.isParted = true;
        for (const auto& event : made) add(event);
    }

    /// An answer is one to the call that it was given to.
    bool isAnswered(const Event& event)
    {
        if (event.kind != EventKind::Answered && event.kind != EventKind::Lost) return true;
        if (event.kind == EventKind::Answered) used_.insert(event.seq);
        const decide::Call* then = was_.active();
        const decide::Call* call = state_.active();
        const bool isSame = then && call && then->tool == call->tool && then->params == call->params;
        return answers_ == Answers::ToAll || isSame || (!then && !call);
    }

    /// The two ways have parted: what follows is chosen alone, and answered where the journal has the same call.
    void alone()
    {
        const auto made = decide::next(def_, state_, now_, free_);
        for (const auto& event : made) add(event);
        if (!made.empty()) return;
        const decide::Call* call = state_.active();
        if (state_.isEnded()) return void(isOver_ = true);
        if (call && call->phase == decide::CallPhase::Dispatched) return answer(*call);
        if (state_.status != RunStatus::Running) return stop("It waits for a person here, and nobody was asked this.");
        const auto due = decide::due(def_, state_);
        if (!due || *due <= now_) return stop("It goes no further by itself.");
        now_ = *due;
    }

    void answer(const decide::Call& call)
    {
        const Event* intent = nullptr;
        const Event* sent = nullptr;
        for (const auto& event : given_) {
            if (event.kind == EventKind::Intent) intent = &event;
            if (event.kind == EventKind::Dispatched) sent = &event;
            const bool fits = event.kind == EventKind::Answered && intent && sent && textOf(intent->data, "tool") == call.tool &&
                              intent->data.value("params", Json()) == call.params && used_.count(event.seq) == 0;
            if (!fits) continue;
            used_.insert(event.seq);
            Event heard = event;
            heard.step = state_.stepAtWork();
            heard.attempt = call.attempt;
            now_ += std::max<Millis>(0, event.time - sent->time);
            heard.time = now_;
            return add(heard);
        }
        stop("The journal has no answer to this call: " + call.tool + " was not called with these parameters.");
    }

    void pair(const Event& event)
    {
        const Event& written = journal_[at_++];
        decide::fold(was_, written);
        Event now = event;
        now.seq = written.seq;
        decide::fold(state_, now);
        course_.lines.push_back({written, std::move(now)});
    }

    void add(Event event)
    {
        event.seq = 0;
        decide::fold(state_, event);
        course_.lines.push_back({std::nullopt, std::move(event)});
    }

    void stop(const std::string& why) { course_.stopped = why; }

    const Definition& def_;
    const std::vector<Event>& journal_;
    const std::vector<Event>& given_;
    const Answers answers_;
    std::size_t at_ = 0;
    Millis now_ = 0;
    bool isOver_ = false;
    std::set<Seq> used_;        ///< answers that were given
    decide::RunState state_;
    decide::RunState was_;  ///< where the run stood beside it
    FreeFacts free_;
    Course course_;
};

}  // namespace

Course courseOf(const Definition& definition, const std::vector<Event>& journal, const std::vector<Event>& given, Answers answers)
{
    return Walker(definition, journal, given, answers).walk();
}

}  // namespace handrail::replay
