#include "tests/campaigns/killworker.h"

#include <cstdio>

#include <QCoreApplication>
#include <QTimer>
#include <random>

#include "agentcore/act/driver.h"
#include "agentcore/store/sqlitestore.h"
#include "tests/support/definitions.h"
#include "tests/support/doors.h"

namespace handrailtest {

using namespace handrail;

namespace {

/// A planted defect: what is said to be on disk is written only when the next commit comes.
class LateStore : public WatchedStore {
public:
    using WatchedStore::WatchedStore;
    store::CommitResult commit(store::Batch& batch) override
    {
        if (held_) {
            const auto result = WatchedStore::commit(*held_);
            if (result.how != store::Committed::Committed) return result;
        }
        held_ = batch;
        return {};
    }
    /// An orderly end writes it all; a kill does not.
    ~LateStore() override
    {
        if (held_) WatchedStore::commit(*held_);
    }

private:
    std::optional<store::Batch> held_;
};

/// A planted defect: every attempt has a key of its own.
class NewKeyWire : public wire::Wire {
public:
    explicit NewKeyWire(std::unique_ptr<wire::Wire> inner) : inner_(std::move(inner)) {}
    wire::Call* http(const wire::HttpRequest& request, QObject* parent) override
    {
        wire::HttpRequest changed = request;
        for (auto& [name, value] : changed.headers) {
            if (name == "Idempotency-Key") value += std::to_string(std::random_device{}());
        }
        return inner_->http(changed, parent);
    }
    wire::Call* command(const wire::CommandRequest& request, QObject* parent) override { return inner_->command(request, parent); }
    wire::Call* mail(const wire::MailRequest& request, QObject* parent) override { return inner_->mail(request, parent); }

private:
    std::unique_ptr<wire::Wire> inner_;
};

QString definition(const QString& port)
{
    const QString retry = q(R"(, "retry": {"attempts": 5, "base_s": 0.005, "cap_s": 0.02}, "params": {"type": "object"})");
    const QString verify = q(R"(, "verify": {"tool": "look", "with": {"id": "${params.id}"}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 0.05})");
    const QString look = q(R"("look": {"server": "shop", "request": {"method": "GET", "path": "/look/{id}"}, "effect": "read", "retry": {"attempts": 5, "base_s": 0.005, "cap_s": 0.02}})");
    const QString with = q(R"({"id": "${input.id}"})");
    return agent(writeTool(u"keyed"_qs, u"write_keyed"_qs, retry) + u","_qs + writeTool(u"blind"_qs, u"write_blind"_qs, retry) + u","_qs +
                     writeTool(u"verifiable"_qs, u"write_verifiable"_qs, retry + verify) + u","_qs + look,
                 step(u"one"_qs, u"keyed"_qs, with) + u","_qs + step(u"two"_qs, u"verifiable"_qs, with) + u","_qs + step(u"three"_qs, u"blind"_qs, with),
                 q(R"("escalation": {"repeats": 5}, )"))
        .replace(u"http://127.0.0.1:1"_qs, u"http://127.0.0.1:"_qs + port)
        .replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"limits\": {\"in_flight\": 64, \"retries\": 1000, \"failures_in_a_row\": 1000, \"least_calls\": 100000}"_qs);
}

void say(const std::string& line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

}  // namespace

int killWorker(const QStringList& arguments)
{
    const std::string folder = arguments.value(0).toStdString();
    const QString plant = arguments.value(3);
    auto opened = store::openStore(folder, {"the campaign", "c", {}, {}, false});
    if (!opened) {
        say("refused " + opened.failure().code + " " + opened.failure().message);
        return 3;
    }
    std::unique_ptr<store::Store> store = opened.take();
    if (plant == u"late"_qs) store = std::make_unique<LateStore>(std::move(store));
    std::unique_ptr<wire::Wire> wire = wire::systemWire();
    if (plant == u"newkey"_qs) wire = std::make_unique<NewKeyWire>(std::move(wire));
    const auto clock = systemClock();
    std::random_device entropy;
    act::Driver driver({store.get(), wire.get(), clock.get(), [&] { return (static_cast<std::uint64_t>(entropy()) << 32) | entropy(); }, 64});
    driver.recover();
    int waiting = 1;
    const auto stopped = [&] {
        if (--waiting > 0) return;
        say("done");
        QCoreApplication::quit();
    };
    StartRequest request;
    request.definition = definition(arguments.value(1)).toStdString();
    for (int i = 0; i < arguments.value(2).toInt(); ++i) {
        ++waiting;
        request.input = {{"id", std::to_string(i)}};
        driver.start(request, [&](Outcome<RunId> run) {
            if (!run) return stopped();
            say("started " + *run);
            driver.whenStopped(*run, [&](Outcome<RunSummary>) { stopped(); });
        });
    }
    driver.whenRecovered([&](Outcome<std::vector<RunSummary>>) { stopped(); });
    return QCoreApplication::exec();
}

}  // namespace handrailtest
