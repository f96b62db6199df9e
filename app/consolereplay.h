#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include <QObject>
#include <QThread>

#include "agentcore/reader.h"
#include "agentcore/replaying.h"
#include "ui/mainwindow.h"
#include "ui/replayview.h"

namespace handrail::app {

/// Joins the replay view to the replays: what was opened is read, replayed and asked on a thread of its own, so that
/// the window never waits for it. Nothing here can reach the runtime, so no effect can leave.
class ConsoleReplay : public QObject {
    Q_OBJECT
public:
    /// Neither is owned; both must outlive it.
    ConsoleReplay(ui::MainWindow& window, const Reader& reader, std::string folder);
    ~ConsoleReplay() override;

    /// Opens a run, an imported bundle by its run's id, or a bundle by its path, and shows the view.
    void open(const QString& runOrBundle);

private:
    void joinView();
    void refreshRuns();
    void chooseFile(const QString& title, const QString& filter, std::function<void(const QString&)> chosen);
    void saveBundle();
    void askMoment(Seq seq);
    void replay();
    void whatIf(const Json& change);
    void whatIfDefinition(const QString& path);
    /// Does `work` on the other thread and then `then` on this one, unless something else was opened meanwhile.
    template <typename Work, typename Then>
    void ask(Work work, Then then);

    ui::MainWindow& window_;
    const Reader& reader_;
    std::string folder_;
    ui::ReplayView* view_;
    int place_ = 0;                          ///< of the view in the window
    QThread thread_;
    QObject worker_;                         ///< lives on the thread
    std::shared_ptr<Recording> recording_;   ///< its instants are asked for on that thread only
    QString name_;                           ///< the run or file that it is of
    std::size_t lines_ = 0;                  ///< of its journal
    std::atomic<int> opened_ = 0;            ///< counts what was opened
    std::atomic<bool> isStopped_ = false;
    Seq wanted_ = 0;                         ///< the line at the handle
    bool isAsking_ = false;
};

}  // namespace handrail::app
