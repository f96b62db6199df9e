#include "app/command.h"

#include <csignal>
#include <iostream>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>
#include <sys/signalfd.h>
#include <unistd.h>

#include "agentcore/definition/definition.h"
#include "agentcore/watching.h"
#include "app/auditcommand.h"
#include "app/check.h"
#include "app/demo.h"
#include "app/drill.h"
#include "app/metricsserver.h"
#include "app/print.h"
#include "app/replaycommands.h"
#include "app/shapes.h"
#include "app/socket.h"
#include "app/storecommands.h"
#include "app/watchcommands.h"

namespace handrail::app {
namespace {

constexpr Millis patience = 10'000;  ///< how long a store that is busy with another command is waited for
constexpr int pause = 50;            ///< between two looks at it

/// One command with a loop of its own around it.
class Session : public QObject {
public:
    explicit Session(const CommandLine& line) : line_(line), clock_(systemClock()), began_(clock_->monotonic()) {}

    /// Looks for somebody who holds the store, else takes it; tried again while it is busy.
    void begin()
    {
        const bool wantsWholeStore = line_.command == "serve" || line_.command == "demo";
        if (!wantsWholeStore && client_.connectTo(line_.store)) {
            return client_.ask(line_.request, [this](const Json& reply) { finish(reply); });
        }
        if (line_.command != "demo" && Requests::isRead(line_.request)) return readHere();
        RuntimeOptions options;
        options.folder = line_.store;
        options.program = "handrail " + line_.command;
        options.headFolder = headFolder();
        options.recover = line_.command == "resume" || line_.command == "serve" || line_.command == "demo";
        auto opened = Runtime::open(options);
        if (opened) {
            runtime_ = opened.take();
            return work();
        }
        const bool isBusy = opened.failure().code == "R106";
        if (!isBusy || clock_->monotonic() - began_ > patience || wantsWholeStore) {
            return finish(Requests::error(opened.failure()));
        }
        QTimer::singleShot(pause, this, &Session::begin);
    }

    /// An orderly end: nothing new is dispatched, what is under way is found again by the next one.
    void stop(int exit)
    {
        server_.reset();
        metrics_.reset();
        demo_.reset();
        requests_.reset();
        reader_.reset();  // before the writer, which tidies up when it is the last to leave
        runtime_.reset();
        QCoreApplication::exit(exit);
    }

private:
    void readHere()
    {
        auto reader = openReader(line_.store);
        const bool isEmptyList = !reader && reader.failure().code == "U105" &&
                                 (line_.command == "runs" || line_.command == "inbox");
        if (isEmptyList) return finish({{"exit", 0}, {"value", Json::array()}});
        if (!reader) return finish(Requests::error(reader.failure()));
        reader_ = reader.take();
        requests_ = std::make_unique<Requests>(nullptr, *reader_, *clock_);
        requests_->handle(line_.request, [this](const Json& reply) { finish(reply); });
    }

    void work()
    {
        auto reader = runtime_->reader();
        if (!reader) return finish(Requests::error(reader.failure()));
        reader_ = reader.take();
        requests_ = std::make_unique<Requests>(runtime_.get(), *reader_, *clock_);
        connect(runtime_.get(), &Runtime::halted, this, [this](const Failure& why) {
            if (line_.command == "serve") finish(Requests::error(why));
        });
        // A log that cannot be written stops nothing, but it is said.
        connect(runtime_.get(), &Runtime::troubled, this, [this](const Failure& why) { printError(why, line_.json); });
        if (line_.command == "serve" || line_.wait) {
            server_ = std::make_unique<Server>(*requests_);
            if (auto refused = server_->listen(line_.store)) return finish(Requests::error(*refused));
        }
        if (line_.metricsPort >= 0) {
            metrics_ = std::make_unique<MetricsServer>([this] { return figures(); });
            if (auto refused = metrics_->listen(line_.metricsPort)) return finish(Requests::error(*refused));
        }
        if (line_.command == "serve") return announce();
        if (line_.command == "demo") return demonstrate();
        requests_->handle(line_.request, [this](const Json& reply) { finish(reply); });
    }

    /// The demo's runs to their stops, then what waits; with --stay its shop and the runtime go on.
    void demonstrate()
    {
        demo_ = std::make_unique<Demo>(*runtime_);
        connect(demo_.get(), &Demo::failed, this, [this](const Failure& why) { finish(Requests::error(why)); });
        connect(demo_.get(), &Demo::started, this, [this] { waitFor(0); });
        const auto runs = reader_->runs(1);
        demo_->begin(line_.store, runs && runs->empty());
    }

    void waitFor(std::size_t index)
    {
        if (index < demo_->runs().size()) {
            return runtime_->whenStopped(demo_->runs()[index], this, [this, index](Outcome<RunSummary>) { waitFor(index + 1); });
        }
        requests_->handle(line_.request, [this](const Json& reply) {
            if (!line_.wait) return finish(reply);
            printAnswer(line_.command, reply.value("value", Json::array()), line_.json);
            announce();
        });
    }

    Outcome<std::string> figures() const
    {
        const auto statistics = reader_->statistics();
        return statistics ? Outcome<std::string>(metricsText(*statistics)) : statistics.failure();
    }

    void announce() const
    {
        const std::string metrics = metrics_ ? "http://127.0.0.1:" + std::to_string(metrics_->port()) + "/metrics" : std::string();
        if (line_.json) std::cout << dump({{"serving", line_.store}, {"process", getpid()}, {"metrics", metrics.empty() ? Json() : Json(metrics)}}) << std::endl;
        else std::cout << (metrics.empty() ? "" : "The figures are at " + metrics + ". ") << "Serving " << line_.store << ". Stop it with Ctrl+C." << std::endl;
    }

    void finish(const Json& reply)
    {
        // Never inside a reply of the runtime that is about to end.
        QTimer::singleShot(0, this, [this, reply] {
            if (reply.contains("error")) printError(reply["error"], line_.json);
            else printAnswer(line_.command, reply["value"], line_.json);
            int exit = static_cast<int>(numberOf(reply, "exit", 2));
            stop(exit);
        });
    }

    const CommandLine& line_;
    std::unique_ptr<Clock> clock_;
    const Millis began_;
    Client client_;
    std::unique_ptr<Runtime> runtime_;
    std::unique_ptr<Reader> reader_;
    std::unique_ptr<Requests> requests_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<MetricsServer> metrics_;
    std::unique_ptr<Demo> demo_;
};

/// SIGINT and SIGTERM arrive as an event, so that the end is as orderly as any other. Blocked before
/// any thread begins, so that none of them is hit instead.
int signalDescriptor()
{
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_BLOCK, &wanted, nullptr);
    return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// The definition with other failures on purpose. One that is no JSON object is told as it is.
std::string withInjection(const std::string& text, const Json& inject)
{
    auto document = parseJson(text);
    if (!document || !document->is_object()) return text;
    (*document)["inject"] = inject;
    return dump(*document, 2);
}

}  // namespace

int runCommand(const CommandLine& given, int argc, char** argv)
{
    if (given.command == "check") return runCheck(given);
    if (given.command == "drill") return runDrill(given, argc, argv);
    if (isReplayCommand(given.command)) return runReplayCommand(given);
    if (given.command == "audit") return runAudit(given);
    if (isStoreCommand(given.command)) return runStoreCommand(given);
    if (isWatchCommand(given.command)) return runWatchCommand(given, argc, argv);
    CommandLine line = given;
    if (line.command == "run") {
        auto text = readSmallFile(line.agent);
        if (!text) return refuseDefinition(text.failure(), line.json);
        // Mistakes are told here, all of them, before any store is touched.
        if (!line.inject.is_null()) text = withInjection(*text, line.inject);
        const auto parsed = parseDefinition(*text, line.agent);
        for (const auto& mistake : parsed.mistakes) {
            printError(mistake, line.json);
            if (line.json) break;
        }
        if (!parsed.definition) return 2;
        line.request["definition"] = *text;
    }
    const int descriptor = signalDescriptor();
    QCoreApplication application(argc, argv);
    Session session(line);
    QSocketNotifier ending(descriptor, QSocketNotifier::Read);
    QObject::connect(&ending, &QSocketNotifier::activated, &session,
                     [&] { session.stop(line.command == "serve" || line.command == "demo" ? 0 : 14); });
    QTimer::singleShot(0, &session, &Session::begin);
    const int exit = QCoreApplication::exec();
    close(descriptor);
    return exit;
}

}  // namespace handrail::app
