#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QSettings>
#include <QTimer>

#include "agentcore/runtime.h"
#include "app/consolereplay.h"
#include "app/consoleviews.h"
#include "app/demo.h"
#include "app/notify.h"
#include "app/requests.h"
#include "app/socket.h"
#include "app/tray.h"
#include "ui/mainwindow.h"

namespace handrail::app {

/// The one place that joins the window to the runtime: what the window wants goes to the runtime, what
/// the store says goes to the window. Reads go through the window's own read-only connection.
class Console : public QObject {
    Q_OBJECT
public:
    Console(std::unique_ptr<Runtime> runtime, std::unique_ptr<Reader> reader, std::string folder,
            std::unique_ptr<Clock> clock, QSettings& settings);

    /// Lets other commands in and shows the window. R102 when the socket cannot be made.
    std::optional<Failure> begin(bool withDemo);
    ui::MainWindow& window() { return window_; }

private:
    void joinWindow();
    void joinTogether();
    void decide(Decision decision);
    void decideTogether(const std::vector<Decision>& decisions);
    Outcome<Decision> takenBack(const HandoffId& id) const;
    QString recordedText(const HandoffId& id, Verb verb) const;
    void withdraw(const HandoffId& id);
    void tend(const Tending& tending);
    void startDemo();
    void refresh();
    void refreshLists();
    Outcome<std::vector<InboxRow>> inboxRows() const;
    void showNewestApproval();
    void refreshHandoff();
    void refreshRun();
    void onChanged(const ChangeSet& change);
    void told(const QString& handoff, const Outcome<RunSummary>& run);

    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Runtime> runtime_;
    std::unique_ptr<Reader> reader_;
    std::string folder_;
    ui::MainWindow window_;
    ConsoleViews views_;
    Tray tray_;
    DesktopNotifier notifier_;
    Requests requests_;
    Server server_;
    std::unique_ptr<Demo> demo_;
    QTimer refresh_;
    QTimer others_;
    QTimer showing_;  ///< another handoff was selected by a list that came: it is shown after the list was painted
    bool isListing_ = false;
    QTimer running_;  ///< its run is shown in a turn of its own: a journal may hold texts of a megabyte
    QTimer waking_;   ///< while something is put off: whether its time is over
    int snoozed_ = 0;
    HandoffId handoff_;
    RunId run_;
    ChangeSet pending_;
    std::unique_ptr<ConsoleReplay> replay_;
};

}  // namespace handrail::app
