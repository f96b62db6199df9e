#include "app/consoleviews.h"

#include <algorithm>

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

#include "agentcore/definition/checklist.h"
#include "agentcore/drilling.h"
#include "agentcore/watching.h"
#include "app/commandline.h"
#include "models/words.h"
#include "ui/foreigntext.h"
#include "ui/runpane.h"
#include "ui/runsview.h"

namespace handrail::app {
namespace {

constexpr int refreshEvery = 300;      ///< milliseconds between two looks at the store for one view
constexpr int logFollows = 1'200;
constexpr Millis agentsEvery = 2'000;  ///< milliseconds between two looks at the agents
constexpr int runsAtFirst = 500;
constexpr Millis day = 86'400'000;
constexpr int daysOfTools = 7;         ///< whose counters stand beside a tool

QString words(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

ConsoleViews::ConsoleViews(ui::MainWindow& window, Runtime& runtime, const Reader& reader, const Clock& clock, std::string folder, QSettings& settings)
    : window_(window), runtime_(runtime), reader_(reader), clock_(clock), folder_(std::move(folder)), settings_(settings), mostRuns_(runsAtFirst)
{
    reading_.setMaxThreadCount(1);
    refresh_.setSingleShot(true);
    refresh_.setInterval(refreshEvery);
    connect(&refresh_, &QTimer::timeout, this, &ConsoleViews::refresh);
    connect(&window_, &ui::MainWindow::viewShown, this, [this](const QString& view) {
        shown_ = view;
        agentsRead_ = 0;
        refresh();
    });
    connect(&runtime_, &Runtime::changed, this, &ConsoleViews::onChanged, Qt::QueuedConnection);
    addViews();
    joinRuns();
    joinDashboard();
    joinSettings();
    shown_ = window_.currentView();
    refresh();
}

ConsoleViews::~ConsoleViews() { reading_.waitForDone(); }

void ConsoleViews::addViews()
{
    tools_ = new ui::ToolsView(&settings_, &window_);
    dashboard_ = new ui::Dashboard(&settings_, &window_);
    checklist_ = new ui::ChecklistView(&window_);
    settingsView_ = new ui::SettingsView(&settings_, &window_);
    connect(tools_, &ui::ToolsView::isolateRequested, this, &ConsoleViews::isolate);
    connect(checklist_, &ui::ChecklistView::agentChosen, this, [this] {
        checksFile_ = false;
        refreshChecklist();
    });
    connect(checklist_, &ui::ChecklistView::fileWanted, this, [this] {
        const auto file = askFile(tr("Check a definition"));
        if (!file) return;
        checksFile_ = true;
        check(words(file->first), file->second, QFileInfo(words(file->first)).fileName().toStdString());
    });
    window_.addView(QStringLiteral("tools"), tr("Tools"), QStringLiteral("tool"), tools_);
    window_.addView(QStringLiteral("dashboard"), tr("Dashboard"), QStringLiteral("dashboard"), dashboard_);
    window_.addView(QStringLiteral("checklist"), tr("Checklist"), QStringLiteral("checklist"), checklist_);
    window_.addView(QStringLiteral("settings"), tr("Settings"), QStringLiteral("settings"), settingsView_);
    window_.addCommand(tr("A&bort the selected run…"), {}, [this] {
        window_.showView(1);
        window_.runs().askAbort();
    });
    window_.addCommand(tr("Pa&use the selected run…"), {}, [this] {
        window_.showView(1);
        window_.runs().askPause();
    });
    window_.addCommand(tr("&Go to the selected run's handoff"), {}, [this] {
        window_.showView(1);
        window_.runs().goToHandoff();
    });
    window_.addCommand(tr("&Isolate or release the selected tool's host…"), {}, [this] {
        window_.showView(2);
        tools_->askIsolation();
    });
    window_.addCommand(tr("&Check a definition…"), {}, [this] {
        window_.showView(4);
        Q_EMIT checklist_->fileWanted();
    });
}

void ConsoleViews::joinRuns()
{
    connect(&window_.runPane(), &ui::RunPane::logWanted, this, &ConsoleViews::refreshLog);
    connect(&window_.runs(), &ui::RunsView::abortRequested, this, &ConsoleViews::abort);
    connect(&window_.runs(), &ui::RunsView::pauseRequested, this, &ConsoleViews::pause);
    connect(&window_.runs(), &ui::RunsView::lastHandoffWanted, this, &ConsoleViews::goToLastHandoff);
    connect(&window_.runs(), &ui::RunsView::moreRequested, this, [this] {
        mostRuns_ *= 4;
        refreshRuns();
    });
}

void ConsoleViews::joinDashboard()
{
    const auto showRuns = [this](const models::RunsWanted& wanted, const QString& why) {
        window_.showView(1);
        window_.runs().showOnly(wanted, why);
    };
    connect(dashboard_, &ui::Dashboard::rangeChanged, this, &ConsoleViews::refreshDashboard);
    connect(dashboard_, &ui::Dashboard::runsWanted, this, showRuns);
    connect(dashboard_, &ui::Dashboard::handoffWanted, this, [this](const QString& id) { window_.selectHandoff(id.toStdString()); });
    connect(dashboard_, &ui::Dashboard::toolRunsWanted, this, [this, showRuns](const QString& tool) {
        models::RunsWanted wanted;
        for (const auto& agent : agents_) {
            const bool hasIt = std::any_of(agent.tools.begin(), agent.tools.end(), [&](const auto& one) { return words(one.tool) == tool; });
            if (hasIt) wanted.agents.insert(agent.name);
        }
        showRuns(wanted, tr("runs of agents that call %1").arg(tool));
    });
}

void ConsoleViews::joinSettings()
{
    connect(settingsView_, &ui::SettingsView::appearanceChanged, &window_, &ui::MainWindow::applySettings);
    connect(&window_, &ui::MainWindow::lookChanged, settingsView_, &ui::SettingsView::load);
    connect(settingsView_, &ui::SettingsView::testRequested, this, &ConsoleViews::testNotifier);
    settingsView_->setOperator(words(currentUser()));
}

void ConsoleViews::onChanged()
{
    isStale_ = true;
    if (!refresh_.isActive()) refresh_.start();
}

void ConsoleViews::refresh()
{
    const bool needsAgents = shown_ != QStringLiteral("inbox") && shown_ != QStringLiteral("runs");
    if (needsAgents && (isStale_ || agentsRead_ == 0)) {
        // Reading them all takes longer than one look at the figures.
        if (clock_.now() - agentsRead_ >= agentsEvery) refreshAgents();
        else refresh_.start();
    }
    refreshLog();
    // The log's lines are written after what they tell was committed.
    if (!window_.runPane().loggedRun().empty()) QTimer::singleShot(logFollows, this, &ConsoleViews::refreshLog);
    if (shown_ == QStringLiteral("runs")) refreshRuns();
    if (shown_ == QStringLiteral("tools")) refreshTools();
    if (shown_ == QStringLiteral("dashboard")) refreshDashboard();
    if (shown_ == QStringLiteral("settings")) refreshSettings();
}

void ConsoleViews::refreshRuns()
{
    auto runs = reader_.runs(mostRuns_ + 1);
    if (!runs) return tell(runs.failure());
    const bool hasMore = static_cast<int>(runs->size()) > mostRuns_;
    if (hasMore) runs->pop_back();
    window_.setRuns(runs.take(), hasMore);
}

/// The log of the run that is looked at; its files are read elsewhere, the window does not wait.
void ConsoleViews::refreshLog()
{
    LogFilter filter;
    filter.run = window_.runPane().loggedRun();
    if (filter.run.empty() || isReading_) return;
    isReading_ = true;
    reading_.start([this, filter, folder = folder_] {
        auto lines = readLog(folder, filter);
        QMetaObject::invokeMethod(this, [this, filter, lines = lines ? lines.take() : std::vector<Json>()] {
            isReading_ = false;
            if (filter.run == window_.runPane().loggedRun()) window_.runPane().setLog(filter.run, lines);
            else refreshLog();
        }, Qt::QueuedConnection);
    });
}

void ConsoleViews::refreshAgents()
{
    auto agents = knownAgents(folder_);
    if (!agents) return tell(agents.failure());
    agents_ = agents.take();
    QStringList names;
    for (const auto& agent : agents_) names.append(words(agent.name + "  " + agent.version));
    isStale_ = false;
    agentsRead_ = clock_.now();
    checklist_->setAgents(names);
    refreshChecklist();
}

void ConsoleViews::refreshChecklist()
{
    if (checksFile_) return;
    const auto agent = static_cast<std::size_t>(std::max(0, checklist_->agent()));
    if (agent >= agents_.size()) return;
    check(words(agents_[agent].name + " " + agents_[agent].version), agents_[agent].text, {});
}

void ConsoleViews::refreshTools()
{
    auto statistics = reader_.statistics(clock_.now() - (daysOfTools - 1) * day);
    if (!statistics) return tell(statistics.failure());
    runtime_.hosts(this, [this, figures = statistics.take()](Outcome<std::vector<HostView>> hosts) {
        if (!hosts) return tell(hosts.failure());
        std::vector<models::ToolRow> rows;
        for (const auto& agent : agents_) {
            for (const auto& tool : agent.tools) {
                models::ToolRow row;
                row.tool = tool;
                for (const auto& host : *hosts) {
                    // An origin that is isolated stands for all its credentials.
                    const bool isOrigin = host.breaker == "isolated" && host.host == tool.host.substr(0, tool.host.find('#'));
                    if (host.host == tool.host || isOrigin) row.host = host;
                    if (row.isIsolated()) break;
                }
                for (const auto& one : figures.tools) {
                    if (one.tool != tool.tool) continue;
                    row.calls = one.calls;
                    row.errors = one.errors;
                    row.tookMs = one.tookMs;
                }
                rows.push_back(std::move(row));
            }
        }
        tools_->setTools(std::move(rows));
    });
}

void ConsoleViews::refreshDashboard()
{
    const int days = dashboard_->days();
    const auto statistics = reader_.statistics(days > 0 ? clock_.now() - (days - 1) * day : 0);
    if (!statistics) return tell(statistics.failure());
    const auto inbox = reader_.inbox();
    if (!inbox) return tell(inbox.failure());
    dashboard_->setFigures(*statistics, *inbox);
}

void ConsoleViews::refreshSettings()
{
    const auto statistics = reader_.statistics();
    if (!statistics) return tell(statistics.failure());
    std::vector<ui::NotifierRow> rows;
    for (const auto& agent : agents_) {
        for (std::size_t i = 0; i < agent.notifiers.size(); ++i) {
            ui::NotifierRow row{words(agent.name), words(agent.notifiers[i]), static_cast<int>(i), {}};
            for (const auto& one : statistics->notifiers) {
                if (one.notifier != agent.notifiers[i]) continue;
                row.history = tr("%1 sent, %2 failed").arg(QLocale().toString(static_cast<qlonglong>(one.sent)), QLocale().toString(static_cast<qlonglong>(one.failed)));
                if (one.lastSent > 0) row.history += tr(", last sent %1").arg(models::instantText(one.lastSent));
                if (!one.lastError.empty()) row.history += tr(", last failure: %1").arg(words(one.lastError));
            }
            rows.push_back(std::move(row));
        }
    }
    settingsView_->setNotifiers(rows);
}

void ConsoleViews::isolate(const QString& host, bool isIsolated, const QString& reason)
{
    runtime_.isolate(host.toStdString(), isIsolated, currentUser(), reason.toStdString(), this, [this, isIsolated](Outcome<std::string> done) {
        if (!done) return tell(done.failure());
        window_.showToast(isIsolated ? tr("Isolated. Nothing is sent there until it is released.") : tr("Released."), false);
        refreshTools();
    });
}

void ConsoleViews::abort(const QString& run, const QString& reason)
{
    runtime_.abort(run.toStdString(), currentUser(), reason.toStdString(), this, [this](Outcome<RunId> done) {
        if (!done) return tell(done.failure());
        window_.showToast(tr("The run was aborted."), false);
    });
}

void ConsoleViews::pause(const QString& run, const QString& reason)
{
    runtime_.pause(run.toStdString(), currentUser(), reason.toStdString(), this, [this](Outcome<RunId> done) {
        if (!done) return tell(done.failure());
        window_.showToast(tr("The run stands still. Its ticket is in the inbox."), false);
    });
}

void ConsoleViews::goToLastHandoff(const QString& run)
{
    auto lines = reader_.journal(run.toStdString());
    if (!lines) return tell(lines.failure());
    const auto last = std::find_if(lines->rbegin(), lines->rend(), [](const JournalLine& line) { return line.event == "asked"; });
    if (last == lines->rend()) return window_.showToast(tr("Nobody was ever asked about this run."), false);
    window_.selectHandoff(textOf(last->data, "handoff"));
}

void ConsoleViews::check(const QString& subject, const std::string& text, const std::string& file)
{
    const auto parsed = parseDefinition(text, file);
    std::vector<ui::CheckRow> rows;
    if (parsed.definition) {
        for (const auto& line : handrail::checklist(*parsed.definition, text, file, {lastDrill(folder_, parsed.definition->name), notifierFigures(folder_)})) {
            ui::CheckRow row{words(line.question), words(line.why), {}, ui::foreign(line.note)};
            for (const auto& gap : line.gaps) row.gaps.push_back({gap.where, gap.write});
            rows.push_back(std::move(row));
        }
    }
    checklist_->setRows(subject, std::move(rows), parsed.mistakes);
}

std::optional<std::pair<std::string, std::string>> ConsoleViews::askFile(const QString& title)
{
    const QString path = QFileDialog::getOpenFileName(&window_, title, {}, tr("Agent definitions (*.json)"));
    if (path.isEmpty()) return std::nullopt;
    auto text = readSmallFile(path.toStdString());
    if (text) return std::make_pair(path.toStdString(), text.take());
    tell(text.failure());
    return std::nullopt;
}

const AgentView* ConsoleViews::agentNamed(const std::string& name) const
{
    const auto found = std::find_if(agents_.begin(), agents_.end(), [&](const auto& agent) { return agent.name == name; });
    return found == agents_.end() ? nullptr : &*found;
}

void ConsoleViews::tell(const Failure& why) { window_.showToast(words(why.message + (why.hint.empty() ? "" : " " + why.hint)), true); }

}  // namespace handrail::app
