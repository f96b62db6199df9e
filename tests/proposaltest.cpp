#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/data/proposalrows.h"
#endif

using namespace handrail;
using namespace handrailtest;


/// Nothing that a model made up is run: the tool exists, the arguments fit, and what names something
/// stands in this run's input or results as a whole value.
class ProposalTest : public QObject {
    Q_OBJECT

private slots:
    void a_proposal_is_held_against_the_run_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("expected");
        for (const auto& row : proposalRows) QTest::newRow(row.name) << q(row.tool) << q(row.arguments) << q(row.expected);
    }
    void a_proposal_is_held_against_the_run()
    {
        QFETCH(QString, tool);
        QFETCH(QString, arguments);
        planner::Proposal proposal;
        proposal.tool = tool.toStdString();
        proposal.arguments = parseJson(arguments.toStdString()).take();
        const auto wrong = planner::objectionTo(*desk(), proposal, sources());
        QTEST(wrong ? QString::fromStdString(wrong->code + " " + wrong->where) : QString(), "expected");
    }

    void the_words_say_what_is_wrong_and_what_would_be_right()
    {
        planner::Proposal proposal;
        proposal.tool = "refnd";
        QVERIFY(planner::objectionTo(*desk(), proposal, {})->message.find("did you mean refund?") != std::string::npos);
        QVERIFY(planner::objectionTo(*desk(), proposal, {})->message.find("_ask") != std::string::npos);
        proposal.tool = "refund";
        proposal.arguments = {{"order_id", 5}};
        QVERIFY(planner::objectionTo(*desk(), proposal, {})->message.find("must be a string") != std::string::npos);
        proposal.arguments = {{"order_id", "77"}};
        QVERIFY(planner::objectionTo(*desk(), proposal, {})->message.find("\"77\" at /order_id") != std::string::npos);
        QCOMPARE(planner::objectionTo(*desk(), proposal, sources())->hint,
                 std::string("Those that stand there: u-1, u-2, ann@example.com, 7, 1042, 0042, 120.00."));
    }
};

QTEST_GUILESS_MAIN(ProposalTest)
#include "proposaltest.moc"
