#include <QTest>

#include "app/stalls.h"
#include "tests/support/doors.h"

using namespace handrail;
using namespace handrailtest;

/// A window that stands still is noticed, by a clock that the test moves.
class StallsTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { qunsetenv("HANDRAIL_STALL_MS"); }

    void it_is_off_unless_the_environment_says_how_long_is_tolerable_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<qint64>("wanted");
        QTest::newRow("nothing") << QByteArray() << qint64(0);
        QTest::newRow("a number") << QByteArray("100") << qint64(100);
        QTest::newRow("none") << QByteArray("0") << qint64(0);
        QTest::newRow("less than none") << QByteArray("-5") << qint64(0);
        QTest::newRow("a word") << QByteArray("soon") << qint64(0);
    }
    void it_is_off_unless_the_environment_says_how_long_is_tolerable()
    {
        QFETCH(QByteArray, said);
        if (!said.isEmpty()) qputenv("HANDRAIL_STALL_MS", said);
        QTEST(qint64(app::StallDetector::wanted()), "wanted");
    }

    void what_keeps_the_thread_too_long_is_told_with_its_length()
    {
        ManualClock clock;
        std::vector<Millis> told;
        int beats = 0;
        app::StallDetector stalls(clock, 100, [&](Millis length) { told.push_back(length); });
        QTimer beside;
        beside.callOnTimeout([&] { ++beats; });
        beside.start(1);
        clock.at += 105;
        QTRY_VERIFY(beats > 20);
        QVERIFY(told.empty());
        clock.at += 305;
        QTRY_COMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0], Millis(300));
        QCOMPARE(stalls.stalls(), 1);
        QCOMPARE(stalls.longest(), Millis(300));
    }
};

QTEST_GUILESS_MAIN(StallsTest)
#include "stallstest.moc"
