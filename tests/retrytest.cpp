#include <QSet>
#include <QTest>

#include "agentcore/decide/retry.h"

using namespace handrail;
using namespace handrail::decide;

class RetryTest : public QObject {
    Q_OBJECT

    static Tool tool(Effect effect)
    {
        Tool tool;
        tool.effect = effect;
        return tool;
    }
    static Attempted failed(const Code& code, Effect effect, int attempt = 1)
    {
        Attempted attempted;
        attempted.code = code;
        attempted.effect = effect;
        attempted.attempt = attempt;
        return attempted;
    }
    static Verdict verdict(const Attempted& attempted) { return decideRetry(attempted, tool(attempted.effect), 3).verdict; }

private slots:
    /// The table of the handbook, row by row: condition, whether it proves that nothing was sent, and the
    /// first attempt's verdict for read, keyed and other writes.
    void the_table_decides_as_it_is_written_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("notSent");
        QTest::addColumn<QString>("read");
        QTest::addColumn<QString>("keyed");
        QTest::addColumn<QString>("unkeyed");
        const auto row = [](const char* code, bool notSent, const char* read, const char* keyed, const char* unkeyed) {
            QTest::addRow("%s%s", code, notSent ? " not sent" : "")
                << QString::fromLatin1(code) << notSent << QString::fromLatin1(read) << QString::fromLatin1(keyed) << QString::fromLatin1(unkeyed);
        };
        row("T101", true, "refused", "refused", "refused");
        for (const auto* code : {"T102", "T103", "T104", "T106", "T107"}) row(code, true, "retry", "retry", "retry");
        row("T105", true, "refused", "refused", "refused");
        for (const auto* code : {"T108", "T109", "T110"}) row(code, false, "retry", "retry", "unknown");
        for (const auto* code : {"T400", "T405", "T406", "T411", "T413", "T414", "T415", "T416", "T417", "T422", "T431",
                                 "T403", "T407", "T451", "T404", "T410", "T409", "T412", "T428", "T429q"}) {
            row(code, false, "refused", "refused", "refused");
        }
        row("T401", false, "retry", "retry", "retry");
        row("T202", false, "refused", "unknown", "unknown");
        row("T605", false, "refused", "unknown", "unknown");
        row("T408", false, "retry", "retry", "unknown");
        row("T409i", false, "refused", "retry", "refused");
        row("T422k", false, "refused", "stop", "stop");
        row("T425", false, "retry", "retry", "retry");
        row("T429", false, "retry", "retry", "retry");
        for (const auto* code : {"T500", "T502", "T503", "T504", "T507", "T520", "T529"}) row(code, false, "retry", "retry", "unknown");
        for (const auto* code : {"T501", "T505", "T506", "T508", "T510", "T511"}) row(code, false, "refused", "refused", "refused");
        row("T601", false, "retry", "happened", "happened");
        row("T603", false, "retry", "happened", "happened");
        row("T111", false, "refused", "happened", "happened");
        row("T602", false, "refused", "unknown", "unknown");
        row("T606", false, "refused", "refused", "refused");
        row("T610", true, "retry", "retry", "retry");
        row("T610", false, "retry", "retry", "unknown");
        row("T611", false, "refused", "refused", "unknown");
        row("T701", false, "retry", "retry", "unknown");
        row("T702", false, "retry", "retry", "retry");
        row("T703", false, "retry", "retry", "retry");
        row("U101", true, "refused", "refused", "refused");
        row("X123", false, "refused", "unknown", "unknown");
    }
    void the_table_decides_as_it_is_written()
    {
        QFETCH(QString, code);
        QFETCH(bool, notSent);
        const auto first = [&](Effect effect) {
            auto attempted = failed(code.toStdString(), effect);
            attempted.notSent = notSent;
            return QString::fromStdString(word(verdict(attempted)));
        };
        QTEST(first(Effect::Read), "read");
        QTEST(first(Effect::WriteKeyed), "keyed");
        QTEST(first(Effect::WriteVerifiable), "unkeyed");
        QTEST(first(Effect::WriteBlind), "unkeyed");
    }

    void what_is_proved_not_sent_is_never_a_doubt_whatever_its_code()
    {
        int doubts = 0;
        for (const auto& code : allCodes()) {
            for (const Effect effect : {Effect::WriteKeyed, Effect::WriteVerifiable, Effect::WriteBlind}) {
                auto attempted = failed(code, effect);
                const Verdict sent = verdict(attempted);
                attempted.notSent = true;
                const Verdict unsent = verdict(attempted);
                // T202 says that it was taken up: no byte of it can have stayed here.
                if (code == "T202") continue;
                QVERIFY2(unsent != Verdict::Unknown && unsent != Verdict::Happened, code.c_str());
                doubts += sent == Verdict::Unknown || sent == Verdict::Happened;
            }
        }
        QVERIFY(doubts > 50);
    }

    void what_was_sent_and_not_answered_is_never_told_as_refused_whatever_its_code()
    {
        for (const auto& code : allCodes()) {
            for (const Effect effect : {Effect::WriteKeyed, Effect::WriteVerifiable, Effect::WriteBlind}) {
                auto attempted = failed(code, effect);
                attempted.unanswered = true;
                const Verdict told = verdict(attempted);
                QVERIFY2(told != Verdict::Refused && told != Verdict::Done, code.c_str());
                // Only what the provider knows again by its key is sent again.
                QVERIFY2(told != Verdict::Retry || effect == Effect::WriteKeyed, code.c_str());
            }
        }
    }

    /// What stands on the time line must be the reason that counted: an operator goes by it.
    void each_choice_names_its_own_reason_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("effect");
        QTest::addColumn<bool>("notSent");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* title, const char* code, const char* effect, bool notSent, const char* reason) {
            QTest::newRow(title) << QString::fromLatin1(code) << QString::fromLatin1(effect) << notSent << QString::fromLatin1(reason);
        };
        row("as expected", "", "write_blind", false, "complete");
        row("a read", "T500", "read", false, "A read may be repeated");
        row("a keyed write", "T500", "write_keyed", false, "same idempotency key");
        row("a read that never left", "T103", "read", true, "Nothing was sent");
        row("a write that never left", "T103", "write_blind", true, "Nothing was sent");
        row("refused", "T400", "read", false, "cannot help");
        row("in doubt", "T500", "write_blind", false, "may have been carried out");
        row("its reply is unusable", "T601", "write_blind", false, "It was carried out");
        row("a key with other arguments", "T422k", "write_keyed", false, "defect of this program");
    }
    void each_choice_names_its_own_reason()
    {
        QFETCH(QString, code);
        QFETCH(QString, effect);
        QFETCH(bool, notSent);
        QFETCH(QString, reason);
        auto attempted = failed(code.toStdString(), *fromWord<Effect>(effect.toStdString()));
        attempted.notSent = notSent;
        const auto choice = decideRetry(attempted, tool(attempted.effect), 3);
        QVERIFY2(choice.why.find(reason.toStdString()) != std::string_view::npos, std::string(choice.why).c_str());
    }

    void the_same_stored_reply_twice_leaves_a_keyed_write_in_doubt()
    {
        auto attempted = failed("T500", Effect::WriteKeyed);
        attempted.sameReplyTwice = true;
        QCOMPARE(verdict(attempted), Verdict::Unknown);
    }

    void what_may_have_acted_is_named_whatever_is_done_about_it()
    {
        QVERIFY(mayHaveActed(failed("T409i", Effect::WriteKeyed)));
        QVERIFY(!mayHaveActed(failed("T409i", Effect::WriteBlind)));
        QVERIFY(!mayHaveActed(failed("T400", Effect::WriteBlind)));
        auto cutOff = failed("T400", Effect::WriteBlind);
        cutOff.unanswered = true;
        QVERIFY(mayHaveActed(cutOff));
        cutOff.notSent = true;
        QVERIFY(!mayHaveActed(cutOff));
        cutOff.notSent = false;
        cutOff.effect = Effect::Read;
        QVERIFY(!mayHaveActed(cutOff));
    }

    void only_an_error_inside_a_good_reply_is_read_inside()
    {
        auto attempted = failed("T500", Effect::Read);
        attempted.inner = "T404";
        QCOMPARE(verdict(attempted), Verdict::Retry);
        attempted.code = "T606";
        QCOMPARE(verdict(attempted), Verdict::Refused);
    }

    void attempts_end_at_the_limit()
    {
        QCOMPARE(verdict(failed("T503", Effect::Read, 2)), Verdict::Retry);
        QCOMPARE(verdict(failed("T503", Effect::Read, 3)), Verdict::Refused);
        QCOMPARE(verdict(failed("T601", Effect::Read, 2)), Verdict::Refused);
        QCOMPARE(verdict(failed("T401", Effect::WriteBlind, 2)), Verdict::Refused);
    }

    void giving_up_on_a_keyed_write_that_may_have_acted_is_a_doubt()
    {
        QCOMPARE(verdict(failed("T503", Effect::WriteKeyed, 3)), Verdict::Unknown);
        QCOMPARE(verdict(failed("T429", Effect::WriteKeyed, 3)), Verdict::Refused);
        auto unsent = failed("T103", Effect::WriteKeyed, 3);
        unsent.notSent = true;
        QCOMPARE(verdict(unsent), Verdict::Refused);
    }

    void a_child_that_died_with_a_keyed_call_leaves_a_doubt_when_nothing_helps()
    {
        QCOMPARE(verdict(failed("T610", Effect::WriteKeyed, 3)), Verdict::Unknown);
    }

    void a_call_that_was_taken_up_is_polled_where_that_is_possible()
    {
        for (const auto effect : {Effect::Read, Effect::WriteKeyed, Effect::WriteVerifiable, Effect::WriteBlind}) {
            auto attempted = failed("T202", effect);
            attempted.canPoll = true;
            QCOMPARE(verdict(attempted), Verdict::Poll);
        }
    }

    void a_read_goes_by_the_status_inside_a_200()
    {
        auto attempted = failed("T606", Effect::Read);
        attempted.inner = "T503";
        QCOMPARE(verdict(attempted), Verdict::Retry);
        attempted.inner = "T403";
        QCOMPARE(verdict(attempted), Verdict::Refused);
        attempted.inner = "T503";
        attempted.effect = Effect::WriteKeyed;
        QCOMPARE(verdict(attempted), Verdict::Refused);
    }

    void a_read_goes_by_the_code_inside_a_commands_end()
    {
        auto attempted = failed("T611", Effect::Read);
        QCOMPARE(verdict(attempted), Verdict::Refused);
        attempted.inner = "T703";
        QCOMPARE(verdict(attempted), Verdict::Retry);
        attempted.effect = Effect::WriteBlind;
        QCOMPARE(verdict(attempted), Verdict::Unknown);
    }

    void a_definition_may_make_a_tool_stricter()
    {
        Tool strict = tool(Effect::WriteKeyed);
        strict.retry.on = {{"T503", Verdict::Unknown}, {"T429", Verdict::Refused}, {"T409", Verdict::Retry}};
        QCOMPARE(decideRetry(failed("T503", Effect::WriteKeyed), strict, 3).verdict, Verdict::Unknown);
        QCOMPARE(decideRetry(failed("T429", Effect::WriteKeyed), strict, 3).verdict, Verdict::Refused);
        QCOMPARE(decideRetry(failed("T409", Effect::WriteKeyed), strict, 3).verdict, Verdict::Retry);
    }

    /// Every code, every effect: no rule that is let through turns a doubt into a refusal or a second sending.
    void no_rule_of_a_definition_weakens_a_write()
    {
        int allowed = 0;
        for (const auto& code : allCodes()) {
            for (const auto effect : {Effect::WriteKeyed, Effect::WriteVerifiable, Effect::WriteBlind}) {
                for (const auto said : {Verdict::Retry, Verdict::Refused, Verdict::Unknown}) {
                    if (objectionTo(code, effect, said)) continue;
                    ++allowed;
                    Tool own = tool(effect);
                    const auto without = decideRetry(failed(code, effect), own, 3).verdict;
                    own.retry.on = {{code, said}};
                    const auto with = decideRetry(failed(code, effect), own, 3).verdict;
                    const bool wasDoubt = without == Verdict::Unknown || without == Verdict::Happened;
                    const bool isDoubt = with == Verdict::Unknown || with == Verdict::Happened;
                    QVERIFY2(!wasDoubt || isDoubt, code.c_str());
                    QVERIFY2(effect == Effect::WriteKeyed || with != Verdict::Retry || without == Verdict::Retry, code.c_str());
                }
            }
        }
        QVERIFY(allowed > 300);
        QVERIFY(objectionTo("T503", Effect::WriteBlind, Verdict::Retry));
        QVERIFY(objectionTo("T109", Effect::WriteKeyed, Verdict::Refused));
        QVERIFY(objectionTo("T105", Effect::Read, Verdict::Retry));
    }

    void an_old_key_is_not_trusted()
    {
        auto attempted = failed("T108", Effect::WriteKeyed);
        attempted.keyAge = tool(Effect::WriteKeyed).keyLifetime * 9 / 10;
        QCOMPARE(verdict(attempted), Verdict::Retry);
        attempted.keyAge += 1;
        QCOMPARE(verdict(attempted), Verdict::Unknown);
    }

    void the_same_error_three_times_is_enough_whatever_the_rule_allows()
    {
        Tool patient = tool(Effect::Read);
        patient.retry.attempts = 5;
        auto attempted = failed("T503", Effect::Read, 3);
        attempted.sameCode = 3;
        QCOMPARE(decideRetry(attempted, patient, 3).verdict, Verdict::Refused);
        attempted.sameCode = 2;
        QCOMPARE(decideRetry(attempted, patient, 3).verdict, Verdict::Retry);
    }

    void a_server_that_sheds_load_before_work_may_be_asked_again()
    {
        auto attempted = failed("T503", Effect::WriteBlind);
        attempted.shedsLoad = true;
        QCOMPARE(verdict(attempted), Verdict::Retry);
    }

    void waits_grow_to_the_cap_and_keep_the_floor_data()
    {
        QTest::addColumn<int>("jitter");
        QTest::addColumn<int>("attempt");
        QTest::addColumn<double>("draw");
        QTest::addColumn<int>("floor");
        QTest::addColumn<int>("wait");
        QTest::newRow("full, first, middle") << int(Jitter::Full) << 1 << 0.5 << 0 << 500;
        QTest::newRow("full, third, middle") << int(Jitter::Full) << 3 << 0.5 << 0 << 2'000;
        QTest::newRow("full, lowest draw") << int(Jitter::Full) << 3 << 0.0 << 0 << 0;
        QTest::newRow("full, at the cap") << int(Jitter::Full) << 30 << 0.5 << 0 << 30'000;
        QTest::newRow("full, absurd attempt") << int(Jitter::Full) << 5'000 << 0.5 << 0 << 30'000;
        QTest::newRow("floor wins") << int(Jitter::Full) << 1 << 0.5 << 9'000 << 9'000;
        QTest::newRow("proportional") << int(Jitter::Proportional) << 2 << 0.5 << 0 << 2'100;
        QTest::newRow("none") << int(Jitter::None) << 2 << 0.5 << 0 << 2'000;
    }
    void waits_grow_to_the_cap_and_keep_the_floor()
    {
        QFETCH(int, jitter);
        QFETCH(int, attempt);
        QFETCH(double, draw);
        QFETCH(int, floor);
        RetryRule rule;
        rule.jitter = static_cast<Jitter>(jitter);
        QTEST(int(backoff(rule, attempt, draw, floor)), "wait");
    }
};

QTEST_GUILESS_MAIN(RetryTest)
#include "retrytest.moc"
