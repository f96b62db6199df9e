#include <QTest>

#include "agentcore/act/steadyclock.h"

using namespace handrail;
using namespace handrail::act;

/// The machine's two clocks, moved by a test.
struct Machine {
    Millis wall = 1'700'000'000'000;
    Millis boot = 50'000;
    std::string id = "boot-1";
};
class MachineClock : public Clock {
public:
    explicit MachineClock(const Machine& machine) : machine_(machine) {}
    Millis now() const override { return machine_.wall; }
    Millis monotonic() const override { return machine_.boot; }
    Millis boot() const override { return machine_.boot; }
    std::string bootId() const override { return machine_.id; }

private:
    const Machine& machine_;
};

class SteadyClockTest : public QObject {
    Q_OBJECT

    static SteadyTime at(const Machine& machine, const std::string& kept = {}, Millis lastSeen = 0)
    {
        return steadyTime(std::make_unique<MachineClock>(machine), kept, lastSeen);
    }

private slots:
    void it_goes_on_with_the_boot_clock_whatever_the_wall_clock_does()
    {
        Machine machine;
        const auto time = at(machine);
        machine.boot += 10'000;
        machine.wall -= 3'600'000;
        QCOMPARE(time.clock->now(), 1'700'000'010'000);
        machine.wall += 7'200'000;
        QCOMPARE(time.clock->now(), 1'700'000'010'000);
    }

    void a_restart_within_one_boot_goes_on_without_a_seam()
    {
        Machine machine;
        const auto first = at(machine);
        machine.boot += 60'000;
        machine.wall += 60'400;  // the wall clock was corrected a little
        const auto second = at(machine, first.anchor, first.clock->now() - 1);
        QVERIFY(!second.isInDoubt);
        QCOMPARE(second.anchor, first.anchor);
        QCOMPARE(second.clock->now(), 1'700'000'060'000);
    }

    void a_jump_of_the_wall_clock_within_one_boot_is_a_doubt()
    {
        Machine machine;
        const auto first = at(machine);
        machine.boot += 60'000;
        machine.wall += 3'660'000;
        const auto second = at(machine, first.anchor, first.clock->now());
        QVERIFY(second.isInDoubt);
        QVERIFY(second.anchor != first.anchor);
        QCOMPARE(second.clock->now(), machine.wall);
        QVERIFY(!at(machine, second.anchor, machine.wall).isInDoubt);
    }

    void another_boot_takes_the_wall_clock_unless_it_went_back_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<bool>("isInDoubt");
        QTest::newRow("later") << 5 << false;
        QTest::newRow("earlier") << -5 << true;
    }
    void another_boot_takes_the_wall_clock_unless_it_went_back()
    {
        QFETCH(int, hours);
        QFETCH(bool, isInDoubt);
        Machine machine;
        const auto first = at(machine);
        const Millis lastSeen = first.clock->now();
        Machine rebooted{machine.wall + hours * 3'600'000LL, 1'000, "boot-2"};
        const auto second = at(rebooted, first.anchor, lastSeen);
        QCOMPARE(second.isInDoubt, isInDoubt);
        QVERIFY(second.clock->now() >= lastSeen);
    }

    void a_store_without_an_anchor_takes_the_wall_clock()
    {
        Machine machine;
        QVERIFY(!at(machine).isInDoubt);
        QVERIFY(!at(machine, "garbage", machine.wall - 1).isInDoubt);
    }
};

QTEST_GUILESS_MAIN(SteadyClockTest)
#include "steadyclocktest.moc"
