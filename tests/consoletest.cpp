#include <QAbstractItemView>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif

#include "models/inboxmodel.h"

using namespace handrail;
using namespace handrailtest;

/// The real window over the real runtime and the demo's shop, with the keys and clicks of an operator.
/// What counts is what the shop's own books hold afterwards.
class ConsoleTest : public QObject, ConsoleStage {
    Q_OBJECT

    QString question() { return window().findChild<QLabel*>(u"question"_qs) ? window().findChild<QLabel*>(u"question"_qs)->text() : QString(); }

    /// Runs an agent through another command first, then opens the window on the store.
    void open(const QString& agent, const char* input)
    {
        terminal().run(terminal().agent(agent), input);
        openWindow(terminal().store());
    }

    /// Names a file in the dialog that is open.
    void choose(const QString& path)
    {
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<QFileDialog*>()) && dialog->isVisible());
        auto* name = dialog->findChild<QLineEdit*>(u"fileNameEdit"_qs);
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!window().findChild<QFileDialog*>());
    }

private slots:
    void initTestCase_data() { addThemes(); }
    void init() { beginInTheme(); }
    void cleanup() { end(); }

    void a_payment_is_approved_by_key_after_its_amount_was_typed_again()
    {
        open(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})");
        QTRY_COMPARE(question(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        press(Qt::Key_Return);
        press(Qt::Key_Enter);
        press(Qt::Key_A);
        QTRY_VERIFY(window().findChild<QLineEdit*>(u"again"_qs));
        QTest::keyClicks(window().focusWidget(), u"1240.00"_qs);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(shop_->count(u"payments"_qs), 1);
        QTRY_COMPARE(rows(), 0);
    }

    void a_payment_is_rejected_by_mouse_with_a_reason()
    {
        open(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})");
        QTRY_VERIFY(canPress(u"Reject…"_qs));
        click(u"Reject…"_qs);
        QVERIFY(!canPress(u"confirm"_qs));
        QTest::keyClicks(window().focusWidget(), u"wrong supplier"_qs);
        QTRY_VERIFY(canPress(u"confirm"_qs));
        click(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void a_doubt_is_settled_with_a_reference_and_nothing_is_sent_again()
    {
        open(u"refund-without-key"_qs, R"({"order_id": "1043"})");
        QTRY_VERIFY(canPress(u"It happened…"_qs));
        QVERIFY(!button(u"Retry"_qs)->isVisible());
        click(u"It happened…"_qs);
        QTest::keyClicks(window().focusWidget(), u"RF-1"_qs);
        click(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"refunds"_qs), 1);
        QCOMPARE(shop_->count(u"requests WHERE method = 'POST'"_qs), 1);
    }

    void a_stopped_search_is_retried_by_key()
    {
        open(u"search-orders"_qs, R"({"q": "Bluebird"})");
        QTRY_VERIFY(canPress(u"Retry"_qs));
        press(Qt::Key_R);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"requests"_qs), 4);
    }

    void twelve_more_deletions_are_approved_as_the_shown_list()
    {
        open(u"delete-test-users"_qs, R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})");
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QCOMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 1);
        press(Qt::Key_A);
        QTRY_VERIFY(window().findChild<QLineEdit*>(u"again"_qs));
        QTest::keyClicks(window().focusWidget(), u"delete"_qs);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(shop_->count(u"users WHERE deleted = 1"_qs), 13);
    }

    void a_changed_note_is_undone_after_its_list_was_shown()
    {
        open(u"change-note"_qs, R"({"note_id": "7", "text": "new"})");
        QTRY_VERIFY(canPress(u"Undo…"_qs));
        press(Qt::Key_U);
        QTRY_VERIFY(canPress(u"confirm"_qs));
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"new"_qs);
        click(u"confirm"_qs);
        QTRY_COMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"The buyer asked for a call."_qs);
    }

    void letters_typed_into_the_search_decide_nothing()
    {
        open(u"search-orders"_qs, R"({"q": "Bluebird"})");
        QTRY_VERIFY(canPress(u"Retry"_qs));
        press(Qt::Key_Slash);
        QTRY_COMPARE(window().focusWidget()->objectName(), u"search"_qs);
        QTest::keyClicks(window().focusWidget(), u"ra"_qs);
        QTRY_COMPARE(window().findChild<QLineEdit*>(u"search"_qs)->text(), u"ra"_qs);
        QCOMPARE(shop_->count(u"requests"_qs), 3);
        press(Qt::Key_Escape);
        QTRY_COMPARE(window().focusWidget(), inbox());
        QTRY_COMPARE(rows(), 1);
    }

    void a_decision_made_elsewhere_leaves_the_window_truthful()
    {
        open(u"pay-invoice"_qs, R"({"invoice_id": "INV-2001"})");
        QTRY_VERIFY(canPress(u"Approve"_qs));
        QProcess other;
        other.start(QStringLiteral(HANDRAIL_PROGRAM), {u"reject"_qs, terminal_id(), u"--store"_qs, terminal().store(), u"--reason"_qs, u"no"_qs});
        QTRY_COMPARE(other.state(), QProcess::NotRunning);
        QCOMPARE(other.exitCode(), 14);
        QTRY_COMPARE(rows(), 0);
        QVERIFY(!canPress(u"Approve"_qs));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
    }

    void new_rows_do_not_move_the_selection()
    {
        open(u"search-orders"_qs, R"({"q": "Bluebird"})");
        QTRY_COMPARE(rows(), 1);
        const QString before = selected();
        QProcess other;
        other.start(QStringLiteral(HANDRAIL_PROGRAM), {u"run"_qs, terminal().agent(u"pay-invoice"_qs), u"--store"_qs, terminal().store(),
                                                       u"--input"_qs, u"{\"invoice_id\": \"INV-2001\"}"_qs});
        QTRY_COMPARE(rows(), 2);
        QTRY_COMPARE(other.state(), QProcess::NotRunning);
        QCOMPARE(selected(), before);
        QCOMPARE(inbox()->currentIndex().row(), 1);
        press(Qt::Key_K);
        QTRY_COMPARE(question(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        press(Qt::Key_J);
        QTRY_COMPARE(selected(), before);
    }

    void a_run_is_replayed_from_the_list_of_runs_and_a_hostile_file_is_refused()
    {
        open(u"search-orders"_qs, R"({"q": "Bluebird"})");
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(canPress(u"replayRun"_qs));
        click(u"replayRun"_qs);
        QTRY_COMPARE(window().currentView(), u"replay"_qs);
        const auto text = [&](const QString& name) { return window().findChild<QLabel*>(name)->text(); };
        QTRY_VERIFY(text(u"momentState"_qs).startsWith(u"▲ needs a person"_qs));
        QTRY_VERIFY(canPress(u"replay"_qs));
        click(u"replay"_qs);
        QTRY_VERIFY2(text(u"replayVerdict"_qs).startsWith(u"✓ Same decisions, "_qs), qPrintable(text(u"replayVerdict"_qs)));
        auto* line = window().findChild<QWidget*>(u"timeLine"_qs);
        QTest::keyClick(line, Qt::Key_Home);
        QTRY_COMPARE(text(u"momentDecision"_qs), u"run_started"_qs);
        for (int i = 0; i < 8; ++i) QTest::keyClick(line, Qt::Key_Right);
        QTRY_VERIFY(text(u"momentTitle"_qs).startsWith(u"Line 9 · "_qs));

        QFile file(dir_->filePath(u"bundle.json"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"handrail_bundle": 1, "run": "<b>x</b>"})");
        file.close();
        auto* typed = window().findChild<QComboBox*>(u"replayRuns"_qs)->lineEdit();
        typed->setText(file.fileName());
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_VERIFY2(text(u"refusedText"_qs).startsWith(u"✗ U102: "_qs), qPrintable(text(u"refusedText"_qs)));
        QVERIFY(text(u"momentTitle"_qs).startsWith(u"Line 9 · "_qs));
        QCOMPARE(shop_->count(u"requests"_qs), 3);
    }

    void a_run_leaves_as_a_file_whose_size_is_told_first()
    {
        const auto said = terminal().run(terminal().agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        const QString run = QString::fromStdString(said.out["id"].get<std::string>());
        openWindow(terminal().store());
        press(Qt::Key_7, Qt::ControlModifier);
        QVERIFY(!canPress(u"saveBundle"_qs));
        auto* runs = window().findChild<QComboBox*>(u"replayRuns"_qs);
        QTest::keyClicks(runs->lineEdit(), run);
        QTest::keyClick(runs->lineEdit(), Qt::Key_Return);
        QTRY_VERIFY(canPress(u"saveBundle"_qs));
        click(u"saveBundle"_qs);
        QTRY_VERIFY(canPress(u"bundleSave"_qs));
        const auto told = [&] { return window().findChild<QLabel*>(u"bundleSize"_qs)->text(); };
        QVERIFY2(told().startsWith(u"The file will have "_qs), qPrintable(told()));
        // What the run has decided by cannot be masked; then nothing is saved.
        auto* masks = window().findChild<QLineEdit*>(u"bundleMasks"_qs);
        QTest::keyClicks(masks, u"tool"_qs);
        QTRY_VERIFY2(told().startsWith(u"✗ U10"_qs), qPrintable(told()));
        QVERIFY(!canPress(u"bundleSave"_qs));
        masks->clear();
        QTRY_VERIFY(canPress(u"bundleSave"_qs));
        click(u"bundleSave"_qs);
        const QString bundle = dir_->filePath(u"mine.json"_qs);
        choose(bundle);
        QTRY_VERIFY(!window().findChild<QLabel*>(u"bundleSize"_qs));
        QCOMPARE(terminal().say({u"replay"_qs, bundle}).exit, 0);
    }

    void a_bundle_of_another_machine_and_another_definition_are_chosen_as_files()
    {
        const auto said = terminal().run(terminal().agent(u"search-orders"_qs), R"({"q": "Bluebird"})");
        const QString run = QString::fromStdString(said.out["id"].get<std::string>());
        const QString bundle = dir_->filePath(u"stuck.json"_qs);
        QCOMPARE(terminal().say({u"export"_qs, run, bundle}).exit, 0);
        const int asked = shop_->count(u"requests"_qs);
        openWindow(dir_->filePath(u"another machine"_qs));
        press(Qt::Key_7, Qt::ControlModifier);
        QTRY_COMPARE(window().currentView(), u"replay"_qs);
        click(u"openBundle"_qs);
        choose(bundle);
        const auto text = [&](const QString& name) { return window().findChild<QLabel*>(name)->text(); };
        QTRY_VERIFY(text(u"momentState"_qs).startsWith(u"▲ needs a person"_qs));
        QTRY_VERIFY(canPress(u"replay"_qs));
        QVERIFY2(!canPress(u"saveBundle"_qs), "it is one");
        click(u"replay"_qs);
        QTRY_VERIFY2(text(u"replayVerdict"_qs).startsWith(u"✓ Same decisions, "_qs), qPrintable(text(u"replayVerdict"_qs)));

        click(u"replaySide1"_qs);
        auto* kinds = window().findChild<QComboBox*>(u"whatIfKind"_qs);
        QTRY_VERIFY(kinds->isVisible() && kinds->isEnabled());
        kinds->setCurrentIndex(kinds->count() - 1);
        click(u"whatIfTry"_qs);
        choose(terminal().agent(u"search-orders"_qs, [](Json& agent) { agent["tools"]["search_orders"]["retry"] = {{"attempts", 1}}; }));
        QTRY_VERIFY2(!text(u"whatIfSummary"_qs).isEmpty(), "no answer");
        QTRY_VERIFY(window().findChild<QAbstractItemView*>(u"whatIfLines"_qs)->model()->rowCount() > 0);
        click(u"whatIfTry"_qs);
        choose(bundle);
        QTRY_VERIFY2(text(u"refusedText"_qs).startsWith(u"✗ U10"_qs), qPrintable(text(u"refusedText"_qs)));
        QCOMPARE(shop_->count(u"requests"_qs), asked);
        QCOMPARE(rows(), 0);
    }

    void every_label_shows_plain_text_only()
    {
        open(u"refund-without-key"_qs, R"({"order_id": "1043"})");
        QTRY_VERIFY(canPress(u"It happened…"_qs));
        const auto labels = window().findChildren<QLabel*>();
        QVERIFY(labels.size() > 20);
        for (const auto* label : labels) QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }

    void an_empty_store_says_what_to_do_next()
    {
        openWindow(dir_->filePath(u"empty"_qs));
        QVERIFY(!inbox()->isVisible());
        QList<QPushButton*> offered;
        for (auto* one : window().findChildren<QPushButton*>()) {
            if (one->isVisible() && one->text() == u"Start the demo"_qs) offered.append(one);
        }
        QCOMPARE(offered.size(), 1);
        QVERIFY(!canPress(u"Approve"_qs));
    }

private:
    QString terminal_id() { return inbox()->currentIndex().data(models::InboxModel::IdRole).toString(); }
};

QTEST_MAIN(ConsoleTest)
#include "consoletest.moc"
