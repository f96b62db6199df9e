#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

#include "agentcore/decide/approval.h"

using namespace handrail;
using namespace handrailtest;

/// What a yes binds, and which rule stands in for one.
class ConsentTest : public QObject {
    Q_OBJECT

    static DefinitionPtr parsed(const QString& allow = QStringLiteral("[]"), const QString& toolMore = {}, const QString& url = QStringLiteral("http://127.0.0.1:1"))
    {
        const QString pay = writeTool(u"pay"_qs, u"write_keyed"_qs,
                                      q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency", "recipient": "/to"})") + toolMore);
        const QString text = agent(pay + u","_qs + writeTool(u"wipe"_qs, u"write_blind"_qs, q(R"(, "gate": "delete_user")")), step(u"a"_qs, u"pay"_qs),
                                   q(R"("approvals": {"allow": %1}, )").arg(allow));
        const auto result = parseDefinition(QString(text).replace(u"http://127.0.0.1:1"_qs, url).toStdString());
        for (const auto& mistake : result.mistakes) qWarning("%s %s", mistake.where.c_str(), mistake.message.c_str());
        return result.definition;
    }
    static Json json(const QString& text) { return parseJson(text.toStdString()).take(); }
    static Json payment() { return json(q(R"({"amount": "40.00", "currency": "EUR", "to": "ACME GmbH"})")); }

    struct Asked {
        DefinitionPtr definition = parsed();
        std::string tool = "pay";
        RunId run = "run1";
        std::string step = "a";
        std::vector<Json> records{payment()};
        std::vector<Json> before;
        std::string requester = "ann";
        std::string told;

        std::string digest() const
        {
            return decide::consentDigest({definition.get(), definition->tool(tool), run, step, records, before, requester, told});
        }
    };

private slots:
    void whatever_changes_makes_another_question_data()
    {
        QTest::addColumn<int>("what");
        const char* names[] = {"the run", "the step", "an argument", "a record more", "the precondition", "the requester",
                               "the tool", "the tool's definition", "the server's address", "the rules", "what a server says of the tool"};
        for (int i = 0; i < 11; ++i) QTest::newRow(names[i]) << i;
    }
    void whatever_changes_makes_another_question()
    {
        QFETCH(int, what);
        Asked changed;
        const Asked asked;
        if (what == 0) changed.run = "run2";
        if (what == 1) changed.step = "b";
        if (what == 2) changed.records[0]["amount"] = "40.01";
        if (what == 3) changed.records.push_back(payment());
        if (what == 4) changed.before = {json(q(R"({"/total": 5})"))};
        if (what == 5) changed.requester = "eve";
        if (what == 6) changed.tool = "wipe";
        if (what == 7) changed.definition = parsed(u"[]"_qs, q(R"(, "timeout_s": 4)"));
        if (what == 8) changed.definition = parsed(u"[]"_qs, {}, u"http://127.0.0.1:2"_qs);
        if (what == 9) changed.definition = parsed(q(R"([{"name": "r", "gate": "payment"}])"));
        if (what == 10) changed.told = "sha256-of-its-own-words";
        QVERIFY(asked.digest() != changed.digest());
        QCOMPARE(asked.digest().size(), std::size_t(64));
    }

    void two_things_that_a_server_says_of_a_tool_are_two_questions()
    {
        Asked before;
        before.told = "one";
        Asked after;
        after.told = "another";
        QVERIFY(before.digest() != after.digest());
    }

    void the_same_question_has_the_same_digest_however_it_was_written()
    {
        Asked left;
        Asked right;
        right.records = {json(q(R"({"to": "ACME GmbH", "currency": "EUR", "amount": "40.00"})"))};
        QCOMPARE(left.digest(), right.digest());
    }

    void a_rule_lets_pass_only_what_it_names_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("params");
        QTest::addColumn<bool>("passes");
        const QString small = q(R"({"name": "small", "gate": "payment", "currency": "EUR", "at_most": "50.00", "where": {"/to": ["ACME GmbH", "Beta AG"]}})");
        const auto pay = [](const char* amount, const char* currency, const char* to) {
            return q(R"({"amount": %1, "currency": "%2", "to": "%3"})").arg(QString::fromLatin1(amount), QString::fromLatin1(currency), QString::fromUtf8(to));
        };
        QTest::newRow("below") << small << pay("\"49.99\"", "EUR", "ACME GmbH") << true;
        QTest::newRow("exactly") << small << pay("50", "EUR", "Beta AG") << true;
        QTest::newRow("above by a cent") << small << pay("\"50.01\"", "EUR", "ACME GmbH") << false;
        QTest::newRow("another currency") << small << pay("\"5\"", "USD", "ACME GmbH") << false;
        QTest::newRow("another recipient") << small << pay("\"5\"", "EUR", "ACME Gmbh") << false;
        QTest::newRow("no recipient") << small << q(R"({"amount": "5", "currency": "EUR"})") << false;
        QTest::newRow("no amount") << small << q(R"({"currency": "EUR", "to": "ACME GmbH"})") << false;
        QTest::newRow("no currency") << small << q(R"({"amount": "5", "to": "ACME GmbH"})") << false;
        QTest::newRow("an amount that is none") << small << pay("\"five\"", "EUR", "ACME GmbH") << false;
        QTest::newRow("a fraction as a number") << small << pay("5.5", "EUR", "ACME GmbH") << false;
        QTest::newRow("another gate") << q(R"({"name": "r", "gate": "delete_user"})") << pay("\"5\"", "EUR", "ACME GmbH") << false;
        QTest::newRow("the whole gate") << q(R"({"name": "r", "gate": "payment"})") << q(R"({})") << true;
    }
    void a_rule_lets_pass_only_what_it_names()
    {
        QFETCH(QString, rule);
        QFETCH(QString, params);
        const auto definition = parsed(u"["_qs + rule + u"]"_qs);
        QVERIFY(definition);
        QTEST(decide::allowedBy(*definition, *definition->tool("pay"), {json(params)}) != nullptr, "passes");
    }

    void a_rule_that_fits_some_records_lets_none_pass()
    {
        const auto definition = parsed(q(R"([{"name": "r", "gate": "payment", "currency": "EUR", "at_most": "50"}])"));
        Json large = payment();
        large["amount"] = "51";
        const Tool& pay = *definition->tool("pay");
        QVERIFY(decide::allowedBy(*definition, pay, {payment(), payment()}));
        QVERIFY(!decide::allowedBy(*definition, pay, {payment(), large}));
        QVERIFY(!decide::allowedBy(*definition, pay, {}));
    }

    void the_rule_that_fits_is_named_although_an_earlier_one_does_not()
    {
        const auto definition = parsed(q(R"([{"name": "tiny", "gate": "payment", "currency": "EUR", "at_most": "1"},
                                             {"name": "small", "gate": "payment", "currency": "EUR", "at_most": "50"}])"));
        const auto* rule = decide::allowedBy(*definition, *definition->tool("pay"), {payment()});
        QVERIFY(rule);
        QCOMPARE(rule->name, std::string("small"));
    }

    void typed_values_are_those_that_are_there()
    {
        const auto definition = parsed();
        const auto typed = decide::typedArguments(*definition->tool("pay"), json(q(R"({"amount": 7, "to": "B"})")));
        QCOMPARE(typed.size(), std::size_t(2));
        QCOMPARE(typed[0], (Argument{"/amount", "amount", 7}));
        QCOMPARE(typed[1], (Argument{"/to", "recipient", "B"}));
    }
};

QTEST_GUILESS_MAIN(ConsentTest)
#include "consenttest.moc"
