#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "agentcore/reader.h"
#include "agentcore/types.h"

namespace handrail {

namespace wire {
class Wire;
}

struct RuntimeOptions {
    std::string folder;       ///< the store's folder; made 0700 when missing
    std::string program;      ///< what a second instance is told holds the store: "handrail console"
    bool recover = true;      ///< drive every run that can go on; false: only those that are asked for here
    bool watches = true;      ///< keep the log beside the store and tell people of what waits
    std::string headFolder = {};   ///< where the head of the journal is kept outside the store; empty: nowhere
    /// Makes another wire than the machine's own, on the runtime's thread, which also ends it; empty: the machine's own.
    std::function<std::unique_ptr<wire::Wire>()> wire = {};
};

/// The agent runtime. One per store; it lives on a thread of its own, so that no caller ever waits for
/// a disk. Every command may be called from any thread: it returns at once and `reply` is called later,
/// exactly once, on the thread of `context` (dropped when `context` is gone).
///
/// Errors: R106 when another process has the store (its name is in the message), R103 for a damaged
/// or newer store, R101/R102 when the disk is full or broken: then nothing is dispatched any more,
/// what was acknowledged is kept, and every command answers with that failure.
class Runtime : public QObject {
    Q_OBJECT
public:
    template <typename T>
    using Reply = std::function<void(Outcome<T>)>;

    /// Opens the store and recovers (see `recover`): every run that can go on goes on, each doubt is filed.
    static Outcome<std::unique_ptr<Runtime>> open(const RuntimeOptions& options);
    ~Runtime() override;  ///< stops dispatching, waits for the current commit, lets the store go

    /// Starts a run; the reply comes when it is on disk, before it has done anything else.
    /// An invalid definition or input is U101/U102 with its place, and nothing is kept.
    void start(StartRequest request, QObject* context, Reply<RunId> reply);

    /// A person's decision; the reply comes when it is on disk. Refused: U105 no such handoff,
    /// A105 already decided, A101 too late, A102 it changed since it was shown, A103, A109, A110,
    /// U102 what it says is not possible or not complete. Two decisions on one handoff: one wins.
    void decide(Decision decision, QObject* context, Reply<HandoffId> reply);

    /// Takes a handoff, hands it to somebody, gives it back or puts it off; the reply comes when it is on disk.
    /// Refused: U105, A105 no longer open, U104 it runs out too soon to be put off, U101 nothing is said.
    void tend(Tending tending, QObject* context, Reply<HandoffId> reply);

    /// Ends a run by an operator's hand: its open handoffs are withdrawn; an unknown outcome stays open.
    void abort(RunId run, std::string who, std::string reason, QObject* context, Reply<RunId> reply);

    /// Lets a run stand still by an operator's hand: a call under way is heard out, nothing new is sent, and a ticket
    /// says so until somebody lets it go on. A105 when it has ended, U102 when it stands still or undoes something.
    void pause(RunId run, std::string who, std::string reason, QObject* context, Reply<RunId> reply);

    /// Leaves a host alone until it is released, also after a restart; an origin stands for all its
    /// credentials. U105 when one is released that was not isolated.
    void isolate(std::string host, bool isIsolated, std::string who, std::string reason, QObject* context, Reply<std::string> reply);
    /// The hosts that this runtime has called, and those that are isolated.
    void hosts(QObject* context, Reply<std::vector<HostView>> reply);

    /// Lets the content of runs go that ended before an instant, never one with something open or in doubt.
    /// Replies with how many runs and journal lines that were.
    void prune(Millis before, std::string who, QObject* context, Reply<std::pair<int, Seq>> reply);

    /// Replies when the run is at a stop: an end, or waiting for a person.
    void whenStopped(RunId run, QObject* context, Reply<RunSummary> reply);

    /// Runs that recovery found able to go on, replied when each is at a stop.
    void whenRecovered(QObject* context, Reply<std::vector<RunSummary>> reply);

    /// A new reader on this store, for the calling thread.
    Outcome<std::unique_ptr<Reader>> reader() const;

signals:
    /// After each commit that changed something. Emitted on the runtime's thread: connect queued.
    void changed(handrail::ChangeSet change);
    /// The runtime has stopped dispatching for good (R101, R102, R105).
    void halted(handrail::Failure why);
    /// What the desktop is to be told, by the definitions' notifiers and their rules; an empty id means the
    /// inbox. Emitted on a thread of the watch: connect queued.
    void desktopTold(std::vector<handrail::InboxRow> rows);
    /// The log cannot be written, say. Runs go on without it. Connect queued.
    void troubled(handrail::Failure why);

private:
    Runtime();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace handrail
