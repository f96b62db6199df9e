#include <QAbstractButton>
#include <QLineEdit>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#endif
#include "tests/support/byteserver.h"

using namespace handrail;
using namespace handrailtest;

/// What each sort of handoff is for, from the failing service to the person's answer, in the real window. A run is
/// asked for by another command, as a script would; the window's own runtime drives it.
class HandoffJourneyTest : public QObject, ConsoleStage {
    Q_OBJECT

    std::unique_ptr<ByteServer> hook_;
    std::vector<std::unique_ptr<QProcess>> asking_;

    void ask(const QString& agent, const QString& input, const std::function<void(Json&)>& edit = {})
    {
        const QString path = terminal().agent(agent, [&](Json& document) {
            document["notify"] = {{{"kind", "webhook"}, {"url", hook_->url("/hook")}}};
            if (edit) edit(document);
        });
        asking_.push_back(std::make_unique<QProcess>());
        asking_.back()->start(QStringLiteral(HANDRAIL_PROGRAM), {u"run"_qs, path, u"--input"_qs, input, u"--store"_qs, terminal().store(), u"--json"_qs});
    }
    bool isTold(const QByteArray& words)
    {
        return std::any_of(hook_->requests.begin(), hook_->requests.end(), [&](const QByteArray& request) { return request.contains(words); });
    }
    QStringList titles()
    {
        QStringList all;
        for (int row = 0; row < rows(); ++row) all.append(inbox()->model()->index(row, 0).data().toString());
        return all;
    }
    bool isListed(const QString& words) { return !titles().filter(words).isEmpty(); }
    QAbstractButton* named(const QString& name)
    {
        for (auto* one : window().findChildren<QAbstractButton*>()) {
            if (one->isVisible() && one->accessibleName() == name) return one;
        }
        return nullptr;
    }
    /// Yes, with what is asked for again where it is.
    void agree()
    {
        pressButton(u"Approve"_qs);
        auto* again = window().findChild<QLineEdit*>(u"again"_qs);
        if (!again) return;
        QTest::keyClicks(again, shop_->value(u"SELECT total FROM orders WHERE id = '1045'"_qs));
        pressButton(u"confirm"_qs);
    }
    std::vector<RunSummary> runs() { return openReader(terminal().store().toStdString()).value()->runs().take(); }

private slots:
    void initTestCase_data() { addThemes(); }
    void init()
    {
        beginInTheme();
        hook_ = std::make_unique<ByteServer>(ByteServer::Cut::None, whole("ok"));
        openWindow(terminal().store());
    }
    void cleanup()
    {
        for (auto& process : asking_) {
            process->kill();
            process->waitForFinished();
        }
        asking_.clear();
        end();
        hook_.reset();
    }

    void h1_what_a_gate_holds_is_told_and_done_once_when_a_person_agrees_data()
    {
        QTest::addColumn<QString>("gate");
        for (const char* gate : {"payment", "delete_user", "personal_data", "production_config", "paid_call"}) QTest::newRow(gate) << QString::fromLatin1(gate);
    }
    void h1_what_a_gate_holds_is_told_and_done_once_when_a_person_agrees()
    {
        QFETCH(QString, gate);
        ask(u"pay-invoice"_qs, u"{\"invoice_id\": \"INV-2001\"}"_qs, [&](Json& agent) { agent["tools"]["pay"]["gate"] = gate.toStdString(); });
        QTRY_COMPARE(titles(), QStringList{u"Pay 1,240.00 EUR to ACME GmbH?"_qs});
        QTRY_VERIFY(isTold("Pay 1,240.00 EUR to ACME GmbH?"));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        pressButton(u"Approve"_qs);
        QTRY_VERIFY(window().findChild<QLineEdit*>(u"again"_qs));
        QTest::keyClicks(window().findChild<QLineEdit*>(u"again"_qs), u"1240.00"_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(shop_->count(u"payments"_qs), 1);
    }

    void h1_what_nobody_answers_in_time_is_cancelled()
    {
        ask(u"pay-invoice"_qs, u"{\"invoice_id\": \"INV-2001\"}"_qs, [](Json& agent) { agent["approvals"]["decide_s"] = 2; });
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(rows(), 0);
        QCOMPARE(runs().front().error->code, Code("A101"));
        QCOMPARE(shop_->count(u"payments"_qs), 0);
        QVERIFY(!canPress(u"Approve"_qs));
    }

    void h2_what_a_model_proposes_is_done_after_a_person_agreed()
    {
        ask(u"settle-complaint"_qs, u"{\"order_id\": \"1045\", \"complaint\": \"It is a long story, and I am not sure of it.\"}"_qs);
        // That its first model says nothing is told, too.
        const QString asked = u"Refund the buyer: 19.90 EUR to ACME GmbH?"_qs;
        QTRY_VERIFY(titles().contains(asked));
        inbox()->setCurrentIndex(inbox()->model()->index(static_cast<int>(titles().indexOf(asked)), 0));
        QTRY_VERIFY(shows(u"scripted-backup"_qs));
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        const auto proposed = runs().front().handoffs;
        agree();
        // What it proposes may act only behind its gate, as every step.
        QTRY_VERIFY(!runs().front().handoffs.empty() && runs().front().handoffs != proposed);
        QTRY_VERIFY(shows(u"has the gate"_qs));
        QCOMPARE(shop_->count(u"refunds"_qs), 0);
        agree();
        QTRY_COMPARE(shop_->count(u"refunds"_qs), 1);
        QTRY_COMPARE(runs().front().status, RunStatus::Completed);
        QVERIFY(runs().front().handoffs.empty());
    }

    void h3_what_was_done_is_shown_and_undone_on_request()
    {
        ask(u"change-note"_qs, u"{\"note_id\": \"7\", \"text\": \"new\"}"_qs);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"new"_qs);
        pressButton(u"Undo…"_qs);
        QTRY_VERIFY(shows(u"One call will be sent"_qs));
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(shop_->value(u"SELECT text FROM notes WHERE id = '7'"_qs), u"The buyer asked for a call."_qs);
        QTRY_COMPARE(rows(), 0);
    }

    void h4_a_stopped_run_is_told_and_goes_on_as_it_is_told_to()
    {
        ask(u"search-orders"_qs, u"{\"q\": \"Bluebird\"}"_qs);
        QTRY_VERIFY(isListed(u"Search the orders stopped"_qs));
        QTRY_VERIFY(isTold("Search the orders stopped"));
        const int before = shop_->count(u"requests"_qs);
        pressButton(u"Answer…"_qs);
        QTest::keyClicks(window().focusWidget(), u"It is well again."_qs);
        pressButton(u"confirm"_qs);
        QTRY_COMPARE(rows(), 0);
        QTRY_COMPARE(runs().front().status, RunStatus::Completed);
        QCOMPARE(shop_->count(u"requests"_qs), before + 1);
    }

    void h5_the_third_of_the_same_is_a_ticket_of_its_own()
    {
        const auto lost = [](Json& agent) {
            agent["tools"]["change_note"]["request"]["path"] = "/nowhere/{note_id}";
            agent["plan"][0]["on_failure"] = "fail";
        };
        for (int i = 0; i < 3; ++i) {
            ask(u"change-note"_qs, u"{\"note_id\": \"8\", \"text\": \"Ask.\"}"_qs, lost);
            QTRY_COMPARE(asking_.back()->state(), QProcess::NotRunning);
        }
        QTRY_VERIFY2(isListed(u"3 times"_qs), qPrintable(titles().join(u'\n')));
    }

    void h5_a_critical_operation_is_told_at_its_first_failure()
    {
        ask(u"search-orders"_qs, u"{\"q\": \"Bluebird\"}"_qs, [](Json& agent) {
            agent["tools"]["search_orders"]["critical"] = true;
            agent["tools"]["search_orders"]["retry"]["base_s"] = 20;
            agent["tools"]["search_orders"]["retry"]["cap_s"] = 20;
        });
        QTRY_VERIFY2(isListed(u"is failing"_qs), qPrintable(titles().join(u'\n')));
        QCOMPARE(shop_->count(u"requests"_qs), 1);
        QTRY_VERIFY(isTold("is failing"));
    }

    void h6_everything_a_person_needs_to_decide_is_on_one_page()
    {
        ask(u"quote-order"_qs, u"{\"order_id\": \"1042\"}"_qs, [](Json& agent) {
            agent["tools"]["search_orders"]["timeout_s"] = 1;
            agent["tools"]["search_orders"]["retry"] = {{"attempts", 2}, {"base_s", 0.1}};
            agent["plan"][1]["with"]["q"] = "Bluebird";
        });
        QTRY_COMPARE(rows(), 1);
        for (const auto& section : {u"Executed steps"_qs, u"The log around it"_qs, u"User input"_qs}) {
            QTRY_VERIFY2(named(section), qPrintable(section));
            if (!named(section)->isChecked()) named(section)->click();
        }
        for (const auto& chip : {u"Read the price: done"_qs, u"List the buyer's orders: failed"_qs, u"Read the price again: planned"_qs}) QVERIFY2(named(chip), qPrintable(chip));
        const auto run = openReader(terminal().store().toStdString()).value()->run(runs().front().id).take().value();
        const QString trace = QString::fromStdString(run.trace);
        QCOMPARE(trace.size(), 32);
        for (const auto& words : {u"1042"_qs, u"Read the price"_qs, u"quote-order · run"_qs, u"asked just now"_qs, u"59:"_qs, u"(T109)"_qs, u"Read timed out"_qs,
                                  u"Call 2 · read timed out"_qs, u"It has failed as often as it may."_qs, u"Retry it."_qs, u"judged"_qs, trace}) {
            QVERIFY2(shows(words), qPrintable(words));
        }
        for (const auto& action : {u"Retry"_qs, u"Skip"_qs, u"Answer…"_qs, u"Abort…"_qs}) QVERIFY2(canPress(action), qPrintable(action));
        // A raw dump is one click away, and not before it.
        QVERIFY(!shows(u"{\""_qs));
    }
};

QTEST_MAIN(HandoffJourneyTest)
#include "handoffjourneytest.moc"
