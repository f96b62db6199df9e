#include "agentcore/store/sqlitestore.h"

#include <filesystem>

#include <sqlite3.h>

#include "agentcore/store/audit.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/migrations.h"
#include "agentcore/store/rows.h"

namespace handrail::store {
namespace {

class SqliteStore final : public Store {
public:
    SqliteStore(FolderLock lock, std::unique_ptr<Database> database, Head head, std::string id, Tally tally, int unindexed, int restingLog)
        : lock_(std::move(lock)), database_(std::move(database)), head_(std::move(head)), id_(std::move(id)), tally_(std::move(tally)),
          unindexed_(unindexed), restingLog_(restingLog)
    {
        // What a process before this one had no time to put away.
        (void)catchUp(*database_, tally_, mostCaughtUp);
    }
    /// Only so that the next start has less to do: without it the figures would be right, too.
    ~SqliteStore() override
    {
        if (!tally_.isEmpty() && !isDown_) (void)within([this] { return putTally(*database_, tally_); });
    }

    CommitResult commit(Batch& batch) override
    {
        bool isConflict = false;
        const int result = within([&] {
            for (const auto& id : batch.stillOpen) isConflict = isConflict || !isOpen(*database_, id);
            return isConflict ? SQLITE_ABORT : write(batch);
        });
        if (result == SQLITE_OK) {
            counted(batch);
            return {};
        }
        if (isConflict) return {Committed::Conflict, failure("A105", "This was decided already.")};
        return refusal(result);
    }

    Anchor anchor() const override { return {id_, head_, 0}; }

    Outcome<Pruned> prune(const Pruning& pruning) override
    {
        Pruned pruned;
        Tally all(0);
        const int result = within([&] {
            const int kept = countAll(all);
            return kept == SQLITE_DONE ? pruneRuns(*database_, pruning, head_, pruned) : kept;
        });
        if (result != SQLITE_OK) return database_->failureOf(result);
        tally_ = std::move(all);
        (void)catchUp(*database_, tally_, mostCaughtUp);
        return pruned;
    }

    std::optional<Failure> rollBack(const std::string& who, const std::string& reason, Millis now)
    {
        const int result = within([&] { return markRolledBack(*database_, who, reason, now, head_); });
        return result == SQLITE_OK ? std::nullopt : std::optional(database_->failureOf(result));
    }

    Outcome<std::vector<decide::Event>> events(const RunId& run) override { return readEvents(*database_, run, 0, -1); }
    Outcome<std::optional<decide::IntentRow>> intent(const std::string& key) override { return readIntent(*database_, key); }
    Outcome<std::optional<decide::CachedResult>> cached(const std::string& key) override { return readCached(*database_, key); }
    Outcome<std::vector<decide::ExposedRow>> exposed(const std::string& agent, const std::string& gate, const std::string& currency, Millis since) override
    {
        return readExposed(*database_, agent, gate, currency, since);
    }
    Outcome<std::vector<decide::Claim>> claims(const std::string& resource) override { return readClaims(*database_, resource); }
    Outcome<std::vector<decide::IntentRow>> openIntents(const RunId& run) override { return readOpenIntents(*database_, run); }
    Outcome<std::optional<std::string>> definition(const std::string& digest) override
    {
        return readDefinition(*database_, digest);
    }
    Outcome<std::optional<RunRow>> run(const RunId& id) override { return readRun(*database_, id); }
    Outcome<std::vector<RunId>> dueRuns(Millis now, int limit) override
    {
        return readRunIds(*database_, "SELECT id FROM runs WHERE due <= :before ORDER BY due LIMIT :limit", now, limit);
    }
    Outcome<std::optional<Millis>> nextDue() override
    {
        auto statement = database_->prepare("SELECT due FROM runs WHERE due IS NOT NULL ORDER BY due LIMIT 1");
        if (statement.step()) return std::optional<Millis>(statement.integer(0));
        if (statement.result() != SQLITE_DONE) return database_->failureOf(statement.result());
        return std::optional<Millis>();
    }
    Outcome<std::vector<RunId>> liveRuns() override
    {
        return readRunIds(*database_, "SELECT id FROM runs WHERE live = 1 AND :before = 0 ORDER BY created, id LIMIT :limit", 0, -1);
    }
    Outcome<std::optional<RunId>> runOfHandoff(const HandoffId& id) override { return readRunOfHandoff(*database_, id); }
    Outcome<std::vector<IsolatedHost>> isolatedHosts() override { return readHosts(*database_); }
    Outcome<std::string> note(const std::string& name) override { return readNote(*database_, name); }
    Outcome<Millis> lastTime() override { return readLastTime(*database_); }
    Outcome<std::vector<RunId>> waitingRuns() override
    {
        return readRunIds(*database_, "SELECT id FROM runs WHERE state IN ('waiting_approval', 'escalated') AND live = 0 AND :before = 0 ORDER BY created, id", 0);
    }

    Outcome<std::optional<InboxRow>> handoff(const HandoffId& id) override { return readHandoff(*database_, id); }

    void rest() override
    {
        if (unindexed_ >= worthIndexing && !isIndexBroken_ && !isDown_) (void)within([this] { return index(); });
        if (database_->logPages() >= restingLog_) database_->checkpoint();
    }

private:
    /// All of it or nothing; the head goes back with the rest.
    template <typename Work>
    int within(Work work)
    {
        const Head before = head_;
        int result = database_->execute("BEGIN IMMEDIATE");
        if (result != SQLITE_OK) return result;
        result = work();
        if (result == SQLITE_DONE) result = database_->execute("COMMIT");
        if (result == SQLITE_OK) return result;
        database_->execute("ROLLBACK");
        head_ = before;
        return result;
    }

    int write(Batch& batch)
    {
        int result = putCounters(batch);
        if (result != SQLITE_DONE) return result;
        // Where there is no rest for long, a search must not have to look through more and more by itself.
        if (unindexed_ > mostUnindexed && (result = index()) != SQLITE_DONE) return result;
        for (const auto& row : batch.definitions) {
            if ((result = putDefinition(*database_, row)) != SQLITE_DONE) return result;
        }
        for (auto& event : batch.events) {
            if ((result = appendEvent(*database_, event, head_)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.runs) {
            if ((result = putRun(*database_, row)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.handoffs) {
            if ((result = putHandoff(*database_, row)) != SQLITE_DONE) return result;
        }
        for (const auto& [cause, count] : batch.counts) {
            if ((result = countUp(*database_, cause, count)) != SQLITE_DONE) return result;
        }
        for (const auto& [name, text] : batch.notes) {
            if ((result = putNote(*database_, name, text)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.hosts) {
            if ((result = putHost(*database_, row)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.cached) {
            if ((result = putCached(*database_, row)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.exposed) {
            if ((result = putExposed(*database_, row)) != SQLITE_DONE) return result;
        }
        for (const auto& call : batch.calls) {
            if ((result = putLastCall(*database_, call)) != SQLITE_DONE) return result;
        }
        for (const auto& claim : batch.claims) {
            if ((result = putClaim(*database_, claim)) != SQLITE_DONE) return result;
        }
        for (const auto& row : batch.intents) {
            if ((result = putIntent(*database_, row)) != SQLITE_DONE) return result;
        }
        return result;
    }

    /// The index takes in what a search would else look through row by row. Within a transaction, which goes on
    /// without it where it fails: an index is no reason to stop.
    int index()
    {
        if (isIndexBroken_ || database_->execute("SAVEPOINT words") != SQLITE_OK) return SQLITE_DONE;
        isIndexBroken_ = indexWords(*database_, indexedAtRest) != SQLITE_DONE;
        if (isIndexBroken_) database_->execute("ROLLBACK TO words");
        else unindexed_ = std::max(0, unindexed_ - indexedAtRest);
        return database_->execute("RELEASE words") == SQLITE_OK ? SQLITE_DONE : SQLITE_ERROR;
    }

    /// Counts what was just committed, where nothing before it is still to be counted.
    void counted(const Batch& batch)
    {
        if (isPuttingAway_) tally_.clear();
        isPuttingAway_ = false;
        unindexed_ += static_cast<int>(batch.handoffs.size());
        for (const auto& event : batch.events) {
            if (event.seq == tally_.upTo() + 1) tally_.add(event);
        }
    }

    /// The counters are put away with a commit that is made anyway, now and then. Only what was committed
    /// before is in them: this commit may still be refused.
    int putCounters(const Batch& batch)
    {
        // A commit that was refused has put nothing away, whatever it tried.
        isPuttingAway_ = false;
        const Millis now = batch.events.empty() ? 0 : batch.events.back().time;
        const bool isBehind = tally_.upTo() < head_.seq;
        if (tally_.events < mostUncounted && now - lastPut_ < (isBehind ? putEvery / 10 : putEvery)) return SQLITE_DONE;
        if (isBehind && !catchUp(*database_, tally_, mostCaughtUp)) return SQLITE_DONE;
        lastPut_ = now;
        if (tally_.isEmpty()) return SQLITE_DONE;
        isPuttingAway_ = true;
        return putTally(*database_, tally_);
    }

    /// Before lines go, all of them are counted.
    int countAll(Tally& all)
    {
        auto kept = openTally(*database_);
        if (!kept) return SQLITE_ERROR;
        all = kept.take();
        for (int lines = mostCaughtUp; lines == mostCaughtUp;) {
            const auto caught = catchUp(*database_, all, mostCaughtUp);
            if (!caught) return SQLITE_ERROR;
            lines = *caught;
            const int result = putTally(*database_, all);
            if (result != SQLITE_DONE) return result;
            all.clear();
        }
        return SQLITE_DONE;
    }

    CommitResult refusal(int result)
    {
        const bool isBusy = (result & 0xff) == SQLITE_BUSY;
        isPuttingAway_ = false;
        isDown_ = !isBusy;
        return {isBusy ? Committed::Retry : Committed::Down, database_->failureOf(result)};
    }

    static constexpr int mostUncounted = 1'000;  ///< events
    static constexpr int mostCaughtUp = 4'000;   ///< lines read at once
    static constexpr Millis putEvery = 1'000;
    static constexpr int worthIndexing = 32;    ///< handoffs: a flush for each of them would be too dear
    static constexpr int indexedAtRest = 128;
    static constexpr int mostUnindexed = 2'000;

    FolderLock lock_;
    std::unique_ptr<Database> database_;
    Head head_;
    std::string id_;
    Tally tally_;  ///< of committed events that the kept counters do not reach yet
    int unindexed_;  ///< about so many handoffs have words that the index does not have
    int restingLog_;
    Millis lastPut_ = 0;
    bool isPuttingAway_ = false;
    bool isIndexBroken_ = false;  ///< until the next start
    bool isDown_ = false;
};

class SqliteReader final : public ReadStore {
public:
    explicit SqliteReader(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Outcome<std::vector<RunSummary>> runs(int limit, int offset) override { return readRuns(*database_, limit, offset); }
    Outcome<std::optional<RunRow>> run(const RunId& id) override { return readRun(*database_, id); }
    Outcome<std::vector<InboxRow>> inbox(const InboxFilter& filter) override { return readInbox(*database_, filter); }
    Outcome<std::optional<InboxRow>> handoff(const HandoffId& id) override { return readHandoff(*database_, id); }
    Outcome<std::vector<std::pair<std::string, int>>> openCounts() override { return readOpenCounts(*database_); }
    Outcome<int> openOf(const std::string& assignee, Millis now) override { return readOpenOf(*database_, assignee, now); }
    Outcome<std::vector<SnoozedCount>> snoozedCounts(Millis now) override { return readSnoozedCounts(*database_, now); }
    Outcome<std::optional<LastCall>> lastCall(const std::string& agent, const std::string& tool) override { return readLastCall(*database_, agent, tool); }
    Outcome<std::optional<RunId>> runOfHandoff(const HandoffId& id) override { return readRunOfHandoff(*database_, id); }
    Outcome<std::vector<decide::Event>> events(const RunId& run, Seq after, int limit) override
    {
        return readEvents(*database_, run, after, limit);
    }
    Outcome<std::optional<std::string>> definition(const std::string& digest) override
    {
        return readDefinition(*database_, digest);
    }
    Outcome<std::vector<decide::Event>> eventsAfter(Seq after, int limit) override { return readEventsAfter(*database_, after, limit); }
    Outcome<Counters> counters(std::int64_t fromDay) override { return readCounters(*database_, fromDay); }
    Outcome<Seq> lastSeq() override
    {
        auto head = readHead(*database_);
        if (!head) return head.failure();
        return head->seq;
    }
    Outcome<bool> isCauseOpen(const std::string& cause) override { return readCauseOpen(*database_, cause); }
    Outcome<std::optional<decide::Event>> finding(const HandoffId& id) override { return readFinding(*database_, id); }

private:
    std::unique_ptr<Database> database_;
};

}  // namespace

namespace {

constexpr int linesAtStart = 64;  ///< of the journal's end, checked at every start

/// Refuses a store that is behind the head kept outside of it.
std::optional<Failure> holdAgainstHead(Database& database, const std::string& headFolder, const std::string& id)
{
    if (headFolder.empty()) return std::nullopt;
    // A head that cannot be understood proves nothing; `handrail verify` tells of it.
    const auto anchor = readAnchor(headPath(headFolder, id));
    if (!anchor || !*anchor) return std::nullopt;
    auto held = holdAgainst(database, **anchor);
    if (!held) return held.failure();
    return *held;
}

Outcome<std::unique_ptr<SqliteStore>> open(const std::string& folder, const StoreOptions& options)
{
    auto lock = FolderLock::take(folder, options.program);
    if (!lock) return lock.failure();
    auto database = Database::open(databasePath(folder), Database::Access::Write, options.fileSystem);
    if (!database) return database.failure();
    if (auto refused = migrate(**database, options.newStoreId)) return *refused;
    auto head = readHead(**database);
    if (!head) return head.failure();
    auto id = readStoreId(**database);
    if (!id) return id.failure();
    if (auto damaged = checkEnd(**database, linesAtStart)) return *damaged;
    if (!options.acceptsRollback) {
        if (auto behind = holdAgainstHead(**database, options.headFolder, *id)) return *behind;
    }
    auto tally = openTally(**database);
    if (!tally) return tally.failure();
    auto unindexed = readUnindexed(**database);
    if (!unindexed) return unindexed.failure();
    return std::make_unique<SqliteStore>(lock.take(), database.take(), head.take(), id.take(), tally.take(), *unindexed, options.restingLog);
}

}  // namespace

Outcome<std::unique_ptr<Store>> openStore(const std::string& folder, const StoreOptions& options)
{
    auto store = open(folder, options);
    if (!store) return store.failure();
    return std::unique_ptr<Store>(store.take());
}

std::optional<Failure> acceptRollback(const std::string& folder, const StoreOptions& options, const std::string& who,
                                      const std::string& reason, Millis now)
{
    StoreOptions accepting = options;
    accepting.acceptsRollback = true;
    auto store = open(folder, accepting);
    if (!store) return store.failure();
    if (auto refused = (*store)->rollBack(who, reason, now)) return refused;
    Anchor anchor = (*store)->anchor();
    anchor.time = now;
    return options.headFolder.empty() ? std::nullopt : writeAnchor(headPath(options.headFolder, anchor.store), anchor, true);
}

Outcome<std::unique_ptr<Database>> openReadDatabase(const std::string& folder)
{
    std::error_code problem;
    if (!std::filesystem::exists(databasePath(folder), problem)) {
        return failure("U105", "There is no Handrail store in this folder.", folder,
                       "Start a run there first, or name another folder with --store.");
    }
    auto database = Database::open(databasePath(folder), Database::Access::Read);
    if (!database) return database.failure();
    if (auto refused = checkReadable(**database)) return *refused;
    return database;
}

Outcome<std::unique_ptr<ReadStore>> openReadStore(const std::string& folder)
{
    auto database = openReadDatabase(folder);
    if (!database) return database.failure();
    return std::unique_ptr<ReadStore>(std::make_unique<SqliteReader>(database.take()));
}

}  // namespace handrail::store
