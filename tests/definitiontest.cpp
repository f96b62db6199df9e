#include <QTest>

#include <algorithm>

#include "agentcore/definition/definition.h"
#include "agentcore/definition/published.h"
#include "tests/data/mistakerows.h"
#include "tests/support/files.h"
#include "tests/support/rows.h"

using namespace handrail;

namespace {

std::string desk() { return dataFile("desk.agent.json"); }

/// The valid definition with one text replaced, which must stand there once.
std::string changed(const QString& from, const QString& to)
{
    const QString text = QString::fromStdString(desk());
    if (text.count(from) != 1) qFatal("not once in desk.agent.json: %s", qPrintable(from));
    return QString(text).replace(from, to).toStdString();
}

/// "U102 line 3, column 5: /x | message | hint", one a line.
QString asText(const std::vector<Failure>& mistakes)
{
    QStringList lines;
    for (const auto& mistake : mistakes) {
        lines << QString::fromStdString(mistake.code + " " + mistake.where + " | " + mistake.message + " | " + mistake.hint);
    }
    return lines.join(u'\n');
}

/// Every value of a document, by its pointer.
std::vector<std::string> pointersIn(const Json& document)
{
    std::vector<std::string> found;
    const Json flat = document.flatten();
    for (const auto& item : flat.items()) {
        for (std::string pointer = item.key(); !pointer.empty(); pointer.erase(pointer.find_last_of('/'))) {
            if (std::find(found.begin(), found.end(), pointer) == found.end()) found.push_back(pointer);
        }
    }
    return found;
}

}  // namespace

class DefinitionTest : public QObject {
    Q_OBJECT
private slots:
    void the_published_schema_is_a_schema()
    {
        QVERIFY(schema::Schema::compile(definition::publishedSchema()).ok());
    }

    void the_whole_example_is_valid()
    {
        const auto result = parseDefinition(dataFile("whole.agent.json"));
        QCOMPARE(asText(result.mistakes), QString());
        QVERIFY(result.definition);
    }

    void servers_of_the_model_context_protocol_become_typed_values()
    {
        const auto result = parseDefinition(QString::fromStdString(changed(u"\"servers\": {"_qs,
            u"\"servers\": { \"m\": { \"kind\": \"mcp\", \"command\": [\"/bin/x\", \"-y\"] }, \"w\": { \"kind\": \"mcp\", \"url\": \"http://h/mcp/\" },"_qs))
            .replace(u"\"tools\": {"_qs, u"\"tools\": { \"notes\": { \"server\": \"m\", \"mcp\": \"add_note\","
                                       " \"effect\": \"write_keyed\", \"key_param\": \"request\" },"_qs).toStdString());
        QCOMPARE(asText(result.mistakes), QString());
        const Server& server = result.definition->servers.at("m");
        QVERIFY(server.isMcp && !result.definition->servers.at("shop").isMcp);
        QCOMPARE(server.command, (std::vector<std::string>{"/bin/x", "-y"}));
        QCOMPARE(result.definition->servers.at("w").url, std::string("http://h/mcp/"));
        const Tool& tool = *result.definition->tool("notes");
        QCOMPARE(tool.mcp, std::string("add_note"));
        QCOMPARE(tool.keyParam, std::string("request"));
        QVERIFY(tool.host.starts_with("mcp:m#"));
    }

    void a_valid_definition_becomes_typed_values()
    {
        const auto result = parseDefinition(desk());
        QCOMPARE(asText(result.mistakes), QString());
        const Definition& agent = *result.definition;
        QCOMPARE(agent.name, std::string("refund-desk"));
        QCOMPARE(agent.environment, std::string("staging"));
        QCOMPARE(agent.limits.run, Millis(120'500));
        QCOMPARE(agent.limits.step, Millis(30'000));
        QCOMPARE(agent.limits.steps, 10);
        QCOMPARE(agent.servers.at("shop").url, std::string("http://127.0.0.1:8791"));
        QVERIFY(agent.servers.at("shop").allowPrivate && agent.servers.at("shop").shedsLoad);
        QCOMPARE(agent.approvals.decide, Millis(60'000));
        QCOMPARE(agent.approvals.execute, Millis(120'000));
        QCOMPARE(agent.approvals.allow.front().atMost, std::string("50"));
        QCOMPARE(agent.approvals.allow.front().where.at("/recipient").size(), std::size_t(2));
        QCOMPARE(agent.escalation.repeats, 2);
        QCOMPARE(agent.scope.records, 4);
        QCOMPARE(agent.review, std::vector<std::string>{"remove"});
        QVERIFY(agent.notify.empty());
        QVERIFY(agent.tool("nobody") == nullptr);
        QVERIFY(agent.step("nobody") == nullptr);
    }

    void notifiers_become_typed_values()
    {
        const auto result = parseDefinition(changed("\"notify\": []",
            "\"notify\": [{ \"kind\": \"desktop\", \"quiet\": [\"22:00\", \"07:30\"] },"
            " { \"kind\": \"webhook\", \"style\": \"slack\", \"url\": \"${secret:env:HOOK_URL}\" },"
            " { \"kind\": \"email\", \"smtp\": \"smtp://127.0.0.1:2525\", \"from\": \"h@example.com\", \"to\": [\"a@example.com\", \"b@example.com\"],"
            " \"user\": \"h\", \"password\": \"${secret:file:/run/pw}\" }]"));
        QCOMPARE(asText(result.mistakes), QString());
        const auto& notify = result.definition->notify;
        QCOMPARE(notify.size(), std::size_t(3));
        QCOMPARE(notify[0].kind, Notifier::Kind::Desktop);
        QCOMPARE(notify[0].quietFrom, 22 * 60);
        QCOMPARE(notify[0].quietTo, 7 * 60 + 30);
        QCOMPARE(notify[1].style, std::string("slack"));
        QCOMPARE(notify[1].label(), std::string("webhook (slack) to env:HOOK_URL"));
        QVERIFY(!notify[1].allowPrivate);
        QCOMPARE(notify[2].label(), std::string("email to a@example.com and 1 more"));
        QVERIFY(notify[2].allowPrivate);
        QCOMPARE(notify[2].password, std::string("${secret:file:/run/pw}"));
    }

    void a_tool_and_a_step_become_typed_values()
    {
        const auto result = parseDefinition(desk());
        const Tool& refund = *result.definition->tool("refund");
        QCOMPARE(refund.effect, Effect::WriteKeyed);
        QCOMPARE(refund.request->keyHeader, std::string("Idempotency-Key"));
        QCOMPARE(refund.keyLifetime, Millis(3'600'000));
        QCOMPARE(refund.retry.attempts, 5);
        QCOMPARE(refund.retry.base, Millis(250));
        QVERIFY(refund.retry.jitter == Jitter::Proportional);
        QCOMPARE(refund.show.at("amount"), std::string("/amount"));
        QCOMPARE(refund.verify->settle, Millis(2'000));
        QVERIFY(refund.verify->happenedIf->fits(json("[1]")));
        QCOMPARE(refund.before->unchanged, std::vector<std::string>{"/total"});
        QCOMPARE(refund.undo->within, Millis(60'000));
        QVERIFY(!refund.after->fits(json("{}")));
        const Step& step = *result.definition->step("refund");
        QCOMPARE(step.title, std::string("refund"));
        QVERIFY(step.failOnError && step.skipIfRejected);
        QVERIFY(step.with["amount"] == "${find.result.total}");
        const Tool& remove = *result.definition->tool("remove");
        QCOMPARE(remove.effect, Effect::WriteBlind);
        QCOMPARE(remove.each->as, std::string("id"));
        QCOMPARE(result.definition->tool("tail")->command.size(), std::size_t(4));
    }

    void a_tool_is_given_its_time_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<int>("timeout");
        QTest::newRow("as written") << "find_order" << 10'000;
        QTest::newRow("search") << "list_refunds" << 30'000;
        QTest::newRow("payment") << "refund" << 5'000;
    }
    void a_tool_is_given_its_time()
    {
        QFETCH(QString, tool);
        QFETCH(int, timeout);
        const auto whole = parseDefinition(desk());
        QCOMPARE(whole.definition->tool(tool.toStdString())->timeout, Millis(timeout));
        const auto hurried = parseDefinition(changed("\"steps\": 10", "\"steps\": 10, \"step_s\": 3"));
        QCOMPARE(hurried.definition->tool(tool.toStdString())->timeout, Millis(3'000));
    }

    void defaults_are_published_as_they_are_used_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<double>("used");
        const auto row = [](const char* pointer, auto used) { QTest::newRow(pointer) << pointer << double(used); };
        row("limits/properties/run_s", Limits().run / 1000);
        row("limits/properties/step_s", Limits().step / 1000);
        row("limits/properties/steps", Limits().steps);
        row("limits/properties/age_s", Limits().age / 1000);
        row("tool/properties/key_lifetime_s", Tool().keyLifetime / 1000);
        row("retry/properties/attempts", RetryRule().attempts);
        row("retry/properties/base_s", RetryRule().base / 1000);
        row("retry/properties/cap_s", RetryRule().cap / 1000);
        row("verify/properties/settle_s", Verify().settle / 1000);
        row("approvals/properties/decide_s", Approvals().decide / 1000);
        row("approvals/properties/execute_s", Approvals().execute / 1000);
        row("escalation/properties/repeats", EscalationRule().repeats);
        row("escalation/properties/window_s", EscalationRule().window / 1000);
        row("escalation/properties/guidance_s", EscalationRule().guidance / 1000);
        row("scope/properties/records", ScopeRule().records);
        row("scope/properties/window_s", ScopeRule().window / 1000);
    }
    void defaults_are_published_as_they_are_used()
    {
        QFETCH(QString, pointer);
        QFETCH(double, used);
        const Json* published = at(definition::publishedSchema(), "/$defs/" + pointer.toStdString() + "/default");
        QVERIFY(published);
        QCOMPARE(published->get<double>(), used);
    }

    void a_mistake_is_placed_and_explained_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("mistake");
        for (const auto& row : mistakeRows) QTest::newRow(row.name) << row.from << row.to << row.mistake;
    }
    void a_mistake_is_placed_and_explained()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, mistake);
        const auto result = parseDefinition(changed(from, to));
        QVERIFY(!result.definition);
        QCOMPARE(asText(result.mistakes), mistake);
    }

    void a_planner_stands_beside_a_plan_or_in_its_place()
    {
        const auto text = changed("\"notify\": []", "\"notify\": [], \"planner\": { \"goal\": \"Help ${input.order_id}\", \"models\": ["
            "{ \"name\": \"a\", \"kind\": \"openai\", \"url\": \"http://h/v1/\", \"model\": \"m\", \"key\": \"${secret:env:K}\" },"
            "{ \"name\": \"b\", \"kind\": \"anthropic\", \"url\": \"http://h\", \"model\": \"t\", \"timeout_s\": 2.5, \"simplified\": true }] }");
        const auto both = parseDefinition(text);
        QVERIFY(both.mistakes.empty());
        QVERIFY(!both.definition->plan.empty());
        Json planless = parseJson(text).take();
        planless.erase("plan");
        const auto alone = parseDefinition(dump(planless, 2));
        QVERIFY(alone.mistakes.empty());
        const Planner& planner = *alone.definition->planner;
        QVERIFY(alone.definition->plan.empty());
        QVERIFY(!planner.isAdvisory);
        QCOMPARE(planner.confidence, 0.8);
        QCOMPARE(planner.models.size(), std::size_t(2));
        QCOMPARE(planner.models[0].url, std::string("http://h/v1"));
        QCOMPARE(planner.models[0].call.timeout, Millis(60'000));
        QVERIFY(planner.models[0].call.host.starts_with("http://h#"));
        QCOMPARE(planner.models[1].call.timeout, Millis(2'500));
        QCOMPARE(planner.models[1].call.host, std::string("http://h"));
        QVERIFY(planner.models[1].kind == ModelKind::Anthropic && planner.models[1].simplified);
        QCOMPARE(alone.definition->tool("model:b"), &planner.models[1].call);
        planless.erase("planner");
        const auto aimless = parseDefinition(dump(planless));
        QCOMPARE(aimless.mistakes.size(), std::size_t(1));
        QCOMPARE(aimless.mistakes.front().code, Code("U101"));
    }

    void all_mistakes_are_told_in_the_order_of_the_text()
    {
        auto text = changed("\"steps\": 10", "\"step\": 10");
        text.replace(text.find("\"critical\""), 10, "\"kritical\"");
        text.replace(text.find("\"records\""), 9, "\"recrods\"");
        const auto result = parseDefinition(text, "desk.json");
        QCOMPARE(result.mistakes.size(), std::size_t(3));
        QCOMPARE(result.mistakes[0].where, std::string("desk.json, line 8, column 31: /limits/step"));
        QCOMPARE(result.mistakes[1].hint, std::string("did you mean critical?"));
        QCOMPARE(result.mistakes[2].hint, std::string("did you mean records?"));
    }

    void failures_are_injected_only_where_nothing_is_at_stake()
    {
        auto text = changed("\"notify\": []", "\"inject\": { \"refund\": { \"rate\": 0.1, \"kinds\": [\"slow\"] } }");
        text.replace(text.find("\"staging\""), 9, "\"production\"");
        const auto result = parseDefinition(text);
        QCOMPARE(result.mistakes.size(), std::size_t(1));
        QVERIFY(result.mistakes.front().where.find("/inject") != std::string::npos);
    }

    void hostile_text_gives_mistakes_and_nothing_else_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << "" << "U102";
        QTest::newRow("not an object") << "[1, 2]" << "U102";
        QTest::newRow("null") << "null" << "U102";
        QTest::newRow("empty object") << "{}" << "U101";
        QTest::newRow("over 1 MiB") << "\"" + QString(1 << 20, u'x') + "\"" << "U109";
        QTest::newRow("deep") << QString(100000, u'[') << "U109";
        QTest::newRow("duplicate member") << "{\"handrail\": 1, \"handrail\": 1}" << "U102";
        QTest::newRow("lists for objects") << "{\"tools\": [], \"servers\": [], \"plan\": {}, \"limits\": [], \"input\": 5}" << "U101";
        QTest::newRow("objects of nonsense")
            << "{\"tools\": {\"a\": 1, \"b\": {\"request\": [], \"command\": {}, \"verify\": 5, \"show\": []}},"
               " \"plan\": [1, null, {\"with\": [\"${\"]}], \"review\": [[], {}], \"notify\": [[]], \"inject\": [1]}"
            << "U101";
        QString thousands = "{\"tools\": {";
        for (int i = 0; i < 15000; ++i) thousands += QString("\"tool_number_%1\": {}, ").arg(i);
        thousands += "\"z\": {}}, \"review\": [";
        for (int i = 0; i < 15000; ++i) thousands += QString("\"tool_numbr_%1\", ").arg(i);
        QTest::newRow("thousands of mistakes") << thousands + "\"z\"]}" << "U101";
        QTest::newRow("names with slashes and tildes") << "{\"tools\": {\"a/b~c\": {\"x/y\": 1}}, \"~\": {\"/\": 0}}" << "U101";
    }
    void hostile_text_gives_mistakes_and_nothing_else()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        const auto result = parseDefinition(text.toStdString());
        QVERIFY(!result.definition);
        QVERIFY(!result.mistakes.empty());
        QVERIFY(result.mistakes.size() <= 501);
        QCOMPARE(QString::fromStdString(result.mistakes.front().code), code);
    }

    void any_part_may_be_missing_or_wrong()
    {
        const Json whole = json(QString::fromStdString(desk()));
        const std::vector<Json> nonsense{nullptr, true, -1, 1.5, "", "${", "/", Json::array(), Json::object(),
                                         json("[[{'a': []}]]"), json("{'tool': {}, 'with': [1], 'type': 5}")};
        int mutants = 0;
        for (const auto& pointer : pointersIn(whole)) {
            const Json::json_pointer where(pointer);
            for (const auto& value : nonsense) {
                Json mutant = whole;
                mutant[where] = value;
                const auto result = parseDefinition(dump(mutant));
                QVERIFY2(result.mistakes.empty() == (result.definition != nullptr), pointer.c_str());
                ++mutants;
            }
            Json shorter = whole;
            Json& parent = shorter[where.parent_pointer()];
            if (parent.is_array()) parent.erase(std::stoul(where.back()));
            else parent.erase(where.back());
            const auto result = parseDefinition(dump(shorter));
            QVERIFY2(result.mistakes.empty() == (result.definition != nullptr), pointer.c_str());
        }
        QVERIFY(mutants > 1000);
    }

    void a_digest_follows_what_is_written()
    {
        const auto before = parseDefinition(desk()).definition;
        const auto spaced = parseDefinition(changed("\"handrail\": 1", "\"handrail\":    1.0")).definition;
        const auto moved = parseDefinition(changed("8791/", "8792/")).definition;
        const auto slower = parseDefinition(changed("\"timeout_s\": 10", "\"timeout_s\": 11")).definition;
        QCOMPARE(spaced->digest, before->digest);
        QVERIFY(moved->tool("refund")->digest != before->tool("refund")->digest);
        QCOMPARE(moved->tool("tail")->digest, before->tool("tail")->digest);
        QVERIFY(slower->tool("find_order")->digest != before->tool("find_order")->digest);
        QCOMPARE(slower->tool("refund")->digest, before->tool("refund")->digest);
    }

    void an_input_is_checked_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("failure");
        QTest::newRow("fits") << "{'order_id': '0042'}" << "";
        QTest::newRow("missing") << "{}" << "U101  | The input lacks the member \"order_id\". | Give the missing value and start or retry.";
        QTest::newRow("malformed") << "{'order_id': '42'}"
                                   << "U102 /order_id | The input's /order_id must match the pattern ^[0-9]{4}$, but is \"42\". | "
                                      "Correct the value as the message says.";
        QTest::newRow("unknown") << "{'order_id': '0042', 'orderid': 1}"
                                 << "U102 /orderid | The input's /orderid is not a known member. | did you mean order_id?";
        QTest::newRow("no object") << "[]" << "U102  | The input must be an object, but is an array. | Correct the value as the message says.";
    }
    void an_input_is_checked()
    {
        QFETCH(QString, input);
        QFETCH(QString, failure);
        const auto agent = parseDefinition(desk()).definition;
        const auto found = checkInput(*agent, json(input));
        QCOMPARE(found ? asText({*found}) : QString(), failure);
    }

    void without_a_schema_any_input_goes()
    {
        Definition open;
        QVERIFY(!checkInput(open, json("[1]")));
    }
};

QTEST_GUILESS_MAIN(DefinitionTest)
#include "definitiontest.moc"
