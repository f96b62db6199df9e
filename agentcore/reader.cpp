#include "agentcore/reader.h"

#include "agentcore/decide/decision.h"
#include "agentcore/decide/finding.h"
#include "agentcore/decide/view.h"
#include "agentcore/definition/kept.h"
#include "agentcore/store/sqlitestore.h"
#include "agentcore/tools/tool.h"
#include "agentcore/watch/figures.h"
#include "agentcore/watch/notifierbook.h"

namespace handrail {
namespace {

class StoreReader final : public Reader {
public:
    StoreReader(std::unique_ptr<store::ReadStore> store, std::string folder) : store_(std::move(store)), folder_(std::move(folder)) {}

    Outcome<std::vector<RunSummary>> runs(int limit, int offset) const override { return store_->runs(limit, offset); }

    Outcome<std::optional<RunDetail>> run(const RunId& id) const override
    {
        auto whole = load(id);
        if (!whole) return whole.failure();
        if (!*whole) return std::optional<RunDetail>();
        return std::optional<RunDetail>(decide::detailOf(*(*whole)->definition, (*whole)->state));
    }

    Outcome<std::vector<InboxRow>> inbox(const InboxFilter& filter) const override { return store_->inbox(filter); }

    Outcome<std::map<std::string, int>> counts(Millis now, const std::string& who) const override
    {
        auto pairs = store_->openCounts();
        if (!pairs) return pairs.failure();
        std::map<std::string, int> counts(pairs->begin(), pairs->end());
        if (now == 0) return counts;
        auto snoozed = store_->snoozedCounts(now);
        auto mine = store_->openOf(who, now);
        if (!snoozed || !mine) return snoozed ? mine.failure() : snoozed.failure();
        for (const auto& count : *snoozed) {
            counts[count.kind] -= count.all;
            counts["all"] -= count.all;
            counts["unknown"] -= count.unknown;
            counts["snoozed"] += count.all;
        }
        counts["mine"] = *mine;
        return counts;
    }

    Outcome<std::optional<HandoffDetail>> handoff(const HandoffId& id) const override
    {
        auto run = store_->runOfHandoff(id);
        if (!run) return run.failure();
        if (!*run) return std::optional<HandoffDetail>();
        if ((*run)->empty()) return finding(id);
        auto whole = load(**run);
        if (!whole) return withoutRun(id, whole.failure());
        if (!*whole) return withoutRun(id, failure("R103", "The journal has nothing of it."));
        const auto* record = (*whole)->state.handoff(id);
        if (!record) return withoutRun(id, failure("R103", "The journal of this run does not have this handoff."));
        auto detail = decide::handoffOf(*(*whole)->definition, (*whole)->state, *record);
        if (const Tool* tool = (*whole)->definition->tool(detail.row.tool); tool && !tool->isModel && detail.arguments.is_object()) {
            detail.request = tools::requestLine(*(*whole)->definition, *tool, detail.arguments);
        }
        if (!detail.gate.empty()) {
            auto last = store_->lastCall(detail.row.agent, detail.row.tool);
            if (!last) return last.failure();
            // What this very question has led to is no precedent of it.
            if (*last && (*last)->run != detail.row.run) detail.last = last.take();
        }
        detail.log = (*whole)->lastLines;
        return std::optional<HandoffDetail>(std::move(detail));
    }

    std::optional<Failure> refusalOf(const Decision& decision, Millis now) const override
    {
        auto run = store_->runOfHandoff(decision.handoff);
        if (!run) return run.failure();
        if (!*run || (*run)->empty()) return std::nullopt;
        auto whole = load(**run);
        if (!whole) return whole.failure();
        if (!*whole) return std::nullopt;
        auto events = decide::decideDecision(*(*whole)->definition, (*whole)->state, decision, now);
        return events ? std::nullopt : std::optional(events.failure());
    }

    Outcome<std::vector<JournalLine>> journal(const RunId& id, Seq after, int limit) const override
    {
        auto events = store_->events(id, after, limit);
        if (!events) return events.failure();
        std::vector<JournalLine> lines;
        for (const auto& event : *events) lines.push_back(decide::lineOf(event));
        return lines;
    }

    Outcome<Statistics> statistics(Millis since) const override
    {
        const std::int64_t day = since > 0 ? store::dayOf(since) : 0;
        auto counters = store_->counters(day);
        if (!counters) return counters.failure();
        auto open = counts(0, {});
        if (!open) return open.failure();
        Statistics statistics = watch::figuresOf(*counters);
        if (since > 0) statistics.from = watch::dayText(day);
        statistics.open = open.take();
        statistics.notifiers = watch::readNotifierBook(folder_);
        return statistics;
    }

private:
    /// A ticket whose run can no longer be read: what its row says, and what can still be done.
    Outcome<std::optional<HandoffDetail>> withoutRun(const HandoffId& id, const Failure& why) const
    {
        auto row = store_->handoff(id);
        if (!row) return row.failure();
        if (!*row) return why;
        HandoffDetail detail;
        detail.row = **row;
        detail.why = "The run can no longer be read: " + why.message;
        detail.error = why;
        detail.suggestion = "Look at the provider's own records for what this run did last, then say whether it happened.";
        detail.lookFor = "Calls of the agent " + detail.row.agent + " around the time of this ticket.";
        const bool canSettle = detail.row.state == HandoffState::Open && detail.row.unknown;
        if (canSettle) detail.actions = {Verb::Settle};
        return std::optional<HandoffDetail>(std::move(detail));
    }

    static constexpr std::size_t logLines = 40;  ///< of the journal's end, for a ticket's log excerpt

    struct Whole {
        DefinitionPtr definition;
        decide::RunState state;
        std::vector<JournalLine> lastLines;
    };

    /// A ticket of no run.
    Outcome<std::optional<HandoffDetail>> finding(const HandoffId& id) const
    {
        auto row = store_->handoff(id);
        auto filed = store_->finding(id);
        if (!row || !filed) return row ? filed.failure() : row.failure();
        if (!*row || !*filed) return std::optional<HandoffDetail>();
        auto detail = decide::findingDetail(**row, **filed);
        detail.log = {decide::lineOf(**filed)};
        return std::optional<HandoffDetail>(std::move(detail));
    }

    Outcome<std::optional<Whole>> load(const RunId& id) const
    {
        auto row = store_->run(id);
        if (!row) return row.failure();
        if (!*row) return std::optional<Whole>();
        auto parsed = definitions_.get((*row)->definition, [this](const std::string& digest) { return store_->definition(digest); });
        if (!parsed) return parsed.failure();
        auto events = store_->events(id, 0, -1);
        if (!events) return events.failure();
        Whole whole;
        whole.definition = *parsed;
        for (const auto& event : *events) decide::fold(whole.state, event);
        const auto from = events->size() > logLines ? events->size() - logLines : 0;
        for (auto i = from; i < events->size(); ++i) whole.lastLines.push_back(decide::lineOf((*events)[i]));
        return std::optional<Whole>(std::move(whole));
    }

    std::unique_ptr<store::ReadStore> store_;
    std::string folder_;
    mutable KeptDefinitions definitions_;
};

}  // namespace

Outcome<std::unique_ptr<Reader>> openReader(const std::string& folder)
{
    auto store = store::openReadStore(folder);
    if (!store) return store.failure();
    return std::unique_ptr<Reader>(std::make_unique<StoreReader>(store.take(), folder));
}

}  // namespace handrail
