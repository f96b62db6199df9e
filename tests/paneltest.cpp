#include <QApplication>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/handoffs.h"
#include "ui/actionbutton.h"
#include "ui/argumentedit.h"
#include "ui/decisionbar.h"
#include "ui/bulkpanel.h"
#include "ui/handoffpanel.h"
#include "ui/look.h"
#include "ui/parts.h"

using namespace handrail;
using namespace handrail::ui;

/// The bar in a window, with a clock of its own and what it said.
struct Desk {
    Millis now = samples::now;
    QWidget window;
    DecisionBar* bar;
    std::vector<Decision> said;

    explicit Desk(const HandoffDetail& detail) : bar(new DecisionBar([this] { return now; }, &window))
    {
        bar->resize(900, 300);
        window.resize(900, 300);
        window.show();
        bar->setHandoff(detail);
        QObject::connect(bar, &DecisionBar::decisionMade, bar, [this](const Decision& decision) { said.push_back(decision); });
    }

    QPushButton* button(const QString& name) const { return bar->findChild<QPushButton*>(name); }
    bool shows(const QString& name) const { return button(name) && button(name)->isVisibleTo(&window); }
    QPushButton* confirm() const
    {
        const auto all = bar->findChildren<QPushButton*>(QStringLiteral("confirm"));
        return all.isEmpty() ? nullptr : all.last();
    }
    bool press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, bool isRepeated = false) const
    {
        QKeyEvent event(QEvent::KeyPress, key, modifiers, {}, isRepeated);
        return bar->pressKey(&event);
    }
    QLineEdit* line(const QString& name) const
    {
        for (auto* one : bar->findChildren<QLineEdit*>()) {
            if (one->accessibleName() == name) return one;
        }
        return nullptr;
    }
};

class PanelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, Theme::Light, TextSize::Normal, false); }

    void approve_carries_id_and_digest()
    {
        Desk desk(samples::payment(Risk::Low));
        QVERIFY(desk.press(Qt::Key_A));
        QCOMPARE(desk.said.size(), 1U);
        QCOMPARE(desk.said[0].handoff, std::string("k7m2q9x4td-1"));
        QCOMPARE(desk.said[0].digest, std::string("9f2c61d0"));
        QVERIFY(desk.said[0].verb == Verb::Approve);
    }

    void reject_needs_a_reason()
    {
        Desk desk(samples::payment());
        QVERIFY(desk.press(Qt::Key_D));
        QVERIFY(!desk.confirm()->isEnabled());
        auto* area = desk.bar->findChild<QPlainTextEdit*>();
        area->setPlainText(QStringLiteral("   "));
        QVERIFY(!desk.confirm()->isEnabled());
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(desk.said.empty());
        area->setPlainText(QStringLiteral("Not ordered"));
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.said.size(), 1U);
        QVERIFY(desk.said[0].verb == Verb::Reject);
        QCOMPARE(desk.said[0].reason, std::string("Not ordered"));
    }

    void escape_cancels_and_a_typed_reason_is_kept()
    {
        Desk desk(samples::payment());
        desk.press(Qt::Key_D);
        auto* area = desk.bar->findChild<QPlainTextEdit*>();
        area->setPlainText(QStringLiteral("Half a sen"));
        QTest::keyClick(area, Qt::Key_Escape);
        QVERIFY(!area->isVisible());
        desk.bar->setHandoff(samples::doubt());
        desk.bar->setHandoff(samples::payment());
        desk.press(Qt::Key_D);
        QCOMPARE(desk.bar->findChildren<QPlainTextEdit*>().last()->toPlainText(), QStringLiteral("Half a sen"));
        QVERIFY(desk.said.empty());
    }

    void enter_never_approves()
    {
        Desk desk(samples::payment(Risk::Low));
        auto* approve = desk.button(QStringLiteral("Approve"));
        approve->setFocus();
        QTest::keyClick(approve, Qt::Key_Return);
        QTest::keyClick(approve, Qt::Key_Enter);
        QVERIFY(!desk.press(Qt::Key_Return));
        QVERIFY(desk.said.empty());
        QVERIFY2(desk.confirm() && desk.confirm()->text() == QStringLiteral("Reject"), "Enter means the default, which is to reject");

        Desk risky(samples::payment(Risk::High));
        risky.press(Qt::Key_A);
        auto* again = risky.bar->findChild<QLineEdit*>(QStringLiteral("again"));
        again->setText(QStringLiteral("1240.00"));
        QTest::keyClick(again, Qt::Key_Return);
        QVERIFY(risky.said.empty());
    }

    void auto_repeat_is_ignored()
    {
        Desk desk(samples::payment(Risk::Low));
        QVERIFY(desk.press(Qt::Key_A, Qt::NoModifier, true));
        QVERIFY(desk.said.empty());
        QVERIFY(!desk.press(Qt::Key_A, Qt::ControlModifier));
        QVERIFY(!desk.press(Qt::Key_A, Qt::ShiftModifier));
        QVERIFY(desk.said.empty());
    }

    void a_changed_digest_is_armed_again_after_a_second()
    {
        Desk desk(samples::payment(Risk::Low));
        auto changed = samples::payment(Risk::Low);
        changed.digest = "another";
        desk.bar->setHandoff(changed);
        QVERIFY(!desk.button(QStringLiteral("Approve"))->isEnabled());
        QVERIFY(desk.press(Qt::Key_A));
        desk.now += 999;
        desk.bar->tick();
        desk.press(Qt::Key_A);
        QVERIFY(desk.said.empty());
        desk.now += 1;
        desk.bar->tick();
        QVERIFY(desk.button(QStringLiteral("Approve"))->isEnabled());
        desk.press(Qt::Key_A);
        QCOMPARE(desk.said.size(), 1U);
        QCOMPARE(desk.said[0].digest, std::string("another"));
    }

    void a_form_closes_when_what_it_was_about_changed()
    {
        Desk desk(samples::payment());
        desk.press(Qt::Key_A);
        auto* again = desk.bar->findChild<QLineEdit*>(QStringLiteral("again"));
        again->setText(QStringLiteral("1240.00"));
        auto changed = samples::payment();
        changed.digest = "another";
        desk.bar->setHandoff(changed);
        QVERIFY(!again->isVisible());
        QTest::keyClick(again, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(desk.said.empty());
    }

    void high_risk_asks_for_the_amount_again_and_a_wrong_amount_does_not_approve_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("as it stands") << QStringLiteral("1240.00") << true;
        QTest::newRow("with thousands and currency") << QStringLiteral("1,240.00 EUR") << true;
        QTest::newRow("without the zeros") << QStringLiteral("1240") << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("spaces") << QStringLiteral("  ") << false;
        QTest::newRow("one digit less") << QStringLiteral("124.00") << false;
        QTest::newRow("a mark at a wrong place") << QStringLiteral("12,40.00") << false;
        QTest::newRow("another currency") << QStringLiteral("1240.00 USD") << false;
        QTest::newRow("a word") << QStringLiteral("yes") << false;
    }
    void high_risk_asks_for_the_amount_again_and_a_wrong_amount_does_not_approve()
    {
        QFETCH(QString, typed);
        QFETCH(bool, isRight);
        Desk desk(samples::payment(Risk::High));
        desk.press(Qt::Key_A);
        QVERIFY(desk.said.empty());
        auto* again = desk.bar->findChild<QLineEdit*>(QStringLiteral("again"));
        QVERIFY(again);
        again->setText(typed);
        QCOMPARE(desk.confirm()->isEnabled(), isRight);
        QTest::keyClick(again, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.said.size(), isRight ? 1U : 0U);
    }

    void without_an_amount_the_recipient_or_the_steps_word_is_asked_for()
    {
        auto detail = samples::payment(Risk::Critical);
        detail.typed.erase(detail.typed.begin(), detail.typed.begin() + 2);
        Desk named(detail);
        named.press(Qt::Key_A);
        named.bar->findChild<QLineEdit*>(QStringLiteral("again"))->setText(QStringLiteral("ACME GmbH"));
        QVERIFY(named.confirm()->isEnabled());
        detail.typed.clear();
        Desk worded(detail);
        worded.press(Qt::Key_A);
        worded.bar->findChild<QLineEdit*>(QStringLiteral("again"))->setText(QStringLiteral("pay"));
        QVERIFY(worded.confirm()->isEnabled());
    }

    void settle_carries_the_reference()
    {
        Desk desk(samples::doubt());
        desk.button(QStringLiteral("It happened…"))->click();
        auto* line = desk.bar->findChild<QLineEdit*>();
        line->setText(QStringLiteral("re_3Pq "));
        desk.confirm()->click();
        QCOMPARE(desk.said.size(), 1U);
        QVERIFY(desk.said[0].verb == Verb::Settle);
        QVERIFY(desk.said[0].settlement == Settlement::Happened);
        QCOMPARE(desk.said[0].reference, std::string("re_3Pq"));
        Desk other(samples::doubt());
        other.button(QStringLiteral("I cannot tell"))->click();
        QVERIFY(other.said[0].settlement == Settlement::CannotTell);
        Desk third(samples::doubt());
        third.button(QStringLiteral("It did not happen"))->click();
        QVERIFY(third.said[0].settlement == Settlement::NotHappened);
    }

    void edit_sends_only_what_changed_and_keeps_types()
    {
        Desk desk(samples::payment(Risk::Low));
        desk.press(Qt::Key_E);
        QVERIFY(!desk.confirm()->isEnabled());
        desk.line(QStringLiteral("priority"))->setText(QStringLiteral("high"));
        QVERIFY2(!desk.confirm()->isEnabled(), "a number stays a number");
        desk.line(QStringLiteral("priority"))->setText(QStringLiteral("3"));
        desk.line(QStringLiteral("amount"))->setText(QStringLiteral("1200.00"));
        desk.line(QStringLiteral("urgent"))->setText(QStringLiteral("true"));
        desk.bar->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("{\"id\": \"INV-2026-0417\"}"));
        QVERIFY(desk.confirm()->isEnabled());
        desk.confirm()->click();
        QCOMPARE(desk.said.size(), 1U);
        const Json wanted = {{"priority", 3}, {"amount", "1200.00"}, {"urgent", true}, {"invoice", {{"pages", nullptr}}}};
        QCOMPARE(dump(*desk.said[0].with), dump(wanted));
        QVERIFY(desk.said[0].verb == Verb::Edit);
    }

    void an_edited_risky_amount_is_typed_again_as_it_is_now()
    {
        Desk desk(samples::payment(Risk::High));
        desk.press(Qt::Key_E);
        desk.line(QStringLiteral("amount"))->setText(QStringLiteral("1200.00"));
        auto* again = desk.bar->findChild<QLineEdit*>(QStringLiteral("again"));
        again->setText(QStringLiteral("1240.00"));
        QVERIFY(!desk.confirm()->isEnabled());
        again->setText(QStringLiteral("1,200.00"));
        QVERIFY(desk.confirm()->isEnabled());
    }

    void undo_says_whether_the_whole_run_is_meant()
    {
        Desk desk(samples::timeouts());
        desk.press(Qt::Key_U);
        auto* whole = desk.bar->findChild<QCheckBox*>();
        QVERIFY(whole->isChecked());
        whole->setChecked(false);
        QVERIFY2(!desk.confirm()->isEnabled(), "the search itself has done nothing that could be undone");
        whole->setChecked(true);
        desk.confirm()->click();
        QVERIFY(desk.said[0].verb == Verb::Undo);
        QVERIFY(desk.said[0].undoAll);
    }

    void only_possible_verbs_are_shown()
    {
        Desk desk(samples::payment());
        for (const auto* name : {"Approve", "Edit and approve…", "Reject…", "Abort…"}) QVERIFY2(desk.shows(QString::fromUtf8(name)), name);
        for (const auto* name : {"Retry", "Retry with changes…", "Skip", "Answer…", "Keep", "Undo…", "It happened…", "I cannot tell"}) {
            QVERIFY2(!desk.shows(QString::fromUtf8(name)), name);
        }
        QVERIFY(!desk.press(Qt::Key_S));
        desk.bar->setHandoff(samples::timeouts());
        for (const auto* name : {"Retry", "Retry with changes…", "Skip", "Answer…", "Undo…", "Abort…"}) {
            QVERIFY2(desk.shows(QString::fromUtf8(name)), name);
        }
        QVERIFY(!desk.shows(QStringLiteral("Approve")));
        desk.bar->setHandoff(std::nullopt);
        QVERIFY(!desk.shows(QStringLiteral("Abort…")));
        QVERIFY(!desk.press(Qt::Key_R));
    }

    void a_held_call_is_stopped_with_one_press_and_no_reason()
    {
        Desk desk(samples::heldPayment());
        QVERIFY(desk.shows(QStringLiteral("Stop")));
        QVERIFY(!desk.shows(QStringLiteral("Reject…")));
        QVERIFY(!desk.shows(QStringLiteral("Approve")));
        QVERIFY(desk.press(Qt::Key_D));
        QCOMPARE(desk.said.size(), 1U);
        QVERIFY(desk.said[0].verb == Verb::Reject);
    }

    void a_long_list_says_how_many_it_leaves_out_and_decides_only_those_it_shows()
    {
        BulkPanel panel;
        panel.show();
        panel.setHandoffs({samples::timeouts(), samples::timeouts()}, 9'998);
        QString words;
        for (const auto* label : panel.findChildren<QLabel*>()) words += label->text() + u'|';
        QVERIFY2(words.contains(u"9998 more are not in this list"_qs), qPrintable(words));
        std::size_t decided = 0;
        connect(&panel, &BulkPanel::decisionsMade, &panel, [&](const std::vector<Decision>& decisions) { decided = decisions.size(); });
        panel.findChild<QPushButton*>(u"bulk retry"_qs)->click();
        QCOMPARE(decided, std::size_t(2));
    }

    void of_actions_that_share_a_verb_the_one_that_fits_is_offered_alone_and_over_a_list()
    {
        auto rejected = samples::payment();
        rejected.actions = {Verb::Retry};
        rejected.row.state = HandoffState::Decided;
        rejected.decidedVerb = Verb::Reject;
        auto paused = samples::payment();
        paused.actions = {Verb::Retry, Verb::Abort};
        paused.isPause = true;
        auto failed = paused;
        failed.isPause = false;
        for (const auto& [handoff, fits] : {std::pair(rejected, Action::Withdraw), std::pair(paused, Action::GoOn)}) {
            for (const auto action : {Action::Retry, Action::RetryWith, Action::Withdraw, Action::GoOn}) QCOMPARE(isFor(action, handoff), action == fits);
        }
        QVERIFY(isFor(Action::Retry, failed) && !isFor(Action::GoOn, failed) && !isFor(Action::Withdraw, failed));
    }

    void what_is_not_held_cannot_be_stopped()
    {
        Desk desk(samples::payment());
        QVERIFY(!desk.shows(QStringLiteral("Stop")));
        QVERIFY(desk.shows(QStringLiteral("Reject…")));
    }

    void what_stands_in_and_who_decides_is_a_badge()
    {
        HandoffPanel panel([] { return samples::now; });
        panel.resize(800, 700);
        panel.show();
        panel.setHandoff(samples::proposal());
        QString words;
        for (const auto* badge : panel.findChildren<Badge*>()) words += badge->accessibleName() + badge->text() + u'|';
        for (const auto* word : {"Advisory", "Backup model"}) QVERIFY2(words.contains(QString::fromLatin1(word)), qPrintable(words));
    }

    void who_has_agreed_and_who_is_missing_stands_above_the_buttons()
    {
        Desk desk(samples::fourEyes());
        QString words;
        for (const auto* label : desk.bar->findChildren<QLabel*>()) words += label->text();
        QVERIFY2(words.contains(QStringLiteral("paul agreed")) && words.contains(QStringLiteral("1 more")), qPrintable(words));
    }

    void a_destructive_button_stands_apart()
    {
        Desk desk(samples::timeouts());
        QCoreApplication::processEvents();
        QList<QRect> places;
        for (const auto* name : {"Undo…", "Abort…"}) {
            auto* button = desk.button(QString::fromUtf8(name));
            places.append(QRect(button->mapTo(desk.bar, QPoint()), button->size()));
            QVERIFY(button->height() >= 32);
        }
        QVERIFY(places[1].left() - places[0].right() > 24);
        auto* answer = desk.button(QStringLiteral("Answer…"));
        QVERIFY(places[0].left() - (answer->mapTo(desk.bar, QPoint()).x() + answer->width()) >= 24);
    }

    void a_second_press_while_busy_does_nothing()
    {
        Desk desk(samples::payment(Risk::Low));
        desk.press(Qt::Key_A);
        QVERIFY(desk.press(Qt::Key_A));
        desk.button(QStringLiteral("Approve"))->click();
        QCOMPARE(desk.said.size(), 1U);
        desk.bar->setHandoff(samples::payment(Risk::Low));
        QVERIFY(!desk.button(QStringLiteral("Approve"))->isEnabled());
        desk.bar->setBusy(false);
        desk.bar->setBusy(true);
        desk.press(Qt::Key_A);
        QCOMPARE(desk.said.size(), 1U);
        desk.bar->setBusy(false);
        desk.press(Qt::Key_A);
        QCOMPARE(desk.said.size(), 2U);
    }

    void a_question_out_of_view_is_shown_before_it_is_decided()
    {
        Desk desk(samples::payment(Risk::Low));
        bool isSeen = false;
        desk.bar->setQuestionCheck([&] { return isSeen; });
        QSignalSpy wanted(desk.bar, &DecisionBar::questionWanted);
        desk.press(Qt::Key_A);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(desk.said.empty());
        isSeen = true;
        desk.press(Qt::Key_A);
        QCOMPARE(desk.said.size(), 1U);
    }

    /// U108: what looks like one name and is another is typed whole or not at all.
    void a_value_with_hidden_characters_is_not_edited_in_part()
    {
        ArgumentEdit edit(Json{{"to", "ACME\xE2\x80\xAE GmbH"}});
        auto* line = edit.findChild<QLineEdit*>();
        QVERIFY(line && edit.mistake().isEmpty());
        line->setText(line->text() + u'x');
        QVERIFY2(edit.mistake().contains(QStringLiteral("hidden characters")), qPrintable(edit.mistake()));
        line->setText(QStringLiteral("ACME GmbH"));
        QVERIFY(edit.mistake().isEmpty());
    }

    void every_label_is_plain_text_with_hostile_values()
    {
        Desk desk(samples::hostile());
        HandoffPanel panel([] { return samples::now; });
        panel.resize(600, 700);
        panel.show();
        panel.setHandoff(samples::hostile());
        for (const int key : {Qt::Key_A, Qt::Key_E}) {
            desk.press(key);
            QTest::keyClick(desk.bar->findChildren<QLineEdit*>().first(), Qt::Key_Escape);
        }
        QList<QLabel*> labels = panel.findChildren<QLabel*>() + desk.bar->findChildren<QLabel*>();
        QVERIFY(labels.size() > 20);
        for (const auto* label : labels) {
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
            QVERIFY2(!label->text().contains(QChar(0x202E)) && !label->text().contains(QChar(0x1B)), qPrintable(label->text()));
        }
        for (const auto* widget : panel.findChildren<QWidget*>()) {
            QVERIFY2(!widget->toolTip().contains(QStringLiteral("<img")), qPrintable(widget->toolTip()));
            QVERIFY(!widget->toolTip().contains(QChar(0x202E)));
        }
        QVERIFY2(panel.widget()->width() <= panel.viewport()->width(), "a long word must not widen the page");
    }

    void a_refresh_hands_the_keys_to_no_button()
    {
        QWidget window;
        auto* panel = new HandoffPanel([] { return samples::now; }, &window);
        auto* button = new QPushButton(u"Take"_qs, &window);
        auto* column = new QVBoxLayout(&window);
        column->addWidget(panel);
        column->addWidget(button);
        panel->setHandoff(samples::payment());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto* heading = panel->findChild<Section*>()->findChild<QAbstractButton*>();
        heading->setFocus();
        QCOMPARE(window.focusWidget(), heading);
        auto again = samples::payment();
        again.digest = "another";
        panel->setHandoff(again);
        QCOMPARE(window.focusWidget(), panel);
    }

    void a_refresh_keeps_the_place_and_the_folds()
    {
        HandoffPanel panel([] { return samples::now; });
        panel.resize(600, 300);
        panel.show();
        panel.setHandoff(samples::payment());
        QCoreApplication::processEvents();
        QVERIFY(panel.isQuestionVisible());
        panel.verticalScrollBar()->setValue(220);
        QVERIFY(!panel.isQuestionVisible());
        auto again = samples::payment();
        again.digest = "another";
        panel.setHandoff(again);
        QCoreApplication::processEvents();
        QCOMPARE(panel.verticalScrollBar()->value(), 220);
        panel.showQuestion();
        QVERIFY(panel.isQuestionVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        auto* question = panel.findChild<Section*>();
        question->setOpen(false);
        QVERIFY2(!panel.isQuestionVisible(), "folded arguments have not been seen");
        panel.showQuestion();
        QVERIFY(panel.isQuestionVisible());
        panel.setHandoff(std::nullopt);
        QVERIFY(panel.isQuestionVisible());
    }
};

QTEST_MAIN(PanelTest)
#include "paneltest.moc"
