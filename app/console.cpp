#include "app/console.h"

#include <algorithm>
#include <utility>

#include "app/commandline.h"
#include "models/words.h"

namespace handrail::app {
namespace {

constexpr std::size_t mostTogether = 100;  ///< handoffs in one list: each is read whole, and a person looks through it
constexpr int wakingEach = 1'000;  ///< milliseconds between two looks whether what was put off is back
constexpr int othersEvery = 300;  ///< milliseconds between two looks at a handoff whose own run is at rest
constexpr int gather = 16;  ///< milliseconds in which changes are gathered into one look at the store

QString outcomeOf(const RunSummary& run)
{
    const QString agent = QString::fromStdString(run.agent);
    switch (run.status) {
    case RunStatus::Completed: return Console::tr("%1: done.").arg(agent);
    case RunStatus::WaitingApproval: return Console::tr("%1: waits for another decision.").arg(agent);
    case RunStatus::Escalated: return Console::tr("%1: stopped again and needs a person.").arg(agent);
    case RunStatus::Failed: return Console::tr("%1: failed.").arg(agent);
    case RunStatus::TimedOut: return Console::tr("%1: ran out of time.").arg(agent);
    case RunStatus::Aborted: return Console::tr("%1: ended.").arg(agent);
    case RunStatus::Stopped: return Console::tr("%1: stopped.").arg(agent);
    case RunStatus::Running: return Console::tr("%1: is running.").arg(agent);
    }
    return {};
}

bool isBad(const RunSummary& run)
{
    return run.status == RunStatus::Failed || run.status == RunStatus::TimedOut || run.status == RunStatus::Escalated;
}

}  // namespace

Console::Console(std::unique_ptr<Runtime> runtime, std::unique_ptr<Reader> reader, std::string folder,
                 std::unique_ptr<Clock> clock, QSettings& settings)
    : clock_(std::move(clock)), runtime_(std::move(runtime)), reader_(std::move(reader)), folder_(std::move(folder)),
      window_([this] { return clock_->now(); }, &settings),
      views_(window_, *runtime_, *reader_, *clock_, folder_, settings), tray_(window_), notifier_(window_, [this](const HandoffId& id) { if (!id.empty()) window_.selectHandoff(id); }),
      requests_(runtime_.get(), *reader_, *clock_), server_(requests_)
{
    refresh_.setSingleShot(true);
    refresh_.setInterval(gather);
    connect(&refresh_, &QTimer::timeout, this, &Console::refresh);
    showing_.setSingleShot(true);
    showing_.setInterval(0);
    connect(&showing_, &QTimer::timeout, this, &Console::refreshHandoff);
    running_.setSingleShot(true);
    running_.setInterval(0);
    connect(&running_, &QTimer::timeout, this, &Console::refreshRun);
    others_.setSingleShot(true);
    others_.setInterval(othersEvery);
    connect(&others_, &QTimer::timeout, this, &Console::refreshHandoff);
    connect(runtime_.get(), &Runtime::changed, this, &Console::onChanged, Qt::QueuedConnection);
    connect(runtime_.get(), &Runtime::halted, this, [this](const Failure& why) { window_.setHalted(why); }, Qt::QueuedConnection);
    // By the rules of the definitions; nobody who looks at the window needs to be told.
    connect(runtime_.get(), &Runtime::desktopTold, this, [this](const std::vector<InboxRow>& rows) {
        if (!window_.isActiveWindow()) notifier_.tell(rows);
    }, Qt::QueuedConnection);
    connect(runtime_.get(), &Runtime::troubled, this, [this](const Failure& why) {
        window_.showToast(QString::fromStdString(why.message), true);
    }, Qt::QueuedConnection);
    notifier_.setTray(tray_.icon());
    window_.setUser(currentUser());
    waking_.setInterval(wakingEach);
    connect(&waking_, &QTimer::timeout, this, [this] {
        const auto counts = reader_->counts(clock_->now(), currentUser());
        if (counts && models::countOf(*counts, "snoozed") != snoozed_) refreshLists();
    });
    joinWindow();
    joinTogether();
}

void Console::joinWindow()
{
    connect(&window_, &ui::MainWindow::decisionMade, this, &Console::decide);
    window_.setDecisionCheck([this](Decision decision) {
        decision.who = currentUser();
        return reader_->refusalOf(decision, clock_->now());
    });
    connect(&window_, &ui::MainWindow::handoffSelected, this, [this](const QString& id) {
        handoff_ = id.toStdString();
        if (isListing_) showing_.start();
        else refreshHandoff();
    });
    connect(&window_, &ui::MainWindow::runSelected, this, [this](const QString& id) {
        run_ = id.toStdString();
        refreshRun();
    });
    connect(&window_, &ui::MainWindow::filterChanged, this, &Console::refreshLists);
    connect(&window_, &ui::MainWindow::moreWanted, this, [this](const InboxFilter& page) {
        if (auto rows = reader_->inbox(page)) window_.addToInbox(rows.take());
    });
    connect(&window_, &ui::MainWindow::newestApprovalWanted, this, &Console::showNewestApproval);
    connect(&window_, &ui::MainWindow::openAgentRequested, &views_, &ConsoleViews::startRun);
    connect(&views_, &ConsoleViews::desktopTestWanted, this, [this] {
        InboxRow test;
        test.title = tr("This is a test of the desktop's notifications; nothing waits.").toStdString();
        notifier_.tell({test});
    });
    connect(&window_, &ui::MainWindow::demoRequested, this, &Console::startDemo);
    connect(&window_, &ui::MainWindow::quitRequested, &window_, &QWidget::close);
    replay_ = std::make_unique<ConsoleReplay>(window_, *reader_, folder_);
}

void Console::joinTogether()
{
    connect(&window_, &ui::MainWindow::togetherWanted, this, [this](const std::vector<HandoffId>& ids) {
        std::vector<HandoffDetail> details;
        const std::size_t count = std::min(ids.size(), mostTogether);
        for (std::size_t i = 0; i < count; ++i) {
            auto detail = reader_->handoff(ids[i]);
            if (!detail) return window_.showToast(QString::fromStdString(detail.failure().message), true);
            if (*detail) details.push_back(std::move(**detail));
        }
        window_.setTogether(std::move(details), static_cast<int>(ids.size() - count));
    });
    connect(&window_, &ui::MainWindow::bulkDecided, this, &Console::decideTogether);
    connect(&window_, &ui::MainWindow::tendingMade, this, &Console::tend);
    connect(&window_, &ui::MainWindow::withdrawalWanted, this, [this](const QString& id) { withdraw(id.toStdString()); });
}

std::optional<Failure> Console::begin(bool withDemo)
{
    if (auto refused = server_.listen(folder_)) return refused;
    refreshLists();
    window_.show();
    window_.showLastView();
    if (withDemo) startDemo();
    return std::nullopt;
}

void Console::decide(Decision decision)
{
    decision.who = currentUser();
    decision.shown = "console";
    const QString id = QString::fromStdString(decision.handoff);
    runtime_->decide(decision, this, [this, id, verb = decision.verb](Outcome<HandoffId> decided) {
        window_.decisionAnswered();
        if (!decided) {
            window_.showToast(QString::fromStdString(decided.failure().message), true);
            refreshLists();
            refreshHandoff();
            return;
        }
        // That its run ended is what such a no is for: to tell it would only take the place of the offer.
        if (verb == Verb::Reject && takenBack(*decided)) return window_.offerWithdrawal(*decided, tr("Rejected; nothing was sent."));
        window_.showToast(recordedText(*decided, verb), false);
        // Nothing goes on because of it.
        if (isFinding(*decided)) return;
        const RunId run = decided->substr(0, decided->rfind('-'));
        runtime_->whenStopped(run, this, [this, id](Outcome<RunSummary> stopped) { told(id, stopped); });
    });
}

/// What is said at once; what came of it is told when the run stands again.
QString Console::recordedText(const HandoffId& id, Verb verb) const
{
    const bool asks = verb == Verb::Approve || verb == Verb::Edit || verb == Verb::Retry || verb == Verb::Fallback || verb == Verb::Undo;
    if (!asks) return tr("Recorded.");
    const auto detail = reader_->handoff(id);
    if (detail && *detail && (*detail)->holdUntil > 0) return tr("Recorded. It is sent when the hold is over, unless you stop it.");
    const auto run = reader_->run(id.substr(0, id.rfind('-')));
    const bool isSent = run && *run && (*run)->summary.status == RunStatus::Running;
    return isSent ? tr("Recorded and sent.") : tr("Recorded.");
}

/// One decision over a shown list: each is taken or refused by itself, and each is told what became of it.
void Console::decideTogether(const std::vector<Decision>& decisions)
{
    for (Decision decision : decisions) {
        decision.who = currentUser();
        decision.shown = "console";
        runtime_->decide(decision, this, [this, id = decision.handoff](Outcome<HandoffId> decided) {
            if (!decided) return window_.setBulkAnswer(id, QString::fromStdString(decided.failure().message), true);
            window_.setBulkAnswer(id, tr("Recorded."), false);
            if (isFinding(*decided)) return;
            runtime_->whenStopped(decided->substr(0, decided->rfind('-')), this, [this, id](Outcome<RunSummary> stopped) {
                if (!stopped) return window_.setBulkAnswer(id, QString::fromStdString(stopped.failure().message), true);
                window_.setBulkAnswer(id, outcomeOf(*stopped), isBad(*stopped));
            });
        });
    }
}

/// The decision that takes a no back; A105 where that is not possible any more.
Outcome<Decision> Console::takenBack(const HandoffId& id) const
{
    const auto detail = reader_->handoff(id);
    if (!detail) return detail.failure();
    const bool canBe = *detail && (*detail)->decidedVerb == Verb::Reject && (*detail)->actions == std::vector<Verb>{Verb::Retry};
    if (!canBe) return failure("A105", tr("This rejection can no longer be taken back: the run has gone on, or was ended.").toStdString());
    Decision decision;
    decision.handoff = id;
    decision.digest = (*detail)->digest;
    decision.verb = Verb::Retry;
    decision.reason = tr("The rejection was taken back.").toStdString();
    return decision;
}

/// It was perhaps only a slip of the hand.
void Console::withdraw(const HandoffId& id)
{
    auto decision = takenBack(id);
    if (!decision) return window_.showToast(QString::fromStdString(decision.failure().message), true);
    decide(decision.take());
}

void Console::tend(const Tending& tending)
{
    runtime_->tend(tending, this, [this](Outcome<HandoffId> tended) {
        if (!tended) window_.showToast(QString::fromStdString((tended.failure().message + " " + tended.failure().hint)), true);
    });
}

void Console::told(const QString&, const Outcome<RunSummary>& run)
{
    if (!run) return window_.showToast(QString::fromStdString(run.failure().message), true);
    const bool isWrong = isBad(*run);
    QString text = outcomeOf(*run);
    if (isWrong && run->error) text += u' ' + QString::fromStdString(run->error->message);
    window_.showToast(text, isWrong);
}

void Console::startDemo()
{
    if (demo_) return;
    const auto runs = reader_->runs(1);
    demo_ = std::make_unique<Demo>(*runtime_);
    connect(demo_.get(), &Demo::failed, this, [this](const Failure& why) {
        window_.showToast(QString::fromStdString(why.message), true);
    });
    demo_->begin(folder_, runs && runs->empty());
}

void Console::onChanged(const ChangeSet& change)
{
    pending_.runs.insert(pending_.runs.end(), change.runs.begin(), change.runs.end());
    pending_.handoffs.insert(pending_.handoffs.end(), change.handoffs.begin(), change.handoffs.end());
    pending_.isCounted = pending_.isCounted || change.isCounted;
    if (!refresh_.isActive()) refresh_.start();
}

/// Only what has changed is read again: while many runs go on, the window takes little of the machine from them.
void Console::refresh()
{
    const ChangeSet change = std::exchange(pending_, {});
    const auto has = [](const auto& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
    if (!change.handoffs.empty() || change.isCounted) refreshLists();
    if (has(change.runs, run_) || has(change.handoffs, handoff_)) {
        refreshHandoff();
        refreshRun();
    } else if (!handoff_.empty() && !others_.isActive()) {
        // What other runs do is on it, too: how much of a limit is used, the last such call.
        others_.start();
    }
}

void Console::showNewestApproval()
{
    InboxFilter newest;
    newest.kind = HandoffKind::Approval;
    newest.now = clock_->now();
    newest.newestFirst = true;
    newest.limit = 1;
    const auto rows = reader_->inbox(newest);
    if (rows && !rows->empty()) window_.selectHandoff(rows->front().id);
    else window_.showToast(tr("No approval waits."), false);
}

/// What the window asks for, and what it must show besides.
Outcome<std::vector<InboxRow>> Console::inboxRows() const
{
    auto rows = reader_->inbox(window_.filter());
    const HandoffId pinned = window_.pinnedHandoff();
    if (!rows || pinned.empty() || std::any_of(rows->begin(), rows->end(), [&](const InboxRow& row) { return row.id == pinned; })) return rows;
    const auto detail = reader_->handoff(pinned);
    // What is decided already is shown as long as that can be answered otherwise.
    if (!detail || !*detail || ((*detail)->row.state != HandoffState::Open && (*detail)->actions.empty())) return rows;
    InboxRow row = (*detail)->row;
    if (row.state != HandoffState::Open) {
        row.title = tr("No longer open: %1").arg(QString::fromStdString(row.title)).toStdString();
        row.decideBy = 0;
    }
    rows->push_back(std::move(row));
    return rows;
}

void Console::refreshLists()
{
    // As of now: what was put off until a moment ago is back.
    auto rows = inboxRows();
    auto counts = reader_->counts(clock_->now(), currentUser());
    if (!rows || !counts) {
        window_.setHalted(!rows ? rows.failure() : counts.failure());
        return;
    }
    window_.setCounts(*counts);
    snoozed_ = models::countOf(*counts, "snoozed");
    if (snoozed_ > 0) waking_.start();
    else waking_.stop();
    tray_.setCount(models::countOf(*counts, "all"));
    isListing_ = true;
    window_.setInbox(rows.take());
    isListing_ = false;
}

void Console::refreshHandoff()
{
    showing_.stop();
    if (handoff_.empty()) return window_.setHandoff(std::nullopt);
    auto detail = reader_->handoff(handoff_);
    if (!detail) return window_.showToast(QString::fromStdString(detail.failure().message), true);
    // In another view the run pane is that view's.
    if (*detail && run_ != (*detail)->row.run && window_.currentView() == QStringLiteral("inbox")) {
        run_ = (*detail)->row.run;
        running_.start();
    }
    window_.setHandoff(detail.take());
}

void Console::refreshRun()
{
    running_.stop();
    if (run_.empty()) return window_.setRun(std::nullopt, {});
    auto run = reader_->run(run_);
    auto lines = reader_->journal(run_);
    if (!run || !lines) return window_.showToast(QString::fromStdString((!run ? run.failure() : lines.failure()).message), true);
    window_.setRun(run.take(), lines.take());
}

}  // namespace handrail::app
