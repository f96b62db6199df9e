#include <functional>

#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

#include "agentcore/replay/drill.h"
#include "agentcore/tools/injector.h"

using namespace handrail;
using namespace handrailtest;

/// Failures on purpose: by rate and seed, below the retries, and always told as what they are.
class InjectorTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;

    static QString desk(const QString& tool, const QString& injection)
    {
        return agent(tool, step(u"a"_qs, u"call"_qs), q(R"("inject": {"call": %1}, )").arg(injection));
    }
    static QString read() { return readTool(u"call"_qs, q(R"(, "timeout_s": 0.05, "retry": {"attempts": 3, "base_s": 0.001, "cap_s": 0.002})")); }
    static DefinitionPtr parsed(const QString& text) { return parseDefinition(text.toStdString()).definition; }

    static DrillVerdict verdictOf(const std::vector<DrillLine>& lines, const char* id)
    {
        const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.id == id; });
        return found == lines.end() ? DrillVerdict::NotMet : found->verdict;
    }
    using Doctor = std::function<void(replay::Journal&)>;
    static void forEach(replay::Journal& journal, decide::EventKind kind, const std::function<void(decide::Event&)>& change)
    {
        for (auto& event : journal) {
            if (event.kind == kind) change(event);
        }
    }
    /// Lays a copy of each of its lines from the first dispatch to the first verdict behind that verdict.
    static void sendOnceMore(replay::Journal& journal)
    {
        const auto first = [&](decide::EventKind kind) { return std::find_if(journal.begin(), journal.end(), [&](const auto& event) { return event.kind == kind; }); };
        const auto from = first(decide::EventKind::Dispatched);
        const auto to = std::next(first(decide::EventKind::Judged));
        const replay::Journal copy(from, to);
        journal.insert(to, copy.begin(), copy.end());
    }

private slots:
    void initTestCase() { qRegisterMetaType<wire::Reply>(); }

    void the_same_seed_gives_the_same_failures()
    {
        const auto definition = parsed(desk(read(), q(R"({"rate": 0.3, "kinds": ["timeout", "http_500", "connection"], "seed": 7})")));
        tools::Injector left;
        tools::Injector right;
        int failures = 0;
        for (int i = 0; i < 1000; ++i) {
            const auto drawn = left.draw(*definition, "call");
            QVERIFY(drawn == right.draw(*definition, "call"));
            failures += drawn.has_value();
        }
        QVERIFY2(failures > 240 && failures < 360, qPrintable(QString::number(failures)));
    }

    void a_tool_without_an_injection_never_fails_on_purpose()
    {
        const auto definition = parsed(desk(read(), q(R"({"rate": 1, "kinds": ["timeout"]})")));
        tools::Injector injector;
        QVERIFY(!injector.draw(*definition, "another"));
        QVERIFY(injector.draw(*definition, "call") == InjectedKind::Timeout);
    }

    void nothing_is_injected_in_production()
    {
        QString text = desk(read(), q(R"({"rate": 1, "kinds": ["timeout"]})"));
        text.replace(u"\"environment\": \"test\""_qs, u"\"environment\": \"production\""_qs);
        const auto refused = parseDefinition(text.toStdString());
        QCOMPARE(refused.mistakes.size(), std::size_t(1));
        QCOMPARE(refused.mistakes.front().code, std::string("U102"));
    }

    void each_kind_is_what_it_says_and_goes_through_the_retries_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("no connection") << u"connection"_qs << u"T103"_qs;
        QTest::newRow("an error of the service") << u"http_500"_qs << u"T500"_qs;
        QTest::newRow("no reply in time") << u"timeout"_qs << u"T109"_qs;
    }
    void each_kind_is_what_it_says_and_goes_through_the_retries()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        Stage stage(dir_.filePath(kind).toStdString());
        const auto run = stage.start(desk(read(), q(R"({"rate": 1, "kinds": ["%1"]})").arg(kind)));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(QTest::qWaitFor([&] { return stage.readable(run).filter(u"answered"_qs).size() == i + 1; }));
            stage.clock.at += 100;
            stage.driver->turn();
        }
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QVERIFY(stage.wire.requests.empty());  // in the wire's place: nothing left
        QCOMPARE(QString::fromStdString(stage.store->run(run)->value().summary.error->code), code);
        int told = 0;
        for (const auto& event : *stage.store->events(run)) {
            told += event.kind == decide::EventKind::Answered && truthOf(event.data, "injected") && textOf(event.data, "injection") == kind.toStdString();
        }
        QCOMPARE(told, 3);
    }

    void a_slow_reply_is_the_real_one_and_says_that_it_was_held_back()
    {
        Stage stage(dir_.filePath(u"slow"_qs).toStdString());
        stage.wire.answer(200, "{\"total\": 5}");
        const auto run = stage.start(desk(read(), q(R"({"rate": 1, "kinds": ["slow"]})")));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        QCOMPARE(stage.wire.requests.size(), std::size_t(1));
        QCOMPARE(stage.wire.requests.front().limit, Millis(25));
        const auto events = *stage.store->events(run);
        const auto answered = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.kind == decide::EventKind::Answered; });
        QCOMPARE(textOf(answered->data, "injection"), std::string("slow"));
        QVERIFY(numberOf(answered->data, "took_ms") >= 25);
    }

    void a_drill_fails_where_a_journal_shows_what_must_not_be_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("effect");
        QTest::addColumn<QByteArray>("failing");
        QTest::addColumn<Doctor>("doctor");
        const auto row = [](const char* name, const char* kind, const char* effect, const char* failing, const Doctor& doctor) {
            QTest::newRow(name) << QString::fromLatin1(kind) << QString::fromLatin1(effect) << QByteArray(failing) << doctor;
        };
        row("as it was", "timeout", "write_blind", "", {});
        row("as it was, a read", "http_500", "read", "", {});
        row("a fourth attempt", "http_500", "read", "retries", sendOnceMore);
        row("a blind write sent again", "timeout", "write_blind", "effects", sendOnceMore);
        row("no ticket, so no stop", "http_500", "read", "ends", [](auto& journal) { std::erase_if(journal, [](const auto& event) { return event.kind == decide::EventKind::Asked; }); });
        row("a doubt without its ticket", "timeout", "write_blind", "doubts", [](auto& journal) {
            forEach(journal, decide::EventKind::Asked, [](auto& event) { event.data["unknown"] = false; });
        });
        row("two tickets", "http_500", "read", "handoffs", [](auto& journal) {
            decide::Event again = journal.back();
            again.data["handoff"] = textOf(again.data, "handoff") + "0";
            journal.push_back(again);
        });
        row("a call that ended late", "timeout", "read", "time_outs", [](auto& journal) {
            forEach(journal, decide::EventKind::Dispatched, [](auto& event) { event.time -= 60'000; });
        });
        row("a failure without a name", "http_500", "read", "ends", [](auto& journal) {
            forEach(journal, decide::EventKind::Answered, [](auto& event) { event.data["code"] = "X000"; });
        });
        row("no stop", "http_500", "read", "ends", [](auto& journal) { journal.resize(2); });
        row("another decision", "http_500", "read", "replay", [](auto& journal) {
            forEach(journal, decide::EventKind::Judged, [](auto& event) { event.data["verdict"] = "done"; });
        });
    }
    void a_drill_fails_where_a_journal_shows_what_must_not_be()
    {
        QFETCH(QString, kind);
        QFETCH(QString, effect);
        QFETCH(QByteArray, failing);
        QFETCH(Doctor, doctor);
        Stage stage(dir_.filePath(QString::fromLatin1(QTest::currentDataTag())).toStdString());
        const QString tool = effect == u"read"_qs ? read() : writeTool(u"call"_qs, effect, q(R"(, "timeout_s": 0.05)"));
        const QString text = desk(tool, q(R"({"rate": 1, "kinds": ["%1"]})").arg(kind));
        const auto run = stage.start(text);
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(stage.readable(run).filter(u"answered"_qs).size() > i || effect != u"read"_qs);
            stage.clock.at += 100;
            stage.driver->turn();
        }
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        const auto definition = parsed(text);
        replay::Journal journal = *stage.store->events(run);
        if (doctor) doctor(journal);
        const auto lines = replay::judgeDrill(*definition, {journal});
        for (const auto& line : lines) {
            QVERIFY2(!failing.isEmpty() || line.verdict != DrillVerdict::Fail, (line.id + ": " + line.seen).c_str());
        }
        if (!failing.isEmpty()) QCOMPARE(verdictOf(lines, failing.constData()), DrillVerdict::Fail);
    }

    void what_no_failure_came_upon_is_not_said_to_have_passed()
    {
        Stage stage(dir_.filePath(u"calm"_qs).toStdString());
        stage.wire.answer(200, "{\"total\": 5}");
        const QString text = desk(read(), q(R"({"rate": 0, "kinds": ["timeout"]})"));
        const auto run = stage.start(text);
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        const auto lines = replay::judgeDrill(*parsed(text), {*stage.store->events(run)});
        for (const char* id : {"injected", "retries", "handoffs", "fallbacks", "time_outs", "effects", "doubts"}) QCOMPARE(verdictOf(lines, id), DrillVerdict::NotMet);
        for (const char* id : {"ends", "replay"}) QCOMPARE(verdictOf(lines, id), DrillVerdict::Pass);
    }

    void without_failures_of_its_own_every_tool_of_a_definition_gets_some()
    {
        const auto definition = parsed(agent(readTool(u"one"_qs) + u","_qs + readTool(u"two"_qs), step(u"a"_qs, u"one"_qs)));
        const Json first = replay::injectionFor(*definition, std::nullopt);
        QCOMPARE(first.size(), std::size_t(2));
        QCOMPARE(first["two"]["kinds"].size(), std::size_t(4));
        QVERIFY(first["one"]["seed"] != first["two"]["seed"]);
        QVERIFY(replay::injectionFor(*definition, 9)["one"]["seed"] == Json(9));
    }

    void an_injected_timeout_of_a_blind_write_is_a_doubt_before_a_person()
    {
        Stage stage(dir_.filePath(u"doubt"_qs).toStdString());
        const QString write = writeTool(u"call"_qs, u"write_blind"_qs, q(R"(, "timeout_s": 0.05)"));
        const auto run = stage.start(desk(write, q(R"({"rate": 1, "kinds": ["timeout"]})")));
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        QCOMPARE(stage.store->run(run)->value().summary.error->code, std::string("W114"));
    }
};

QTEST_GUILESS_MAIN(InjectorTest)
#include "injectortest.moc"
