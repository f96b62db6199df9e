#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableWidget>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif

#include "models/inboxmodel.h"

using namespace handrail;
using namespace handrailtest;

/// Several handoffs at once, and what is done with one beside deciding it, over the real window: gathered tickets,
/// chosen rows, one decision over a list, taking, handing on, putting off, taking a no back.
class TogetherJourneyTest : public QObject, ConsoleStage {
    Q_OBJECT

    QTableWidget* list() { return window().findChild<QTableWidget*>(u"bulk list"_qs); }
    bool isTogether() { return list()->isVisible(); }
    QString words(const QString& name) { return window().findChild<QLabel*>(name)->text(); }
    QPushButton* chip(const QString& name)
    {
        for (auto* one : inbox()->parentWidget()->findChildren<QPushButton*>()) {
            if (one->property("chip").toBool() && one->text().startsWith(name)) return one;
        }
        return nullptr;
    }
    /// Another command beside the window: it talks to the window's own runtime, which must be let work meanwhile.
    Json said(const QStringList& words)
    {
        QProcess other;
        other.start(QStringLiteral(HANDRAIL_PROGRAM), words + QStringList{u"--json"_qs, u"--store"_qs, terminal().store()});
        if (!QTest::qWaitFor([&] { return other.state() == QProcess::NotRunning; }, 20'000)) return {};
        return Terminal::saidBy(other).out;
    }

    void open(const QString& path, const QStringList& inputs)
    {
        for (const auto& input : inputs) terminal().run(path, qPrintable(input));
        openWindow(terminal().store());
    }
    /// Three tickets with one cause: the shop has nothing where this agent asks.
    void openThree()
    {
        const QString input = q(lost);
        open(lostAgent(), {input, input, input});
    }
    QString lostAgent()
    {
        return terminal().agent(u"change-note"_qs, [](Json& agent) { agent["tools"]["change_note"]["request"]["path"] = "/nowhere/{note_id}"; });
    }
    /// One more of them, while the window is open.
    void runOneMore() { QVERIFY(!said({u"run"_qs, lostAgent(), u"--input"_qs, q(lost)}).is_null()); }
    static constexpr const char* lost = R"({"note_id": "999", "text": "new"})";
    static QString q(const char* text) { return QString::fromUtf8(text); }
    void openTwoPayments() { open(terminal().agent(u"pay-invoice"_qs), {q(R"({"invoice_id": "INV-2001"})"), q(R"({"invoice_id": "INV-2002"})")}); }
    int open_tickets()
    {
        int count = 0;
        for (const auto& row : said({u"inbox"_qs})) count += !textOf(row, "run").empty();
        return count;
    }
    /// Chooses an entry of the menu that is shown.
    void choose(const QString& entry)
    {
        QMenu* shown = nullptr;
        QTRY_VERIFY((shown = qobject_cast<QMenu*>(QApplication::activePopupWidget())));
        for (auto* action : shown->actions()) {
            if (action->text() != entry) continue;
            QTest::mouseClick(shown, Qt::LeftButton, {}, shown->actionGeometry(action).center());
            // Without a window manager nobody gives the window its focus back.
            window().activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&window()));
            return;
        }
        QFAIL(qPrintable(QStringLiteral("no such entry: ") + entry));
    }

private slots:
    void initTestCase_data() { addThemes(); }
    void init() { beginInTheme(); }
    void cleanup() { end(); }

    void tickets_with_one_cause_are_one_row_that_opens_and_closes_by_key()
    {
        openThree();
        QTRY_COMPARE(rows(), 1);
        QVERIFY2(selected().startsWith(u"3 tickets with one cause"_qs), qPrintable(selected()));
        const QString ofNone = u"Select a handoff or a run to see its journal."_qs;
        QTRY_VERIFY(shows(ofNone));
        press(Qt::Key_Right);
        QCOMPARE(rows(), 4);
        press(Qt::Key_J);
        QTRY_VERIFY(!shows(ofNone));
        QVERIFY(!selected().startsWith(u"3 tickets"_qs));
        QTRY_VERIFY(!isTogether());
        press(Qt::Key_Left);
        QCOMPARE(rows(), 1);
        QTRY_VERIFY(isTogether());
        QTRY_VERIFY(shows(ofNone));
    }

    void one_decision_over_a_gathered_row_is_told_for_each_and_needs_its_reason()
    {
        openThree();
        QTRY_VERIFY(isTogether());
        QCOMPARE(list()->rowCount(), 3);
        QVERIFY(!canPress(u"bulk abort"_qs));
        window().findChild<QLineEdit*>(u"bulk reason"_qs)->setFocus();
        QTest::keyClicks(window().focusWidget(), u"there is no such note"_qs);
        QVERIFY(canPress(u"bulk abort"_qs));
        click(u"bulk abort"_qs);
        click(u"bulk abort"_qs);
        for (int i = 0; i < 3; ++i) QTRY_VERIFY2(list()->item(i, 3)->text().startsWith(u"✓ "_qs), qPrintable(list()->item(i, 3)->text()));
        QTRY_COMPARE(open_tickets(), 0);
        // What became of each can be read until it is closed.
        QVERIFY(isTogether());
        QCOMPARE(list()->rowCount(), 3);
        const Json runs = said({u"runs"_qs});
        for (const auto& run : runs) QCOMPARE(textOf(run, "state"), std::string("aborted"));
        QSet<QString> digests;
        for (const auto& run : runs) {
            for (const auto& line : said({u"journal"_qs, QString::fromStdString(textOf(run, "id"))})) {
                if (textOf(line, "event") != "decided") continue;
                QCOMPARE(textOf(line, "reason"), std::string("there is no such note"));
                QCOMPARE(line["bulk"]["of"].get<int>(), 3);
                digests.insert(QString::fromStdString(textOf(line["bulk"], "digest")));
            }
        }
        QCOMPARE(digests.size(), 1);
        click(u"bulk close"_qs);
        QVERIFY(!isTogether());
    }

    void what_comes_while_a_list_is_shown_is_not_decided_by_it()
    {
        openThree();
        QTRY_VERIFY(isTogether());
        runOneMore();
        QTRY_VERIFY(button(u"bulk again"_qs)->isVisible());
        QCOMPARE(list()->rowCount(), 3);
        window().findChild<QLineEdit*>(u"bulk reason"_qs)->setText(u"gone"_qs);
        click(u"bulk abort"_qs);
        QTRY_COMPARE(open_tickets(), 1);
    }

    void what_came_since_is_shown_when_it_is_wanted()
    {
        openThree();
        QTRY_VERIFY(isTogether());
        runOneMore();
        QTRY_VERIFY(button(u"bulk again"_qs)->isVisible());
        click(u"bulk again"_qs);
        QTRY_COMPARE(list()->rowCount(), 4);
        QVERIFY(!button(u"bulk again"_qs)->isVisible());
    }

    void chosen_payments_are_approved_only_after_their_number_was_typed()
    {
        openTwoPayments();
        QTRY_COMPARE(rows(), 2);
        press(Qt::Key_K);
        press(Qt::Key_K);
        press(Qt::Key_J, Qt::ShiftModifier);
        QTRY_VERIFY(isTogether());
        QCOMPARE(list()->rowCount(), 2);
        QVERIFY(!canPress(u"bulk approve"_qs));
        // A key that would decide one handoff decides nothing while two are chosen.
        press(Qt::Key_A);
        auto* count = window().findChild<QLineEdit*>(u"bulk count"_qs);
        count->setFocus();
        QTest::keyClicks(count, u"3"_qs);
        QVERIFY(!canPress(u"bulk approve"_qs));
        QTest::keyClick(count, Qt::Key_Backspace);
        QTest::keyClicks(count, u"2"_qs);
        QVERIFY(canPress(u"bulk approve"_qs));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        click(u"bulk approve"_qs);
        QTRY_COMPARE(shop_->count(u"payments"_qs), 2);
        for (int i = 0; i < 2; ++i) QTRY_VERIFY(list()->item(i, 3)->text().contains(u"done"_qs));
    }

    void what_was_decided_elsewhere_is_refused_alone_and_said_so()
    {
        openTwoPayments();
        QTRY_COMPARE(rows(), 2);
        press(Qt::Key_K);
        press(Qt::Key_X);
        press(Qt::Key_J);
        press(Qt::Key_X);
        QTRY_COMPARE(list()->rowCount(), 2);
        const QString first = inbox()->model()->index(0, 0).data(models::InboxModel::IdRole).toString();
        said({u"reject"_qs, first, u"--reason"_qs, u"no"_qs});
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(list()->rowCount(), 2);
        window().findChild<QLineEdit*>(u"bulk count"_qs)->setText(u"2"_qs);
        click(u"bulk approve"_qs);
        QTRY_COMPARE(shop_->count(u"payments"_qs), 1);
        QTRY_VERIFY(list()->item(0, 3)->text().startsWith(u"✕ "_qs));
        QTRY_VERIFY(list()->item(1, 3)->text().startsWith(u"✓ "_qs));
    }

    void escape_chooses_none()
    {
        openTwoPayments();
        QTRY_COMPARE(rows(), 2);
        press(Qt::Key_X);
        QTRY_VERIFY(isTogether());
        press(Qt::Key_Escape);
        QTRY_VERIFY(!isTogether());
    }

    void a_handoff_is_taken_handed_over_and_given_back()
    {
        openTwoPayments();
        QTRY_VERIFY(canPress(u"take"_qs));
        QCOMPARE(words(u"who has it"_qs), u"Nobody has it yet."_qs);
        press(Qt::Key_T);
        QTRY_COMPARE(words(u"who has it"_qs), u"You have this."_qs);
        QTRY_VERIFY(chip(u"Mine"_qs)->isVisible());
        QTest::mouseClick(chip(u"Mine"_qs), Qt::LeftButton);
        QTRY_COMPARE(rows(), 1);
        press(Qt::Key_H);
        QInputDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<QInputDialog*>()));
        dialog->setTextValue(u"carol"_qs);
        dialog->accept();
        QTRY_COMPARE(rows(), 0);
        QTest::mouseClick(chip(u"All"_qs), Qt::LeftButton);
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(said({u"inbox"_qs, u"--mine"_qs, u"--as"_qs, u"carol"_qs}).size(), std::size_t(1));
    }

    void what_is_put_off_leaves_the_list_and_stands_under_snoozed()
    {
        openTwoPayments();
        QTRY_VERIFY(canPress(u"snooze"_qs));
        const QString putOff = selected();
        press(Qt::Key_Z);
        choose(u"For 15 minutes"_qs);
        QTRY_COMPARE(rows(), 1);
        QVERIFY(selected() != putOff);
        QTest::mouseClick(chip(u"Snoozed"_qs), Qt::LeftButton);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(selected(), putOff);
        QTRY_VERIFY(words(u"who has it"_qs).contains(u"Put off until"_qs));
        press(Qt::Key_Z);
        choose(u"Back at once"_qs);
        QTRY_COMPARE(rows(), 0);
        QTest::mouseClick(chip(u"All"_qs), Qt::LeftButton);
        QTRY_COMPARE(rows(), 2);
    }

    void a_rejection_by_a_slip_of_the_hand_is_taken_back()
    {
        openTwoPayments();
        QTRY_VERIFY(canPress(u"Reject…"_qs));
        press(Qt::Key_D);
        QTest::keyClicks(window().focusWidget(), u"wrong one"_qs);
        QTRY_VERIFY(canPress(u"confirm"_qs));
        click(u"confirm"_qs);
        QTRY_COMPARE(rows(), 1);
        QTRY_VERIFY(canPress(u"take back"_qs));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void a_rejection_that_cannot_be_taken_back_is_not_offered_to_be()
    {
        const QString list = q(R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})");
        open(terminal().agent(u"delete-test-users"_qs), {list});
        QTRY_VERIFY(canPress(u"Reject…"_qs));
        QCOMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 1);
        press(Qt::Key_D);
        QTest::keyClicks(window().focusWidget(), u"wrong domain"_qs);
        QTRY_VERIFY(canPress(u"confirm"_qs));
        click(u"confirm"_qs);
        QTRY_COMPARE(open_tickets(), 0);
        QVERIFY(!canPress(u"take back"_qs));
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 1);
    }

    void a_question_says_what_differs_from_the_last_such_call()
    {
        openTwoPayments();
        QTRY_COMPARE(rows(), 2);
        press(Qt::Key_A);
        QTRY_VERIFY(window().findChild<QLineEdit*>(u"again"_qs));
        const bool isFirst = selected().contains(u"1,240.00"_qs);
        QTest::keyClicks(window().focusWidget(), isFirst ? u"1240.00"_qs : u"75.00"_qs);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(shop_->count(u"payments"_qs), 1);
        QTRY_COMPARE(rows(), 1);
        const auto changes = [this] {
            QStringList texts;
            for (const auto* label : window().findChildren<QLabel*>()) {
                // Between an amount and its currency no line may break.
                if (label->isVisible() && label->text().startsWith(u"Δ "_qs)) texts.append(QString(label->text()).replace(QChar::Nbsp, u' '));
            }
            return texts;
        };
        QTRY_VERIFY2(changes().contains(isFirst ? u"Δ last time: 1,240.00 EUR"_qs : u"Δ last time: 75.00 EUR"_qs), qPrintable(changes().join(u" | "_qs)));
        QVERIFY(changes().contains(isFirst ? u"Δ last time: ACME GmbH"_qs : u"Δ last time: Nordwind KG"_qs));
    }
};

QTEST_MAIN(TogetherJourneyTest)
#include "togetherjourneytest.moc"
