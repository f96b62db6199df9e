#pragma once

#include <functional>
#include <memory>
#include <string>

#include "agentcore/act/driver.h"
#include "agentcore/store/sqlitestore.h"
#include "tests/support/doors.h"

namespace bench {

using namespace handrail;

/// Answers every request at once, so that only the journal is measured; tells when one leaves.
class InstantWire : public wire::Wire {
public:
    wire::Call* http(const wire::HttpRequest&, QObject* parent) override
    {
        if (onRequest) onRequest();
        auto* call = new wire::Call(parent);
        wire::Reply reply;
        reply.phase = wire::SendPhase::Answered;
        reply.status = 200;
        reply.body = std::to_string(++count);
        QMetaObject::invokeMethod(call, [call, reply] { Q_EMIT call->finished(reply); }, Qt::QueuedConnection);
        return call;
    }
    wire::Call* command(const wire::CommandRequest&, QObject* parent) override { return new wire::Call(parent); }
    wire::Call* mail(const wire::MailRequest&, QObject* parent) override { return new wire::Call(parent); }

    std::function<void()> onRequest;
    int count = 0;
};

/// The driver over a real store and an instant wire.
class Stage {
public:
    explicit Stage(const std::string& folder)
    {
        auto opened = store::openStore(folder, {"the bench", "b", {}, {}, false});
        if (!opened) qFatal("%s", opened.failure().message.c_str());
        store = std::make_unique<handrailtest::WatchedStore>(opened.take());
        driver = std::make_unique<act::Driver>(act::Doors{store.get(), &wire, clock.get(), [this] { return random += 0x9E3779B97F4A7C15ULL; }, 64});
    }

    std::unique_ptr<Clock> clock = systemClock();
    InstantWire wire;
    std::uint64_t random = static_cast<std::uint64_t>(clock->now());
    std::unique_ptr<handrailtest::WatchedStore> store;
    std::unique_ptr<act::Driver> driver;
};

/// Ten writes under a key each; with a gate on the first, it waits for a person before it does anything.
std::string definition(bool isGated);

/// Durable steps a second with so many runs at once, and the commits that they took.
struct Rate {
    double stepsPerSecond = 0;
    double commitsPerStep = 0;
};
Rate measureSteps(const std::string& folder, int runs, int atOnce);

/// Makes runs that wait for an approval; their handoffs.
std::vector<HandoffId> park(Stage& stage, int count);

}  // namespace bench
