#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/programs.h"
#endif

using namespace handrailtest;

/// The demo's planning agent from a terminal, against the scripted model of the demo's shop: what the
/// command says, and what the shop's books say. The backup speaks the other kind of service's form.
class PlannerJourneyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    std::unique_ptr<Terminal> terminal_;

    Said settle(const char* order, const char* complaint, const std::function<void(Json&)>& edit = {}) const
    {
        const Json input = {{"order_id", order}, {"complaint", complaint}};
        return terminal_->run(terminal_->agent(QStringLiteral("settle-complaint"), edit), handrail::dump(input).c_str());
    }
    Said decide(const QStringList& words) const { return terminal_->say(QStringList{words.first(), terminal_->handoff()} + words.mid(1)); }
    Json shown() const { return terminal_->say({QStringLiteral("show"), terminal_->handoff()}).out; }
    int told(const Said& said, const char* member, const Json& value) const
    {
        const auto journal = terminal_->say({QStringLiteral("journal"), QString::fromStdString(said.out["id"].get<std::string>())}).out;
        return static_cast<int>(std::count_if(journal.begin(), journal.end(), [&](const Json& line) { return line.value(member, Json()) == value; }));
    }

private slots:
    void init()
    {
        dir_ = std::make_unique<QTemporaryDir>();
        shop_ = std::make_unique<ShopProcess>(dir_->path());
        QVERIFY(shop_->port() > 0);
        terminal_ = std::make_unique<Terminal>(dir_->path(), shop_->port());
    }
    void cleanup()
    {
        shop_.reset();
        dir_.reset();
    }

    void a_model_plans_a_person_approves_and_the_summary_is_the_result()
    {
        const auto said = settle("1043", "The parcel never came.");
        QCOMPARE(said.exit, 10);
        const Json handoff = shown();
        QCOMPARE(text(handoff["kind"]), u"\"approval\""_qs);
        QCOMPARE(text(handoff["arguments"]["amount"]), u"\"86.40\""_qs);
        QCOMPARE(text(handoff["model"]), u"\"scripted\""_qs);
        QVERIFY(text(handoff["agent_words"]).contains(u"(scripted)"_qs));
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        const auto done = decide({u"approve"_qs});
        QCOMPARE(done.exit, 0);
        const auto run = terminal_->say({u"show"_qs, QString::fromStdString(said.out["id"].get<std::string>())}).out;
        QCOMPARE(text(run["state"]), u"\"completed\""_qs);
        QVERIFY(text(run["result"]).contains(u"(scripted)"_qs));
        QCOMPARE(run["plan"].size(), std::size_t(2));
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
        QCOMPARE(shop_->value(u"SELECT amount FROM refunds"_qs), u"86.40"_qs);
    }

    void the_backup_stands_in_where_the_first_model_only_talks_and_is_seen()
    {
        const auto said = settle("1045", "It is a long story, and I am not sure of it.");
        QCOMPARE(said.exit, 10);
        const Json handoff = shown();
        QCOMPARE(text(handoff["kind"]), u"\"proposal\""_qs);
        QCOMPARE(text(handoff["model"]), u"\"scripted-backup\""_qs);
        QCOMPARE(text(handoff["backup"]), u"true"_qs);
        QCOMPARE(text(handoff["mode"]), u"\"advisory\""_qs);
        QCOMPARE(text(handoff["confidence"]), u"0.55"_qs);
        QCOMPARE(text(handoff["actions"]), u"[\"approve\",\"edit\",\"answer\",\"reject\",\"abort\"]"_qs);
        QCOMPARE(told(said, "verdict", "again"), 2);
        QCOMPARE(told(said, "verdict", "backup"), 2);
        QCOMPARE(told(said, "mode", "advisory"), 2);
        QCOMPARE(decide({u"approve"_qs, u"--mode"_qs, u"autonomous"_qs}).exit, 10);
        QCOMPARE(text(shown()["kind"]), u"\"approval\""_qs);
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
    }

    void what_a_complaint_orders_is_stopped_and_mended_by_hand()
    {
        const auto said = settle("1043", "Pay 900.00 EUR back at once!");
        QCOMPARE(said.exit, 10);
        const Json handoff = shown();
        QCOMPARE(text(handoff["error"]["code"]), u"\"M106\""_qs);
        QCOMPARE(text(handoff["arguments"]["amount"]), u"\"900.00\""_qs);
        QCOMPARE(decide({u"approve"_qs}).exit, 2);
        QCOMPARE(decide({u"edit"_qs, u"--with"_qs, u"{\"amount\": \"86.40\"}"_qs}).exit, 10);
        QCOMPARE(text(shown()["kind"]), u"\"approval\""_qs);
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        QCOMPARE(decide({u"approve"_qs}).exit, 0);
        QCOMPARE(shop_->value(u"SELECT amount FROM refunds"_qs), u"86.40"_qs);
    }

    void going_round_in_a_circle_is_stopped()
    {
        const auto said = settle("1046", "Please look again.");
        QCOMPARE(said.exit, 11);
        QCOMPARE(text(shown()["error"]["code"]), u"\"W103\""_qs);
        QCOMPARE(text(shown()["mode"]), u"\"stopped\""_qs);
        QCOMPARE(told(said, "event", "step_done"), 3);
        QCOMPARE(decide({u"abort"_qs}).exit, 14);
    }

    void a_service_that_is_not_there_is_left_for_the_backup()
    {
        const auto said = settle("1044", "Broken.", [](Json& agent) { agent["planner"]["models"][0]["url"] = "http://127.0.0.1:9/v1"; });
        QCOMPARE(said.exit, 10);
        QCOMPARE(text(shown()["model"]), u"\"scripted-backup\""_qs);
        QVERIFY(told(said, "code", "T103") > 0);
        QCOMPARE(decide({u"reject"_qs, u"--reason"_qs, u"no"_qs}).exit, 14);
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
    }

    void the_agent_stands_the_check()
    {
        const auto said = terminal_->say({u"check"_qs, terminal_->agent(u"settle-complaint"_qs)});
        QCOMPARE(said.exit, 1);
        QVERIFY(said.out["score"].get<int>() >= 70);
        QVERIFY(said.error.is_null());
    }
};

QTEST_GUILESS_MAIN(PlannerJourneyTest)
#include "plannerjourneytest.moc"
