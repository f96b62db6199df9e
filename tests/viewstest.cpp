#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/rows.h"
#endif

#include "ui/aboutbox.h"
#include "ui/barlist.h"
#include "ui/checklistview.h"
#include "ui/dashboard.h"
#include "ui/refusalbox.h"
#include "ui/runpane.h"
#include "ui/runsview.h"
#include "ui/schemaform.h"
#include "ui/settingsview.h"
#include "ui/startdialog.h"
#include "ui/toolsview.h"

using namespace handrail;
using namespace handrail::ui;

/// The views beside the inbox, each alone: what they show and what they ask for.
class ViewsTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<QSettings> settings_;

    static Json schema()
    {
        return json(QStringLiteral("{'type': 'object', 'required': ['order_id', 'count'], 'properties': {"
                                   "'order_id': {'type': 'string', 'pattern': '^[0-9]+$', 'description': 'Of the shop'},"
                                   "'count': {'type': 'integer'}, 'mode': {'enum': ['fast', 'safe']}, 'dry': {'type': 'boolean'},"
                                   "'tags': {'type': 'array'}}}"));
    }
    static AgentView agent(const std::string& name)
    {
        AgentView view;
        view.name = name;
        view.version = "1";
        view.input = schema();
        return view;
    }
    template <typename Widget>
    static Widget* named(QWidget& where, const QString& name) { return where.findChild<Widget*>(name); }
    static QString mistakes(QWidget& where)
    {
        QStringList texts;
        for (const auto* label : where.findChildren<PlainLabel*>()) {
            if (label->isVisible() && (label->text().contains(u"must be"_qs) || label->text().contains(u"wrong"_qs)) && !label->text().contains(u"(must be given)"_qs)) texts.append(label->text());
        }
        return texts.join(u'|');
    }
    static RunSummary run(const std::string& id, RunStatus status)
    {
        RunSummary run;
        run.id = id;
        run.agent = "desk";
        run.status = status;
        return run;
    }

private slots:
    void initTestCase() { applyLook(*qApp, Theme::Light, TextSize::Normal, false); }
    void init() { settings_ = std::make_unique<QSettings>(dir_.filePath(QString::fromLatin1(QTest::currentTestFunction())), QSettings::IniFormat); }

    void a_form_gives_back_what_its_schema_wants()
    {
        SchemaForm form(schema());
        form.show();
        QCOMPARE(form.value().failure().where, std::string("/count"));
        named<QLineEdit>(form, u"field:order_id"_qs)->setText(u"1042"_qs);
        named<QLineEdit>(form, u"field:count"_qs)->setText(u"2"_qs);
        QCOMPARE(dump(*form.value()), std::string(R"({"count":2,"order_id":"1042"})"));
        named<QComboBox>(form, u"field:mode"_qs)->setCurrentIndex(2);
        named<QCheckBox>(form, u"field:dry"_qs)->setChecked(true);
        named<QPlainTextEdit>(form, u"field:tags"_qs)->setPlainText(u"[\"a\"]"_qs);
        QCOMPARE(dump(*form.value()), std::string(R"({"count":2,"dry":true,"mode":"safe","order_id":"1042","tags":["a"]})"));
    }

    void a_form_says_what_is_wrong_while_it_is_typed()
    {
        StartDialog dialog({agent("desk")}, [](const AgentView&, const Json& input) -> std::optional<Failure> {
            if (textOf(input, "order_id") == "x") return failure("U102", "wrong form", "/order_id");
            return std::nullopt;
        }, nullptr);
        dialog.show();
        auto* start = named<QPushButton>(dialog, u"start"_qs);
        QVERIFY(!start->isEnabled());
        QVERIFY(mistakes(dialog).isEmpty());  // nobody is told of a field that they have not come to
        named<QLineEdit>(dialog, u"field:count"_qs)->setText(u"two"_qs);
        QCOMPARE(mistakes(dialog), u"This must be a number, like 12.5."_qs);
        named<QLineEdit>(dialog, u"field:count"_qs)->setText(u"2"_qs);
        named<QLineEdit>(dialog, u"field:order_id"_qs)->setText(u"x"_qs);
        QCOMPARE(mistakes(dialog), u"wrong form"_qs);
        QVERIFY(!start->isEnabled());
        named<QLineEdit>(dialog, u"field:order_id"_qs)->setText(u"1042"_qs);
        QVERIFY(mistakes(dialog).isEmpty());
        QVERIFY(start->isEnabled());
    }

    void what_was_written_in_the_form_goes_on_as_json_and_back()
    {
        StartDialog dialog({agent("desk")}, [](const AgentView&, const Json&) { return std::nullopt; }, nullptr);
        dialog.show();
        named<QLineEdit>(dialog, u"field:order_id"_qs)->setText(u"1042"_qs);
        named<QLineEdit>(dialog, u"field:count"_qs)->setText(u"2"_qs);
        auto* asJson = named<QCheckBox>(dialog, u"asJson"_qs);
        asJson->click();
        auto* raw = named<QPlainTextEdit>(dialog, u"raw"_qs);
        QVERIFY(raw->isVisible());
        QVERIFY(raw->toPlainText().contains(u"\"order_id\": \"1042\""_qs));
        raw->setPlainText(u"{\"order_id\": \"7\", \"count\": 3}"_qs);
        asJson->click();
        QCOMPARE(named<QLineEdit>(dialog, u"field:order_id"_qs)->text(), u"7"_qs);
        QSignalSpy started(&dialog, &StartDialog::startWanted);
        named<QPushButton>(dialog, u"start"_qs)->click();
        QCOMPARE(started.value(0).value(1).toString(), u"{\"count\":3,\"order_id\":\"7\"}"_qs);
    }

    void an_agent_whose_input_is_not_described_is_started_with_json()
    {
        AgentView open = agent("open");
        open.input = Json();
        StartDialog dialog({open}, [](const AgentView&, const Json&) { return std::nullopt; }, nullptr);
        dialog.show();
        QVERIFY(named<QPlainTextEdit>(dialog, u"raw"_qs)->isVisible());
        QVERIFY(named<QPushButton>(dialog, u"start"_qs)->isEnabled());
        named<QPlainTextEdit>(dialog, u"raw"_qs)->setPlainText(u"{\"a\": 1,"_qs);
        QVERIFY(!named<QPushButton>(dialog, u"start"_qs)->isEnabled());
    }

    void runs_are_filtered_by_chip_and_by_text_and_the_chip_is_remembered()
    {
        RunsView view(settings_.get());
        view.setRuns({run("aaa", RunStatus::Running), run("bbb", RunStatus::Completed), run("ccc", RunStatus::Failed)});
        view.show();
        auto* table = named<Table>(view, u"runs"_qs);
        QCOMPARE(table->model()->rowCount(), 3);
        named<QLineEdit>(view, u"runSearch"_qs)->setText(u"BB"_qs);
        QCOMPARE(table->model()->rowCount(), 1);
        named<QLineEdit>(view, u"runSearch"_qs)->clear();
        for (auto* chip : view.findChildren<QPushButton*>()) {
            if (chip->text() == u"Ended otherwise 1"_qs) chip->click();
        }
        QCOMPARE(table->model()->rowCount(), 1);
        RunsView again(settings_.get());
        again.setRuns({run("aaa", RunStatus::Running), run("ccc", RunStatus::Failed)});
        QCOMPARE(named<Table>(again, u"runs"_qs)->model()->rowCount(), 1);
    }

    void a_run_is_aborted_only_with_a_reason_and_only_while_it_lives()
    {
        RunsView view(settings_.get());
        view.setRuns({run("aaa", RunStatus::Running), run("bbb", RunStatus::Completed)});
        view.show();
        auto* table = named<Table>(view, u"runs"_qs);
        table->selectRow(1);
        QVERIFY(!named<QPushButton>(view, u"abortRun"_qs)->isEnabled());
        table->selectRow(0);
        QSignalSpy aborted(&view, &RunsView::abortRequested);
        named<QPushButton>(view, u"abortRun"_qs)->click();
        auto* done = named<QPushButton>(view, u"reasonDone"_qs);
        QVERIFY(!done->isEnabled());
        named<QPlainTextEdit>(view, u"reason"_qs)->setPlainText(u"  "_qs);
        QVERIFY(!done->isEnabled());
        named<QPlainTextEdit>(view, u"reason"_qs)->setPlainText(u"wrong customer"_qs);
        done->click();
        QCOMPARE(aborted.value(0), QVariantList({u"aaa"_qs, u"wrong customer"_qs}));
    }

    void only_a_run_that_runs_is_paused_and_why_is_asked()
    {
        RunsView view(settings_.get());
        view.setRuns({run("aaa", RunStatus::Running), run("bbb", RunStatus::WaitingApproval), run("ccc", RunStatus::Completed)});
        view.show();
        auto* table = named<Table>(view, u"runs"_qs);
        auto* pause = named<QPushButton>(view, u"pauseRun"_qs);
        for (const int row : {1, 2}) {
            table->selectRow(row);
            QVERIFY(!pause->isEnabled());
        }
        table->selectRow(0);
        QSignalSpy paused(&view, &RunsView::pauseRequested);
        pause->click();
        QVERIFY(!named<QPushButton>(view, u"reasonDone"_qs)->isEnabled());
        named<QPlainTextEdit>(view, u"reason"_qs)->setPlainText(u"looks odd"_qs);
        named<QPushButton>(view, u"reasonDone"_qs)->click();
        QCOMPARE(paused.value(0), QVariantList({u"aaa"_qs, u"looks odd"_qs}));
    }

    void a_run_leads_to_what_it_waits_for_and_one_that_was_rejected_to_what_was_decided_last()
    {
        RunsView view(settings_.get());
        auto waits = run("aaa", RunStatus::WaitingApproval);
        waits.handoffs = {"aaa-1"};
        view.setRuns({waits, run("bbb", RunStatus::Aborted), run("ccc", RunStatus::Running)});
        view.show();
        auto* table = named<Table>(view, u"runs"_qs);
        auto* go = named<QPushButton>(view, u"goToHandoff"_qs);
        QSignalSpy open(&view, &RunsView::handoffWanted);
        QSignalSpy last(&view, &RunsView::lastHandoffWanted);
        table->selectRow(0);
        go->click();
        QCOMPARE(open.value(0), QVariantList({u"aaa-1"_qs}));
        table->selectRow(1);
        go->click();
        QCOMPARE(last.value(0), QVariantList({u"bbb"_qs}));
        table->selectRow(2);
        QVERIFY(!go->isEnabled());
    }

    void runs_behind_a_bar_are_shown_alone_until_the_chip_is_pressed()
    {
        RunsView view(settings_.get());
        view.setRuns({run("aaa", RunStatus::Running), run("bbb", RunStatus::Completed)});
        view.show();
        models::RunsWanted wanted;
        wanted.states = {RunStatus::Completed};
        view.showOnly(wanted, u"runs that are completed"_qs);
        auto* chip = named<QPushButton>(view, u"onlyThese"_qs);
        QVERIFY(chip->isVisible());
        QCOMPARE(named<Table>(view, u"runs"_qs)->model()->rowCount(), 1);
        chip->click();
        QVERIFY(!chip->isVisible());
        QCOMPARE(named<Table>(view, u"runs"_qs)->model()->rowCount(), 2);
    }

    void a_bar_with_runs_behind_it_opens_by_click_and_by_key_and_one_without_does_not()
    {
        BarList list(u"Failed calls"_qs, u"Tool"_qs, u"Failed"_qs, u"none"_qs, Tone::Danger);
        list.setRows({{u"pay"_qs, u"pay"_qs, 1, u"1"_qs, true}, {u"other"_qs, u"other"_qs, 1, u"1"_qs, false}});
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        auto* table = list.findChild<Table*>();
        QSignalSpy opened(&list, &BarList::opened);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 1)).center());
        QCOMPARE(opened.size(), 1);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 1)).center());
        QCOMPARE(opened.size(), 1);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(opened.value(1), QVariantList{u"pay"_qs});
    }

    void more_bars_than_fit_are_counted_not_hidden()
    {
        BarList list(u"Failed calls"_qs, u"Tool"_qs, u"Failed"_qs, u"none"_qs, Tone::Danger);
        std::vector<models::FigureRow> rows;
        for (int i = 0; i < 11; ++i) rows.push_back({QString::number(i), QString::number(i), 1, u"1"_qs, false});
        list.setRows(rows);
        list.show();
        QCOMPARE(list.findChild<Table*>()->model()->rowCount(), 8);
        bool isTold = false;
        for (const auto* label : list.findChildren<PlainLabel*>()) isTold = isTold || (label->isVisible() && label->text() == u"and 3 more"_qs);
        QVERIFY(isTold);
    }

    void the_failure_of_a_day_asks_for_the_runs_of_that_day()
    {
        Dashboard dashboard(settings_.get());
        Statistics figures;
        figures.types = {{"2026-11-24", "T109", 2}};
        dashboard.setFigures(figures, {});
        dashboard.resize(900, 700);
        dashboard.show();
        QSignalSpy wanted(&dashboard, &Dashboard::runsWanted);
        for (auto* table : dashboard.findChildren<Table*>()) {
            if (table->accessibleName() == u"Failures by day"_qs) Q_EMIT table->opened(table->model()->index(0, 0));
        }
        QCOMPARE(wanted.size(), 1);
        const auto asked = wanted.value(0).value(0).value<models::RunsWanted>();
        QCOMPARE(asked.code, std::string("T109"));
        QCOMPARE(asked.before - asked.since, Millis(86'400'000));
        QCOMPARE(asked.since, Millis(1'795'478'400'000));
    }

    void the_range_is_remembered()
    {
        Dashboard dashboard(settings_.get());
        QCOMPARE(dashboard.days(), 7);
        QSignalSpy changed(&dashboard, &Dashboard::rangeChanged);
        for (auto* chip : dashboard.findChildren<QPushButton*>()) {
            if (chip->text() == u"30 days"_qs) chip->click();
        }
        QCOMPARE(changed.size(), 1);
        QCOMPARE(dashboard.days(), 30);
        QCOMPARE(Dashboard(settings_.get()).days(), 30);
    }

    void a_checklist_shows_its_gaps_first_with_the_place_and_a_score()
    {
        ChecklistView view;
        view.setAgents({u"desk  1"_qs});
        view.setRows(u"desk 1"_qs, {{u"Is it good?"_qs, u"why"_qs, {}}, {u"Is it whole?"_qs, u"why"_qs, {{"line 3, column 1: /tools/pay", "Add \"timeout_s\"."}}}}, {});
        view.show();
        QCOMPARE(named<QLabel>(view, u"score"_qs)->text(), u"50 of 100: 1 of 2 questions are answered"_qs);
        const auto sections = view.findChildren<Section*>();
        QCOMPARE(sections.size(), 2);
        QCOMPARE(sections.front()->title(), u"✗  Is it whole?"_qs);
        QVERIFY(sections.front()->isOpen());
        QVERIFY(!sections.back()->isOpen());
    }

    void a_definition_that_is_not_valid_shows_its_mistakes_instead()
    {
        ChecklistView view;
        view.setRows(u"desk.json"_qs, {}, {failure("U102", "\"effect\" is not known.", "line 3", "Write read.")});
        view.show();
        QCOMPARE(named<QLabel>(view, u"score"_qs)->text(), u"✗ This definition is not valid"_qs);
    }

    void what_is_set_is_kept_and_told()
    {
        SettingsView view(settings_.get());
        view.show();
        QSignalSpy changed(&view, &SettingsView::appearanceChanged);
        for (auto* button : view.findChildren<QRadioButton*>()) {
            if (button->text() == u"Dark"_qs) button->click();
        }
        QCOMPARE(settings_->value(u"theme"_qs).toInt(), 2);
        auto* letters = named<QCheckBox>(view, u"singleKeys"_qs);
        QVERIFY(letters->isChecked());
        letters->click();
        QCOMPARE(settings_->value(u"singleKeys"_qs).toBool(), false);
        QCOMPARE(changed.size(), 2);
    }

    void a_notifier_is_tested_once_at_a_time_and_its_result_stands_beside_it()
    {
        SettingsView view(settings_.get());
        view.setNotifiers({{u"desk"_qs, u"webhook (slack)"_qs, 0, {}}, {u"desk"_qs, u"email to ops@example.com"_qs, 1, {}}});
        view.show();
        QSignalSpy asked(&view, &SettingsView::testRequested);
        const auto buttons = view.findChildren<QPushButton*>(u"test"_qs);
        QCOMPARE(buttons.size(), 2);
        buttons.at(1)->click();
        QCOMPARE(asked.value(0), QVariantList({u"desk"_qs, 1}));
        QVERIFY(!buttons.at(1)->isEnabled());
        view.showTest(u"desk"_qs, 1, u"W201: refused"_qs, false);
        QVERIFY(buttons.at(1)->isEnabled());
        QCOMPARE(view.findChildren<QLabel*>(u"testResult"_qs).at(1)->text(), u"✗ W201: refused"_qs);
        QVERIFY(!view.findChildren<QLabel*>(u"testResult"_qs).at(0)->isVisible());
    }

    void every_library_is_named_with_its_licence()
    {
        AboutBox about(QIcon(), nullptr);
        QStringList names;
        auto* list = named<QListWidget>(about, u"libraries"_qs);
        for (int i = 0; i < list->count(); ++i) names.append(list->item(i)->text());
        for (const auto* library : {"Qt 6", "SQLite", "libcurl", "OpenSSL", "nlohmann", "PCRE2", "CLI11", "httplib", "Inter"}) {
            QVERIFY2(names.filter(QString::fromLatin1(library)).size() == 1, library);
        }
        for (int i = 0; i < list->count(); ++i) {
            list->setCurrentRow(i);
            QVERIFY(!about.findChild<QPlainTextEdit*>()->toPlainText().isEmpty());
        }
    }

    void a_long_journal_beside_the_views_is_scrolled_in_one_direction()
    {
        RunPane pane;
        pane.resize(340, 600);
        pane.show();
        RunDetail run;
        run.summary.id = "ft5re4fhqk";
        std::vector<JournalLine> lines;
        for (int i = 0; i < 40; ++i) {
            lines.push_back({});
            lines.back().seq = i + 1;
            lines.back().time = 1'795'478'400'000;
            lines.back().step = "find-the-order-of-the-buyer";
            lines.back().event = "step_prepared";
        }
        pane.setRun(run, lines);
        QCoreApplication::processEvents();
        auto* journal = pane.findChild<QTableView*>();
        QVERIFY(journal->verticalScrollBar()->maximum() > 0);
        QCOMPARE(journal->horizontalScrollBar()->maximum(), 0);
    }

    void why_it_cannot_start_is_told_in_plain_text_with_what_to_do()
    {
        const RefusalBox box(failure("R103", "<img src=x> is no store.\u202E", {}, "<b>Choose</b> another folder."));
        QStringList texts;
        for (const auto* label : box.findChildren<QLabel*>()) {
            if (label->text().isEmpty()) continue;
            QCOMPARE(label->textFormat(), Qt::PlainText);
            texts.append(label->text());
        }
        const QString all = texts.join(u'|');
        QVERIFY2(all.contains(u"<img src=x> is no store."_qs) && all.contains(u"<b>Choose</b> another folder.\n(R103)"_qs), qPrintable(all));
        QVERIFY(!all.contains(QChar(0x202E)));
    }

    void what_a_tool_wrote_stays_plain_text()
    {
        ToolsView tools(settings_.get());
        models::ToolRow row;
        row.tool.agent = "desk";
        row.tool.tool = "pay<img src=x>";
        row.tool.description = "<b>bold</b> \xE2\x80\xAE evil";
        row.tool.host = "https://pay.example";
        tools.setTools({row});
        tools.resize(1200, 700);
        tools.show();
        for (const auto* label : tools.findChildren<QLabel*>()) QCOMPARE(label->textFormat(), Qt::PlainText);
        bool isShown = false;
        for (const auto* label : tools.findChildren<QLabel*>()) isShown = isShown || label->text().contains(u"<b>bold</b> ⟨U+202E⟩ evil"_qs);
        QVERIFY(isShown);
    }
};

QTEST_MAIN(ViewsTest)
#include "viewstest.moc"
