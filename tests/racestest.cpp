#include <thread>

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif
#include "agentcore/runtime.h"
#include "tests/support/byteserver.h"

using namespace handrail;
using namespace handrailtest;

/// Several people decide on the same handoffs at the same moment, each from a thread of their own, over the
/// real runtime, store and wire. HANDRAIL_RACES says over how many handoffs, HANDRAIL_SEED in which order.
class RacesTest : public QObject {
    Q_OBJECT

    static constexpr int persons = 4;

    struct Race {
        RunId run;
        std::vector<Verb> winners;
        std::vector<Code> refusals;
    };

    static std::string definition(const QString& port)
    {
        return agent(writeTool(u"pay"_qs, u"write_blind"_qs, q(R"(, "gate": "paid_call", "params": {"type": "object"})")),
                     step(u"one"_qs, u"pay"_qs, q(R"({"id": "${input.id}"})")))
            .replace(u"http://127.0.0.1:1"_qs, u"http://127.0.0.1:"_qs + port)
            .replace(u"\"allow_private\": true"_qs, u"\"allow_private\": true, \"limits\": {\"in_flight\": 32}"_qs)
            .toStdString();
    }

    static std::vector<Race> park(Runtime& runtime, const std::string& definition, int count, QObject& context)
    {
        std::vector<Race> races;
        int stopped = 0;
        for (int i = 0; i < count; ++i) {
            StartRequest request;
            request.definition = definition;
            request.input = {{"id", "r" + std::to_string(i)}};
            runtime.start(request, &context, [&](Outcome<RunId> run) {
                if (!run) qFatal("%s", run.failure().message.c_str());
                races.push_back({*run, {}, {}});
                runtime.whenStopped(*run, &context, [&](Outcome<RunSummary>) { ++stopped; });
            });
        }
        while (stopped < count) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return races;
    }

    /// Every person decides on every handoff, in an order of their own.
    static void decideAll(Runtime& runtime, std::vector<Race>& races, QObject& context, quint32 seed)
    {
        int replies = 0;
        std::vector<std::thread> threads;
        for (int person = 0; person < persons; ++person) {
            threads.emplace_back([&, person] {
                QRandomGenerator random(seed + static_cast<quint32>(person));
                std::vector<Race*> order;
                for (auto& race : races) order.push_back(&race);
                std::shuffle(order.begin(), order.end(), random);
                for (Race* race : order) {
                    Decision decision;
                    decision.handoff = race->run + "-1";
                    decision.verb = random.bounded(2) ? Verb::Approve : Verb::Reject;
                    decision.who = "person " + std::to_string(person);
                    decision.reason = "as it seemed";
                    runtime.decide(decision, &context, [&replies, race, verb = decision.verb](Outcome<HandoffId> decided) {
                        ++replies;
                        if (decided) race->winners.push_back(verb);
                        else race->refusals.push_back(decided.failure().code);
                    });
                }
            });
        }
        const int all = persons * static_cast<int>(races.size());
        while (replies < all) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        for (auto& thread : threads) thread.join();
    }

    /// One crowd of handoffs, all decided at once: how many were approved, or what was wrong.
    static int oneCrowd(Runtime& runtime, ByteServer& shop, int count, quint32 seed, QStringList& wrong)
    {
        QObject context;
        auto races = park(runtime, definition(QString::number(shop.serverPort())), count, context);
        decideAll(runtime, races, context, seed);
        int stopped = 0;
        int approved = 0;
        for (auto& race : races) {
            const bool isOne = race.winners.size() == 1 && std::count(race.refusals.begin(), race.refusals.end(), "A105") == persons - 1;
            if (!isOne) wrong.append(QString::fromStdString(race.run) + QStringLiteral(" was decided %1 times").arg(race.winners.size()));
            const bool isYes = isOne && race.winners.front() == Verb::Approve;
            approved += isYes;
            runtime.whenStopped(race.run, &context, [&, isYes](Outcome<RunSummary> run) {
                ++stopped;
                const bool isAsDecided = run.ok() && run->status == (isYes ? RunStatus::Completed : RunStatus::Aborted);
                if (!isAsDecided) wrong.append(QString::fromStdString(run.ok() ? run->id + " is " + word(run->status) : run.failure().message));
            });
        }
        while (stopped < count) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return approved;
    }

private slots:
    void of_many_decisions_at_once_one_counts_and_what_happens_is_that_one()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_RACES");
        const int count = given > 0 ? given : 200;
        constexpr int crowd = 100;  // more at once would wait longer for the one service than a yes lasts
        QTemporaryDir dir;
        ByteServer shop;
        auto opened = Runtime::open({dir.filePath(u"store"_qs).toStdString(), "the races", true, false});
        QVERIFY(opened.ok());
        QStringList wrong;
        int approved = 0;
        const auto seed = static_cast<quint32>(qEnvironmentVariableIntValue("HANDRAIL_SEED")) + 5;
        for (int done = 0; done < count && wrong.isEmpty(); done += crowd) {
            approved += oneCrowd(**opened, shop, std::min(crowd, count - done), seed + static_cast<quint32>(done), wrong);
            QCOMPARE(shop.requests.size(), approved);
        }
        QCOMPARE(wrong, QStringList());
        QVERIFY(approved > 0 && approved < count);
        qInfo("%d races, %d approved", count, approved);
    }
};

QTEST_GUILESS_MAIN(RacesTest)
#include "racestest.moc"
