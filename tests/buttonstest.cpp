#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTest>

#include "ui/actionbutton.h"
#include "ui/commandpalette.h"

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Every button of the decision bar, pressed by mouse in the real window; what counts is what the shop's books and
/// requests say afterwards.
class ButtonsTest : public QObject, ConsoleStage {
    Q_OBJECT

    void open(const QString& agent, const char* input, const std::function<void(Json&)>& edit = {})
    {
        terminal().run(terminal().agent(agent, edit), input);
        openWindow(terminal().store());
        QTRY_VERIFY(rows() > 0);
    }
    void openPayment(const std::function<void(Json&)>& edit = {}) { open(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})", edit); }
    void openDoubt() { open(u"refund-without-key"_qs, R"({"order_id": "1043"})"); }
    void openStopped(const std::function<void(Json&)>& edit = {}) { open(u"search-orders"_qs, R"({"q": "Bluebird"})", edit); }

    /// The field of an open form that has this name.
    template <typename Field>
    Field* field(const QString& name)
    {
        for (auto* one : window().findChildren<Field*>()) {
            if (one->isVisible() && one->accessibleName() == name) return one;
        }
        return nullptr;
    }
    void write(const QString& name, const QString& text)
    {
        QTRY_VERIFY2(field<QLineEdit>(name), qPrintable(name));
        field<QLineEdit>(name)->selectAll();
        QTest::keyClicks(field<QLineEdit>(name), text);
    }
    /// The invoice is read again for the changed request, and what it says is asked about.
    void payAnew(const QString& question, const QString& amount)
    {
        QTRY_VERIFY(canPress(u"Approve"_qs) && !again());
        QCOMPARE(selected(), question);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        approve(amount);
        QTRY_COMPARE(rows(), 0);
    }
    void approve(const QString& amount)
    {
        pressButton(u"Approve"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        QTest::keyClicks(again(), amount);
        pressButton(u"confirm"_qs);
    }
    void reject()
    {
        pressButton(u"Reject…"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        QTest::keyClicks(window().focusWidget(), u"wrong supplier"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
    }
    /// A payment that was approved, is held, and whose run was paused before it left.
    void openHeldAndPaused()
    {
        openPayment([](Json& agent) { agent["approvals"]["hold_s"] = {{"payment", 600}}; });
        approve(u"1240.00"_qs);
        QTRY_VERIFY(canPress(u"Stop"_qs));
        pressInRuns(u"pauseRun"_qs);
        window().findChild<QPlainTextEdit*>(u"reason"_qs)->setPlainText(u"the bank looks odd"_qs);
        pressButton(u"reasonDone"_qs);
        QTRY_COMPARE(stateOfRun(), RunStatus::Escalated);
    }
    /// The run of the window's list, by the button of that name.
    void pressInRuns(const QString& name)
    {
        window().showView(1);
        pressButton(name);
    }
    static bool isDecision(const QString& name)
    {
        const auto& all = ui::allActions();
        return std::any_of(all.begin(), all.end(), [&](const ui::ActionInfo& one) { return one.label == name; });
    }
    /// By the palette, as it is typed there.
    void command(const QString& name)
    {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window().findChild<ui::CommandPalette*>();
        QVERIFY(palette);
        QTest::keyClicks(palette->findChild<QLineEdit*>(), name);
        QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_VERIFY(!window().findChild<ui::CommandPalette*>());
    }
    QLineEdit* again() { return window().findChild<QLineEdit*>(u"again"_qs); }
    RunId runId() { return openReader(terminal().store().toStdString()).value()->runs()->front().id; }
    RunStatus stateOfRun() { return openReader(terminal().store().toStdString()).value()->runs()->front().status; }
    int posts() { return shop_->count(u"requests WHERE method = 'POST'"_qs); }

private slots:
    void initTestCase_data() { addThemes(); }
    void init() { beginInTheme(); }
    void cleanup() { end(); }

    void approve_pays_once_after_the_amount_was_typed_again()
    {
        openPayment();
        approve(u"1240.00"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void each_button_is_in_the_menu_and_in_the_palette_while_it_can_be_pressed()
    {
        openPayment();
        QTRY_VERIFY(canPress(u"Approve"_qs));
        const auto offered = [&] {
            QStringList names;
            for (auto* menu : window().menuBar()->findChildren<QMenu*>()) {
                for (const auto* action : menu->actions()) {
                    if (action->isVisible() && action->isEnabled() && isDecision(action->text())) names.append(action->text());
                }
            }
            return names;
        };
        QCOMPARE(offered(), (QStringList{u"Approve"_qs, u"Edit and approve…"_qs, u"Reject…"_qs, u"Abort…"_qs}));
        command(u"Reject"_qs);
        QTRY_VERIFY(button(u"confirm"_qs) && button(u"confirm"_qs)->isVisible());
        QCOMPARE(offered(), QStringList());
        press(Qt::Key_Escape);
        QTRY_COMPARE(offered().size(), 4);
        // Out of another view it is only shown; nobody decides on what is not before them.
        window().showView(1);
        command(u"Abort"_qs);
        QTRY_COMPARE(window().currentView(), u"inbox"_qs);
        QVERIFY(!button(u"confirm"_qs));
        command(u"Abort"_qs);
        QTest::keyClicks(window().focusWidget(), u"not today"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(offered(), QStringList());
        QCOMPARE(stateOfRun(), RunStatus::Aborted);
    }

    void edit_and_approve_pays_what_was_typed_and_nothing_that_the_tool_does_not_take()
    {
        openPayment();
        pressButton(u"Edit and approve…"_qs);
        write(u"amount"_qs, u"a lot"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        write(u"amount"_qs, u"1000.00"_qs);
        QTest::keyClicks(again(), u"1240.00"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        again()->selectAll();
        QTest::keyClicks(again(), u"1000.00"_qs);
        pressButton(u"confirm"_qs);
        payAnew(u"Pay 1,000.00 EUR to ACME GmbH?"_qs, u"1000.00"_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
        QCOMPARE(shop_->value(u"SELECT CAST(amount AS REAL) FROM payments"_qs).toDouble(), 1000.0);
    }

    void what_the_tools_schema_forbids_is_said_while_it_is_typed()
    {
        openPayment([](Json& agent) {
            agent["tools"]["pay"]["params"]["properties"]["currency"] = {{"type", "string"}, {"enum", {"EUR", "USD"}}};
            agent["tools"]["pay"]["params"]["properties"]["recipient"] = {{"type", "string"}, {"maxLength", 12}};
            agent["tools"]["pay"]["params"]["properties"]["note"] = {{"type", "string"}, {"description", "Printed on the statement"}};
        });
        pressButton(u"Edit and approve…"_qs);
        // One of two: nothing else can be typed.
        QTRY_VERIFY(field<QComboBox>(u"currency"_qs));
        QCOMPARE(field<QComboBox>(u"currency"_qs)->count(), 2);
        write(u"recipient"_qs, u"A name that is far too long"_qs);
        QTRY_VERIFY(shows(u"/recipient"_qs));
        QTest::keyClicks(again(), u"1240.00"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        write(u"recipient"_qs, u"ACME GmbH"_qs);
        QVERIFY(!shows(u"/recipient"_qs));
        QVERIFY(!canPress(u"confirm"_qs));
        write(u"note"_qs, u"August"_qs);
        pressButton(u"confirm"_qs);
        payAnew(u"Pay 1,240.00 EUR to ACME GmbH?"_qs, u"1240.00"_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void reject_pays_nothing_and_keeps_why()
    {
        openPayment();
        reject();
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void abort_ends_the_run_with_its_reason()
    {
        openPayment();
        pressButton(u"Abort…"_qs);
        QTest::keyClicks(window().focusWidget(), u"not today"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        QCOMPARE(stateOfRun(), RunStatus::Aborted);
    }

    void stop_takes_a_held_payment_back_before_it_leaves()
    {
        openPayment([](Json& agent) { agent["approvals"]["hold_s"] = {{"payment", 600}}; });
        approve(u"1240.00"_qs);
        // Nothing has left, so nothing says that it has.
        QTRY_VERIFY(shows(u"It is sent when the hold is over"_qs));
        pressButton(u"Stop"_qs);
        // It is asked about anew, and nothing has left.
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void it_happened_settles_the_doubt_without_a_call()
    {
        openDoubt();
        const int before = posts();
        pressButton(u"It happened…"_qs);
        QTest::keyClicks(window().focusWidget(), u"RF-1"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(posts(), before);
    }

    void it_did_not_happen_sends_it_once_more()
    {
        openDoubt();
        const int before = posts();
        pressButton(u"It did not happen"_qs);
        QTRY_COMPARE(posts(), before + 1);
    }

    void i_cannot_tell_leaves_the_doubt_open()
    {
        openDoubt();
        const int before = posts();
        pressButton(u"I cannot tell"_qs);
        const auto reader = openReader(terminal().store().toStdString()).take();
        const RunId run = reader->runs()->front().id;
        const auto isNoted = [&] {
            const auto lines = reader->journal(run).take();
            return std::any_of(lines.begin(), lines.end(), [](const JournalLine& line) { return line.event == "decided"; });
        };
        QTRY_VERIFY(isNoted());
        QTRY_VERIFY(canPress(u"It happened…"_qs));
        QCOMPARE(rows(), 1);
        QCOMPARE(posts(), before);
    }

    void retry_asks_the_service_again()
    {
        openStopped();
        const int before = shop_->count(u"requests"_qs);
        pressButton(u"Retry"_qs);
        QTRY_COMPARE(rows(), 0);
        QVERIFY(shop_->count(u"requests"_qs) > before);
    }

    void retry_with_changes_asks_for_what_was_typed()
    {
        openStopped();
        pressButton(u"Retry with changes…"_qs);
        write(u"q"_qs, u"Lamp"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QVERIFY(shop_->value(u"SELECT COUNT(*) FROM requests WHERE path LIKE '%q=Lamp%'"_qs).toInt() > 0);
    }

    void skip_goes_on_without_the_step()
    {
        openStopped();
        const int before = shop_->count(u"requests"_qs);
        pressButton(u"Skip"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"requests"_qs), before);
        QCOMPARE(stateOfRun(), RunStatus::Completed);
    }

    void use_fallback_reads_by_the_other_path()
    {
        // The service is slow three times: twice for the tool, once for what stands in for it.
        open(u"search-orders"_qs, R"({"q": "Bluebird"})", [](Json& agent) {
            Json& tools = agent["tools"];
            tools["archive"] = tools["search_orders"];
            tools["archive"]["retry"]["attempts"] = 1;
            tools["search_orders"]["retry"]["attempts"] = 2;
            tools["search_orders"]["fallback"] = {{"read_only", "archive"}};
        });
        pressButton(u"Use fallback"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(stateOfRun(), RunStatus::Completed);
        QCOMPARE(shop_->count(u"requests"_qs), 4);
        QVERIFY(openReader(terminal().store().toStdString()).value()->run(runId()).value()->plan.front().fallback.find("archive") != std::string::npos);
    }

    void withdraw_the_rejection_asks_anew_and_pays_nothing()
    {
        openPayment();
        reject();
        pressInRuns(u"goToHandoff"_qs);
        QCOMPARE(window().currentView(), u"inbox"_qs);
        pressButton(u"Withdraw the rejection"_qs);
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QVERIFY(!canPress(u"Withdraw the rejection"_qs));
        QCOMPARE(rows(), 1);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void let_it_go_on_ends_a_pause_and_what_was_held_can_still_be_stopped()
    {
        openHeldAndPaused();
        pressInRuns(u"goToHandoff"_qs);
        QTRY_VERIFY(shows(u"ann has paused this run"_qs));
        QVERIFY(!canPress(u"Retry"_qs) && !canPress(u"Retry with changes…"_qs) && !canPress(u"Stop"_qs));
        pressButton(u"Let it go on"_qs);
        QTRY_COMPARE(stateOfRun(), RunStatus::Running);
        pressButton(u"Stop"_qs);
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void what_is_held_is_stopped_while_its_run_is_paused()
    {
        openHeldAndPaused();
        window().showView(0);
        QTRY_COMPARE(rows(), 2);
        const auto held = inbox()->model()->match(inbox()->model()->index(0, 0), Qt::DisplayRole, u"Approved, not sent while paused"_qs, 1, Qt::MatchStartsWith);
        QCOMPARE(held.size(), 1);
        inbox()->setCurrentIndex(held.front());
        QTRY_VERIFY(shows(u"The run is paused: the call leaves when it goes on"_qs));
        pressButton(u"Stop"_qs);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(stateOfRun(), RunStatus::Escalated);
        pressButton(u"Let it go on"_qs);
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void answer_gives_the_agent_words()
    {
        openStopped();
        pressButton(u"Answer…"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        QTest::keyClicks(window().focusWidget(), u"Look in the archive."_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
    }

    void keep_leaves_the_change_as_it_is()
    {
        open(u"change-note"_qs, R"({"note_id": "7", "text": "new"})");
        pressButton(u"Keep"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"new"_qs);
    }

    void undo_takes_it_back_after_the_list_was_shown()
    {
        open(u"change-note"_qs, R"({"note_id": "7", "text": "new"})");
        pressButton(u"Undo…"_qs);
        QVERIFY(shows(u"One call will be sent"_qs));
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"The buyer asked for a call."_qs);
    }
};

QTEST_MAIN(ButtonsTest)
#include "buttonstest.moc"
