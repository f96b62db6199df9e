#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif

#include "agentcore/store/sqlitestore.h"
#include "models/inboxmodel.h"

using namespace handrail;
using namespace handrailtest;

/// An inbox with more in it than is read at once, over the real window.
class ManyWaitTest : public QObject, ConsoleStage {
    Q_OBJECT

    /// Tickets that are more urgent than any of the demo's, so that what the demo asks stands behind them.
    static std::vector<InboxRow> tickets(int count, const std::string& cause = {})
    {
        std::vector<InboxRow> rows;
        for (int i = 0; i < count; ++i) {
            InboxRow row;
            row.id = "x" + std::to_string(1'000'000 + i);
            row.run = "r" + row.id;
            row.kind = HandoffKind::Escalation;
            row.title = "Ticket " + std::to_string(i);
            row.risk = Risk::Critical;
            row.agent = "desk";
            row.group = cause;
            row.created = i;
            row.decideBy = 1;
            rows.push_back(row);
        }
        return rows;
    }

    /// The demo asks for one payment; so many tickets come before it.
    void open(std::vector<InboxRow> rows)
    {
        terminal().run(terminal().agent(u"pay-invoice"_qs), R"({"invoice_id": "INV-2001"})");
        {
            auto store = store::openStore(terminal().store().toStdString(), {"a test", "store-1", {}, {}, false});
            QVERIFY(store.ok());
            store::Batch batch;
            batch.handoffs = std::move(rows);
            QCOMPARE((*store)->commit(batch).how, store::Committed::Committed);
        }
        openWindow(terminal().store());
    }

    QString more()
    {
        const auto* label = window().findChild<QLabel*>(u"inboxMore"_qs);
        return label->isVisible() ? label->text() : QString();
    }
    QString idAt(int row) { return inbox()->model()->index(row, 0).data(models::InboxModel::IdRole).toString(); }
    QLineEdit* search() { return window().findChild<QLineEdit*>(u"search"_qs); }
    HandoffId payment()
    {
        InboxFilter filter;
        filter.kind = HandoffKind::Approval;
        return openReader(terminal().store().toStdString()).value()->inbox(filter)->front().id;
    }

private slots:
    void initTestCase_data() { addThemes(); }
    void init() { beginInTheme(); }
    void cleanup() { end(); }

    void further_rows_come_as_the_list_is_read_and_nothing_jumps()
    {
        open(tickets(1'200));
        QCOMPARE(rows(), 500);
        QVERIFY2(more().contains(u"500"), qPrintable(more()));
        press(Qt::Key_End);
        const QString there = selected();
        QCOMPARE(there, u"Ticket 499"_qs);
        QTRY_COMPARE(rows(), 600);
        QCOMPARE(selected(), there);
        QVERIFY(inbox()->viewport()->rect().intersects(inbox()->visualRect(inbox()->currentIndex())));
        for (const int further : {700, 800, 900, 1'000, 1'100, 1'200, 1'201}) {
            press(Qt::Key_End);
            QTRY_COMPARE(rows(), further);
        }
        press(Qt::Key_End);
        QCOMPARE(selected(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        QCOMPARE(more(), QString());
        for (int i = 0; i < 1'200; ++i) QCOMPARE(idAt(i), u"x"_qs + QString::number(1'000'000 + i));
    }

    void rows_that_come_above_do_not_move_what_is_looked_at()
    {
        open(tickets(200));
        for (int i = 0; i < 60; ++i) press(Qt::Key_Down);
        const QRect before = inbox()->visualRect(inbox()->currentIndex());
        const QString there = selected();
        QVERIFY(inbox()->viewport()->rect().contains(before));
        auto more = tickets(40);
        for (auto& row : more) {
            row.id = "a" + row.id;
            row.decideBy = 0;
        }
        auto shown = openReader(terminal().store().toStdString()).value()->inbox().take();
        shown.insert(shown.begin(), more.begin(), more.end());
        window().setInbox(shown);
        QCOMPARE(rows(), 241);
        QCOMPARE(selected(), there);
        QCOMPARE(inbox()->visualRect(inbox()->currentIndex()), before);
    }

    void other_rows_are_shown_from_their_beginning()
    {
        open(tickets(200));
        press(Qt::Key_End);
        press(Qt::Key_Slash);
        QTest::keyClicks(search(), u"tick"_qs);
        QTRY_COMPARE(rows(), 100);
        QCOMPARE(inbox()->currentIndex().row(), 0);
        QVERIFY(inbox()->viewport()->rect().contains(inbox()->visualRect(inbox()->currentIndex())));
    }

    void what_fits_a_search_is_found_beyond_what_was_read()
    {
        open(tickets(1'200));
        press(Qt::Key_Slash);
        QTest::keyClicks(search(), u"acme"_qs);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(inbox()->model()->index(0, 0).data().toString(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        press(Qt::Key_Escape);
        QTRY_COMPARE(rows(), 500);
    }

    void the_newest_approval_is_shown_however_far_down_it_stands()
    {
        open(tickets(1'200));
        QTest::keyClick(&window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(selected(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        QVERIFY(inbox()->viewport()->rect().intersects(inbox()->visualRect(inbox()->currentIndex())));
        // Behind it the list reads on; what was wanted stays in sight.
        QTRY_COMPARE(rows(), 1'201);
        QVERIFY(inbox()->viewport()->rect().intersects(inbox()->visualRect(inbox()->currentIndex())));
        // A row that somebody else chose does not stay where it does not belong.
        press(Qt::Key_Home);
        QTRY_COMPARE(selected(), u"Ticket 0"_qs);
    }

    void what_a_notification_opens_is_shown_whatever_is_filtered()
    {
        open(tickets(3));
        press(Qt::Key_Slash);
        QTest::keyClicks(search(), u"ticket"_qs);
        QTRY_COMPARE(rows(), 3);
        window().selectHandoff(payment());
        QCOMPARE(selected(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
        QCOMPARE(search()->text(), QString());
        QCOMPARE(rows(), 4);
    }

    void what_was_typed_just_before_a_notification_does_not_lead_away_from_it()
    {
        open(tickets(3));
        press(Qt::Key_Slash);
        QTest::keyClicks(search(), u"ticket"_qs);
        window().selectHandoff("x1000001");
        QTRY_COMPARE(rows(), 4);
        search()->setText(u"ticket"_qs);
        QTRY_COMPARE(rows(), 3);
        search()->setText(u"tick"_qs);
        window().selectHandoff(payment());
        QSignalSpy asked(&window(), &ui::MainWindow::filterChanged);
        QVERIFY(!asked.wait(400));
        QCOMPARE(selected(), u"Pay 1,240.00 EUR to ACME GmbH?"_qs);
    }

    void what_a_notification_opens_is_shown_out_of_its_closed_group()
    {
        open(tickets(5, "T503 shop"));
        QCOMPARE(rows(), 2);
        window().selectHandoff("x1000003");
        QCOMPARE(selected(), u"Ticket 3"_qs);
        QCOMPARE(rows(), 7);
    }

    void what_no_longer_waits_is_said_to_be_over()
    {
        open(tickets(3));
        const QString before = selected();
        window().selectHandoff("x-of-long-ago");
        QCOMPARE(selected(), before);
        QVERIFY(shows(u"no longer waits"_qs));
    }

    void a_ticket_whose_run_is_gone_says_so()
    {
        open(tickets(3));
        QTRY_VERIFY(window().findChild<QLabel*>(u"question"_qs));
        QCOMPARE(window().findChild<QLabel*>(u"question"_qs)->text(), u"Ticket 0"_qs);
        QVERIFY(shows(u"can no longer be read"_qs));
    }

    void a_group_that_is_larger_than_a_page_is_read_on_until_the_list_is_full()
    {
        open(tickets(1'200, "T503 shop"));
        QTRY_COMPARE(rows(), 2);
        QVERIFY(inbox()->model()->index(0, 0).data().toString().contains(QLocale().toString(1'200)));
    }
};

QTEST_MAIN(ManyWaitTest)
#include "manywaittest.moc"
