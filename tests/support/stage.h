#pragma once

#include <QTest>

#include "agentcore/act/driver.h"
#include "agentcore/store/sqlitestore.h"
#include "tests/support/decisions.h"
#include "tests/support/doors.h"

namespace handrailtest {

using namespace handrail;

/// The driver over a real store, a scripted wire and a clock that stands still.
struct Stage {
    explicit Stage(const std::string& at, wire::Wire* other = nullptr) : folder(at), otherWire(other) { open(); }

    void open()
    {
        driver.reset();
        store.reset();
        store = std::make_unique<WatchedStore>(store::openStore(folder, {"a test", "s", {}, {}, false}).take());
        driver = std::make_unique<act::Driver>(act::Doors{store.get(), otherWire ? otherWire : &wire, &clock, [this] { return ++random * 0x9E3779B97F4A7C15ULL; }});
        QObject::connect(driver.get(), &act::Driver::halted, driver.get(), [this](const Failure& why) { halted = why; });
    }
    RunId start(const QString& text, const QString& input = QStringLiteral("{}"))
    {
        StartRequest request;
        request.definition = text.toStdString();
        request.input = parseJson(input.toStdString()).take();
        request.user = "ann";
        std::optional<Outcome<RunId>> reply;
        driver->start(request, [&](Outcome<RunId> outcome) { reply = std::move(outcome); });
        if (!QTest::qWaitFor([&] { return reply.has_value(); }) || !*reply) return {};
        return **reply;
    }
    std::optional<Failure> decide(const HandoffId& id, Verb verb, bool drive = true)
    {
        Decision decision = say(verb, id, "bob");
        decision.drive = drive;
        std::optional<Outcome<HandoffId>> reply;
        driver->decide(decision, [&](Outcome<HandoffId> outcome) { reply = std::move(outcome); });
        if (!QTest::qWaitFor([&] { return reply.has_value(); })) return failure("X000", "No reply came.");
        return *reply ? std::nullopt : std::optional(reply->failure());
    }
    QString stopped(const RunId& run)
    {
        std::optional<Outcome<RunSummary>> reply;
        driver->whenStopped(run, [&](Outcome<RunSummary> outcome) { reply = std::move(outcome); });
        if (!QTest::qWaitFor([&] { return reply.has_value(); })) return QStringLiteral("never");
        return QString::fromStdString(*reply ? word((*reply)->status) : reply->failure().code);
    }

    /// Its journal as text, one line an event.
    QStringList readable(const RunId& run)
    {
        QStringList lines;
        for (const auto& event : *store->events(run)) lines.append(QString::fromStdString(decide::readable(event)));
        return lines;
    }

    std::string folder;
    ManualClock clock;
    ScriptedWire wire;
    wire::Wire* otherWire = nullptr;
    std::uint64_t random = 0;
    std::unique_ptr<WatchedStore> store;
    std::unique_ptr<act::Driver> driver;
    std::optional<Failure> halted;
};

}  // namespace handrailtest
