#include "agentcore/definition/checklist.h"

#include <algorithm>
#include <functional>
#include <set>

#include "agentcore/definition/mistakes.h"

namespace handrail {
namespace {

class Checking {
public:
    Checking(const Definition& definition, std::string_view text, const std::string& file, const KnownOfAgent& known)
        : def_(definition), file_(file), known_(known)
    {
        if (auto document = parseJson(text, {}, places_)) document_ = document.take();
    }

    std::vector<ChecklistLine> lines()
    {
        timeOuts();
        effects();
        doubts();
        retries();
        fallbacks();
        approvals();
        consent();
        undo();
        input();
        notifiers();
        drill();
        return std::move(lines_);
    }

private:
    std::string placeOf(const std::string& pointer) const
    {
        // A member that is not there is told at the nearest one that is.
        std::string at = pointer;
        while (!at.empty() && places_.count(at) == 0) at.erase(at.rfind('/'));
        const auto found = places_.find(at);
        const Place place = found == places_.end() ? Place() : found->second;
        return (file_.empty() ? "" : file_ + ", ") + std::string("line ") + std::to_string(place.line) + ", column " +
               std::to_string(place.column) + ": " + (pointer.empty() ? "/" : pointer);
    }
    void begin(const char* id, const char* question, const char* why) { lines_.push_back({id, question, why, {}, {}}); }
    void gap(const std::string& pointer, const std::string& write) { lines_.back().gaps.push_back({placeOf(pointer), write, pointer}); }

    const Json& written(const std::string& tool) const
    {
        const Json* found = at(document_, "/tools/" + pointerSegment(tool));
        return found ? *found : nothing_;
    }
    void eachTool(const std::function<void(const Tool&, const std::string& pointer)>& look) const
    {
        for (const auto& [name, tool] : def_.tools) look(tool, "/tools/" + pointerSegment(name));
    }

    void timeOuts()
    {
        begin("time_outs", "Does every tool have a time-out of its own?", "Without one a slow service holds a step for as long as the step may take.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            if (!written(tool.name).contains("timeout_s")) gap(pointer, "Add \"timeout_s\" to " + tool.name + ": 5 for a payment, 10 for a database, 30 for a search.");
        });
    }

    void effects()
    {
        begin("effects", "Does every tool say what its call does to the world?", "A tool that does not say so is treated as a write without any key.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            if (!written(tool.name).contains("effect")) gap(pointer, "Add \"effect\" to " + tool.name + ": read, write_keyed, write_verifiable or write_blind.");
        });
    }

    void doubts()
    {
        begin("doubts", "Can a lost reply of every write be cleared up without a person?", "A write with neither a key nor a read-back ends as an unknown outcome each time its reply is lost.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            const bool canBe = tool.effect != Effect::WriteBlind || !written(tool.name).contains("effect");
            if (!canBe) gap(pointer + "/effect", "Give " + tool.name + " an idempotency key (write_keyed, \"key_header\") or a \"verify\" read.");
        });
    }

    void retries()
    {
        begin("retries", "May every call that can safely be repeated be repeated?", "One lost packet then stops the run and calls a person.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            const bool isSafe = tool.effect == Effect::Read || tool.effect == Effect::WriteKeyed;
            if (isSafe && tool.retry.attempts < 2) gap(pointer + "/retry/attempts", "Let " + tool.name + " be tried at least twice: it cannot act twice.");
        });
    }

    /// Reads that a gated or critical step of the plan waits for.
    void fallbacks()
    {
        begin("fallbacks", "Is there a fallback on every critical path?", "What a critical step waits for then stops it when one service is down.");
        std::size_t last = 0;
        for (std::size_t i = 0; i < def_.plan.size(); ++i) {
            const Tool& tool = *def_.tool(def_.plan[i].tool);
            if (tool.critical || !tool.gate.empty()) last = i;
        }
        std::set<std::string> told;
        for (std::size_t i = 0; i < last; ++i) {
            const Tool& tool = *def_.tool(def_.plan[i].tool);
            const bool isBare = !tool.isWrite() && !tool.fallback;
            if (isBare && told.insert(tool.name).second) gap("/tools/" + pointerSegment(tool.name), "Add \"fallback\" to " + tool.name + ": an earlier result (\"cache_s\") or a \"read_only\" tool.");
        }
        if (def_.planner && def_.planner->models.size() < 2) gap("/planner/models", "Add a second model, simpler and \"simplified\", that takes over when the first gives nothing usable.");
    }

    void approvals()
    {
        begin("approvals", "Does a person approve what cannot be taken back?", "A wrong call is then simply made.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            if (tool.isWrite() && tool.gate.empty() && !tool.undo && !isOnlyUndo(tool.name)) {
                gap(pointer, "Give " + tool.name + " a \"gate\" (payment, delete_user, personal_data, production_config, paid_call, or a name of your own), or an \"undo\".");
            }
        });
    }
    /// A tool that only takes back what others did.
    bool isOnlyUndo(const std::string& name) const
    {
        const bool isUndo = std::any_of(def_.tools.begin(), def_.tools.end(), [&](const auto& one) { return one.second.undo && one.second.undo->tool == name; });
        const bool isPlanned = std::any_of(def_.plan.begin(), def_.plan.end(), [&](const Step& step) { return step.tool == name; });
        return isUndo && !isPlanned && !def_.planner;
    }

    void consent()
    {
        begin("consent", "Does an approver see amount, currency and recipient of a payment as such?", "They are then found only by reading the raw arguments.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            if (tool.gate != "payment") return;
            for (const auto* role : {"amount", "currency", "recipient"}) {
                if (tool.show.count(role) == 0) gap(pointer + "/show/" + role, std::string("Say under \"show\" where the ") + role + " of " + tool.name + " stands.");
            }
        });
    }

    void undo()
    {
        begin("undo", "Can what is reviewed after the act be undone?", "A review that finds a mistake can then only note it.");
        for (std::size_t i = 0; i < def_.review.size(); ++i) {
            if (!def_.tool(def_.review[i])->undo) gap("/review/" + std::to_string(i), "Add \"undo\" to " + def_.review[i] + ", or a gate in place of the review.");
        }
    }

    void input()
    {
        begin("input", "Is bad input refused before the first call?", "A missing or misspelt member is then found in the middle of the work.");
        const bool usesInput = !document_.is_null() && dump(document_).find("${input") != std::string::npos;
        if (usesInput && !def_.input) gap("/input", "Add \"input\": a JSON Schema with what is required, and \"additionalProperties\": false.");
        eachTool([&](const Tool& tool, const std::string& pointer) {
            if (tool.isWrite() && !tool.params) gap(pointer, "Add \"params\" to " + tool.name + ": a JSON Schema that its arguments are held against before the call.");
        });
    }

    void notifiers()
    {
        begin("notifiers", "Is somebody told when a ticket is filed?", "It then waits until somebody happens to look.");
        const Json* told = at(document_, "/notify");
        if (told && told->empty()) gap("/notify", "Name a notifier: desktop, webhook or email; without \"notify\" it is the desktop.");
        std::string untried;
        for (std::size_t i = 0; i < def_.notify.size(); ++i) {
            const Notifier& notifier = def_.notify[i];
            if (notifier.kind == Notifier::Kind::Desktop) continue;
            const NotifierFigures* figures = figuresOf(notifier.label());
            if (!figures) untried += (untried.empty() ? "" : ", ") + notifier.label();
            else if (figures->lastFailed > figures->lastSent) gap("/notify/" + std::to_string(i), "Mend it: its last message did not arrive (" + figures->lastError + "). Try it then: handrail notify --test AGENT.");
        }
        if (!untried.empty()) lines_.back().note = "Whether it can be reached is not known here: " + untried + ". Try it: handrail notify --test AGENT.";
    }
    const NotifierFigures* figuresOf(const std::string& notifier) const
    {
        const auto found = std::find_if(known_.notifiers.begin(), known_.notifiers.end(), [&](const NotifierFigures& figures) { return figures.notifier == notifier; });
        return found == known_.notifiers.end() ? nullptr : &*found;
    }

    void drill()
    {
        begin("drill", "Is there a failure drill, and did the last one pass?", "Retries, fallbacks and tickets are then tried out for the first time in production.");
        const bool isPlace = def_.environment == "staging" || def_.environment == "test";
        lines_.back().note = known_.drill ? lastDrill() : isPlace ? "No drill of it is known here. Run one: handrail drill AGENT." : "Drills are for staging and test; none is known here.";
        if (known_.drill && known_.drill->failed > 0) gap("/inject", "Mend what the last drill found, then run it again: handrail drill AGENT.");
        if (!isPlace || known_.drill) return;
        if (def_.inject.empty()) gap("/inject", "Run a drill (handrail drill AGENT), or add \"inject\" with a rate for the tools that matter.");
    }
    std::string lastDrill() const
    {
        const auto number = [](int count) { return std::to_string(count); };
        const std::string what = "The last drill was run on " + rfc3339(known_.drill->at) + " (" + number(known_.drill->runs) + " runs): " + number(known_.drill->passed) + " lines passed, " +
                                 number(known_.drill->failed) + " failed, " + number(known_.drill->notMet) + " were not met.";
        return known_.drill->definition == def_.digest ? what : what + " The definition has changed since.";
    }

    const Definition& def_;
    const std::string& file_;
    const KnownOfAgent& known_;
    Json document_;
    const Json nothing_ = Json::object();
    Places places_;
    std::vector<ChecklistLine> lines_;
};

}  // namespace

std::vector<ChecklistLine> checklist(const Definition& definition, std::string_view text, const std::string& file, const KnownOfAgent& known)
{
    return Checking(definition, text, file, known).lines();
}

}  // namespace handrail
