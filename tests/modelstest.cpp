#include <random>

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QTest>

#include "models/inboxgroups.h"
#include "models/inboxmodel.h"
#include "models/journalmodel.h"
#include "models/runsmodel.h"

using namespace handrail;
using namespace handrail::models;

class ModelsTest : public QObject {
    Q_OBJECT

    static InboxRow row(const std::string& id, const std::string& title = "t")
    {
        InboxRow row;
        row.id = id;
        row.title = title;
        return row;
    }
    static RunSummary run(const std::string& id, RunStatus status = RunStatus::Running)
    {
        RunSummary run;
        run.id = id;
        run.status = status;
        return run;
    }
    static QStringList ids(const QAbstractItemModel& model, int role)
    {
        QStringList list;
        for (int i = 0; i < model.rowCount(); ++i) list.append(model.index(i, 0).data(role).toString());
        return list;
    }

    static InboxRow ticket(const std::string& id, const std::string& cause, Risk risk = Risk::Low, Millis decideBy = 0)
    {
        InboxRow made = row(id);
        made.group = cause;
        made.risk = risk;
        made.decideBy = decideBy;
        return made;
    }
    static QStringList idsOf(const std::vector<InboxRow>& rows)
    {
        QStringList list;
        for (const auto& one : rows) list.append(QString::fromStdString(one.id));
        return list;
    }

private slots:
    void three_tickets_with_one_cause_are_one_row_at_the_place_of_the_first()
    {
        const std::vector<InboxRow> rows{row("a"), ticket("t1", "c", Risk::Low, 50), row("b"), ticket("t2", "c", Risk::High, 20), ticket("t3", "c", Risk::Low)};
        const auto shown = groupedRows(rows, {});
        QCOMPARE(idsOf(shown), QStringList({"a", "cause:c", "b"}));
        QCOMPARE(shown[1].count, 3);
        QCOMPARE(shown[1].risk, Risk::High);
        QCOMPARE(shown[1].decideBy, Millis(20));
        QCOMPARE(idsOf(groupedRows(rows, {"c"})), QStringList({"a", "cause:c", "t1", "t2", "t3", "b"}));
        QCOMPARE(membersOf(rows, "c"), std::vector<HandoffId>({"t1", "t2", "t3"}));
    }

    void two_tickets_with_one_cause_and_those_without_any_stand_for_themselves()
    {
        const std::vector<InboxRow> rows{ticket("t1", "c"), ticket("t2", "c"), row("a"), row("b"), row("d")};
        QCOMPARE(idsOf(groupedRows(rows, {"c"})), QStringList({"t1", "t2", "a", "b", "d"}));
    }

    void a_doubt_among_others_does_not_make_the_row_of_their_cause_a_doubt()
    {
        std::vector<InboxRow> rows{ticket("t1", "c"), ticket("t2", "c"), ticket("t3", "c")};
        rows[0].unknown = true;
        QVERIFY(!groupedRows(rows, {}).front().unknown);
        for (auto& one : rows) one.unknown = true;
        QVERIFY(groupedRows(rows, {}).front().unknown);
    }

    void marks_follow_their_handoffs_and_go_with_them()
    {
        InboxModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({row("a"), row("b"), row("c")});
        model.setMarked("c", true);
        model.setMarked("b", true);
        model.setMarked("nothing", true);
        QCOMPARE(model.marked(), std::vector<HandoffId>({"b", "c"}));
        model.setRows({row("c"), row("new"), row("a")});
        QCOMPARE(model.marked(), std::vector<HandoffId>({"c"}));
        QVERIFY(model.index(0).data(InboxModel::MarkedRole).toBool());
        model.clearMarks();
        QVERIFY(model.marked().empty());
    }

    void the_inbox_survives_insert_change_move_remove_clear_and_clear_again()
    {
        InboxModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({row("a"), row("b"), row("c")});
        model.setRows({row("a"), row("b", "changed"), row("c")});
        QCOMPARE(model.index(1).data().toString(), u"changed"_qs);
        model.setRows({row("c"), row("x"), row("a")});
        QCOMPARE(ids(model, InboxModel::IdRole), QStringList({u"c"_qs, u"x"_qs, u"a"_qs}));
        model.setRows({});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.rowOf("a"), -1);
    }

    void the_runs_survive_the_same()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({run("a"), run("b")});
        model.setRows({run("n"), run("a", RunStatus::Completed), run("b")});
        QCOMPARE(model.index(1, RunsModel::State).data().toString(), u"✓ completed"_qs);
        model.setRows({run("b")});
        model.setRows({});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void the_journal_grows_and_changes_to_another_run()
    {
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        JournalLine line;
        line.event = "run_started";
        model.setLines("r", {line});
        model.setLines("r", {line, line, line});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, JournalModel::Event).data().toString(), u"run started"_qs);
        model.setLines("other", {line});
        QCOMPARE(model.rowCount(), 1);
        model.setLines({}, {});
        model.setLines({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void a_place_that_is_held_follows_its_handoff()
    {
        InboxModel model;
        model.setRows({row("a"), row("b"), row("c")});
        const QPersistentModelIndex held(model.index(1));
        model.setRows({row("new"), row("c"), row("b", "changed")});
        QVERIFY(held.isValid());
        QCOMPARE(held.row(), 2);
        QCOMPARE(held.data(InboxModel::IdRole).toString(), u"b"_qs);
    }

    void random_changes_end_as_the_plain_list_does()
    {
        std::mt19937 random(7);
        InboxModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<InboxRow> plain;
        int next = 0;
        for (int i = 0; i < 500; ++i) {
            const auto at = plain.empty() ? 0 : random() % plain.size();
            const auto where = plain.begin() + static_cast<std::ptrdiff_t>(at);
            switch (random() % 5) {
            case 0: plain.insert(where, row(std::to_string(next++))); break;
            case 1: if (!plain.empty()) plain.erase(where); break;
            case 2: if (!plain.empty()) where->title += "!"; break;
            case 3: std::shuffle(plain.begin(), plain.end(), random); break;
            default: if (random() % 20 == 0) plain.clear(); break;
            }
            model.setRows(plain);
            QVERIFY(model.rows() == plain);
        }
    }
};

QTEST_GUILESS_MAIN(ModelsTest)
#include "modelstest.moc"
