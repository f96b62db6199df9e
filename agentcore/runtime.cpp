#include "agentcore/runtime.h"

#include <random>

#include <QThread>
#include <QTimer>

#include "agentcore/act/driver.h"
#include "agentcore/act/steadyclock.h"
#include "agentcore/store/sqlitestore.h"
#include "agentcore/watch/watchthread.h"
#include "agentcore/wire/wire.h"

namespace handrail {
namespace {

constexpr int headDelay = 900;  ///< milliseconds; the head outside the store is at most a second behind

/// Carries one reply to the thread of whoever asked. A receiver that is gone by then is simply not called.
class Relay : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
signals:
    void ready();
};

template <typename T>
Runtime::Reply<T> relayed(QObject* context, Runtime::Reply<T> reply)
{
    auto answer = std::make_shared<std::optional<Outcome<T>>>();
    auto relay = std::make_shared<Relay>();
    QObject::connect(relay.get(), &Relay::ready, context, [answer, reply] { reply(std::move(**answer)); },
                     Qt::QueuedConnection);
    return [answer, relay](Outcome<T> outcome) {
        answer->emplace(std::move(outcome));
        Q_EMIT relay->ready();
    };
}

}  // namespace

struct Runtime::Inside {
    RuntimeOptions options;
    QThread thread;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<wire::Wire> wire;
    std::unique_ptr<act::Driver> driver;
    std::random_device entropy;
    std::unique_ptr<QTimer> headTimer;
    std::unique_ptr<watch::WatchThread> watch;
    QObject home;  ///< lives on the runtime's thread; what is posted to it runs there

    /// Keeps the head outside the store. That it could not be written stops nothing: it is only older then.
    void keepHead(bool isLasting)
    {
        if (options.headFolder.empty()) return;
        store::Anchor anchor = store->anchor();
        anchor.time = clock->now();
        (void)store::writeAnchor(store::headPath(options.headFolder, anchor.store), anchor, isLasting);
    }

    /// Runs something on the runtime's thread, later.
    template <typename Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(&home, std::move(work), Qt::QueuedConnection);
    }
    /// The same, and waits for it: for the beginning and the end only.
    template <typename Work>
    void postAndWait(Work work)
    {
        QMetaObject::invokeMethod(&home, std::move(work), Qt::BlockingQueuedConnection);
    }
};

Runtime::Runtime() : inside_(std::make_unique<Inside>()) {}

Outcome<std::unique_ptr<Runtime>> Runtime::open(const RuntimeOptions& options)
{
    qRegisterMetaType<ChangeSet>();
    qRegisterMetaType<Failure>();
    qRegisterMetaType<std::vector<InboxRow>>();
    qRegisterMetaType<wire::Reply>();
    std::unique_ptr<Runtime> runtime(new Runtime);
    Inside& inside = *runtime->inside_;
    inside.options = options;
    const auto random = [&inside] { return (static_cast<std::uint64_t>(inside.entropy()) << 32) | inside.entropy(); };
    store::StoreOptions storeOptions;
    storeOptions.program = options.program;
    storeOptions.newStoreId = sha256(std::to_string(random()) + std::to_string(random())).substr(0, 16);
    storeOptions.headFolder = options.headFolder;
    auto store = store::openStore(options.folder, storeOptions);
    if (!store) return store.failure();
    inside.store = store.take();
    auto kept = inside.store->note("clock");
    auto lastSeen = inside.store->lastTime();
    if (!kept || !lastSeen) return kept ? lastSeen.failure() : kept.failure();
    act::SteadyTime time = act::steadyTime(systemClock(), *kept, *lastSeen);
    inside.clock = std::move(time.clock);

    inside.thread.setObjectName(QStringLiteral("handrail-runtime"));
    inside.thread.start();
    inside.home.moveToThread(&inside.thread);
    if (options.watches) {
        inside.watch = std::make_unique<watch::WatchThread>(options.folder, *inside.clock);
        QObject::connect(inside.watch.get(), &watch::WatchThread::desktopTold, runtime.get(), &Runtime::desktopTold, Qt::DirectConnection);
        QObject::connect(inside.watch.get(), &watch::WatchThread::troubled, runtime.get(), &Runtime::troubled, Qt::DirectConnection);
        // The one door by which the watch writes: tickets of no run. No run is touched by them.
        QObject::connect(inside.watch.get(), &watch::WatchThread::found, &inside.home, [&inside](const decide::Finding& finding) {
            inside.post([&inside, finding] {
                if (inside.driver) inside.driver->file(finding);
            });
        }, Qt::DirectConnection);
        QObject::connect(inside.watch.get(), &watch::WatchThread::countedUp, &inside.home, [&inside](const std::string& cause, int count) {
            inside.post([&inside, cause, count] {
                if (inside.driver) inside.driver->countUp(cause, count);
            });
        }, Qt::DirectConnection);
    }
    // The wire and its timers must be born on the thread that they live on.
    inside.postAndWait([&] {
        inside.wire = options.wire ? options.wire() : wire::systemWire();
        act::Doors doors{inside.store.get(), inside.wire.get(), inside.clock.get(), random};
        // A process that does not recover leaves the doubt for one that does.
        doors.isClockInDoubt = time.isInDoubt;
        if (time.isInDoubt) doors.clockNote = time.anchor;
        inside.driver = std::make_unique<act::Driver>(std::move(doors));
        QObject::connect(inside.driver.get(), &act::Driver::changed, runtime.get(), &Runtime::changed, Qt::DirectConnection);
        QObject::connect(inside.driver.get(), &act::Driver::halted, runtime.get(), &Runtime::halted, Qt::DirectConnection);
        inside.headTimer = std::make_unique<QTimer>();
        inside.headTimer->setSingleShot(true);
        inside.headTimer->setInterval(headDelay);
        QObject::connect(inside.headTimer.get(), &QTimer::timeout, [&inside] { inside.keepHead(false); });
        QObject::connect(inside.driver.get(), &act::Driver::changed, inside.headTimer.get(), [&inside] {
            if (!inside.headTimer->isActive()) inside.headTimer->start();
        });
        if (inside.watch) QObject::connect(inside.driver.get(), &act::Driver::changed, inside.driver.get(), [&inside] { inside.watch->wake(); });
        if (!time.isInDoubt && time.anchor != *kept) inside.driver->keepNote("clock", time.anchor);
        if (options.recover) inside.driver->recover();
    });
    return runtime;
}

Runtime::~Runtime()
{
    if (!inside_ || !inside_->thread.isRunning()) return;
    // The driver, its calls and the wire end on the thread they were born on, before the loop does.
    inside_->postAndWait([this] {
        inside_->driver.reset();
        inside_->wire.reset();
        inside_->headTimer.reset();
        inside_->keepHead(true);
    });
    inside_->thread.quit();
    inside_->thread.wait();
    // It has a last look, and is a reader: it leaves before the writer, which tidies up.
    inside_->watch.reset();
}

void Runtime::start(StartRequest request, QObject* context, Reply<RunId> reply)
{
    inside_->post([this, request = std::move(request), reply = relayed<RunId>(context, std::move(reply))] {
        inside_->driver->start(request, reply);
    });
}

void Runtime::decide(Decision decision, QObject* context, Reply<HandoffId> reply)
{
    inside_->post([this, decision = std::move(decision), reply = relayed<HandoffId>(context, std::move(reply))] {
        inside_->driver->decide(decision, reply);
    });
}

void Runtime::tend(Tending tending, QObject* context, Reply<HandoffId> reply)
{
    inside_->post([this, tending = std::move(tending), reply = relayed<HandoffId>(context, std::move(reply))] {
        inside_->driver->tend(tending, reply);
    });
}

void Runtime::abort(RunId run, std::string who, std::string reason, QObject* context, Reply<RunId> reply)
{
    inside_->post([this, run = std::move(run), who = std::move(who), reason = std::move(reason),
                   reply = relayed<RunId>(context, std::move(reply))] { inside_->driver->abort(run, who, reason, reply); });
}

void Runtime::pause(RunId run, std::string who, std::string reason, QObject* context, Reply<RunId> reply)
{
    inside_->post([this, run = std::move(run), who = std::move(who), reason = std::move(reason),
                   reply = relayed<RunId>(context, std::move(reply))] { inside_->driver->pause(run, who, reason, reply); });
}

void Runtime::isolate(std::string host, bool isIsolated, std::string who, std::string reason, QObject* context, Reply<std::string> reply)
{
    inside_->post([this, host = std::move(host), isIsolated, who = std::move(who), reason = std::move(reason),
                   reply = relayed<std::string>(context, std::move(reply))] { inside_->driver->isolate(host, isIsolated, who, reason, reply); });
}

void Runtime::hosts(QObject* context, Reply<std::vector<HostView>> reply)
{
    inside_->post([this, reply = relayed<std::vector<HostView>>(context, std::move(reply))] { reply(inside_->driver->hosts()); });
}

void Runtime::prune(Millis before, std::string who, QObject* context, Reply<std::pair<int, Seq>> reply)
{
    inside_->post([this, before, who = std::move(who), reply = relayed<std::pair<int, Seq>>(context, std::move(reply))] {
        auto pruned = inside_->store->prune({before, who, inside_->clock->now()});
        if (!pruned) return reply(pruned.failure());
        inside_->keepHead(false);
        reply(std::pair<int, Seq>(pruned->runs, pruned->lines));
    });
}

void Runtime::whenStopped(RunId run, QObject* context, Reply<RunSummary> reply)
{
    inside_->post([this, run = std::move(run), reply = relayed<RunSummary>(context, std::move(reply))] {
        inside_->driver->whenStopped(run, reply);
    });
}

void Runtime::whenRecovered(QObject* context, Reply<std::vector<RunSummary>> reply)
{
    inside_->post([this, reply = relayed<std::vector<RunSummary>>(context, std::move(reply))] {
        inside_->driver->whenRecovered(reply);
    });
}

Outcome<std::unique_ptr<Reader>> Runtime::reader() const { return openReader(inside_->options.folder); }

}  // namespace handrail

#include "runtime.moc"
