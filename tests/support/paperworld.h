#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"

namespace handrailtest {

/// What decides a schedule: bytes drawn in turn. Past their end everything is benign (0), so that a
/// shorter list is a simpler schedule.
class Choices {
public:
    explicit Choices(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}
    int draw(int below)
    {
        const int byte = at_ < bytes_.size() ? bytes_[at_] : 0;
        ++at_;
        return byte % below;
    }
    bool isOver() const { return at_ >= bytes_.size(); }

private:
    std::vector<std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

/// The services as they really are, whatever was heard of them.
struct World {
    struct Execution {
        std::string step;
        std::string params;
        Millis at = 0;
    };
    std::map<std::string, int> standing;      ///< identity of a write -> how often it stands executed now
    std::map<std::string, Millis> keys;       ///< when a key was first seen
    std::map<std::string, std::string> taken; ///< poll path -> identity that will be executed when polled
    std::map<std::string, int> undone;        ///< identity -> times taken back
    int total = 10;
    std::vector<std::string> wrong;           ///< what must never happen, in sentences
};

/// One run among services that fail, processes that die and people who decide, on paper. Holds what is
/// really true beside what the run believes, and tells where the promise is broken.
class PaperWorld {
public:
    PaperWorld(const QString& definition, Choices choices) : run(definition), choices_(std::move(choices)) {}

    /// Lets everything happen until the schedule is over, then lets the dust settle.
    void play()
    {
        for (int turn = 0; turn < 400 && !choices_.isOver(); ++turn) oneTurn();
        for (int turn = 0; turn < 60; ++turn) settleDown();
        check();
    }

    PaperRun run;
    World world;

private:
    static bool isWrite(const decide::Call& call) { return !call.key.empty(); }
    std::string identity(const decide::Call& call) const
    {
        return (call.purpose == decide::Purpose::Undo ? "undo " : "") + run.state.stepAtWork() + " " + canonical(call.params);
    }

    void complain(const std::string& what) { world.wrong.push_back(what); }

    void execute(const decide::Call& call)
    {
        if (!isWrite(call) || call.purpose == decide::Purpose::Poll) return;
        const Tool& tool = *run.def->tool(call.tool);
        if (tool.effect == Effect::WriteKeyed) {
            const auto seen = world.keys.find(call.key);
            // The provider knows a key for its lifetime; after that the same request is a new one.
            // No request travels for longer than its call may take.
            const Millis at = std::min(run.now, call.sentAt + call.limit);
            if (seen != world.keys.end() && at - seen->second < tool.keyLifetime) return;
            world.keys[call.key] = at;
        }
        executed(identity(call), call);
    }
    void executed(const std::string& id, const decide::Call& call)
    {
        if (++world.standing[id] > 1) complain("executed twice: " + id);
        if (call.purpose == decide::Purpose::Undo) {
            const auto& effect = run.state.effects[static_cast<std::size_t>(call.record)];
            const std::string undone = run.def->plan[static_cast<std::size_t>(effect.step)].id + " " + canonical(effect.params);
            --world.standing[undone];
            ++world.undone[undone];
        }
    }

    void answer(const char* code, const char* result, const char* phase, Json more = Json::object())
    {
        run.answer(QString::fromLatin1(code), QString::fromLatin1(result), QString::fromLatin1(phase), std::move(more));
    }
    void succeed() { answer("", good(), "answered"); }
    const char* good()
    {
        const auto& call = *run.state.active();
        if (call.purpose == decide::Purpose::Before) {
            reply_ = "{\"total\": " + std::to_string(world.total) + "}";
            return reply_.c_str();
        }
        if (call.purpose == decide::Purpose::Verify) {
            const auto& doubted = *run.state.call;
            return world.standing[identity(doubted)] > 0 ? "[1]" : "[]";
        }
        return "{\"id\": 7}";
    }

    /// A call is under way: what becomes of it, and what is heard.
    void reply()
    {
        const decide::Call call = *run.state.active();
        if (call.purpose == decide::Purpose::Poll) return replyToPoll(call);
        static constexpr const char* refusals[] = {"T400", "T404", "T409", "T429", "T401", "T422", "T606", "T412"};
        static constexpr const char* unsent[] = {"T103", "T102", "T104", "T105", "T101", "T107"};
        static constexpr const char* unheard[] = {"T108", "T109", "T110"};
        static constexpr const char* errors[] = {"T500", "T503", "T504", "T408"};
        static constexpr const char* unusable[] = {"T601", "T603", "T111", "T602", "T605"};
        switch (choices_.draw(9)) {
        case 0:
        case 1: execute(call); return succeed();
        case 2: return answer(refusals[choices_.draw(8)], "null", "answered");
        case 3: return answer(unsent[choices_.draw(6)], "null", "not_sent");
        case 4: {
            const auto* code = unheard[choices_.draw(3)];
            if (choices_.draw(2)) execute(call);
            return answer(code, "null", "maybe_sent");
        }
        case 5: {
            const auto* code = errors[choices_.draw(4)];
            if (choices_.draw(2)) execute(call);
            return answer(code, "null", "answered");
        }
        case 6: execute(call); return answer(unusable[choices_.draw(5)], "null", "answered");
        case 7: {
            const std::string path = "/jobs/" + std::to_string(world.taken.size());
            world.taken[path] = identity(call);
            if (choices_.draw(2)) execute(call);
            return answer("T202", "null", "answered", choices_.draw(3) ? Json{{"poll", path}} : Json::object());
        }
        default:
            if (choices_.draw(2)) execute(call);
            return run.lose();
        }
    }
    /// What was taken up is done by now, if it had not been already.
    void finishTakenUp()
    {
        const decide::Call polled = *run.state.call;
        if (isWrite(polled) && world.standing[identity(polled)] == 0) executed(identity(polled), polled);
        succeed();
    }
    void replyToPoll(const decide::Call& call)
    {
        switch (choices_.draw(5)) {
        case 0: return finishTakenUp();
        case 1: return answer("T202", "null", "answered", {{"poll", call.poll}});
        case 2: return answer("T503", "null", "answered");
        case 3: return answer("T404", "null", "answered");
        default: return run.lose();
        }
    }

    std::vector<std::string> openHandoffs() const
    {
        std::vector<std::string> ids;
        for (const auto& handoff : run.state.handoffs) {
            if (handoff.state == HandoffState::Open) ids.push_back(handoff.id);
        }
        return ids;
    }

    void decideSomething(int how)
    {
        const auto ids = openHandoffs();
        if (ids.empty()) return;
        const auto& id = ids[static_cast<std::size_t>(choices_.draw(static_cast<int>(ids.size())))];
        const auto* handoff = run.state.handoff(id);
        const auto verbs = decide::possibleVerbs(*run.def, run.state, *handoff);
        if (verbs.empty()) return;
        Decision decision;
        decision.handoff = id;
        decision.verb = verbs[static_cast<std::size_t>(how) % verbs.size()];
        decision.text = "go on";
        decision.undoAll = how % 2 == 0;
        if (decision.verb == Verb::Edit || (decision.verb == Verb::Retry && how % 3 == 1)) decision.with = Json{{"text", "edited"}};
        if (decision.verb == Verb::Settle) decision.settlement = truth();
        const auto refused = run.decide(decision);
        if (refused) return;
        // The same click again must find nothing to do.
        const bool staysOpen = run.state.handoff(id)->state == HandoffState::Open;
        const bool wasReopened = decision.verb == Verb::Settle && decision.settlement == Settlement::CannotTell;
        if (!staysOpen && !wasReopened && !run.decide(decision)) complain("decided twice: " + id + " " + word(decision.verb));
    }
    /// A person who looks says what is true, or that it cannot be told.
    std::optional<Settlement> truth()
    {
        if (!run.state.call) return Settlement::CannotTell;
        if (choices_.draw(4) == 1) return Settlement::CannotTell;
        return world.standing[identity(*run.state.call)] > 0 ? Settlement::Happened : Settlement::NotHappened;
    }

    void oneTurn()
    {
        run.facts.nextDraw = choices_.draw(100) / 100.0;
        switch (choices_.draw(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
            if (run.isSending()) reply();
            else wait(60'000);
            break;
        case 5:
        case 6: decideSomething(choices_.draw(12)); break;
        case 7: wait(choices_.draw(8) * 45'000); break;
        case 8:
            run.facts.admission = choices_.draw(3) ? decide::Admission{} : decide::Admission{"W111", run.now + 30'000};
            world.total += choices_.draw(6) == 5;
            meddle(choices_.draw(20));
            break;
        default: crash(); break;
        }
        checkAlive();
    }
    void crash()
    {
        // The process dies with a call under way or with none; that call may have got through.
        if (run.isSending() && choices_.draw(2)) execute(*run.state.active());
        run.lose();
    }
    /// An operator's wish outside any ticket.
    void meddle(unsigned which)
    {
        if (which == 13) run.abort();
        if (which < 5) run.pause();
    }
    void wait(Millis span)
    {
        run.wait(span);
    }

    /// The storm is over: services answer, people decide, time passes.
    void settleDown()
    {
        run.facts.admission = {};
        if (run.isSending() && run.state.active()->purpose == decide::Purpose::Poll) {
            finishTakenUp();
        } else if (run.isSending()) {
            execute(*run.state.active());
            succeed();
        } else {
            decideSomething(0);
            wait(10'000);
        }
        checkAlive();
    }

    /// A run that is not over has somebody who will move it.
    void checkAlive()
    {
        const auto& state = run.state;
        if (state.isEnded() || run.isSending()) return;
        const bool isAsked = !openHandoffs().empty();
        if (state.status == RunStatus::Running && !decide::due(*run.def, state)) complain("stranded while running");
        if (state.status != RunStatus::Running && !isAsked) complain("waits for a person and asks nobody");
    }

    void check()
    {
        checkBeliefs();
        checkConsent();
        checkReplay();
    }

    /// What stands in the world is known to the run, or in doubt before a person's eyes.
    void checkBeliefs()
    {
        const auto& state = run.state;
        std::set<std::string> believed;
        for (const auto& effect : state.effects) {
            const std::string id = run.def->plan[static_cast<std::size_t>(effect.step)].id + " " + canonical(effect.params);
            if (!effect.undone) believed.insert(id);
            if (!effect.undone && world.standing[id] < 1 && world.undone[id] == 0) complain("believed, but never happened: " + id);
        }
        const bool inDoubt = state.hasUnknown() || (state.call && !state.isEnded());
        for (const auto& [id, times] : world.standing) {
            if (times < 1 || id.starts_with("undo ")) continue;
            if (!believed.count(id) && !inDoubt) complain("a hidden doubt: " + id);
        }
    }

    /// Each gated call left under a yes that was given for it, and each yes was used once.
    void checkConsent()
    {
        std::map<std::string, int> yes;
        std::string gatedStep;
        for (const auto& event : run.journal) {
            if (event.kind == decide::EventKind::Decided && textOf(event.data, "verb") == "approve") ++yes[event.step];
            if (event.kind == decide::EventKind::Decided && textOf(event.data, "verb") == "edit") ++yes[event.step];
            const bool isAct = event.kind == decide::EventKind::Intent && textOf(event.data, "purpose") == "act";
            if (!isAct) continue;
            const Tool& tool = *run.def->tool(textOf(event.data, "tool"));
            if (!tool.gate.empty() && yes[event.step] == 0) complain("sent without a yes: " + event.step);
        }
    }

    /// The journal alone gives the same state, and every choice again.
    void checkReplay()
    {
        decide::RunState again;
        for (const auto& event : run.journal) decide::fold(again, event);
        const bool isSame = again.status == run.state.status && again.effects.size() == run.state.effects.size() &&
                            again.handoffs.size() == run.state.handoffs.size() && again.at == run.state.at && again.ran == run.state.ran;
        if (!isSame) complain("a replay comes to another state");
    }

    Choices choices_;
    std::string reply_;
};

}  // namespace handrailtest
