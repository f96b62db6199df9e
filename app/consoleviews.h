#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QSettings>
#include <QThreadPool>
#include <QTimer>

#include "agentcore/agents.h"
#include "agentcore/reader.h"
#include "agentcore/runtime.h"
#include "agentcore/watching.h"
#include "ui/checklistview.h"
#include "ui/dashboard.h"
#include "ui/mainwindow.h"
#include "ui/settingsview.h"
#include "ui/startdialog.h"
#include "ui/toolsview.h"

namespace handrail::app {

/// Joins the views beside the inbox to the runtime: runs, tools, dashboard, checklist, settings. Only
/// the view that is shown is kept up to date.
class ConsoleViews : public QObject {
    Q_OBJECT
public:
    /// None of these is owned; all must outlive it.
    ConsoleViews(ui::MainWindow& window, Runtime& runtime, const Reader& reader, const Clock& clock, std::string folder, QSettings& settings);
    ~ConsoleViews() override;

    /// Something was committed: what is shown is read again, soon and not more often than a few times a second.
    void onChanged();
    /// Asks which agent to run and with which input.
    void startRun();

signals:
    /// A test of the desktop's notifications.
    void desktopTestWanted();

private:
    void addViews();
    void joinRuns();
    void joinDashboard();
    void joinSettings();
    void refresh();
    void refreshRuns();
    void refreshTools();
    void refreshDashboard();
    void refreshSettings();
    void refreshAgents();
    void refreshChecklist();
    void refreshLog();
    void isolate(const QString& host, bool isIsolated, const QString& reason);
    void abort(const QString& run, const QString& reason);
    void pause(const QString& run, const QString& reason);
    void goToLastHandoff(const QString& run);
    void start(const AgentView& agent, const QString& input);
    void check(const QString& subject, const std::string& text, const std::string& file);
    void testNotifier(const QString& agent, int place);
    void showTested(const QString& agent, int place, const NotifierTrial::Result& result);
    std::optional<std::pair<std::string, std::string>> askFile(const QString& title);
    const AgentView* agentNamed(const std::string& name) const;
    void tell(const Failure& why);

    ui::MainWindow& window_;
    Runtime& runtime_;
    const Reader& reader_;
    const Clock& clock_;
    std::string folder_;
    QSettings& settings_;
    ui::ToolsView* tools_ = nullptr;
    ui::Dashboard* dashboard_ = nullptr;
    ui::ChecklistView* checklist_ = nullptr;
    ui::SettingsView* settingsView_ = nullptr;
    QPointer<ui::StartDialog> starting_;
    std::vector<AgentView> agents_;
    bool isStale_ = true;     ///< agents may have come since they were read
    Millis agentsRead_ = 0;
    bool checksFile_ = false; ///< the checklist is about a file, not about a known agent
    QString shown_;
    QTimer refresh_;
    int mostRuns_;
    QThreadPool reading_;  ///< reads log files, which may be long
    bool isReading_ = false;
};

}  // namespace handrail::app
