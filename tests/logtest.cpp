#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

#include "agentcore/redact.h"
#include "agentcore/tracecontext.h"
#include "agentcore/watch/logreader.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/watchstage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// The structured log: what it says, what it keeps to itself, and that no crash costs a line of it.
class LogTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int count_ = 0;
    std::string folder() { return dir_.filePath(QStringLiteral("s%1").arg(++count_)).toStdString(); }

    static QString failingRead() { return agent(readTool(u"find"_qs, q(R"(, "retry": {"attempts": 1})")), step(u"a"_qs, u"find"_qs)); }

private slots:
    void every_line_has_the_fields_of_a_structured_log()
    {
        WatchStage stage(folder());
        stage.wire.answer(503, "{}");
        const auto run = stage.start(failingRead());
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        stage.watcher->look();
        const auto call = stage.line("answered");
        QVERIFY(call.has_value());
        QCOMPARE(textOf(*call, "workflow_id"), run);
        QCOMPARE(textOf(*call, "user_id"), std::string("ann"));
        QCOMPARE(textOf(*call, "agent"), std::string("desk"));
        QCOMPARE(textOf(*call, "step_name"), std::string("a"));
        QCOMPARE(textOf(*call, "tool_name"), std::string("find"));
        QCOMPARE(textOf(*call, "error_type"), std::string("T503"));
        QVERIFY(textOf(*call, "error_message").find("503") != std::string::npos);
        QCOMPARE(textOf(*call, "trace_id").size(), std::size_t(32));
        QCOMPARE(textOf(*call, "timestamp"), rfc3339(stage.clock.at));
        QCOMPARE(numberOf(*call, "duration_ms", -1), 0);
        QCOMPARE(textOf((*call)["context"], "purpose"), std::string("act"));
        QCOMPARE(stage.events().last(), u"asked"_qs);
    }

    void retries_of_a_run_are_counted_in_its_lines()
    {
        WatchStage stage(folder());
        stage.wire.answer(503, "{}");
        stage.wire.answer(200, "{}");
        const auto run = stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        QTRY_VERIFY(stage.store->run(run)->value().due > stage.clock.at);
        stage.clock.at += 1'000;
        stage.driver->turn();
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        stage.watcher->look();
        QCOMPARE(numberOf(stage.lines().back(), "retries", -1), 1);
        QCOMPARE(textOf(stage.lines().back(), "level"), std::string("info"));
    }

    void a_trace_that_is_handed_in_goes_out_with_every_call()
    {
        WatchStage stage(folder());
        const std::string given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        StartRequest request;
        request.definition = agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs) + u", "_qs + step(u"b"_qs, u"find"_qs)).toStdString();
        request.trace = given;
        std::optional<Outcome<RunId>> reply;
        stage.wire.answer(200, "{}");
        stage.wire.answer(200, "{}");
        stage.driver->start(request, [&](Outcome<RunId> outcome) { reply = std::move(outcome); });
        QTRY_VERIFY(reply.has_value());
        QCOMPARE(stage.stopped(**reply), u"completed"_qs);
        std::set<std::string> spans;
        for (const auto& sent : stage.wire.requests) {
            QCOMPARE(sent.headers.back().first, std::string("traceparent"));
            const auto context = readTraceparent(sent.headers.back().second);
            QVERIFY(context.has_value());
            QCOMPARE(context->trace, std::string("0af7651916cd43dd8448eb211c80319c"));
            spans.insert(context->parent);
        }
        QCOMPARE(spans.size(), std::size_t(2));
        QCOMPARE(spans.count("b7ad6b7169203331"), std::size_t(0));
        const auto started = stage.store->events(**reply)->front();
        QCOMPARE(textOf(started.data, "parent"), std::string("b7ad6b7169203331"));
        stage.watcher->look();
        QCOMPARE(textOf(stage.lines().back(), "trace_id"), std::string("0af7651916cd43dd8448eb211c80319c"));
    }

    void what_is_no_traceparent_is_refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("one") << QByteArray("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00") << true;
        QTest::newRow("of a later version, with more") << QByteArray("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what") << true;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("of the forbidden version") << QByteArray("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01") << false;
        QTest::newRow("with more in version 00") << QByteArray("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what") << false;
        QTest::newRow("capital letters") << QByteArray("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01") << false;
        QTest::newRow("a trace of zeros") << QByteArray("00-00000000000000000000000000000000-b7ad6b7169203331-01") << false;
        QTest::newRow("a span of zeros") << QByteArray("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01") << false;
        QTest::newRow("a line break") << QByteArray("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-\r\n") << false;
    }
    void what_is_no_traceparent_is_refused()
    {
        QFETCH(QByteArray, text);
        QTEST(readTraceparent(text.toStdString()).has_value(), "isOne");
    }

    void access_failures_are_marked_once_each()
    {
        WatchStage stage(folder());
        stage.wire.answer(403, "{}");
        QCOMPARE(stage.stopped(stage.start(failingRead())), u"escalated"_qs);
        stage.wire.answer(404, "{}");
        stage.stopped(stage.start(failingRead()));
        stage.watcher->look();
        LogFilter filter;
        filter.securityOnly = true;
        const auto lines = watch::readLogLines(stage.folder, filter);
        QCOMPARE(lines->size(), std::size_t(1));
        QCOMPARE(textOf(lines->front(), "error_type"), std::string("T403"));
        QCOMPARE(textOf(lines->front(), "tool_name"), std::string("find"));
    }

    void arguments_and_results_stay_out()
    {
        WatchStage stage(folder());
        stage.wire.answer(200, "{\"iban\": \"DE02120300000000202051\"}");
        const auto run = stage.start(agent(writeTool(u"put"_qs, u"write_keyed"_qs), step(u"a"_qs, u"put"_qs, q(R"({"name": "Erika Mustermann"})"))));
        QCOMPARE(stage.stopped(run), u"completed"_qs);
        stage.watcher->look();
        QFile file(QString::fromStdString(watch::logPath(stage.folder)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY(all.contains("answered"));
        QVERIFY(!all.contains("Mustermann") && !all.contains("DE0212"));
    }

    void credentials_are_taken_out_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* text, const char* shown) { QTest::newRow(name) << q(text) << q(shown); };
        row("a bearer token", "Authorization: Bearer abcdefghijklmnop!", "Authorization: Bearer [redacted]!");
        row("in an address", "http://ann:pw@shop/x?a=1", "http://[redacted]@shop/x?a=1");
        row("a password in a query", "GET /x?password=hunter22&a=1", "GET /x?password=[redacted]&a=1");
        row("in JSON", R"({"api_key": "k-123", "a": 1})", R"({"api_key": "[redacted]", "a": 1})");
        row("a key of a known shape", "used sk-abcdefghijkl0123 for it", "used [redacted] for it");
        row("what stands for a secret already", "token=[secret:SHOP_TOKEN]", "token=[secret:SHOP_TOKEN]");
        row("the word alone", "The password was wrong.", "The password was wrong.");
        row("tokens that are counted", "total_tokens: 120", "total_tokens: 120");
        row("plain words", "The server answered 503 (overloaded): try later", "The server answered 503 (overloaded): try later");
    }
    void credentials_are_taken_out()
    {
        QFETCH(QString, text);
        QTEST(QString::fromStdString(withoutCredentials(text.toStdString())), "shown");
    }

    void a_secret_member_loses_its_value_and_a_count_keeps_it()
    {
        const Json clean = withoutCredentials(Json{{"access_token", "abc"}, {"prompt_tokens", 12}, {"deep", {{"Client-Secret", 7}, {"note", "ok"}}}});
        QCOMPARE(dump(clean), std::string(R"({"access_token":"[redacted]","deep":{"Client-Secret":"[redacted]","note":"ok"},"prompt_tokens":12})"));
    }

    void the_log_is_private()
    {
        WatchStage stage(folder());
        stage.watcher->look();
        struct stat info{};
        QCOMPARE(stat(watch::logPath(stage.folder).c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0600);
        QCOMPARE(stat((stage.folder + "/log").c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0700);
    }

    void a_full_file_gives_way_to_a_new_one_and_the_oldest_goes()
    {
        const std::string at = folder();
        { Stage stage(at); }
        auto log = watch::LogFile::open(at, {2'000, 3}).take();
        for (int i = 1; i <= 40; ++i) {
            Json line = watch::watchLine(0, "info", "alert", "line " + std::to_string(i), Json::object());
            line["seq"] = i;
            log->write(line);
            QVERIFY(!log->flush().has_value());
        }
        QVERIFY(QFile::exists(QString::fromStdString(watch::logPath(at, 2))));
        QVERIFY(!QFile::exists(QString::fromStdString(watch::logPath(at, 3))));
        QVERIFY(QFile(QString::fromStdString(watch::logPath(at, 1))).size() <= 2'000);
        const auto lines = watch::readLogLines(at, {});
        QCOMPARE(numberOf(lines->back(), "seq"), 40);
        // What is left is whole: no line is missing between the oldest and the newest.
        QCOMPARE(static_cast<Seq>(lines->size()), 40 - numberOf(lines->front(), "seq") + 1);
        log.reset();
        QCOMPARE(watch::lastLoggedSeq(at), Seq(40));
    }

    void a_line_that_a_crash_has_cut_is_passed_over_and_the_next_begins_anew()
    {
        WatchStage stage(folder());
        stage.wire.answer(200, "{}");
        QCOMPARE(stage.stopped(stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)))), u"completed"_qs);
        stage.watcher->look();
        stage.watcher.reset();
        const auto before = stage.events();
        QFile file(QString::fromStdString(watch::logPath(stage.folder)));
        QVERIFY(file.resize(file.size() - 20));
        stage.watch();
        stage.watcher->look();
        // The line that was cut is written again.
        QCOMPARE(stage.events(), before);
    }

    void lines_that_no_process_had_time_to_write_are_made_up_for()
    {
        WatchStage stage(folder());
        stage.wire.answer(200, "{}");
        const auto first = stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)));
        QCOMPARE(stage.stopped(first), u"completed"_qs);
        stage.watcher->look();
        stage.watcher.reset();
        stage.wire.answer(503, "{}");
        QCOMPARE(stage.stopped(stage.start(failingRead())), u"escalated"_qs);
        QCOMPARE(stage.events().count(u"run_started"_qs), 1);
        stage.watch();
        stage.watcher->look();
        QCOMPARE(stage.events().count(u"run_started"_qs), 2);
        QCOMPARE(stage.events().count(u"answered"_qs), 2);
        // A watch that begins in the middle of a run still knows whose it is.
        QCOMPARE(textOf(stage.lines().back(), "user_id"), std::string("ann"));
    }

    void a_log_that_cannot_be_written_stops_nothing_and_is_told()
    {
        const std::string at = folder();
        { Stage stage(at); }
        QVERIFY(QFile(QString::fromStdString(at + "/log")).open(QIODevice::WriteOnly));
        WatchStage stage(at);
        std::optional<Failure> why;
        QObject::connect(stage.watcher.get(), &watch::Watcher::troubled, stage.watcher.get(), [&](const Failure& told) { why = told; });
        stage.wire.answer(200, "{}");
        QCOMPARE(stage.stopped(stage.start(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs)))), u"completed"_qs);
        stage.watcher->look();
        QTRY_VERIFY(why.has_value());
        QCOMPARE(why->code, std::string("R102"));
    }

    void lines_are_found_by_what_stands_in_them()
    {
        WatchStage stage(folder());
        stage.wire.answer(503, "{\"message\": \"Der Dienst ruht\"}");
        const auto run = stage.start(failingRead());
        QCOMPARE(stage.stopped(run), u"escalated"_qs);
        stage.watcher->look();
        const auto found = [&](auto change) {
            LogFilter filter;
            change(filter);
            return watch::readLogLines(stage.folder, filter)->size();
        };
        QVERIFY(found([](auto& f) { f.search = "der dienst"; }) >= 1);
        QCOMPARE(found([](auto& f) { f.search = "nowhere"; }), std::size_t(0));
        QCOMPARE(found([](auto& f) { f.run = "other"; }), std::size_t(0));
        QVERIFY(found([&](auto& f) { f.run = run; f.code = "T503"; f.tool = "find"; }) >= 1);
        QCOMPARE(found([&](auto& f) { f.since = stage.clock.at + 1; }), std::size_t(0));
        QCOMPARE(found([](auto& f) { f.limit = 2; }), std::size_t(2));
        // Lines of the run itself; the watch's own are of nobody and no trace.
        const auto all = found([&](auto& f) { f.trace = textOf(*stage.line("run_started"), "trace_id"); });
        QVERIFY(all >= 4);
        QCOMPARE(found([](auto& f) { f.agent = "desk"; f.user = "ann"; f.level = "info"; }), all);
        QCOMPARE(found([](auto& f) { f.user = "bob"; }), std::size_t(0));
        QCOMPARE(found([](auto& f) { f.event = "run_started"; }), std::size_t(1));
        QVERIFY(found([](auto& f) { f.step = "a"; }) >= 1 && found([](auto& f) { f.step = "a"; }) < all);
        QCOMPARE(found([](auto& f) { f.step = "b"; }), std::size_t(0));
        // A level takes the worse ones in.
        const auto warnings = found([](auto& f) { f.level = "warning"; });
        QVERIFY(warnings >= 1 && warnings < all);
        QVERIFY(found([](auto& f) { f.level = "critical"; }) < warnings);
        QCOMPARE(found([&](auto& f) { f.until = stage.clock.at + 1; }), found([](auto&) {}));
        QCOMPARE(found([&](auto& f) { f.until = stage.clock.at - 3'600'000; }), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "logtest.moc"
