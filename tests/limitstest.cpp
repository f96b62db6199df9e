#include <QTest>

#include "agentcore/decide/limits.h"

using namespace handrail;
using namespace handrail::decide;

/// When a host is given rest.
class LimitsTest : public QObject {
    Q_OBJECT

    static Tool tool(Effect effect = Effect::Read)
    {
        Tool tool;
        tool.effect = effect;
        tool.host = "https://shop";
        return tool;
    }
    static void call(HostLimits& limits, const Tool& tool, const char* code, Millis now)
    {
        limits.dispatched(tool, Lane::Tools, now);
        limits.ended(tool, Lane::Tools, code, true, now);
    }
    static QString admitted(const HostLimits& limits, const Tool& tool, Millis now, bool isRetry = false, Lane lane = Lane::Tools)
    {
        return QString::fromLatin1(limits.admit(tool, lane, isRetry, now).code);
    }
    static void breakIt(HostLimits& limits, Millis now)
    {
        for (int i = 0; i < 5; ++i) call(limits, tool(), "T503", now);
    }

private slots:
    void four_calls_to_one_host_may_be_under_way()
    {
        HostLimits limits;
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(admitted(limits, tool(), 0), QString());
            limits.dispatched(tool(), Lane::Tools, 0);
        }
        QCOMPARE(admitted(limits, tool(), 0), u"W116"_qs);
        limits.ended(tool(), Lane::Tools, "", true, 0);
        QCOMPARE(admitted(limits, tool(), 0), QString());
    }

    void sixteen_calls_in_all_may_be_under_way()
    {
        HostLimits limits;
        for (int i = 0; i < 16; ++i) {
            Tool other = tool();
            other.host += std::to_string(i / 4);
            limits.dispatched(other, Lane::Tools, 0);
        }
        QCOMPARE(admitted(limits, tool(), 0), u"W116"_qs);
    }

    void a_stuck_tool_does_not_starve_an_undo()
    {
        HostLimits limits;
        for (int i = 0; i < 4; ++i) limits.dispatched(tool(), Lane::Tools, 0);
        QCOMPARE(admitted(limits, tool(), 0, false, Lane::Undo), QString());
    }

    void five_failures_in_a_row_open_the_breaker()
    {
        HostLimits limits;
        for (int i = 0; i < 4; ++i) call(limits, tool(), "T503", 1000);
        QCOMPARE(limits.breaker("https://shop", 1000), Breaker::Closed);
        call(limits, tool(), "T503", 1000);
        QCOMPARE(limits.breaker("https://shop", 1000), Breaker::Open);
        const auto admission = limits.admit(tool(), Lane::Tools, false, 1000);
        QCOMPARE(admission.code, "W111");
        QCOMPARE(admission.until, 31'000);
    }

    void half_of_ten_calls_in_a_minute_open_it_too()
    {
        HostLimits limits;
        for (int i = 0; i < 5; ++i) {
            call(limits, tool(), "", 1000 * i);
            call(limits, tool(), "T109", 1000 * i);
        }
        QCOMPARE(limits.breaker("https://shop", 5'000), Breaker::Open);
    }

    void failures_of_over_a_minute_ago_do_not_count()
    {
        HostLimits limits;
        for (int i = 0; i < 4; ++i) {
            call(limits, tool(), "", 0);
            call(limits, tool(), "T109", 0);
        }
        call(limits, tool(), "", 70'000);
        call(limits, tool(), "T109", 70'000);
        call(limits, tool(), "T109", 70'000);
        QCOMPARE(limits.breaker("https://shop", 70'000), Breaker::Closed);
    }

    void what_a_service_rightly_refuses_does_not_count_data()
    {
        QTest::addColumn<QByteArray>("code");
        for (const auto* code : {"T400", "T401", "T404", "T409", "T422", "T429", "W109", "M103", "U102", "T601", "T101", "T501"}) {
            QTest::newRow(code) << QByteArray(code);
        }
    }
    void what_a_service_rightly_refuses_does_not_count()
    {
        QFETCH(QByteArray, code);
        HostLimits limits;
        for (int i = 0; i < 50; ++i) call(limits, tool(), code.constData(), 0);
        QCOMPARE(admitted(limits, tool(), 0, true), QString());
    }

    void half_open_lets_one_call_through_that_may_be_repeated()
    {
        HostLimits limits;
        breakIt(limits, 0);
        QCOMPARE(limits.breaker("https://shop", 30'000), Breaker::HalfOpen);
        QCOMPARE(admitted(limits, tool(Effect::WriteBlind), 30'000), u"W111"_qs);
        QCOMPARE(admitted(limits, tool(Effect::WriteVerifiable), 30'000), u"W111"_qs);
        QCOMPARE(admitted(limits, tool(Effect::WriteKeyed), 30'000), QString());
        limits.dispatched(tool(), Lane::Tools, 30'000);
        QCOMPARE(admitted(limits, tool(), 30'000), u"W111"_qs);
    }

    void three_good_calls_close_it()
    {
        HostLimits limits;
        breakIt(limits, 0);
        for (int i = 0; i < 2; ++i) call(limits, tool(), "", 30'000);
        QCOMPARE(limits.breaker("https://shop", 30'000), Breaker::HalfOpen);
        call(limits, tool(), "", 30'000);
        QCOMPARE(limits.breaker("https://shop", 30'000), Breaker::Closed);
        QCOMPARE(admitted(limits, tool(Effect::WriteBlind), 30'000), QString());
    }

    void a_failed_probe_opens_it_for_twice_as_long_up_to_five_minutes()
    {
        HostLimits limits;
        breakIt(limits, 0);
        Millis now = 0;
        for (const Millis open : {30'000, 60'000, 120'000, 240'000, 300'000, 300'000}) {
            QCOMPARE(limits.admit(tool(), Lane::Tools, false, now).until, now + open);
            now += open;
            call(limits, tool(), "T503", now);
        }
    }

    void a_late_failure_does_not_lengthen_an_open_breaker()
    {
        HostLimits limits;
        limits.dispatched(tool(), Lane::Tools, 0);
        breakIt(limits, 0);
        limits.ended(tool(), Lane::Tools, "T109", true, 20'000);
        QCOMPARE(limits.admit(tool(), Lane::Tools, false, 20'000).until, 30'000);
    }

    void an_unheard_probe_frees_the_way_for_another()
    {
        HostLimits limits;
        breakIt(limits, 0);
        limits.dispatched(tool(), Lane::Tools, 30'000);
        limits.ended(tool(), Lane::Tools, "", false, 30'000);
        QCOMPARE(admitted(limits, tool(), 30'000), QString());
        QCOMPARE(limits.breaker("https://shop", 30'000), Breaker::HalfOpen);
    }

    void a_retry_needs_more_than_half_of_the_budget()
    {
        HostLimits limits;
        Tool patient = tool();
        patient.hostRule.failuresInARow = 1000;
        patient.hostRule.leastCalls = 1000;
        for (int i = 0; i < 9; ++i) call(limits, patient, "T503", 0);
        QCOMPARE(admitted(limits, patient, 0, true), QString());
        call(limits, patient, "T503", 0);
        QCOMPARE(admitted(limits, patient, 0, true), u"W115"_qs);
        QCOMPARE(admitted(limits, patient, 0, false), QString());
        for (int i = 0; i < 2; ++i) call(limits, patient, "", 0);
        QCOMPARE(admitted(limits, patient, 0, true), QString());
    }

    void an_isolated_host_is_left_alone_until_it_is_released()
    {
        HostLimits limits;
        limits.isolate("https://shop", true);
        QCOMPARE(admitted(limits, tool(), 0), u"W111"_qs);
        QCOMPARE(limits.breaker("https://shop", 0), Breaker::Isolated);
        limits.isolate("https://shop", false);
        QCOMPARE(admitted(limits, tool(), 0), QString());
    }

    void another_host_or_credential_has_limits_of_its_own()
    {
        HostLimits limits;
        breakIt(limits, 0);
        Tool other = tool();
        other.host = "https://shop#1a2b3c4d";
        QCOMPARE(admitted(limits, other, 0), QString());
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limitstest.moc"
