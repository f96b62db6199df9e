#include "agentcore/watch/figures.h"

#include <algorithm>
#include <ctime>
#include <iterator>

namespace handrail::watch {
namespace {

constexpr std::size_t bucketCount = std::size(store::decisionBounds) + 1;

}  // namespace

/// Gathers counters by what they are of.
struct FigureGatherer::Inside {
    void take(const store::CounterKey& key, std::int64_t value)
    {
        if (takeCall(key, value) || takeHandoff(key, value)) return;
        if (key.name == "runs_started") {
            agents_[key.of].runs += value;
            all_.runsStarted += value;
        } else if (key.name == "retries") {
            agents_[key.of].retries += value;
            all_.retries += value;
        } else if (key.name == "runs_ended") {
            all_.runsEnded[key.of] += value;
        } else if (key.name == "tokens") {
            ModelFigures& model = models_[key.of];
            (key.as == "in" ? model.tokensIn : key.as == "out" ? model.tokensOut : model.calls) += value;
        } else if (key.name == "reused") {
            all_.reused += value;
        } else if (key.name == "fallbacks") {
            FallbackFigures& figures = all_.fallbacks[key.of];
            (key.as == "used" ? figures.used : key.as == "success" ? figures.success : figures.failure) += value;
        }
    }

    Statistics statistics()
    {
        for (auto& [name, tool] : tools_) {
            tool.tool = name;
            all_.tools.push_back(tool);
        }
        std::stable_sort(all_.tools.begin(), all_.tools.end(), [](const auto& a, const auto& b) { return a.errors > b.errors; });
        for (auto& [name, agent] : agents_) {
            agent.agent = name;
            all_.agents.push_back(agent);
        }
        for (auto& [kind, handoff] : handoffs_) {
            handoff.kind = kind;
            all_.handoffs.push_back(handoff);
        }
        for (auto& [name, model] : models_) {
            model.model = name;
            all_.models.push_back(model);
        }
        for (const auto& [dayAndCode, count] : types_) all_.types.push_back({dayText(dayAndCode.first), dayAndCode.second, count});
        std::stable_sort(all_.types.begin(), all_.types.end(), [](const auto& a, const auto& b) {
            return a.day != b.day ? a.day > b.day : a.count > b.count;
        });
        return std::move(all_);
    }

private:
    bool takeCall(const store::CounterKey& key, std::int64_t value)
    {
        if (key.name == "calls") {
            tools_[key.of].calls += value;
        } else if (key.name == "call_ms") {
            tools_[key.of].tookMs += value;
        } else if (key.name == "errors") {
            tools_[key.of].errors += value;
            tools_[key.of].codes[key.as] += value;
            types_[{key.day, key.as}] += value;
        } else {
            return false;
        }
        return true;
    }

    bool takeHandoff(const store::CounterKey& key, std::int64_t value)
    {
        if (key.name == "handoffs") {
            handoff(key.of).asked += value;
        } else if (key.name == "decided" && key.as == "expired") {
            handoff(key.of).expired += value;
        } else if (key.name == "decided") {
            handoff(key.of).decided += value;
            handoff(key.of).verbs[key.as] += value;
        } else if (key.name == "decision_ms") {
            handoff(key.of).decisionMs += value;
        } else if (key.name == "decision_le") {
            handoff(key.of).buckets[bucketOf(key.as)] += value;
        } else {
            return false;
        }
        return true;
    }

    HandoffFigures& handoff(const std::string& kind)
    {
        HandoffFigures& figures = handoffs_[kind];
        figures.buckets.resize(bucketCount);
        return figures;
    }

    static std::size_t bucketOf(const std::string& text)
    {
        for (std::size_t i = 0; i + 1 < bucketCount; ++i) {
            if (text == std::to_string(store::decisionBounds[i])) return i;
        }
        return bucketCount - 1;
    }

    Statistics all_;
    std::map<std::string, ToolFigures> tools_;
    std::map<std::string, AgentFigures> agents_;
    std::map<std::string, ModelFigures> models_;
    std::map<std::string, HandoffFigures> handoffs_;
    std::map<std::pair<std::int64_t, Code>, std::int64_t> types_;
};

FigureGatherer::FigureGatherer() : inside_(std::make_unique<Inside>()) {}
FigureGatherer::~FigureGatherer() = default;
void FigureGatherer::take(const store::CounterKey& key, std::int64_t value) { inside_->take(key, value); }
Statistics FigureGatherer::statistics() { return inside_->statistics(); }

std::string dayText(std::int64_t day) { return rfc3339(day * store::dayLength).substr(0, 10); }

std::optional<std::int64_t> dayNumber(const std::string& text)
{
    std::tm parts{};
    if (!strptime(text.c_str(), "%Y-%m-%d", &parts)) return std::nullopt;
    const auto day = store::dayOf(static_cast<Millis>(timegm(&parts)) * 1000);
    // A day that does not exist, or one that is written otherwise, comes back as another text.
    return dayText(day) == text ? std::optional(day) : std::nullopt;
}

Statistics figuresOf(const store::Counters& counters)
{
    FigureGatherer gatherer;
    for (const auto& [key, value] : counters) gatherer.take(key, value);
    return gatherer.statistics();
}

}  // namespace handrail::watch
