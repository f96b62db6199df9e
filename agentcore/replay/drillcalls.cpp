#include "agentcore/replay/drillcalls.h"

#include <map>

#include "agentcore/retrytable.h"

namespace handrail::replay {
namespace {

using decide::EventKind;

class CallReader {
public:
    void take(const decide::Event& event)
    {
        const std::string purpose = textOf(event.data, "purpose");
        if (event.kind == EventKind::Intent) return begin(event, purpose);
        const auto found = latest_.find(purpose);
        if (found == latest_.end()) return;
        DrillCall& call = calls_[found->second];
        if (event.kind == EventKind::Dispatched) dispatched(call, event);
        else if (event.kind == EventKind::Answered) answered(call, event);
        else if (event.kind == EventKind::Judged) judged(call, event);
    }
    std::vector<DrillCall> calls() { return std::move(calls_); }

private:
    void begin(const decide::Event& event, const std::string& purpose)
    {
        latest_[purpose] = calls_.size();
        calls_.push_back({event.step, textOf(event.data, "tool"), purpose, textOf(event.data, "key"), textOf(event.data, "digest"), {}, {}, {}});
    }
    void dispatched(DrillCall& call, const decide::Event& event)
    {
        DrillTry made;
        made.limit = numberOf(event.data, "limit_ms");
        made.sentAt = event.time;
        made.afterProof = call.verdict == "resend";
        call.tries.push_back(made);
    }
    void answered(DrillCall& call, const decide::Event& event)
    {
        if (call.tries.empty()) return;
        DrillTry& made = call.tries.back();
        made.answeredAt = event.time;
        made.phase = textOf(event.data, "phase");
        made.code = textOf(event.data, "code");
        made.injection = textOf(event.data, "injection");
    }
    void judged(DrillCall& call, const decide::Event& event)
    {
        call.verdict = textOf(event.data, "verdict");
        call.code = textOf(event.data, "code");
    }

    std::vector<DrillCall> calls_;
    std::map<std::string, std::size_t> latest_;  ///< by purpose: a read in service goes on beside what it serves
};

}  // namespace

bool DrillTry::hasLeft() const { return phase != "not_sent" && (injection.empty() || injection == word(InjectedKind::Slow)); }

bool DrillTry::mayHaveActed() const
{
    if (answeredAt == 0 || phase == "maybe_sent") return true;
    return phase != "not_sent" && (code.empty() || rowFor(code).unkeyed.leavesDoubt());
}

std::vector<DrillCall> callsOf(const std::vector<decide::Event>& journal)
{
    CallReader reading;
    for (const auto& event : journal) reading.take(event);
    return reading.calls();
}

}  // namespace handrail::replay
