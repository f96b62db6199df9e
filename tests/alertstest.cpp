#include <QTest>

#include "agentcore/watch/alerts.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

using namespace handrail;
using namespace handrail::watch;
using decide::Event;
using decide::EventKind;
using handrailtest::q;

/// When many single failures are one alert, and when it is over.
class AlertsTest : public QObject {
    Q_OBJECT

    struct Desk {
        AlertBook book;
        RunStory story{"desk", "ann", "", {}, 0, ""};
        Millis now = 1'700'000'000'000;
        QStringList told;

        void note(const std::vector<Notice>& notices)
        {
            for (const auto& notice : notices) told.append(QString::fromStdString(word(notice.about) + " " + notice.key));
        }
        void event(EventKind kind, Json data, int attempt = 1)
        {
            Event event;
            event.time = now;
            event.run = "r1";
            event.kind = kind;
            event.attempt = attempt;
            event.data = std::move(data);
            follow(story, event);
            note(book.feed(story, event));
        }
        void call(const char* code) { event(EventKind::Answered, {{"tool", "find"}, {"code", code}}); }
        void calls(int count, const char* code, Millis apart = 1'000)
        {
            for (int i = 0; i < count; ++i) {
                now += apart;
                call(code);
            }
        }
        void run(int retries)
        {
            event(EventKind::RunStarted, {{"agent", "desk"}});
            story.retries = retries;
            event(EventKind::RunEnded, {{"state", "completed"}});
        }
    };

private slots:
    void more_than_ten_of_one_failure_are_a_spike_told_once()
    {
        Desk desk;
        desk.calls(200, "", 10);
        desk.calls(10, "T503");
        QCOMPARE(desk.told, QStringList());
        desk.calls(1, "T503");
        QCOMPARE(desk.told, QStringList{u"alert alert/desk/spike/T503"_qs});
        desk.calls(40, "T503");
        QCOMPARE(desk.told.filter(u"spike"_qs).size(), 1);
        QCOMPARE(desk.book.open().size(), std::size_t(2));  // and by then the share, too
    }

    void eleven_over_a_longer_time_are_none()
    {
        Desk desk;
        desk.calls(30, "T503", 31'000);
        QVERIFY(desk.told.filter(u"spike"_qs).isEmpty());
    }

    void failures_of_different_kinds_are_no_spike_of_one()
    {
        Desk desk;
        for (const char* code : {"T500", "T502", "T503", "T109"}) desk.calls(10, code);
        QVERIFY(desk.told.filter(u"spike"_qs).isEmpty());
    }

    void a_spike_is_over_when_few_are_left_in_the_window()
    {
        Desk desk;
        desk.calls(11, "T503");
        QVERIFY(desk.book.due().has_value());
        desk.now += 200'000;
        desk.note(desk.book.tick(desk.now));
        QVERIFY(desk.told.filter(u"resolved"_qs).isEmpty());
        desk.now += 200'000;
        desk.note(desk.book.tick(desk.now));
        QVERIFY(desk.told.contains(u"resolved alert/desk/spike/T503/over"_qs));
        QVERIFY(desk.book.open().empty());
        QVERIFY(!desk.book.due().has_value());
        // It may come again.
        desk.calls(11, "T503");
        QCOMPARE(desk.told.filter(u"alert alert/desk/spike"_qs).size(), 2);
    }

    void a_fifth_of_twenty_calls_failing_is_told_when_the_day_was_better_data()
    {
        QTest::addColumn<int>("calmCalls");
        QTest::addColumn<int>("calmErrors");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("a new day") << 0 << 0 << true;
        QTest::newRow("a good day") << 200 << 0 << true;
        QTest::newRow("a day that is always like this") << 200 << 40 << false;
    }
    void a_fifth_of_twenty_calls_failing_is_told_when_the_day_was_better()
    {
        QFETCH(int, calmCalls);
        QFETCH(int, calmErrors);
        Desk desk;
        desk.now = 1'700'006'400'000;  // 00:00 UTC
        const char* codes[] = {"T500", "T502", "T503", "T504", "T109"};
        for (int i = 0; i < calmCalls; ++i) desk.calls(1, i % 5 == 0 && i / 5 < calmErrors ? codes[i / 5 % 5] : "", 60'000);
        desk.now += 600'000;
        desk.told.clear();
        for (int i = 0; i < 20; ++i) desk.calls(1, i % 5 == 4 ? codes[i / 5] : "");
        QTEST(!desk.told.filter(u"share"_qs).isEmpty(), "isTold");
    }

    void nineteen_calls_are_too_few_for_a_share()
    {
        Desk desk;
        const char* codes[] = {"T500", "T502", "T503", "T504"};
        for (int i = 0; i < 19; ++i) desk.calls(1, i % 2 ? codes[i / 2 % 4] : "");
        QVERIFY(desk.told.filter(u"share"_qs).isEmpty());
    }

    void a_fourth_retry_in_one_run_is_told_once_and_over_with_the_run()
    {
        Desk desk;
        desk.event(EventKind::RunStarted, {{"agent", "desk"}});
        for (int attempt = 1; attempt <= 4; ++attempt) desk.event(EventKind::Dispatched, Json::object(), attempt);
        QCOMPARE(desk.told, QStringList());
        desk.event(EventKind::Dispatched, Json::object(), 2);
        desk.event(EventKind::Dispatched, Json::object(), 3);
        QCOMPARE(desk.told, QStringList{u"alert alert/run/r1/retries"_qs});
        desk.event(EventKind::RunEnded, {{"state", "completed"}});
        QCOMPARE(desk.told.last(), u"resolved alert/run/r1/retries/over"_qs);
    }

    void twice_as_many_retries_a_run_as_before_are_told()
    {
        Desk desk;
        for (int i = 0; i < 40; ++i) desk.run(1);
        QCOMPARE(desk.told, QStringList());
        for (int i = 0; i < 19; ++i) desk.run(2);
        QCOMPARE(desk.told, QStringList());
        desk.run(2);
        QCOMPARE(desk.told, QStringList{u"alert alert/desk/retries"_qs});
        for (int i = 0; i < 20; ++i) desk.run(0);
        QCOMPARE(desk.told.last(), u"resolved alert/desk/retries/over"_qs);
    }

    void next_to_no_retries_doubled_are_still_next_to_none()
    {
        Desk desk;
        for (int i = 0; i < 40; ++i) desk.run(i % 20 == 0 ? 1 : 0);
        for (int i = 0; i < 20; ++i) desk.run(i % 5 == 0 ? 1 : 0);
        QCOMPARE(desk.told, QStringList());
    }
};

QTEST_GUILESS_MAIN(AlertsTest)
#include "alertstest.moc"
