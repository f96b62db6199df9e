#include "app/console.h"

#include <algorithm>

#include "app/commandline.h"

namespace handrail::app {
namespace {

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
    connect(&refresh_, &QTimer::timeout, this, [this] {
        refreshLists();
        refreshHandoff();
        refreshRun();
        pending_ = {};
    });
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
    joinWindow();
}

void Console::joinWindow()
{
    connect(&window_, &ui::MainWindow::decisionMade, this, &Console::decide);
    connect(&window_, &ui::MainWindow::handoffSelected, this, [this](const QString& id) {
        handoff_ = id.toStdString();
        refreshHandoff();
    });
    connect(&window_, &ui::MainWindow::runSelected, this, [this](const QString& id) {
        run_ = id.toStdString();
        refreshRun();
    });
    connect(&window_, &ui::MainWindow::filterChanged, this, [this](const InboxFilter& filter) {
        filter_ = filter;
        refreshLists();
    });
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

std::optional<Failure> Console::begin(bool withDemo)
{
    if (auto refused = server_.listen(folder_)) return refused;
    refreshLists();
    window_.show();
    if (withDemo) startDemo();
    return std::nullopt;
}

void Console::decide(Decision decision)
{
    decision.who = currentUser();
    decision.shown = "console";
    const QString id = QString::fromStdString(decision.handoff);
    runtime_->decide(decision, this, [this, id](Outcome<HandoffId> decided) {
        window_.decisionAnswered();
        if (!decided) {
            window_.showToast(QString::fromStdString(decided.failure().message), true);
            refreshLists();
            refreshHandoff();
            return;
        }
        window_.showToast(tr("Recorded and sent."), false);
        // Nothing goes on because of it.
        if (isFinding(*decided)) return;
        const RunId run = decided->substr(0, decided->rfind('-'));
        runtime_->whenStopped(run, this, [this, id](Outcome<RunSummary> stopped) { told(id, stopped); });
    });
}

void Console::told(const QString&, const Outcome<RunSummary>& run)
{
    if (!run) return window_.showToast(QString::fromStdString(run.failure().message), true);
    const bool isBad = run->status == RunStatus::Failed || run->status == RunStatus::TimedOut || run->status == RunStatus::Escalated;
    QString text = outcomeOf(*run);
    if (isBad && run->error) text += u' ' + QString::fromStdString(run->error->message);
    window_.showToast(text, isBad);
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
    if (!refresh_.isActive()) refresh_.start();
}

void Console::refreshLists()
{
    auto rows = reader_->inbox(filter_);
    auto counts = reader_->counts();
    if (!rows || !counts) {
        window_.setHalted(!rows ? rows.failure() : counts.failure());
        return;
    }
    window_.setCounts(*counts);
    const auto all = counts->find("all");
    tray_.setCount(all == counts->end() ? 0 : all->second);
    window_.setInbox(rows.take());
}

void Console::refreshHandoff()
{
    if (handoff_.empty()) return window_.setHandoff(std::nullopt);
    auto detail = reader_->handoff(handoff_);
    if (!detail) return window_.showToast(QString::fromStdString(detail.failure().message), true);
    if (*detail && run_ != (*detail)->row.run) {
        run_ = (*detail)->row.run;
        refreshRun();
    }
    window_.setHandoff(detail.take());
}

void Console::refreshRun()
{
    if (run_.empty()) return window_.setRun(std::nullopt, {});
    auto run = reader_->run(run_);
    auto lines = reader_->journal(run_);
    if (!run || !lines) return window_.showToast(QString::fromStdString((!run ? run.failure() : lines.failure()).message), true);
    window_.setRun(run.take(), lines.take());
}

}  // namespace handrail::app
