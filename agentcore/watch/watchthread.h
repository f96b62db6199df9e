#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <QObject>
#include <QThread>

#include "agentcore/watch/watcher.h"

namespace handrail::watch {

/// The watch of one store on a thread of its own, with its own connection and its own wire. It begins when it
/// is made; without a store to read it says so (`troubled`) and does nothing.
class WatchThread : public QObject {
    Q_OBJECT
public:
    /// `clock` must outlive it.
    WatchThread(std::string folder, Clock& clock);
    /// A last look; notifications under way are waited for, but not for long.
    ~WatchThread() override;

    /// Something was committed. From any thread, cheap.
    void wake();

signals:
    void desktopTold(const std::vector<handrail::InboxRow>& rows);
    void troubled(const handrail::Failure& why);
    void found(const handrail::decide::Finding& finding);
    void countedUp(const std::string& cause, int count);

private:
    void begin();

    std::string folder_;
    Clock& clock_;
    QThread thread_;
    QObject home_;  ///< lives on the thread; what is posted to it runs there
    std::atomic<bool> isWoken_ = false;
    std::unique_ptr<store::ReadStore> store_;
    std::unique_ptr<wire::Wire> wire_;
    std::unique_ptr<Watcher> watcher_;
};

}  // namespace handrail::watch
