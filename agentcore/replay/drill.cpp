#include "agentcore/replay/drill.h"

#include <algorithm>
#include <set>

#include "agentcore/decide/cache.h"
#include "agentcore/decide/view.h"
#include "agentcore/replay/drillcalls.h"
#include "agentcore/replay/replay.h"

namespace handrail::replay {
namespace {

using decide::EventKind;

constexpr double defaultRate = 0.3;
/// How much later than its limit a call may end: the guard over the wire waits a second, and the machine may be busy.
constexpr Millis slack = 2'000;

/// "3 runs", "1 run".
std::string counted(std::size_t count, const std::string& one, const std::string& more = {})
{
    return std::to_string(count) + " " + (count == 1 ? one : more.empty() ? one + "s" : more);
}

/// A run with its calls and where it stands.
struct Drilled {
    const Journal& journal;
    decide::RunState state;
    std::vector<DrillCall> calls;

    explicit Drilled(const Journal& events) : journal(events), calls(callsOf(events))
    {
        for (const auto& event : events) decide::fold(state, event);
    }
};

/// What a line has counted; it becomes a verdict at the end.
struct Counted {
    std::size_t met = 0;
    std::vector<std::string> wrong;

    void blame(const Drilled& run, const std::string& what) { wrong.push_back(run.state.id + ": " + what); }
};

class DrillJudge {
public:
    DrillJudge(const Definition& definition, const std::vector<Journal>& journals) : def_(definition)
    {
        for (const auto& journal : journals) runs_.emplace_back(journal);
    }

    std::vector<DrillLine> lines()
    {
        injected();
        retries();
        handoffs();
        fallbacks();
        timeOuts();
        effects();
        doubts();
        ends();
        replays();
        return std::move(lines_);
    }

private:
    /// What is wrong is told with the run that it is wrong in; at most three, so that a page stays one.
    void add(const char* id, const char* what, const char* expected, const Counted& tally, std::string seen)
    {
        for (std::size_t i = 0; i < std::min<std::size_t>(tally.wrong.size(), 3); ++i) seen += " Run " + tally.wrong[i];
        if (tally.wrong.size() > 3) seen += " And " + std::to_string(tally.wrong.size() - 3) + " more.";
        const auto verdict = !tally.wrong.empty() ? DrillVerdict::Fail : tally.met > 0 ? DrillVerdict::Pass : DrillVerdict::NotMet;
        lines_.push_back({id, what, expected, seen, verdict});
    }

    void injected()
    {
        Counted tally;
        for (const auto& run : runs_) {
            std::size_t inJournal = 0;
            for (const auto& event : run.journal) inJournal += event.kind == EventKind::Answered && truthOf(event.data, "injected") ? 1 : 0;
            std::size_t shown = 0;
            for (const auto& step : decide::planOf(def_, run.state)) {
                shown += static_cast<std::size_t>(std::count_if(step.attempts.begin(), step.attempts.end(), [](const auto& attempt) { return attempt.injected; }));
            }
            tally.met += inJournal;
            if (shown != inJournal) tally.blame(run, std::to_string(shown) + " of " + std::to_string(inJournal) + " injected failures are shown as injected.");
        }
        add("injected", "Failures on purpose reach the calls, and show as what they are",
            "At least one call fails on purpose; each is journaled and shown as injected.", tally,
            counted(tally.met, "call") + " failed on purpose in " + counted(runs_.size(), "run") + ".");
    }

    void retries()
    {
        Counted tally;
        std::size_t most = 0;
        for (const auto& run : runs_) {
            for (const auto& call : run.calls) {
                const Tool* tool = def_.tool(call.tool);
                if (!tool || call.tries.empty()) continue;
                const auto proofs = static_cast<std::size_t>(std::count_if(call.tries.begin(), call.tries.end(), [](const auto& made) { return made.afterProof; }));
                const std::size_t limit = static_cast<std::size_t>(tool->retry.attempts) + proofs;
                most = std::max(most, call.tries.size());
                const bool isGivenUp = call.verdict != "done" && call.verdict != "retry";
                if (call.tries.size() == limit && isGivenUp) ++tally.met;
                if (call.tries.size() > limit) tally.blame(run, call.tool + " was called " + counted(call.tries.size(), "time") + ", its limit is " + std::to_string(limit) + ".");
            }
        }
        add("retries", "Retries stop at the limit", "No call is made more often than its tool allows; one that fails each time is given up there.", tally,
            counted(tally.met, "call was", "calls were") + " given up at the limit; no call was made more than " + counted(most, "time") + ".");
    }

    void handoffs()
    {
        Counted tally;
        std::size_t gates = 0;
        for (const auto& run : runs_) {
            std::size_t tickets = 0, questions = 0, doubts = 0;
            for (const auto& handoff : run.state.handoffs) {
                if (handoff.state != HandoffState::Open || handoff.kind == HandoffKind::Review) continue;
                ++(handoff.unknown ? doubts : handoff.kind == HandoffKind::Escalation ? tickets : questions);
            }
            const bool isStopped = run.state.status == RunStatus::Escalated;
            const bool isAsking = run.state.status == RunStatus::WaitingApproval;
            gates += isAsking ? 1 : 0;
            tally.met += isStopped ? 1 : 0;
            if (isStopped && tickets + doubts != 1) tally.blame(run, "it is escalated with " + counted(tickets + doubts, "open ticket") + ".");
            if (isAsking && questions != 1) tally.blame(run, "it waits with " + counted(questions, "open question") + ".");
            if (run.state.isEnded() && tickets + questions > 0) tally.blame(run, "it has ended and " + counted(tickets + questions, "handoff is", "handoffs are") + " still open.");
        }
        add("handoffs", "Handoffs are filed once each", "A run that a failure stops files exactly one ticket, one that waits at a gate asks exactly one question.", tally,
            counted(tally.met, "run was", "runs were") + " stopped by a failure; " + counted(gates, "run waits", "runs wait") + " at a gate, which nobody answered.");
    }

    void fallbacks()
    {
        Counted tally;
        std::map<std::string, std::size_t> used;
        for (const auto& run : runs_) {
            std::map<std::string, std::size_t> stoodIn;
            for (const auto& event : run.journal) {
                if (event.kind == EventKind::FallbackUsed) {
                    const bool isEmptyCache = textOf(event.data, "kind") == "cache" && !truthOf(event.data, "success");
                    ++used[isEmptyCache ? "cache that had nothing" : textOf(event.data, "kind") == "cache" ? "earlier result" : "read-only path"];
                    ++stoodIn[event.step];
                    ++tally.met;
                }
                if (event.kind == EventKind::Judged && textOf(event.data, "purpose") == "plan" && textOf(event.data, "verdict") == "backup") {
                    ++used["backup model"];
                    ++tally.met;
                }
            }
            for (const auto& call : run.calls) {
                const Tool* tool = def_.tool(call.tool);
                const bool isOver = call.purpose == "act" && call.verdict == "refused" && decide::mayStandIn(call.code);
                if (tool && tool->fallback && isOver && stoodIn[call.step] == 0) tally.blame(run, call.tool + " failed and its fallback was not used.");
            }
        }
        std::string seen;
        for (const auto& [what, times] : used) seen += (seen.empty() ? "" : ", ") + what + " " + counted(times, "time");
        add("fallbacks", "Fallbacks stand in where a read fails, and are seen", "Each read that fails for good and names a fallback is followed by it, in the journal and on the run.", tally,
            seen.empty() ? "No read with a fallback failed for good." : "Used: " + seen + ".");
    }

    void timeOuts()
    {
        Counted tally;
        Millis latest = 0;
        for (const auto& run : runs_) {
            for (const auto& call : run.calls) {
                for (const auto& made : call.tries) {
                    if (made.answeredAt == 0) continue;
                    const Millis over = made.answeredAt - made.sentAt - made.limit;
                    if (made.code == "T109") ++tally.met;
                    if (made.code == "T109") latest = std::max(latest, over);
                    if (over > slack) tally.blame(run, call.tool + " was given up " + std::to_string(over) + " ms after its limit of " + std::to_string(made.limit) + " ms.");
                }
            }
            const Millis over = run.state.ran - def_.limits.run;
            if (over > slack) tally.blame(run, "it ran " + std::to_string(over) + " ms longer than it may.");
        }
        add("time_outs", "Time-outs are kept", "A call without a reply is given up at its limit, and no run runs longer than it may.", tally,
            counted(tally.met, "call") + " had no reply in time" + (tally.met > 0 ? ", and the latest was given up " + std::to_string(std::max<Millis>(latest, 0)) + " ms after its limit." : "."));
    }

    void effects()
    {
        Counted tally;
        std::size_t left = 0, again = 0;
        std::map<std::string, std::size_t> doneBy;             // key -> calls that were done
        for (const auto& run : runs_) {
            std::map<std::string, std::set<std::string>> keys;  // one step's call -> the keys that it went under
            for (const auto& call : run.calls) {
                if (call.key.empty()) continue;
                const Tool* tool = def_.tool(call.tool);
                ++tally.met;
                for (const auto& made : call.tries) left += made.hasLeft() ? 1 : 0;
                keys[call.purpose + "/" + call.step + "/" + call.digest].insert(call.key);
                const bool isKeyed = tool && tool->effect == Effect::WriteKeyed;
                if (isKeyed && call.tries.size() > 1) again += call.tries.size() - 1;
                if (!isKeyed && actsTwice(call)) tally.blame(run, call.tool + " was sent again while it may have acted.");
                if (call.verdict == "done" && ++doneBy[call.key] > 1) tally.blame(run, call.tool + " was done twice under one key.");
            }
            for (const auto& [call, under] : keys) {
                if (under.size() > 1) tally.blame(run, "one call went under " + counted(under.size(), "key") + ".");
            }
        }
        add("effects", "No effect is sent twice", "A write that may have acted is sent again only under its key, or after a read has proved that it did not act.", tally,
            counted(tally.met, "write was meant", "writes were meant") + "; " + counted(left, "request") + " really left, " + std::to_string(again) + " under a key that had been sent before.");
    }
    static bool actsTwice(const DrillCall& call)
    {
        bool isOpen = false;
        for (const auto& made : call.tries) {
            if (isOpen && !made.afterProof) return true;
            isOpen = made.mayHaveActed();
        }
        return false;
    }

    void doubts()
    {
        Counted tally;
        for (const auto& run : runs_) {
            std::size_t inDoubt = 0;
            for (const auto& call : run.calls) inDoubt += !call.key.empty() && (call.verdict == "unknown" || call.verdict == "happened") ? 1 : 0;
            const auto shown = static_cast<std::size_t>(std::count_if(run.state.handoffs.begin(), run.state.handoffs.end(), [](const auto& handoff) {
                return handoff.unknown && handoff.state == HandoffState::Open;
            }));
            tally.met += inDoubt;
            if (shown != inDoubt) tally.blame(run, counted(inDoubt, "write") + " in doubt, " + counted(shown, "ticket") + " about it.");
        }
        add("doubts", "Every doubt is shown to a person", "Each write of which nobody knows whether it happened has one open ticket that says so.", tally,
            counted(tally.met, "write") + " ended in doubt" + (tally.met > 0 ? ", each with its ticket." : "."));
    }

    void ends()
    {
        Counted tally;
        std::map<std::string, std::size_t> states;
        for (const auto& run : runs_) {
            ++tally.met;
            ++states[word(run.state.status)];
            if (run.state.status == RunStatus::Running) tally.blame(run, "it has come to no stop.");
            for (const auto& event : run.journal) {
                if (textOf(event.data, "code") == "X000") tally.blame(run, "line " + std::to_string(event.seq) + " is a failure without a name (X000).");
            }
        }
        std::string seen;
        for (const auto& [state, count] : states) seen += (seen.empty() ? "" : ", ") + std::to_string(count) + " " + state;
        add("ends", "Every run comes to a stop", "Each run ends or waits for a person, and each failure has a code of its own.", tally, seen + ".");
    }

    void replays()
    {
        Counted tally;
        for (const auto& run : runs_) {
            const auto told = replay(def_, run.journal);
            tally.met += told.differs ? 0 : 1;
            if (told.differs) tally.blame(run, "line " + std::to_string(told.differs->seq) + " is decided otherwise now.");
        }
        add("replay", "The journals replay", "Every decision of every run is the same when it is decided once more from its journal.", tally,
            counted(tally.met, "run") + " of " + std::to_string(runs_.size()) + " decided the same.");
    }

    const Definition& def_;
    std::vector<Drilled> runs_;
    std::vector<DrillLine> lines_;
};

}  // namespace

Json injectionFor(const Definition& definition, std::optional<std::uint64_t> seed)
{
    Json inject = definition.source.value("inject", Json::object());
    if (inject.empty()) {
        for (const auto& [name, tool] : definition.tools) {
            inject[name] = {{"rate", defaultRate}, {"kinds", {"timeout", "http_500", "slow", "connection"}}, {"seed", inject.size() + 1}};
        }
    }
    if (!seed) return inject;
    std::uint64_t next = *seed;
    for (auto& [name, injection] : inject.items()) injection["seed"] = next++;
    return inject;
}

std::vector<DrillLine> judgeDrill(const Definition& definition, const std::vector<Journal>& journals) { return DrillJudge(definition, journals).lines(); }

std::map<std::string, std::map<std::string, int>> injectedIn(const std::vector<Journal>& journals)
{
    std::map<std::string, std::map<std::string, int>> counts;
    for (const auto& journal : journals) {
        for (const auto& event : journal) {
            if (event.kind == EventKind::Answered && truthOf(event.data, "injected")) ++counts[textOf(event.data, "tool")][textOf(event.data, "injection")];
        }
    }
    return counts;
}

DrilledRun drilledRun(const Definition& definition, const Journal& journal)
{
    const Drilled told(journal);
    DrilledRun run{decide::summaryOf(definition, told.state), 0, {}, {}};
    for (const auto& [tool, kinds] : injectedIn({journal})) {
        for (const auto& [kind, count] : kinds) run.injected += count;
    }
    return run;
}

}  // namespace handrail::replay
