#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/recorded.h"
#include "tests/support/rows.h"
#endif

#include "ui/planstrip.h"

using namespace handrail;
using namespace handrail::ui;
using namespace handrailtest;

/// The replay view over a run on paper, with the keys and clicks of an engineer.
class ReplayViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordedRun> recorded_;
    std::unique_ptr<ReplayView> view_;

    template <typename Widget>
    Widget* named(const QString& name) { return view_->findChild<Widget*>(name); }
    TimeLine* line() { return named<TimeLine>(u"timeLine"_qs); }
    Table* table() { return named<Table>(u"replayLines"_qs); }
    QString text(const QString& name) { return named<QLabel>(name)->text(); }
    void press(int key) { QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key)); }
    void click(const QString& name) { QTest::mouseClick(named<QPushButton>(name), Qt::LeftButton); }
    void choose(const QString& name, int place) { named<QComboBox>(name)->setCurrentIndex(place); }
    int last() const { return static_cast<int>(recorded_->run.journal.size()) - 1; }

    static QString plain(const Json& value) { return QString::fromStdString(dump(value)); }
    /// Chooses what to change, and presses Try: the change that is asked for.
    Json tried(int kind, const std::function<void()>& fill)
    {
        click(u"replaySide1"_qs);
        choose(u"whatIfKind"_qs, kind);
        fill();
        QSignalSpy asked(view_.get(), &ReplayView::whatIfWanted);
        click(u"whatIfTry"_qs);
        return asked.isEmpty() ? Json() : asked.at(0).at(0).value<Json>();
    }

private slots:
    void initTestCase() { applyLook(*qApp, Theme::Light, TextSize::Normal, false); }
    void init()
    {
        recorded_ = std::make_unique<RecordedRun>();
        view_ = std::make_unique<ReplayView>();
        view_->resize(1366, 700);
        view_->show();
        view_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(view_.get()));
        joinTo(*view_, *recorded_);
    }
    void cleanup()
    {
        view_.reset();
        recorded_.reset();
    }

    void it_opens_where_the_run_stands_with_plan_state_and_budget()
    {
        QCOMPARE(line()->value(), last());
        QCOMPARE(text(u"momentState"_qs), u"✓ completed"_qs);
        QVERIFY(text(u"momentTime"_qs).contains(u"left of 5 min 00 s"_qs));
        QVERIFY(text(u"momentSteps"_qs).startsWith(u"Steps: "_qs));
        QCOMPARE(text(u"momentRetries"_qs).section(u", "_qs, 1), u"1 made"_qs);
        QCOMPARE(view_->findChildren<PlanStrip*>().size(), 1);
        QCOMPARE(table()->model()->rowCount(), last() + 1);
    }

    void arrow_keys_go_line_by_line_and_the_instant_follows()
    {
        QCOMPARE(QApplication::focusWidget(), line());
        press(Qt::Key_Home);
        QCOMPARE(line()->value(), 0);
        QCOMPARE(text(u"momentDecision"_qs), u"run_started"_qs);
        QCOMPARE(table()->currentIndex().row(), 0);
        press(Qt::Key_Right);
        press(Qt::Key_Right);
        QCOMPARE(line()->value(), 2);
        QCOMPARE(view_->current(), Seq(3));
        QVERIFY(text(u"momentTitle"_qs).startsWith(u"Line 3 · "_qs));
        press(Qt::Key_Left);
        QCOMPARE(view_->current(), Seq(2));
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        QCOMPARE(line()->value(), 0);
    }

    void pages_and_ends_have_their_keys()
    {
        press(Qt::Key_Home);
        press(Qt::Key_PageDown);
        QCOMPARE(line()->value(), 10);
        press(Qt::Key_PageUp);
        QCOMPARE(line()->value(), 0);
        press(Qt::Key_End);
        QCOMPARE(line()->value(), last());
    }

    void the_list_goes_along_with_its_own_keys_and_with_those_of_the_line()
    {
        press(Qt::Key_Home);
        table()->setFocus();
        press(Qt::Key_Down);
        QCOMPARE(line()->value(), 1);
        press(Qt::Key_Right);
        QCOMPARE(line()->value(), 2);
        QCOMPARE(table()->currentIndex().row(), 2);
        press(Qt::Key_Left);
        QCOMPARE(table()->currentIndex().row(), 1);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(table()->model()->index(4, 3)).center());
        QCOMPARE(line()->value(), 4);
    }

    void a_click_on_the_line_of_time_goes_to_the_line_that_is_nearest()
    {
        QTest::mouseClick(line(), Qt::LeftButton, {}, QPoint(2, line()->height() / 2));
        QCOMPARE(line()->value(), 0);
        QTest::mouseClick(line(), Qt::LeftButton, {}, QPoint(line()->width() - 2, line()->height() / 2));
        QCOMPARE(line()->value(), last());
    }

    void the_rule_that_chose_stands_beside_what_it_chose()
    {
        const int judged = static_cast<int>(recorded_->seqOf("judged")) - 1;
        line()->setValue(judged);
        QVERIFY(text(u"momentDecision"_qs).startsWith(u"judged one #1"_qs));
        QVERIFY2(text(u"momentRule"_qs).contains(u"retry table"_qs), qPrintable(text(u"momentRule"_qs)));
        QCOMPARE(text(u"momentState"_qs), u"▶ running, at one"_qs);
        line()->setValue(static_cast<int>(recorded_->seqOf("asked")) - 1);
        QVERIFY(text(u"momentState"_qs).startsWith(u"… waits for approval"_qs));
    }

    void a_replay_proves_that_every_decision_is_the_same()
    {
        click(u"replay"_qs);
        QCOMPARE(text(u"replayVerdict"_qs), u"✓ Same decisions, %1 lines"_qs.arg(last() + 1));
        QCOMPARE(table()->model()->index(0, models::ReplayModel::Result).data().toString(), u"→ given"_qs);
        QCOMPARE(table()->model()->index(1, models::ReplayModel::Result).data().toString(), u"✓ same"_qs);
    }

    void the_first_line_that_differs_is_named_and_selected()
    {
        const Seq judged = recorded_->seqOf("judged");
        recorded_->run.isReplayed = false;
        recorded_->run.journal[static_cast<std::size_t>(judged - 1)].data["verdict"] = "refused";
        view_->setRecording(u"run1"_qs, recorded_->run.def->source, recorded_->lines());
        QVERIFY(text(u"momentTitle"_qs).startsWith(u"Line %1 ·"_qs.arg(judged - 1)));
        click(u"replay"_qs);
        QVERIFY2(text(u"replayVerdict"_qs).startsWith(u"✗ W112 at line %1: What is decided now is not what the journal says."_qs.arg(judged)), qPrintable(text(u"replayVerdict"_qs)));
        QCOMPARE(view_->current(), judged);
        QCOMPARE(table()->currentIndex().row(), static_cast<int>(judged) - 1);
        QCOMPARE(table()->model()->index(table()->currentIndex().row(), models::ReplayModel::Result).data().toString(), u"✗ differs"_qs);
        QCOMPARE(table()->model()->index(last(), models::ReplayModel::Result).data().toString(), u"– not reached"_qs);
        QVERIFY(line()->accessibleDescription().startsWith(u"✗ line"_qs));
    }

    void an_instant_that_comes_when_the_handle_is_elsewhere_is_dropped()
    {
        press(Qt::Key_Home);
        const QString before = text(u"momentTitle"_qs);
        view_->setMoment(5, replay::replay(*recorded_->run.def, recorded_->run.journal, 5));
        QCOMPARE(text(u"momentTitle"_qs), before);
    }

    void what_is_refused_has_code_sentence_and_next_step_and_stays_plain()
    {
        view_->setRefused(failure("U102", "This is no bundle: <b>bold</b> \xE2\x80\xAE evil", "line 3", "Export the run again."));
        QVERIFY(named<QWidget>(u"refused"_qs)->isVisible());
        QCOMPARE(text(u"refusedText"_qs), u"✗ U102: This is no bundle: <b>bold</b> ⟨U+202E⟩ evil"_qs);
        QStringList texts;
        for (const auto* label : view_->findChildren<QLabel*>()) {
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
            if (label->isVisible()) texts.append(label->text());
        }
        QVERIFY(texts.join(u'\n').contains(u"Export the run again."_qs));
        QCOMPARE(table()->model()->rowCount(), last() + 1);
    }

    void the_badge_is_there_whatever_is_shown()
    {
        const auto* badge = named<QWidget>(u"noEffect"_qs);
        QVERIFY(badge->isVisible());
        click(u"replaySide1"_qs);
        QVERIFY(badge->isVisible());
        view_->setRecording({}, Json::object(), {});
        QVERIFY(badge->isVisible());
        QVERIFY(!line()->isVisible());
    }

    void an_id_is_typed_or_chosen_from_the_list()
    {
        RunSummary run;
        run.id = "aaa";
        run.agent = "desk";
        run.status = RunStatus::Escalated;
        view_->setRuns({run}, {"bbb"});
        auto* box = named<QComboBox>(u"replayRuns"_qs);
        QCOMPARE(box->itemText(0), u"aaa · desk · ▲ needs a person"_qs);
        QCOMPARE(box->itemText(1), u"bbb · imported bundle"_qs);
        QSignalSpy wanted(view_.get(), &ReplayView::openWanted);
        Q_EMIT box->activated(1);
        QCOMPARE(wanted.value(0), QVariantList{u"bbb"_qs});
        box->setEditText({});
        QTest::keyClicks(box->lineEdit(), u"ccc"_qs);
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted.value(1), QVariantList{u"ccc"_qs});
    }

    void one_thing_is_changed_through_the_form()
    {
        QCOMPARE(plain(tried(0, [&] {
            choose(u"whatIfStep"_qs, 1);
            QCOMPARE(named<QLineEdit>(u"whatIfValue"_qs)->text(), u"5"_qs);
            named<QLineEdit>(u"whatIfValue"_qs)->setText(u"9"_qs);
        })), plain(json(u"{'argument': {'step': 'two', 'with': {'amount': '9'}}}"_qs)));
        QCOMPARE(plain(tried(1, [&] { named<QLineEdit>(u"whatIfLimitValue"_qs)->setText(u"2"_qs); })), plain(json(u"{'limit': {'run_s': 2}}"_qs)));
        QCOMPARE(plain(tried(2, [&] {
            choose(u"whatIfReply"_qs, 1);
            choose(u"whatIfCode"_qs, named<QComboBox>(u"whatIfCode"_qs)->findData(u"T403"_qs));
        })), plain(json(u"{'reply': {'seq': %1, 'code': 'T403'}}"_qs.arg(recorded_->seqOf("answered", 2)))));
        QCOMPARE(plain(tried(2, [&] {
            choose(u"whatIfReply"_qs, 0);
            choose(u"whatIfCode"_qs, 0);
            named<QPlainTextEdit>(u"whatIfResult"_qs)->setPlainText(u"{\"total\": 6}"_qs);
        })), plain(json(u"{'reply': {'seq': %1, 'code': '', 'phase': 'answered', 'result': {'total': 6}}}"_qs.arg(recorded_->seqOf("answered")))));
        const Json injected = tried(3, [&] { choose(u"whatIfCall"_qs, 2); });
        QCOMPARE(textOf(injected["reply"], "injection"), std::string("timeout"));
        QCOMPARE(textOf(injected["reply"], "phase"), std::string("maybe_sent"));
        QCOMPARE(plain(tried(4, [&] {
            choose(u"whatIfVerb"_qs, named<QComboBox>(u"whatIfVerb"_qs)->findData(u"reject"_qs));
            named<QLineEdit>(u"whatIfReason"_qs)->setText(u"too much"_qs);
        })), plain(json(u"{'decision': {'handoff': 'run1-1', 'verb': 'reject', 'reason': 'too much'}}"_qs)));
        QSignalSpy wanted(view_.get(), &ReplayView::definitionWanted);
        QVERIFY(tried(5, [] {}).is_null());
        QCOMPARE(wanted.size(), 1);
    }

    void a_field_that_cannot_be_meant_is_said_and_nothing_is_asked()
    {
        QVERIFY(tried(1, [&] { named<QLineEdit>(u"whatIfLimitValue"_qs)->setText(u"soon"_qs); }).is_null());
        QCOMPARE(text(u"whatIfMistake"_qs), u"U102: A limit is a number. Change the field and try again."_qs);
    }

    void two_lines_of_time_show_what_would_be_other_by_glyph_and_word()
    {
        tried(4, [&] { choose(u"whatIfVerb"_qs, named<QComboBox>(u"whatIfVerb"_qs)->findData(u"reject"_qs)); });
        QVERIFY2(text(u"whatIfSummary"_qs).startsWith(u"≠ "_qs), qPrintable(text(u"whatIfSummary"_qs)));
        QVERIFY(text(u"whatIfThen"_qs).startsWith(u"Then: ■ aborted"_qs));
        auto* rows = named<Table>(u"whatIfLines"_qs)->model();
        QCOMPARE(rows->index(0, models::WhatIfModel::Mark).data().toString(), u"= same"_qs);
        const int decided = static_cast<int>(recorded_->seqOf("decided")) - 1;
        QCOMPARE(named<Table>(u"whatIfLines"_qs)->currentIndex().row(), decided);
        QCOMPARE(rows->index(decided, models::WhatIfModel::Mark).data().toString(), u"≠ other"_qs);
        auto* now = named<TimeLine>(u"nowLine"_qs);
        QVERIFY(now->accessibleDescription().startsWith(u"≠ new"_qs));
        now->setFocus();
        press(Qt::Key_Home);
        QCOMPARE(named<TimeLine>(u"wasLine"_qs)->value(), 0);
        QCOMPARE(named<Table>(u"whatIfLines"_qs)->currentIndex().row(), 0);
    }

    void what_takes_long_is_shown_and_can_be_stopped()
    {
        const QString before = text(u"replayVerdict"_qs);
        view_->setBusy(u"Replaying…"_qs);
        QVERIFY(!named<QPushButton>(u"replay"_qs)->isEnabled());
        QTRY_COMPARE(text(u"replayVerdict"_qs), u"Replaying…"_qs);
        view_->setProgress(40);
        QSignalSpy stopped(view_.get(), &ReplayView::stopWanted);
        click(u"replayStop"_qs);
        QCOMPARE(stopped.size(), 1);
        view_->setBusy({});
        QCOMPARE(text(u"replayVerdict"_qs), before);
        QVERIFY(!named<QPushButton>(u"replayStop"_qs)->isVisible());
        QVERIFY(named<QPushButton>(u"replay"_qs)->isEnabled());
    }
};

QTEST_MAIN(ReplayViewTest)
#include "replayviewtest.moc"
