#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QTest>

#include "models/figurerows.h"
#include "models/logmodel.h"
#include "models/replaymodel.h"
#include "models/rulesmodel.h"
#include "models/runsfilter.h"
#include "models/runsmodel.h"
#include "models/timescale.h"
#include "models/toolsmodel.h"
#include "models/whatifmodel.h"

using namespace handrail;
using namespace handrail::models;

/// The models of the views beside the inbox: tools, the retry table of one tool, filtered runs, bars.
class ViewModelsTest : public QObject {
    Q_OBJECT

    static ToolRow tool(const std::string& agent, const std::string& name, std::int64_t calls = 0, std::int64_t errors = 0)
    {
        ToolRow row;
        row.tool.agent = agent;
        row.tool.tool = name;
        row.tool.host = "https://pay.example#1f2e3d4c";
        row.tool.timeout = 5'000;
        row.tool.attempts = 3;
        row.calls = calls;
        row.errors = errors;
        return row;
    }
    static RunSummary run(const std::string& id, RunStatus status, const std::string& agent = "desk", const Code& code = {})
    {
        RunSummary run;
        run.id = id;
        run.agent = agent;
        run.status = status;
        run.updated = 1'000;
        if (!code.empty()) run.error = failure(code, "It did not answer.");
        return run;
    }
    static JournalLine line(Seq seq, Millis time, const std::string& event, const Json& data = Json::object()) { return {seq, time, "r", "pay", 1, event, data}; }
    static QStringList shown(const QAbstractItemModel& model)
    {
        QStringList ids;
        for (int row = 0; row < model.rowCount(); ++row) ids.append(model.index(row, 0).data(RunsModel::IdRole).toString());
        return ids;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void tools_survive_insert_change_move_remove_clear_and_clear_again()
    {
        ToolsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({tool("desk", "pay"), tool("desk", "find")});
        const QPersistentModelIndex held(model.index(1, 0));
        auto paid = tool("desk", "pay", 40, 5);
        paid.host = HostView{"https://pay.example#1f2e3d4c", "isolated", 0, -1, 0, "ann", "it double charges"};
        model.setRows({tool("other", "pay"), tool("desk", "find"), paid});
        QCOMPARE(held.row(), 1);
        QCOMPARE(model.index(2, ToolsModel::Errors).data().toString(), u"12.5% of 40"_qs);
        QCOMPARE(model.index(2, ToolsModel::Breaker).data().toString(), u"■ isolated"_qs);
        QCOMPARE(model.index(2, ToolsModel::Host).data().toString(), u"https://pay.example"_qs);
        QCOMPARE(model.index(1, ToolsModel::Errors).data().toString(), u"no calls"_qs);
        model.setRows({});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void a_rule_of_the_definition_stands_before_the_table_and_in_its_place()
    {
        RulesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ToolView view = tool("desk", "pay").tool;
        view.effect = Effect::WriteBlind;
        view.on = {{"T108", Verdict::Stop}};
        model.setTool(view);
        QCOMPARE(model.rowCount(), static_cast<int>(retryTable().size()));
        QVERIFY(model.index(0, 0).data().toString().startsWith(u"T108 "_qs));
        QCOMPARE(model.index(0, 1).data().toString(), u"the run stops (the definition says so)"_qs);
        QVERIFY(model.index(0, 1).data(RulesModel::OwnRole).toBool());
        view.on.clear();
        view.effect = Effect::Read;
        model.setTool(view);
        QVERIFY(!model.index(0, 1).data(RulesModel::OwnRole).toBool());
        model.clear();
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void every_cell_of_the_retry_table_has_words()
    {
        for (const auto& row : retryTable()) {
            for (const auto effect : {Effect::Read, Effect::WriteKeyed, Effect::WriteBlind}) QVERIFY(!meaningOf(row.cell(effect), 3).isEmpty());
        }
        QVERIFY(meaningOf({Verdict::Retry, 0, true}, 3).contains(u"unknown"_qs));
        QCOMPARE(meaningOf({Verdict::Retry, 0, false}, 1), u"not tried again"_qs);
    }

    void runs_are_found_by_state_agent_failure_time_and_text_data()
    {
        QTest::addColumn<RunsWanted>("wanted");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char* name, const RunsWanted& wanted, const QStringList& found) { QTest::newRow(name) << wanted << found; };
        RunsWanted wanted;
        row("nothing is asked", wanted, {u"a"_qs, u"b"_qs, u"c"_qs});
        wanted.states = {RunStatus::Completed, RunStatus::Failed};
        row("one of two states", wanted, {u"b"_qs, u"c"_qs});
        wanted = {};
        wanted.agents = {"desk"};
        row("an agent", wanted, {u"a"_qs, u"b"_qs});
        wanted = {};
        wanted.code = "T109";
        row("a failure", wanted, {u"c"_qs});
        wanted = {};
        wanted.since = 1'000;
        wanted.before = 1'001;
        row("an instant within", wanted, {u"a"_qs, u"b"_qs, u"c"_qs});
        wanted.before = 1'000;
        row("an instant at the end is not within", wanted, {});
        wanted = {};
        wanted.search = u"DID NOT"_qs;
        row("words of the failure, whatever their case", wanted, {u"c"_qs});
        wanted.agents = {"desk"};
        row("all conditions together", wanted, {});
    }
    void runs_are_found_by_state_agent_failure_time_and_text()
    {
        QFETCH(RunsWanted, wanted);
        QFETCH(QStringList, found);
        RunsModel runs;
        RunsFilter filter;
        QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&runs);
        filter.setWanted(wanted);
        runs.setRows({run("a", RunStatus::Running), run("b", RunStatus::Completed), run("c", RunStatus::Failed, "other", "T109")});
        QCOMPARE(shown(filter), found);
        runs.setRows({});
        QCOMPARE(filter.rowCount(), 0);
    }

    void a_run_that_changes_its_state_comes_into_the_filter_and_leaves_it()
    {
        RunsModel runs;
        RunsFilter filter;
        QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&runs);
        RunsWanted wanted;
        wanted.states = {RunStatus::Running};
        filter.setWanted(wanted);
        runs.setRows({run("a", RunStatus::Running), run("b", RunStatus::WaitingApproval)});
        QCOMPARE(shown(filter), QStringList{u"a"_qs});
        runs.setRows({run("a", RunStatus::Completed), run("b", RunStatus::Running)});
        QCOMPARE(shown(filter), QStringList{u"b"_qs});
    }

    void bars_survive_everything_and_are_drawn_against_the_longest()
    {
        FiguresModel model(u"Tool"_qs, u"Failed"_qs);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{u"a"_qs, u"a"_qs, 2, u"2"_qs, false}, {u"b"_qs, u"b"_qs, 1, u"1"_qs, true}});
        QCOMPARE(model.index(1, FiguresModel::Bar).data(FiguresModel::ShareRole).toDouble(), 0.5);
        model.setRows({{u"b"_qs, u"b"_qs, 4, u"4"_qs, true}, {u"a"_qs, u"a"_qs, 1, u"1"_qs, false}});
        QCOMPARE(model.index(1, FiguresModel::Bar).data(FiguresModel::ShareRole).toDouble(), 0.25);
        model.setRows({{u"b"_qs, u"b"_qs, 0.5, u"50%"_qs, true}}, 1.0);
        QCOMPARE(model.index(0, FiguresModel::Bar).data(FiguresModel::ShareRole).toDouble(), 0.5);
        model.setRows({});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void figures_are_told_in_words()
    {
        Statistics figures;
        figures.tools = {{"find", 10, 0, 100, {}}, {"pay", 8, 2, 100, {{"T109", 2}}}};
        figures.agents = {{"desk", 4, 6}};
        figures.types = {{"2026-11-24", "T109", 2}};
        figures.runsEnded = {{"completed", 3}, {"failed", 1}};
        figures.fallbacks = {{"cache", {3, 2, 1}}};
        figures.handoffs = {{"approval", 5, 3, 1, 90'000, {}, {1, 0, 2, 0, 0, 0, 0}}};
        const auto tools = toolErrorRows(figures);
        QCOMPARE(tools.front().id, u"pay"_qs);
        QCOMPARE(tools.front().text, u"25% of 8 calls"_qs);
        QCOMPARE(tools.back().text, u"0% of 10 calls"_qs);
        QCOMPARE(retryRows(figures).front().text, u"1.50 a run, 6 in 4 runs"_qs);
        QCOMPARE(errorTypeRows(figures).front().id, u"2026-11-24/T109"_qs);
        QCOMPARE(endedRows(figures).front().name, u"✓ completed"_qs);
        QCOMPARE(fallbackRows(figures).front().text, u"3 times, 2 worked"_qs);
        QCOMPARE(handoffRows(figures).front().text, u"5 asked, 3 decided, 1 ran out, 30 s on average"_qs);
        const auto times = decisionTimeRows(figures);
        QCOMPARE(times.size(), std::size_t(7));
        QCOMPARE(times[2].value, 2.0);
    }

    void the_log_grows_and_changes_to_another_run()
    {
        LogModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const Json first = {{"timestamp", "2026-11-24T10:00:00.000Z"}, {"level", "info"}, {"event", "run_started"}};
        const Json second = {{"timestamp", "2026-11-24T10:00:01.000Z"}, {"level", "error"}, {"event", "answered"}, {"error_type", "T109"}, {"duration_ms", 1'500}};
        model.setLines("r", {first});
        const QPersistentModelIndex held(model.index(0, 0));
        model.setLines("r", {first, second});
        QVERIFY(held.isValid());
        QCOMPARE(model.index(1, LogModel::Level).data().toString(), u"✗ error"_qs);
        QCOMPARE(model.index(1, LogModel::What).data().toString(), u"T109 · 1.5 s"_qs);
        model.setLines("r", {second});
        QVERIFY(!held.isValid());
        model.setLines("other", {first});
        model.setLines({}, {});
        model.setLines({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void a_replayed_journal_says_what_came_of_each_line()
    {
        ReplayModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const JournalLine first = line(7, 1'000, "run_started");
        const JournalLine second = line(9, 2'500, "step_done");
        const JournalLine third = line(10, 2'500, "run_ended", {{"state", "completed"}});
        model.setLines({first, second, third});
        QCOMPARE(model.index(0, ReplayModel::Time).data().toString(), u"start"_qs);
        QCOMPARE(model.index(1, ReplayModel::Time).data().toString(), u"+1.5 s"_qs);
        QCOMPARE(model.index(1, ReplayModel::Event).data().toString(), u"step done"_qs);
        QCOMPARE(model.index(0, ReplayModel::Result).data().toString(), QString());
        QCOMPARE(model.rowOf(9), 1);
        QCOMPARE(model.rowOf(8), -1);
        model.setResults({{first, "given"}, {second, "differs"}});
        QCOMPARE(model.index(0, ReplayModel::Result).data().toString(), u"→ given"_qs);
        QCOMPARE(model.index(1, ReplayModel::Result).data().toString(), u"✗ differs"_qs);
        QCOMPARE(model.index(2, ReplayModel::Result).data().toString(), u"– not reached"_qs);
        QVERIFY(model.index(1, 0).data(ReplayModel::DiffersRole).toBool());
        model.setLines({second});
        QCOMPARE(model.index(0, ReplayModel::Result).data().toString(), QString());
        model.setLines({});
        model.setLines({});
        QCOMPARE(model.rowCount(), 0);
    }

    void two_ways_that_have_parted_stand_line_beside_line()
    {
        WhatIfModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const JournalLine a = line(1, 0, "run_started");
        const JournalLine b = line(2, 0, "judged", {{"verdict", "done"}});
        const JournalLine c = line(3, 0, "step_done");
        const JournalLine d = line(0, 0, "judged", {{"verdict", "refused"}});
        const std::vector<WhatIfLine> lines{{a, a, "same"}, {b, std::nullopt, "only journal"}, {c, std::nullopt, "only journal"}, {std::nullopt, d, "only now"}};
        model.setLines(lines, true);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, WhatIfModel::Mark).data().toString(), u"= same"_qs);
        QCOMPARE(model.index(1, WhatIfModel::Mark).data().toString(), u"≠ other"_qs);
        QCOMPARE(model.index(1, WhatIfModel::Was).data().toString(), u"2  judged  pay #1 · done"_qs);
        QCOMPARE(model.index(1, WhatIfModel::Now).data().toString(), u"judged  pay #1 · refused"_qs);
        QCOMPARE(model.index(2, WhatIfModel::Mark).data().toString(), u"− not now"_qs);
        QCOMPARE(model.differences(), 2);
        QCOMPARE(model.rowOf(WhatIfModel::Now, 1), 1);
        QCOMPARE(model.rowOf(WhatIfModel::Now, 2), -1);
        QCOMPARE(model.placeOf(WhatIfModel::Now, 2), 1);
        model.setLines(lines, false);
        QCOMPARE(model.index(2, WhatIfModel::Mark).data().toString(), u"? not known"_qs);
        QCOMPARE(model.differences(), 1);
        model.setLines({}, true);
        model.setLines({}, true);
        QCOMPARE(model.rowCount(), 0);
    }

    void a_line_of_time_is_to_scale_but_for_waits_that_would_hide_all_else()
    {
        const std::vector<JournalLine> brief{line(1, 0, "dispatched"), line(2, 1'000, "answered"), line(3, 1'000, "judged"), line(4, 4'000, "dispatched")};
        const TimeScale scale(brief, 1'000);
        const auto& parts = scale.stretches();
        QVERIFY(parts[0].what == Meanwhile::Call);
        QVERIFY(parts[1].right > parts[1].left);  // lines of one instant are kept apart
        const double apart = parts[1].right - parts[1].left;
        QVERIFY(qFuzzyCompare(parts[2].right - parts[2].left - apart, 3 * (parts[0].right - parts[0].left - apart)));
        QCOMPARE(scale.at(3), 1'000.0);
        QCOMPARE(scale.nearest(1'200), 3);
        QCOMPARE(scale.nearest(-5), 0);

        auto waits = brief;
        waits.push_back(line(5, 3'604'000, "decided"));
        waits.push_back(line(6, 3'604'500, "run_ended"));
        const TimeScale cut(waits, 1'000);
        QVERIFY(cut.stretches()[3].isCut && cut.stretches()[3].what == Meanwhile::Person);
        QVERIFY(!cut.stretches()[0].isCut);
        QVERIFY(cut.at(3) > 250);  // the rest is still to be seen
        QCOMPARE(cut.stretches()[3].span, Millis(3'600'000));
    }

    void two_lines_of_time_beside_each_other_have_one_scale()
    {
        const std::vector<JournalLine> longer{line(1, 0, "run_started"), line(2, 8'000, "answered"), line(3, 9'000, "run_ended")};
        const std::vector<JournalLine> shorter{line(1, 0, "run_started"), line(2, 8'000, "answered")};
        const TimeScale one(longer, 500, &shorter);
        const TimeScale other(shorter, 500, &longer);
        QCOMPARE(one.at(1), other.at(1));
        QCOMPARE(one.at(2), 500.0);
        QCOMPARE(TimeScale({}, 500).nearest(3), -1);
        const std::vector<JournalLine> back{line(1, 5'000, "run_started"), line(2, 1'000, "recovered")};
        QCOMPARE(TimeScale(back, 500).stretches()[0].span, Millis(0));
    }

    void nothing_is_drawn_of_what_has_no_data()
    {
        const Statistics none;
        QVERIFY(toolErrorRows(none).empty());
        QVERIFY(retryRows(none).empty());
        QVERIFY(errorTypeRows(none).empty());
        QVERIFY(endedRows(none).empty());
        QVERIFY(fallbackRows(none).empty());
        QVERIFY(handoffRows(none).empty());
        QVERIFY(decisionTimeRows(none).empty());
        QVERIFY(notifierRows(none).empty());
        InboxRow ofARun;
        ofARun.id = "k7m2q9x4td-1";
        QVERIFY(alertRows({ofARun}).empty());
    }

    void only_so_many_failures_of_one_day_are_shown()
    {
        Statistics figures;
        for (int i = 0; i < 9; ++i) figures.types.push_back({"2026-11-24", "T10" + std::to_string(i), 9 - i});
        figures.types.push_back({"2026-11-23", "T109", 1});
        QCOMPARE(errorTypeRows(figures).size(), std::size_t(6));
    }
};

QTEST_GUILESS_MAIN(ViewModelsTest)
#include "viewmodelstest.moc"
