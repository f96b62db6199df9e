#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTest>
#include <QTranslator>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif
#include "tests/support/byteserver.h"

#include "app/language.h"
#include "models/runsmodel.h"
#include "models/toolsmodel.h"
#include "models/words.h"
#include "ui/tables.h"

using namespace handrail;
using namespace handrailtest;

/// The views beside the inbox in the real window, over the real runtime and the demo's shop.
class ViewsJourneyTest : public QObject, ConsoleStage {
    Q_OBJECT

    std::unique_ptr<Terminal> terminal_;

    template <typename Widget>
    Widget* named(const QString& name) { return window().findChild<Widget*>(name); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&window(), static_cast<Qt::Key>(key), modifiers); }
    QAbstractItemModel& list(const QString& name) { return *named<ui::Table>(name)->model(); }
    QString cell(const QString& table, int row, int column) { return list(table).index(row, column).data().toString(); }

    void openWindow() { ConsoleStage::openWindow(terminal_->store()); }
    static void unspeak()
    {
        qDeleteAll(qApp->findChildren<QTranslator*>());
        QLocale::setDefault(QLocale::c());
    }

private slots:
    void initTestCase_data() { addThemes(); }
    void init()
    {
        beginInTheme();
        terminal_ = std::make_unique<Terminal>(terminal());
    }
    void cleanup() { end(); }

    void the_agents_of_a_store_are_known_with_their_newest_definition()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        terminal_->run(terminal_->agent(u"order-status"_qs, [](Json& document) { document["version"] = "2"; }), R"({"order_id": "1042"})");
        const auto agents = knownAgents(terminal_->store().toStdString());
        QVERIFY(agents);
        QCOMPARE(agents->size(), std::size_t(2));
        QCOMPARE(agents->front().name + " " + agents->front().version, std::string("order-status 2"));
        const auto& pay = agents->back();
        QCOMPARE(pay.tools.size(), std::size_t(3));
        QCOMPARE(pay.tools.back().tool + ": " + pay.tools.back().gate, std::string("pay: payment"));
        QVERIFY(pay.tools.back().effect == Effect::WriteKeyed);
        QCOMPARE(knownAgents(dir_->path().toStdString() + "/none").failure().code, Code("U105"));
    }

    void the_view_that_was_shown_last_is_shown_again()
    {
        openWindow();
        QCOMPARE(window().currentView(), u"inbox"_qs);
        for (const auto& [key, view] : std::map<int, QString>{{Qt::Key_2, u"runs"_qs}, {Qt::Key_3, u"tools"_qs}, {Qt::Key_5, u"checklist"_qs}, {Qt::Key_6, u"settings"_qs}, {Qt::Key_4, u"dashboard"_qs}}) {
            press(key, Qt::ControlModifier);
            QCOMPARE(window().currentView(), view);
        }
        press(Qt::Key_4, Qt::ControlModifier);
        window().close();
        console_.reset();
        openWindow();
        QCOMPARE(window().currentView(), u"dashboard"_qs);
        press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window().currentView(), u"inbox"_qs);
    }

    void the_run_pane_shows_what_is_chosen_in_the_view_that_is_seen()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        openWindow();
        QTRY_VERIFY(shows(u"search-orders  ·  "_qs));
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(list(u"runs"_qs).rowCount(), 2);
        auto* runs = named<ui::Table>(u"runs"_qs);
        runs->selectRow(cell(u"runs"_qs, 0, models::RunsModel::Agent) == u"order-status"_qs ? 0 : 1);
        QTRY_VERIFY(shows(u"order-status  ·  "_qs));
        window().close();
        console_.reset();
        openWindow();
        QCOMPARE(window().currentView(), u"runs"_qs);
        QTRY_VERIFY(named<ui::Table>(u"runs"_qs)->currentIndex().isValid() && rows() == 1);
        const QString chosen = cell(u"runs"_qs, named<ui::Table>(u"runs"_qs)->currentIndex().row(), models::RunsModel::Agent);
        QTRY_VERIFY(shows(chosen + u"  ·  "_qs));
        const auto isBelow = named<ui::Table>(u"runs"_qs)->currentIndex().row() == 0;
        ConsoleStage::press(isBelow ? Qt::Key_Down : Qt::Key_Up);
        const QString other = cell(u"runs"_qs, named<ui::Table>(u"runs"_qs)->currentIndex().row(), models::RunsModel::Agent);
        QVERIFY2(other != chosen, "the keys are the list's that is seen");
        QTRY_VERIFY(shows(other + u"  ·  "_qs));
        press(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"search-orders  ·  "_qs));
    }

    void a_host_is_isolated_with_a_reason_and_released_again()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        openWindow();
        press(Qt::Key_3, Qt::ControlModifier);
        QTRY_VERIFY(list(u"tools"_qs).rowCount() > 0);
        QTRY_VERIFY(cell(u"tools"_qs, 0, models::ToolsModel::Errors).contains(u"0% of"_qs));
        named<QPushButton>(u"isolate"_qs)->click();
        QVERIFY(!named<QPushButton>(u"reasonDone"_qs)->isEnabled());
        named<QPlainTextEdit>(u"reason"_qs)->setPlainText(u"the shop moves house"_qs);
        named<QPushButton>(u"reasonDone"_qs)->click();
        QTRY_COMPARE(cell(u"tools"_qs, 0, models::ToolsModel::Breaker), u"■ isolated"_qs);
        QTRY_VERIFY(shows(u"by ann: the shop moves house"_qs));
        QTRY_VERIFY(!named<QPushButton>(u"reasonDone"_qs));
        QTRY_COMPARE(named<QPushButton>(u"isolate"_qs)->text(), u"Release this host…"_qs);
        named<QPushButton>(u"isolate"_qs)->click();
        named<QPlainTextEdit>(u"reason"_qs)->setPlainText(u"it is back"_qs);
        named<QPushButton>(u"reasonDone"_qs)->click();
        QTRY_VERIFY(cell(u"tools"_qs, 0, models::ToolsModel::Breaker) != u"■ isolated"_qs);
    }

    void a_run_is_started_from_the_form_of_its_agent()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        openWindow();
        press(Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY(named<QLineEdit>(u"field:order_id"_qs));
        QVERIFY(!named<QPushButton>(u"start"_qs)->isEnabled());
        named<QLineEdit>(u"field:order_id"_qs)->setText(u"1043"_qs);
        QVERIFY(named<QPushButton>(u"start"_qs)->isEnabled());
        named<QPushButton>(u"start"_qs)->click();
        QTRY_VERIFY(!named<QPushButton>(u"start"_qs));
        window().showView(1);  // the window need not have the focus back yet
        QTRY_COMPARE(list(u"runs"_qs).rowCount(), 2);
        QTRY_COMPARE(cell(u"runs"_qs, 0, models::RunsModel::State), u"✓ completed"_qs);
    }

    void a_run_that_waits_is_aborted_and_nothing_is_paid()
    {
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        openWindow();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(list(u"runs"_qs).rowCount(), 1);
        QTRY_VERIFY(named<QPushButton>(u"abortRun"_qs)->isEnabled());
        named<QPushButton>(u"abortRun"_qs)->click();
        named<QPlainTextEdit>(u"reason"_qs)->setPlainText(u"wrong supplier"_qs);
        named<QPushButton>(u"reasonDone"_qs)->click();
        QTRY_COMPARE(cell(u"runs"_qs, 0, models::RunsModel::State), u"■ aborted"_qs);
        QTRY_VERIFY(!named<QPushButton>(u"abortRun"_qs)->isEnabled());
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void a_bar_shows_the_runs_behind_it()
    {
        terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        openWindow();
        press(Qt::Key_4, Qt::ControlModifier);
        ui::Table* retries = nullptr;
        for (auto* table : window().findChildren<ui::Table*>()) {
            if (table->accessibleName() == u"Retries a run"_qs) retries = table;
        }
        QVERIFY(retries);
        QTRY_COMPARE(retries->model()->rowCount(), 2);
        QCOMPARE(retries->model()->index(0, 0).data().toString(), u"search-orders"_qs);
        Q_EMIT retries->opened(retries->model()->index(0, 0));
        QCOMPARE(window().currentView(), u"runs"_qs);
        QTRY_COMPARE(list(u"runs"_qs).rowCount(), 1);
        QCOMPARE(cell(u"runs"_qs, 0, models::RunsModel::Agent), u"search-orders"_qs);
    }

    void the_checklist_is_about_the_agents_that_were_run()
    {
        terminal_->run(terminal_->agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        openWindow();
        press(Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(named<QComboBox>(u"checkAgent"_qs)->currentText(), u"pay-invoice  1"_qs);
        QVERIFY(named<QLabel>(u"score"_qs)->text().contains(u" of 100: "_qs));
        QVERIFY(shows(u"/inject"_qs));
        QVERIFY(shows(u"No drill of it is known here."_qs));
    }

    void a_test_message_goes_out_and_its_result_is_shown()
    {
        ByteServer hook;
        terminal_->run(terminal_->agent(u"order-status"_qs, [&](Json& document) {
            document["notify"] = {{{"kind", "webhook"}, {"url", hook.url("/hook")}}, {{"kind", "webhook"}, {"url", "http://127.0.0.1:1/none"}}};
        }), R"({"order_id": "1042"})");
        openWindow();
        press(Qt::Key_6, Qt::ControlModifier);
        const auto tests = window().findChildren<QPushButton*>(u"test"_qs);
        QCOMPARE(tests.size(), 2);
        tests.at(0)->click();
        QTRY_COMPARE(window().findChildren<QLabel*>(u"testResult"_qs).at(0)->text(), u"✓ Sent. It should be there now."_qs);
        QCOMPARE(hook.requests.size(), 1);
        QVERIFY(hook.requests.first().contains("This is a test of order-status"));
        tests.at(1)->click();
        QTRY_VERIFY(window().findChildren<QLabel*>(u"testResult"_qs).at(1)->text().startsWith(u"✗ T1"_qs));
        QCOMPARE(hook.requests.size(), 1);
    }

    void single_letters_can_be_switched_off()
    {
        terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        openWindow();
        press(Qt::Key_6, Qt::ControlModifier);
        named<QCheckBox>(u"singleKeys"_qs)->click();
        press(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(named<QPushButton>(u"Retry"_qs) && named<QPushButton>(u"Retry"_qs)->isEnabled());
        const int before = shop_->count(u"requests"_qs);
        QTest::keyClick(window().focusWidget(), Qt::Key_R);
        QTest::keyClick(window().focusWidget(), Qt::Key_Slash);
        QVERIFY(window().focusWidget()->objectName() != u"search"_qs);
        QCOMPARE(shop_->count(u"requests"_qs), before);
        QVERIFY(named<QPushButton>(u"Retry"_qs)->isEnabled());
    }

    void the_log_of_the_selected_run_stands_beside_it()
    {
        const auto said = terminal_->run(terminal_->agent(u"order-status"_qs), R"({"order_id": "1042"})");
        openWindow();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(list(u"runs"_qs).rowCount(), 1);
        named<QPushButton>(u"side1"_qs)->click();
        QTRY_VERIFY(list(u"log"_qs).rowCount() > 2);
        QCOMPARE(list(u"log"_qs).index(0, 2).data().toString(), u"run started"_qs);
        named<QLineEdit>(u"logSearch"_qs)->setText(u"RUN ENDED"_qs);
        QTRY_COMPARE(list(u"log"_qs).rowCount(), 1);
    }

    void the_window_speaks_german_with_its_numbers_and_dates()
    {
        terminal_->run(terminal_->agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        const auto after = qScopeGuard(&unspeak);
        app::speak(*qApp, QLocale(QLocale::German, QLocale::Germany));
        openWindow();
        QTRY_COMPARE(window().windowTitle(), u"(1) Handrail"_qs);
        QCOMPARE(window().menuBar()->actions().first()->text(), u"&Datei"_qs);
        press(Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"Wiederholungen je Lauf"_qs));
        QTRY_VERIFY(shows(u"2,00"_qs));
        QCOMPARE(models::spanText(1'240), u"1,2 s"_qs);
        QVERIFY(models::instantText(1'795'478'400'000).contains(u".11."_qs));
    }

    void no_two_entries_of_a_menu_are_reached_by_the_same_letter()
    {
        const auto after = qScopeGuard(&unspeak);
        for (const auto& locale : {QLocale(QLocale::English), QLocale(QLocale::German)}) {
            console_.reset();
            app::speak(*qApp, locale);
            openWindow();
            auto menus = window().menuBar()->findChildren<QWidget*>();
            menus.append(window().menuBar());
            QSet<QString> all;
            QStringList shared;
            for (const auto* menu : menus) {
                QMap<QString, QString> taken;
                for (const auto* action : menu->actions()) {
                    const QString letter = QKeySequence::mnemonic(action->text()).toString();
                    if (letter.isEmpty() || action->text().isEmpty()) continue;
                    if (taken.contains(letter)) shared.append(taken.value(letter) + u" / "_qs + action->text());
                    taken.insert(letter, action->text());
                    all.insert(letter);
                }
            }
            QVERIFY(all.size() > 10);
            QVERIFY2(shared.isEmpty(), qPrintable(shared.join(u", "_qs)));
        }
    }

    void every_view_is_in_the_menu_and_has_an_empty_state_that_says_what_to_do()
    {
        openWindow();
        for (const auto key : {Qt::Key_2, Qt::Key_3, Qt::Key_5}) {
            press(key, Qt::ControlModifier);
            QTRY_VERIFY(shows(u"No runs yet"_qs) || shows(u"No tools yet"_qs) || shows(u"No agent yet"_qs));
        }
        press(Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"No call was made in this time."_qs));
        press(Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"names a notifier"_qs));
    }
};

QTEST_MAIN(ViewsJourneyTest)
#include "viewsjourneytest.moc"
