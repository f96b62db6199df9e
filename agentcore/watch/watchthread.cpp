#include "agentcore/watch/watchthread.h"

#include "agentcore/store/sqlitestore.h"

namespace handrail::watch {
namespace {

constexpr unsigned long patience = 5'000;  ///< milliseconds for the last notifications

}  // namespace

WatchThread::WatchThread(std::string folder, Clock& clock) : folder_(std::move(folder)), clock_(clock)
{
    thread_.setObjectName(QStringLiteral("handrail-watch"));
    home_.moveToThread(&thread_);
    // What was born on the thread ends on it.
    connect(&thread_, &QThread::finished, &thread_, [this] {
        watcher_.reset();
        wire_.reset();
        store_.reset();
    }, Qt::DirectConnection);
    thread_.start();
    QMetaObject::invokeMethod(&home_, [this] { begin(); }, Qt::QueuedConnection);
}

WatchThread::~WatchThread()
{
    QMetaObject::invokeMethod(&home_, [this] {
        if (watcher_) watcher_->finish();
        else thread_.quit();
    }, Qt::QueuedConnection);
    if (thread_.wait(patience)) return;
    thread_.quit();
    thread_.wait();
}

void WatchThread::begin()
{
    auto store = store::openReadStore(folder_);
    if (!store) {
        Q_EMIT troubled(store.failure());
        return;
    }
    store_ = store.take();
    wire_ = wire::systemWire();
    Doors doors;
    doors.store = store_.get();
    doors.wire = wire_.get();
    doors.clock = &clock_;
    doors.folder = folder_;
    doors.looking = [this] { isWoken_ = false; };
    watcher_ = std::make_unique<Watcher>(std::move(doors));
    connect(watcher_.get(), &Watcher::desktopTold, this, &WatchThread::desktopTold, Qt::DirectConnection);
    connect(watcher_.get(), &Watcher::troubled, this, &WatchThread::troubled, Qt::DirectConnection);
    connect(watcher_.get(), &Watcher::found, this, &WatchThread::found, Qt::DirectConnection);
    connect(watcher_.get(), &Watcher::countedUp, this, &WatchThread::countedUp, Qt::DirectConnection);
    connect(watcher_.get(), &Watcher::finished, &thread_, &QThread::quit, Qt::DirectConnection);
    watcher_->wake();
}

void WatchThread::wake()
{
    if (isWoken_.exchange(true)) return;
    QMetaObject::invokeMethod(&home_, [this] {
        if (watcher_) watcher_->wake();
    }, Qt::QueuedConnection);
}

}  // namespace handrail::watch
