#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/decide/facts.h"
#include "agentcore/decide/tending.h"
#include "agentcore/store/head.h"
#include "agentcore/store/tally.h"
#include "agentcore/types.h"

/// The narrow contract behind which a store stands: a batch committed whole, named reads, and a
/// failure that says whether trying again can help. Times are integer milliseconds; no statement
/// reads a clock. SQLite is the one behind it today (sqlitestore.h).
namespace handrail::store {

/// The line of a run that lists read; `due` is when the driver must look at it again (0: never).
struct RunRow {
    RunSummary summary;
    std::string definition;  ///< digest of its definition
    Millis due = 0;
    bool live = false;       ///< goes on without a person, or has a call under way: recovery drives it
};

struct DefinitionRow {
    std::string digest;
    std::string name;
    std::string version;
    std::string text;
};

/// A host that an operator has isolated; with `isReleased`, one that he lets be called again.
struct IsolatedHost {
    std::string host;
    std::string who;
    std::string reason;
    Millis time = 0;
    bool isReleased = false;
};

/// Everything that one turn of the loop has to say. Events get their numbers at the commit.
struct Batch {
    std::vector<decide::Event> events;
    std::vector<RunRow> runs;
    std::vector<InboxRow> handoffs;
    std::vector<decide::IntentRow> intents;
    std::vector<decide::CachedResult> cached;
    std::vector<decide::ExposedRow> exposed;
    std::vector<decide::Claim> claims;
    std::vector<decide::CallMade> calls;  ///< done through a gate: the latest of each agent and tool is kept
    std::vector<DefinitionRow> definitions;
    std::vector<IsolatedHost> hosts;
    std::vector<std::pair<std::string, std::string>> notes;  ///< name and text, one of each name
    std::vector<std::pair<std::string, int>> counts;  ///< cause and how often it came up: open tickets of it count up
    /// Handoffs that must still be open for the batch to hold: a decision is one conditional update.
    std::vector<HandoffId> stillOpen;

    bool isEmpty() const { return events.empty() && runs.empty() && definitions.empty() && notes.empty() && counts.empty(); }
};

enum class Committed {
    Committed,
    Fenced,    ///< another process has taken the store over
    Conflict,  ///< a handoff of `stillOpen` is no longer open; nothing was written
    Retry,     ///< busy for the moment; nothing was written
    Down       ///< disk full or broken; nothing was written and nothing more may be dispatched
};

struct CommitResult {
    Committed how = Committed::Committed;
    std::optional<Failure> why;
};

/// Which ended runs are let go, by whom.
struct Pruning {
    Millis before = 0;  ///< ended before this instant
    std::string who;
    Millis now = 0;
};
struct Pruned {
    int runs = 0;
    Seq lines = 0;
};

/// What a writer needs. One thread, one instance a store.
class Store {
public:
    virtual ~Store() = default;
    virtual CommitResult commit(Batch& batch) = 0;
    /// Nothing waits for this thread just now: what is committed may be moved to where it stays. It was safe before.
    virtual void rest() = 0;
    /// Lets the content of ended runs go: never one with something open or in doubt. One commit.
    virtual Outcome<Pruned> prune(const Pruning& pruning) = 0;
    /// The store's id and the end of its journal, to be kept elsewhere.
    virtual Anchor anchor() const = 0;
    virtual Outcome<std::vector<decide::Event>> events(const RunId& run) = 0;
    virtual Outcome<std::optional<decide::IntentRow>> intent(const std::string& key) = 0;
    virtual Outcome<std::optional<decide::CachedResult>> cached(const std::string& key) = 0;
    /// What counts against a limit of exposure since an instant.
    virtual Outcome<std::vector<decide::ExposedRow>> exposed(const std::string& agent, const std::string& gate, const std::string& currency, Millis since) = 0;
    virtual Outcome<std::vector<decide::Claim>> claims(const std::string& resource) = 0;
    /// The shared intents of a run that are neither done nor refused.
    virtual Outcome<std::vector<decide::IntentRow>> openIntents(const RunId& run) = 0;
    virtual Outcome<std::optional<std::string>> definition(const std::string& digest) = 0;
    virtual Outcome<std::optional<RunRow>> run(const RunId& id) = 0;
    /// Runs whose `due` is not after `now`, oldest first.
    virtual Outcome<std::vector<RunId>> dueRuns(Millis now, int limit) = 0;
    virtual Outcome<std::optional<Millis>> nextDue() = 0;
    virtual Outcome<std::vector<RunId>> liveRuns() = 0;
    virtual Outcome<std::optional<RunId>> runOfHandoff(const HandoffId& id) = 0;
    virtual Outcome<std::vector<IsolatedHost>> isolatedHosts() = 0;
    /// A text that was kept under a name; empty when there is none.
    virtual Outcome<std::string> note(const std::string& name) = 0;
    /// The latest instant in the journal; 0 when it is empty.
    virtual Outcome<Millis> lastTime() = 0;
    /// Runs that wait for a person, at a question or where they stopped or were paused, and are none of liveRuns().
    virtual Outcome<std::vector<RunId>> waitingRuns() = 0;
    virtual Outcome<std::optional<InboxRow>> handoff(const HandoffId& id) = 0;
};

/// Open handoffs of one kind that are put off.
struct SnoozedCount {
    std::string kind;
    int all = 0;
    int unknown = 0;
};

/// What a window needs: its own read-only connection, for one thread.
class ReadStore {
public:
    virtual ~ReadStore() = default;
    virtual Outcome<std::vector<RunSummary>> runs(int limit, int offset) = 0;
    virtual Outcome<std::optional<RunRow>> run(const RunId& id) = 0;
    virtual Outcome<std::vector<InboxRow>> inbox(const InboxFilter& filter) = 0;
    virtual Outcome<std::optional<InboxRow>> handoff(const HandoffId& id) = 0;
    virtual Outcome<std::vector<std::pair<std::string, int>>> openCounts() = 0;
    /// Open handoffs that a person has, and those put off beyond an instant.
    virtual Outcome<int> openOf(const std::string& assignee, Millis now) = 0;
    virtual Outcome<std::vector<SnoozedCount>> snoozedCounts(Millis now) = 0;
    virtual Outcome<std::optional<LastCall>> lastCall(const std::string& agent, const std::string& tool) = 0;
    virtual Outcome<std::optional<RunId>> runOfHandoff(const HandoffId& id) = 0;
    virtual Outcome<std::vector<decide::Event>> events(const RunId& run, Seq after, int limit) = 0;
    virtual Outcome<std::optional<std::string>> definition(const std::string& digest) = 0;
    /// Lines of every run with seq > `after`, oldest first.
    virtual Outcome<std::vector<decide::Event>> eventsAfter(Seq after, int limit) = 0;
    /// Counters from a day on; they reach to the journal's end.
    virtual Outcome<Counters> counters(std::int64_t fromDay) = 0;
    /// The journal's last line; 0 when it is empty.
    virtual Outcome<Seq> lastSeq() = 0;
    /// Whether an open ticket has this cause.
    virtual Outcome<bool> isCauseOpen(const std::string& cause) = 0;
    /// The last event that filed a finding.
    virtual Outcome<std::optional<decide::Event>> finding(const HandoffId& id) = 0;
};

}  // namespace handrail::store
