#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include <QObject>
#include <QTimer>

#include "agentcore/act/attempt.h"
#include "agentcore/decide/finding.h"
#include "agentcore/decide/limits.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/definition/kept.h"
#include "agentcore/store/store.h"
#include "agentcore/tools/injector.h"
#include "agentcore/tools/mcp.h"
#include "agentcore/tracecontext.h"
#include "agentcore/wire/wire.h"

namespace handrail::act {

/// What the driver is handed: every door to the world outside it.
struct Doors {
    store::Store* store = nullptr;
    wire::Wire* wire = nullptr;
    Clock* clock = nullptr;
    std::function<std::uint64_t()> random;
    int callsInAll = 16;  ///< under way at once, in each lane
    bool isClockInDoubt = false;  ///< how long no process ran is not known (R104)
    std::string clockNote = {};   ///< kept by the process that acts on that doubt; empty: nothing to keep
};

/// Journal first, then act. Everything that one turn of the loop has to say is one commit; calls leave
/// only after it. Holds no thread, no clock and no socket of its own: see Doors. A run that waits for a
/// person is a row in the store, not an object here.
class Driver : public QObject {
    Q_OBJECT
public:
    template <typename T>
    using Reply = std::function<void(Outcome<T>)>;

    explicit Driver(Doors doors, QObject* parent = nullptr);
    ~Driver() override;

    void start(const StartRequest& request, Reply<RunId> reply);
    void decide(const Decision& decision, Reply<HandoffId> reply);
    /// Who has a handoff, or until when it is put off.
    void tend(const Tending& tending, Reply<HandoffId> reply);
    void abort(const RunId& run, const std::string& who, const std::string& reason, Reply<RunId> reply);
    /// Lets a run stand still until the ticket about that is decided.
    void pause(const RunId& run, const std::string& who, const std::string& reason, Reply<RunId> reply);
    /// Leaves a host alone until it is released; an origin stands for all its credentials.
    void isolate(const std::string& host, bool isIsolated, const std::string& who, const std::string& reason, Reply<std::string> reply);
    std::vector<HostView> hosts();
    void whenStopped(const RunId& run, Reply<RunSummary> reply);

    /// Takes over what a dead process left: calls under way are lost, everything else goes on. With the
    /// clock in doubt no consent and no key that was given before is trusted.
    void recover();
    /// Files a ticket of no run, or counts it up.
    void file(const decide::Finding& finding);
    /// Open tickets of a cause say how often it came up.
    void countUp(const std::string& cause, int count);
    /// Kept under a name with the next commit.
    void keepNote(const std::string& name, const std::string& text);
    /// Drives every run that can go on, those also that were only decided upon; replies when each is at a stop.
    void whenRecovered(Reply<std::vector<RunSummary>> reply);

    /// Runs one turn now: chooses, commits, sends. Called by its own timer; tests call it too.
    void turn();

signals:
    void changed(const handrail::ChangeSet& change);
    void halted(const handrail::Failure& why);

private:
    struct Live;
    class StoreFacts;
    /// An operator's hand on a run, outside any handoff.
    using Meddling = Outcome<std::vector<decide::Event>> (*)(const decide::RunState& state, const std::string& who, const std::string& reason, Millis now);

    void meddle(Meddling decided, const RunId& id, const std::string& who, const std::string& reason, Reply<RunId> reply);
    Outcome<InboxRow> rowNow(const HandoffId& id);
    void noteFinding(const Decision& decision, Reply<HandoffId> reply);
    void stopUnreadable(const RunId& id, const Failure& why, Millis now);
    void settleUnreadable(const RunId& id, const Decision& decision, const Failure& why, Reply<HandoffId> reply);
    Outcome<Live*> live(const RunId& id);
    void takeOver(Live& run, bool isClockInDoubt);
    void notePause(Live& run, const decide::Event& event);
    void absorb(Live& run, decide::Event event);
    void noteLimits(Live& run, const decide::Event& event);
    void notePins(const Live& run, const decide::Event& event);
    bool prepareForMcp(const Live& run, tools::Invocation& invocation);
    void wakeOne(const std::string& host);
    void queue(Live& run);
    void loadIsolated();
    Outcome<std::unique_ptr<Live>> load(const RunId& id);
    void reload(const RunId& id);
    void chooseAll();
    void choose(Live& run);
    bool commit();
    void project(Live& run, Millis due);
    void setWake(Live& run, Millis at);
    void forget(const RunId& id);
    void afterCommit();
    void send(Live& run);
    void onFinished(const RunId& id, const wire::Reply& reply);
    void answerWaiters();
    void loadDue();
    void schedule();
    Outcome<std::optional<Millis>> nextDue();
    void halt(const Failure& why);
    RunId newRunId();
    Outcome<TraceContext> traceFor(const StartRequest& request);

    Doors doors_;
    QTimer timer_;
    tools::Injector injector_;
    tools::McpServers servers_;  ///< before the runs: their calls say goodbye to it
    decide::HostLimits limits_;  ///< before the runs: each call under way gives its place back when it goes
    std::map<RunId, std::unique_ptr<Live>> runs_;
    std::map<std::string, std::deque<RunId>> heldBack_;  ///< by host: runs whose call waits for a place
    KeptDefinitions definitions_;
    std::set<std::pair<Millis, RunId>> wakes_;  ///< when each run in memory is to be looked at again
    Millis storeDue_ = 0;          ///< the earliest instant of a parked run, as far as it is known
    bool isStoreDueKnown_ = false;
    std::set<RunId> dirty_;
    store::Batch batch_;
    std::set<HandoffId> touched_;
    std::vector<std::function<void(std::optional<Failure>)>> afterwards_;
    std::vector<std::pair<RunId, Reply<RunSummary>>> waiters_;
    std::set<RunId> recovered_;
    std::vector<Reply<std::vector<RunSummary>>> recoveryWaiters_;
    bool knowsIsolated_ = false;
    std::map<std::string, store::IsolatedHost> isolated_;
    std::set<RunId> held_;   ///< decided upon, but not to be driven by this process
    bool drivesAll_ = false; ///< after recover(): every run of the store, not only those asked for here
    std::optional<Failure> halted_;
};

}  // namespace handrail::act
