#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/data/modelreplies.h"
#include "tests/support/modeldesk.h"
#endif

using namespace handrail;
using namespace handrailtest;


/// What a model is asked, and how what it says is read: tables in, tables out.
class PlannerTest : public QObject {
    Q_OBJECT

    static Json bodyFor(int model, const planner::Conversation& talk)
    {
        const auto def = desk();
        const auto request = planner::requestFor(*def, def->planner->models[static_cast<std::size_t>(model)], talk);
        return parseJson(request.body).take();
    }
    static std::string headersOf(const planner::Request& request)
    {
        std::string text;
        for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
        return text;
    }

private slots:
    void a_reply_is_read_as_what_it_is_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < std::size(modelReplies); ++i) QTest::newRow(modelReplies[i].name) << static_cast<int>(i);
    }
    void a_reply_is_read_as_what_it_is()
    {
        QFETCH(int, row);
        const ModelReply& given = modelReplies[row];
        wire::Reply reply;
        reply.phase = wire::SendPhase::Answered;
        reply.status = given.status;
        reply.body = given.body;
        for (const auto& line : QString::fromLatin1(given.headers).split(u'\n', Qt::SkipEmptyParts)) {
            reply.headers.emplace_back(line.section(u": "_qs, 0, 0).toStdString(), line.section(u": "_qs, 1).toStdString());
        }
        const auto def = desk();
        const auto read = planner::read(*def, def->planner->models[given.isAnthropic ? 1 : 0], reply, 0);
        QCOMPARE(read.code, Code(given.code));
        QCOMPARE(read.proposal.has_value(), read.code.empty());
        QString words = QString::fromStdString(read.message);
        if (read.proposal) {
            const auto& proposal = *read.proposal;
            words = q("%1 %2 %3 %4").arg(QString::fromStdString(proposal.tool), QString::fromStdString(dump(proposal.arguments)),
                                         QString::fromStdString(proposal.why), proposal.confidence ? QString::number(*proposal.confidence) : u"none"_qs);
            QCOMPARE(words, QString::fromUtf8(given.words));
        }
        QVERIFY2(words.contains(QString::fromUtf8(given.words)), qPrintable(words));
        QVERIFY(codeInfo(read.code).title != codeInfo("X000").title || read.code.empty());
    }

    void tokens_and_the_service_s_wishes_are_told()
    {
        const auto def = desk();
        wire::Reply reply;
        reply.status = 200;
        reply.body = modelReplies[0].body;
        auto read = planner::read(*def, def->planner->models[0], reply, 0);
        QCOMPARE(read.tokensIn, std::int64_t(412));
        QCOMPARE(read.tokensOut, std::int64_t(31));
        QVERIFY(read.mayRetry);
        QCOMPARE(read.retryAfter, Millis(-1));
        reply.status = 429;
        const std::pair<const char*, Millis> waits[] = {{"350", 350}, {"0", 0}, {"-5", -1}, {"soon", -1}, {"99999999999", -1}, {"1.2.3", -1}};
        for (const auto& [text, expected] : waits) {
            reply.headers = {{"retry-after-ms", text}, {"x-should-retry", "false"}};
            read = planner::read(*def, def->planner->models[0], reply, 0);
            QCOMPARE(read.retryAfter, expected);
            QVERIFY(!read.mayRetry);
        }
        reply.headers = {{"retry-after", "1.5"}};
        QCOMPARE(planner::read(*def, def->planner->models[0], reply, 0).retryAfter, Millis(1'500));
        reply.headers = {{"retry-after", "Thu, 01 Jan 1970 00:00:09 GMT"}};
        QCOMPARE(planner::read(*def, def->planner->models[0], reply, 4'000).retryAfter, Millis(5'000));
    }

    void the_first_kind_is_asked_in_its_own_form()
    {
        const auto def = desk();
        const auto request = planner::requestFor(*def, def->planner->models[0], talk());
        QCOMPARE(request.url, std::string("http://127.0.0.1:1/v1/chat/completions"));
        QVERIFY(headersOf(request).find("Authorization: Bearer ${secret:env:K}\n") != std::string::npos);
        const Json body = parseJson(request.body).take();
        QCOMPARE(textOf(body, "model"), std::string("small"));
        QCOMPARE(dump(body["parallel_tool_calls"]), std::string("false"));
        QCOMPARE(body["messages"].size(), std::size_t(4));
        QCOMPARE(textOf(body["messages"][2]["tool_calls"][0]["function"], "arguments"), std::string("{\"order_id\":\"1042\"}"));
        QCOMPARE(textOf(body["messages"][3], "tool_call_id"), textOf(body["messages"][2]["tool_calls"][0], "id"));
        QVERIFY(textOf(body["messages"][0], "content").find("7 more steps") != std::string::npos);
    }

    void the_second_kind_is_asked_in_its_own_form()
    {
        const auto def = desk();
        auto said = talk();
        said.objection = "There is no tool \"refnd\".";
        said.guidance = {"Only look."};
        const auto request = planner::requestFor(*def, def->planner->models[1], said);
        QCOMPARE(request.url, std::string("http://127.0.0.1:1/v1/messages"));
        const std::string headers = headersOf(request);
        QVERIFY(headers.find("x-api-key: ${secret:env:A}\n") != std::string::npos);
        QVERIFY(headers.find("anthropic-version: 2023-06-01\n") != std::string::npos);
        const Json body = parseJson(request.body).take();
        QVERIFY(numberOf(body, "max_tokens") > 0);
        QCOMPARE(dump(body["tool_choice"]["disable_parallel_tool_use"]), std::string("true"));
        QString roles;
        for (const auto& message : body["messages"]) roles += QString::fromStdString(textOf(message, "role")) + u' ';
        QCOMPARE(roles, u"user assistant user "_qs);
        const Json last = body["messages"].back()["content"];
        QCOMPARE(textOf(last[0], "type"), std::string("tool_result"));
        QVERIFY(textOf(last[1], "text").find("Only look.") != std::string::npos);
        QVERIFY(textOf(last[1], "text").find("refnd") != std::string::npos);
        QCOMPARE(dump(body["messages"][1]["content"][0]["input"]), std::string("{\"order_id\":\"1042\"}"));
    }

    void every_tool_carries_why_and_confidence_and_two_more_are_there()
    {
        const Json tools = bodyFor(0, talk())["tools"];
        QStringList names;
        for (const auto& tool : tools) {
            const Json& function = tool["function"];
            const std::string name = textOf(function, "name");
            names.append(QString::fromStdString(name));
            const bool isOwn = name[0] != '_';
            QCOMPARE(function["parameters"]["properties"].contains("_confidence"), isOwn);
            QCOMPARE(function["parameters"]["properties"].contains("_why"), isOwn);
        }
        QCOMPARE(names, QStringList({u"crm_note_add"_qs, u"delete"_qs, u"find_order"_qs, u"list"_qs, u"_finish"_qs, u"_ask"_qs}));
        const Json& many = tools[1]["function"]["parameters"];
        QCOMPARE(textOf(many["properties"]["ids"]["items"], "type"), std::string("string"));
        QVERIFY(!many["properties"].contains("id"));
        QCOMPARE(dump(many["required"]), std::string("[\"ids\",\"_why\",\"_confidence\"]"));
        QCOMPARE(dump(tools[2]["function"]["parameters"]["additionalProperties"]), std::string("false"));
    }

    void nothing_in_a_result_can_end_its_data()
    {
        for (const int model : {0, 1}) {
            const std::string text = dump(bodyFor(model, talk())["messages"]);
            std::size_t ends = 0;
            for (auto at = text.find("</data>"); at != std::string::npos; at = text.find("</data>", at + 1)) ++ends;
            QCOMPARE(ends, std::size_t(2));
        }
    }

    void a_simplified_model_gets_a_shorter_prompt_and_history()
    {
        auto said = talk();
        for (int i = 0; i < 20; ++i) said.turns.push_back({"list", {{"n", i}}, "done", std::string(5'000, 'x'), {}, false});
        said.turns[3].isEffect = true;
        const auto whole = dump(bodyFor(0, said));
        const auto simple = bodyFor(1, said);
        QVERIFY(dump(simple).size() * 3 < whole.size());
        QCOMPARE(simple["messages"].size(), std::size_t(1 + 2 * 7));
        QCOMPARE(dump(simple["messages"][1]["content"][0]["input"]), std::string("{\"n\":2}"));
        QVERIFY(textOf(simple["messages"][0]["content"][0], "text").find("14 earlier reads are not shown") != std::string::npos);
    }

    void what_does_not_fit_is_compacted_by_rule()
    {
        auto said = talk();
        for (int i = 0; i < 20; ++i) said.turns.push_back({"list", {{"n", i}}, "done", std::string(5'000, 'x'), {}, false});
        said.turns[2].isEffect = said.turns[5].isEffect = true;
        said.guidance = {"Never more than 20 EUR."};
        said.isCompacted = true;
        const Json body = bodyFor(0, said);
        const std::string text = dump(body);
        QCOMPARE(body["messages"].size(), std::size_t(2 + 2 * 4 + 1));
        for (const char* kept : {"Settle the complaint", "7 more steps", "Never more than 20 EUR.", "asked before these act: delete"}) {
            QVERIFY2(text.find(kept) != std::string::npos, kept);
        }
        QVERIFY(text.size() < 9'000);
    }

    void a_letter_is_never_cut_in_two()
    {
        auto said = talk();
        said.turns[0].result = std::string(511, 'x') + "ééé";
        said.isCompacted = true;
        const auto def = desk();
        const auto request = planner::requestFor(*def, def->planner->models[0], said);
        QVERIFY(parseJson(request.body).ok());
        QVERIFY(request.body.find("\xEF\xBF\xBD") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(PlannerTest)
#include "plannertest.moc"
