#include <QTest>

#include <functional>

#include "agentcore/replay/bundle.h"

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/paperrun.h"
#include "tests/support/planningrun.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// A run in a file: whole and the same when it is read, refused when anything at all is wrong with it.
class BundleTest : public QObject {
    Q_OBJECT

    static QString desk()
    {
        return agent(readTool(u"find"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")),
                     step(u"one"_qs, u"find"_qs) + u","_qs + step(u"two"_qs, u"pay"_qs, q(R"({"amount": "${one.result.total}", "to": "${one.result.buyer}"})")));
    }
    static void play(PaperRun& run, const QString& result = q(R"({"total": 5, "buyer": "Ann Smith"})"))
    {
        run.answer({}, result);
        QVERIFY(!run.decide(Verb::Approve));
        run.answer({}, q(R"({"id": 7})"));
    }
    static replay::Bundle bundleOf(const PaperRun& run)
    {
        replay::Bundle bundle{"run1", "0.1.0", run.def->source, run.journal, {}, {}};
        bundle.hashes.assign(run.journal.size(), std::string(64, 'a'));
        return bundle;
    }
    /// The same text with something changed, under a checksum that is right again.
    static std::string changed(const std::string& text, const std::function<void(Json&)>& change)
    {
        Json document = parseJson(text).take();
        document.erase("sha256");
        change(document);
        document["sha256"] = sha256(canonical(document));
        return canonical(document);
    }

private slots:
    void a_run_is_the_same_after_its_way_through_a_file()
    {
        PaperRun run(desk());
        play(run);
        const auto text = replay::bundleText(bundleOf(run));
        QVERIFY(text);
        const auto back = replay::readBundle(*text);
        QVERIFY(back);
        QCOMPARE(back->events.size(), run.journal.size());
        const auto definition = parseDefinition(dump(back->definition)).definition;
        QCOMPARE(definition->digest, run.def->digest);
        QVERIFY(!replay::replay(*definition, back->events).differs);
        QCOMPARE(*replay::bundleText(*back), *text);
    }

    void any_changed_byte_is_found()
    {
        PaperRun run(desk());
        play(run);
        const std::string text = *replay::bundleText(bundleOf(run));
        for (std::size_t i = 0; i + 1 < text.size(); i += 97) {
            std::string other = text;
            other[i] = other[i] == '1' ? '2' : '1';
            QVERIFY2(!replay::readBundle(other), qPrintable(QString::number(i)));
        }
        for (std::size_t length = 0; length < text.size() - 1; length += 211) QVERIFY(!replay::readBundle(std::string_view(text).substr(0, length)));
    }

    void a_bundle_that_is_not_as_bundles_are_is_refused_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const char* pointer, const char* value) { QTest::newRow(name) << q(pointer) << q(value); };
        row("a newer version", "/handrail_bundle", "2");
        row("a version that is no number", "/handrail_bundle", "\"1\"");
        row("one more member", "/more", "1");
        row("a run whose id leads elsewhere", "/run", "\"../../x\"");
        row("no definition", "/definition", "{}");
        row("lines that are no list", "/lines", "{}");
        row("a line with one more member", "/lines/1/more", "1");
        row("a line of no kind", "/lines/1/event", "\"exploded\"");
        row("a line that goes back", "/lines/1/seq", "1");
        row("a line before all time", "/lines/1/time", "-1");
        row("a line after all time", "/lines/1/time", "9000000000000000");
        row("data of another type", "/lines/1/data", "[]");
        row("an attempt that is none", "/lines/1/attempt", "-1");
        row("no hash", "/lines/1/hash", "\"\"");
        row("a pause of a century", "/lines/3/data/retry_after_ms", "9000000000000000");
        row("no beginning", "/lines/0/event", "\"answered\"");
    }
    void a_bundle_that_is_not_as_bundles_are_is_refused()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        PaperRun run(desk());
        play(run);
        const auto read = replay::readBundle(changed(*replay::bundleText(bundleOf(run)), [&](Json& document) {
            document[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString()).take();
        }));
        QVERIFY(!read);
        QCOMPARE(read.failure().code, Code("U102"));
        QVERIFY(!read.failure().hint.empty());
    }

    void what_looks_like_a_credential_is_not_written()
    {
        PaperRun run(desk());
        play(run, q(R"({"total": 5, "buyer": "Ann", "link": "%1"})").arg(u"https:/"_qs + u"/ann:hunter2@shop.example/"_qs));
        const auto text = replay::bundleText(bundleOf(run));
        QVERIFY(!text);
        QCOMPARE(text.failure().code, Code("U107"));
        QCOMPARE(text.failure().where, std::string("/result/link"));
        const auto without = replay::masked(*run.def, bundleOf(run), {"/link"});
        QVERIFY(without);
        QVERIFY(replay::bundleText(*without));
    }

    void masked_values_are_gone_everywhere_and_the_run_replays()
    {
        PaperRun run(desk());
        play(run);
        QVERIFY(replay::bundleText(bundleOf(run))->find("Ann Smith") != std::string::npos);
        const auto masked = replay::masked(*run.def, bundleOf(run), {"/buyer"});
        QVERIFY(masked);
        const std::string text = *replay::bundleText(*masked);
        QVERIFY(text.find("Ann Smith") == std::string::npos);
        const auto back = replay::readBundle(text);
        QVERIFY(back);
        QCOMPARE(back->events.size(), run.journal.size());
        QVERIFY(!replay::replay(*run.def, back->events).differs);
    }

    void what_the_run_has_decided_by_cannot_be_masked()
    {
        PaperRun run(agent(readTool(u"find"_qs, q(R"(, "params": {"properties": {"n": {"const": 5}}})")),
                           step(u"one"_qs, u"find"_qs) + u","_qs + step(u"two"_qs, u"find"_qs, q(R"({"n": "${one.result.n}"})"))));
        run.answer({}, q(R"({"n": 5})"));
        run.answer({}, q(R"({"n": 5})"));
        QCOMPARE(replay::masked(*run.def, bundleOf(run), {"/n"}).failure().code, Code("U102"));
        QCOMPARE(replay::masked(*run.def, bundleOf(run), {"/nobody"}).failure().code, Code("U105"));
    }

    void a_value_is_masked_in_every_place_where_it_stands_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char* rule : {"/buyer/mail", "/*/mail", "mail"}) QTest::newRow(rule) << q(rule);
    }
    void a_value_is_masked_in_every_place_where_it_stands()
    {
        QFETCH(QString, rule);
        const QString ann = u"ann@example.com"_qs;
        PaperRun run(agent(readTool(u"find"_qs) + u","_qs + writeTool(u"pay"_qs, u"write_keyed"_qs, q(R"(, "gate": "payment")")),
                           step(u"one"_qs, u"find"_qs, q(R"({"for": "${input.note}"})")) + u","_qs +
                               step(u"two"_qs, u"pay"_qs, q(R"({"to": "${one.result.buyer.mail}", "of": "${one.result.ids}"})"))),
                     q(R"({"note": "for ann@example.com, please"})"));
        run.answer(u"T503"_qs, u"null"_qs, u"answered"_qs, {{"message", "No shard for ann@example.com."}, {"note", "GET /u/ann@example.com"}});
        run.wait(5'000);
        run.answer({}, q(R"({"buyer": {"mail": "ann@example.com"}, "ids": {"ann@example.com": 7}, "list": ["x", "ann@example.com"]})"));
        Decision decision;
        decision.verb = Verb::Edit;
        decision.with = Json{{"cc", "ann@example.com"}};
        decision.reason = "ann@example.com has called";
        QVERIFY(!run.decide(decision));
        run.answer({}, q(R"({"sent": "to ann@example.com"})"));
        QCOMPARE(run.status(), u"completed"_qs);
        const auto masked = replay::masked(*run.def, bundleOf(run), {rule.toStdString()});
        QVERIFY2(masked.ok(), masked.ok() ? "" : masked.failure().message.c_str());
        const std::string text = *replay::bundleText(*masked);
        QVERIFY(text.find(ann.toStdString()) == std::string::npos);
        QCOMPARE(masked->events.size(), run.journal.size());
        QVERIFY(!replay::replay(*run.def, masked->events).differs);
    }

    void who_paused_a_run_and_why_can_be_masked()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"a"_qs, u"find"_qs) + u","_qs + step(u"b"_qs, u"find"_qs)));
        QVERIFY(!run.pause("annabel", "odd answers"));
        run.answer({}, q(R"({"id": "x1"})"));
        QVERIFY(!run.decide(Verb::Retry));
        const auto masked = replay::masked(*run.def, bundleOf(run), {"who", "reason"});
        QVERIFY2(masked.ok(), masked ? "" : masked.failure().message.c_str());
        QVERIFY(!replay::replay(*run.def, masked->events).differs);
        for (const auto& event : masked->events) {
            const std::string said = dump(event.data);
            QVERIFY2(said.find("annabel") == std::string::npos && said.find("odd answers") == std::string::npos, said.c_str());
        }
    }

    void what_a_model_proposed_and_who_decided_can_be_masked()
    {
        PlanningRun run;
        const auto agree = [&] { return run.openHandoff().empty() || !run.decide(Verb::Approve); };
        run.propose(u"find"_qs, q(R"({"text": "1042"})"), 0.5);
        QVERIFY(agree() && run.isSending());
        run.answer({}, q(R"({"order": "1042", "buyer": "Ann Smith"})"));
        run.propose(u"note"_qs, q(R"({"text": "Ann Smith"})"));
        QVERIFY(agree() && run.isSending());
        run.answer({}, q("1"));
        run.propose(u"_finish"_qs, q(R"({"summary": "Wrote to Ann Smith."})"));
        QVERIFY(agree());
        QCOMPARE(run.status(), u"completed"_qs);
        const auto masked = replay::masked(*run.def, bundleOf(run), {"buyer", "who"});
        QVERIFY2(masked.ok(), masked.ok() ? "" : masked.failure().message.c_str());
        const std::string text = *replay::bundleText(*masked);
        QVERIFY(text.find("Ann Smith") == std::string::npos);
        QVERIFY(text.find("\"bob\"") == std::string::npos);
        QVERIFY(!replay::replay(*run.def, masked->events).differs);
    }

    void a_value_that_stands_in_the_definition_is_told_and_not_left_there()
    {
        PaperRun run(agent(readTool(u"find"_qs), step(u"one"_qs, u"find"_qs, q(R"({"q": "${input.name}"})")) + u","_qs + step(u"two"_qs, u"find"_qs, q(R"({"q": "Ann Smith"})"))),
                     q(R"({"name": "Ann Smith"})"));
        run.answer({}, u"1"_qs);
        run.answer({}, u"2"_qs);
        const auto masked = replay::masked(*run.def, bundleOf(run), {"name"});
        QVERIFY(!masked.ok());
        QCOMPARE(masked.failure().code, Code("U107"));
        QVERIFY(!masked.failure().where.empty());
    }

    void a_name_can_be_a_credential_or_say_that_its_value_is_one_data()
    {
        QTest::addColumn<QString>("result");
        QTest::addColumn<QString>("where");
        QTest::newRow("a value by its name") << q(R"({"login": {"password": "hunter2"}})") << u"/result/login/password"_qs;
        QTest::newRow("a number by its name") << q(R"({"cvv": 123})") << u"/result/cvv"_qs;
        QTest::newRow("a name that is one") << q(R"({"sk-%1": 1})").arg(u"live-0123456789abcdef"_qs) << u"/result/sk-live-0123456789abcdef"_qs;
        QTest::newRow("what a secret was replaced with") << q(R"({"token": "[secret:env:SHOP_TOKEN]"})") << QString();
        QTest::newRow("a count of tokens") << q(R"({"usage": {"tokens_in": 512, "total_tokens": 600}})") << QString();
    }
    void a_name_can_be_a_credential_or_say_that_its_value_is_one()
    {
        QFETCH(QString, result);
        QFETCH(QString, where);
        PaperRun run(agent(readTool(u"find"_qs), step(u"one"_qs, u"find"_qs)));
        run.answer({}, result);
        const auto text = replay::bundleText(bundleOf(run));
        QCOMPARE(text.ok(), where.isEmpty());
        if (!text) QCOMPARE(QString::fromStdString(text.failure().where), where);
        if (text) return;
        QCOMPARE(text.failure().code, Code("U107"));
    }
};

QTEST_GUILESS_MAIN(BundleTest)
#include "bundletest.moc"
