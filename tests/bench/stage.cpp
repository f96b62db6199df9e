#include "tests/bench/stage.h"

#include <QCoreApplication>

#include "tests/bench/measuring.h"
#include "tests/bench/raw.h"
#include "tests/support/definitions.h"

namespace bench {

namespace {
constexpr int stepsOfRun = 10;
}

std::string definition(bool isGated)
{
    using namespace handrailtest;
    QString plan;
    for (int i = 0; i < stepsOfRun; ++i) {
        plan += (i ? QStringLiteral(",") : QString()) + step(QStringLiteral("s%1").arg(i), i == 0 && isGated ? QStringLiteral("pay") : QStringLiteral("put"), QStringLiteral("{\"n\": %1}").arg(i));
    }
    const QString keyed = QStringLiteral("write_keyed");
    return agent(writeTool(QStringLiteral("put"), keyed) + QStringLiteral(",") + writeTool(QStringLiteral("pay"), keyed, q(R"(, "gate": "paid_call")")), plan,
                 q(R"("approvals": {"decide_s": 86400}, )"))
        .replace(QStringLiteral("\"allow_private\": true"), QStringLiteral("\"allow_private\": true, \"limits\": {\"in_flight\": 64}"))
        .toStdString();
}

Rate measureSteps(const std::string& folder, int runs, int atOnce)
{
    Stage stage(folder);
    StartRequest request;
    request.definition = definition(false);
    int begun = 0;
    int ended = 0;
    std::function<void()> begin = [&] {
        if (begun++ >= runs) return;
        stage.driver->start(request, [&](Outcome<RunId> run) {
            stage.driver->whenStopped(*run, [&](Outcome<RunSummary>) {
                ++ended;
                begin();
            });
        });
    };
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < atOnce; ++i) begin();
    while (ended < runs) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double steps = runs * stepsOfRun;
    return {steps / secondsSince(began), stage.store->commits / steps};
}

std::vector<HandoffId> park(Stage& stage, int count)
{
    std::vector<HandoffId> handoffs;
    StartRequest request;
    request.definition = definition(true);
    for (int i = 0; i < count; ++i) {
        stage.driver->start(request, [&](Outcome<RunId> run) { handoffs.push_back(*run + "-1"); });
    }
    while (static_cast<int>(handoffs.size()) < count) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return handoffs;
}

}  // namespace bench
