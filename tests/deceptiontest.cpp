#include <sys/inotify.h>
#include <unistd.h>

#include <QAbstractItemView>
#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTextBrowser>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/consolestage.h"
#include "tests/support/definitions.h"
#endif

#include "models/inboxmodel.h"
#include "tests/data/deceptions.h"
#include "tests/support/byteserver.h"
#include "ui/decisionbar.h"
#include "ui/handoffpanel.h"

using namespace handrail;
using namespace handrailtest;

/// Forty pieces of text that lie, each in every field that a tool, a model or a user can fill: in the real window
/// a person sees the true amount and recipient and the true buttons, and nothing is opened.
class DeceptionTest : public QObject, ConsoleStage {
    Q_OBJECT

    static constexpr const char* schemes[] = {"http", "https", "file", "javascript"};

    struct Waiting {
        QString approval;
        QString ticket;
    };

    std::unique_ptr<ByteServer> service_;
    std::unique_ptr<ByteServer> bait_;
    std::vector<Deception> all_;
    std::map<std::size_t, Waiting> waiting_;
    QStringList approvalButtons_;
    QStringList ticketButtons_;
    QString title_;
    int watch_ = -1;
    int opened_ = 0;
    qint64 slowest_ = 0;
    QString slowestAt_;

    QString baitFile() const { return dir_->filePath(u"bait.png"_qs); }

    /// A model proposes a payment, with the text in whatever it says and hands in.
    QString paying(std::size_t number, const std::string& text) const
    {
        const QString show = q(R"(, "gate": "payment", "show": {"amount": "/amount", "currency": "/currency", "recipient": "/recipient"})");
        Json desk = parseJson(agent(writeTool(u"pay"_qs, u"write_keyed"_qs, show), {}).toStdString()).take();
        desk["planner"] = {{"goal", "Pay: ${input.note}"}, {"models", Json::array({{{"name", "main"}, {"kind", "openai"}, {"url", service_->url("/v1")}, {"allow_private", true}, {"model", "m"}}})}};
        desk["approvals"] = {{"decide_s", 28800}};
        desk.erase("plan");
        desk["name"] = "desk-" + std::to_string(number);
        desk["tools"]["pay"]["description"] = text.substr(0, 200);
        desk["servers"]["shop"]["url"] = service_->url("");
        return written(QStringLiteral("pay-%1").arg(number), desk);
    }
    /// A step fails, and the service says the text.
    QString failing(std::size_t number, const std::string& text) const
    {
        const QString tool = QStringLiteral("find%1").arg(number);
        Json desk = parseJson(agent(readTool(tool), step(u"a"_qs, tool, q(R"({"note": "${input.note}"})"))).toStdString()).take();
        desk["plan"][0]["title"] = text.substr(0, 200);
        desk["servers"]["shop"]["url"] = service_->url("");
        return written(QStringLiteral("find-%1").arg(number), desk);
    }
    QString written(const QString& name, const Json& value) const
    {
        QFile file(dir_->filePath(name + u".json"_qs));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(QByteArray::fromStdString(dump(value)));
        return file.fileName();
    }
    /// The id of what the run waits for; empty when it did not come so far.
    QString started(const QString& agent, const QString& input)
    {
        QProcess process;
        process.setProcessEnvironment(Terminal::environmentWith({u"XDG_STATE_HOME="_qs + dir_->path() + u"/state"_qs}));
        process.start(QStringLiteral(HANDRAIL_PROGRAM), {u"run"_qs, agent, u"--input"_qs, u"@"_qs + input, u"--json"_qs, u"--store"_qs, terminal().store()});
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000)) return {};
        const auto said = Terminal::saidBy(process);
        const Json handoffs = said.out.is_object() ? said.out.value("handoffs", Json::array()) : Json::array();
        if (handoffs.size() != 1) qWarning("%s: %d %s %s", qPrintable(agent), said.exit, said.errors.left(500).constData(), dump(said.out).substr(0, 600).c_str());
        return handoffs.size() == 1 ? QString::fromStdString(handoffs[0].get<std::string>()) : QString();
    }
    static QByteArray proposal(const std::string& text)
    {
        const Json arguments = {{"amount", "1240.00"}, {"currency", "EUR"}, {"recipient", text}, {"note", text}, {text.substr(0, 500), true},
                                {"more", {{"deep", Json::array({text})}}}, {"_why", text}, {"_confidence", 0.95}};
        const Json message = {{"role", "assistant"}, {"tool_calls", Json::array({{{"id", "c"}, {"type", "function"}, {"function", {{"name", "pay"}, {"arguments", dump(arguments)}}}}})}};
        return whole(QByteArray::fromStdString(dump({{"choices", Json::array({{{"finish_reason", "tool_calls"}, {"message", message}}})}})));
    }
    void prepare(std::size_t number, const std::string& text)
    {
        // What stands in the input grounds what the model says of it; a model's reply has a bound of its own.
        const std::string said = text.substr(0, 20'000);
        const QString input = written(QStringLiteral("input-%1").arg(number), {{"note", text.substr(0, 400'000)}, {"amount", "1240.00"}, {"currency", "EUR"}, {"recipient", said}, {"words", {said.substr(0, 500), "more"}}});
        service_->replies = {proposal(said)};
        waiting_[number].approval = started(paying(number, text), input);
        service_->replies = {whole(QByteArray::fromStdString(dump({{"error", {{"message", text}, {"code", text.substr(0, 300)}}}})), "400 Bad Request")};
        waiting_[number].ticket = started(failing(number, text), input);
    }

    bool show(const QString& id)
    {
        for (int row = 0; row < rows(); ++row) {
            const auto index = inbox()->model()->index(row, 0);
            if (index.data(models::InboxModel::IdRole).toString() != id) continue;
            QElapsedTimer clock;
            clock.start();
            inbox()->setCurrentIndex(index);
            const bool isThere = QTest::qWaitFor([&] { return QString::fromStdString(window().findChild<ui::HandoffPanel*>()->shown()) == id; });
            (void)window().grab();
            if (clock.elapsed() > slowest_) {
                slowest_ = clock.elapsed();
                slowestAt_ = id;
            }
            return isThere;
        }
        return false;
    }
    QStringList buttons()
    {
        QStringList words;
        for (const auto* one : window().findChild<ui::DecisionBar*>()->findChildren<QAbstractButton*>()) {
            if (one->isVisibleTo(&window())) words.append(one->text() + (one->isEnabled() ? u""_qs : u" (off)"_qs));
        }
        words.sort();
        return words;
    }
    QString valueOf(const QString& name)
    {
        for (const auto* one : window().findChild<ui::HandoffPanel*>()->findChildren<QWidget*>()) {
            const QString spoken = one->accessibleName();
            if (const auto* label = qobject_cast<const QLabel*>(one); label && spoken.startsWith(name + u": "_qs)) return label->text();
            if (const auto* box = qobject_cast<const QPlainTextEdit*>(one); box && spoken == name) return box->toPlainText();
        }
        return {};
    }

    static QString deceit(const QString& text)
    {
        for (const char32_t c : text.toUcs4()) {
            if (deceives(c)) return QStringLiteral("U+%1 in \"%2\"").arg(QString::number(static_cast<uint>(c), 16), text.left(200));
        }
        int marks = 0;
        for (const QChar c : text) {
            marks = c.isMark() ? marks + 1 : 0;
            if (marks > 4) return QStringLiteral("a tower of marks in \"%1\"").arg(text.left(200));
        }
        return {};
    }
    /// What is wrong with what one widget says in any way.
    static QString wrongWith(const QWidget* widget)
    {
        QStringList texts{widget->accessibleName(), widget->accessibleDescription(), widget->windowTitle(), widget->statusTip(), widget->whatsThis()};
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            if (label->textFormat() != Qt::PlainText) return u"a label that is not plain: "_qs + label->text().left(100);
            texts.append(label->text());
        }
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) texts.append(button->text());
        if (const auto* line = qobject_cast<const QLineEdit*>(widget)) texts.append({line->text(), line->placeholderText()});
        if (const auto* edit = qobject_cast<const QPlainTextEdit*>(widget)) texts.append(edit->toPlainText());
        if (qobject_cast<const QTextEdit*>(widget)) return u"a widget for rich text"_qs;
        for (const auto& text : texts) {
            if (const QString found = deceit(text); !found.isEmpty()) return found;
        }
        // What is left of a tool tip's own frame must not be markup.
        QString tip = widget->toolTip();
        for (const auto& own : {u"<qt>"_qs, u"</qt>"_qs, u"<br>"_qs}) tip.remove(own);
        if (tip.contains(u'<')) return u"markup in a tool tip: "_qs + tip.left(200);
        return deceit(tip);
    }
    /// The same for whoever has it read out: names, descriptions and values of all that is there.
    QString wrongAloud(QAccessibleInterface* one, int depth = 0)
    {
        if (!one || !one->isValid() || depth > 40) return {};
        for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value}) {
            if (const QString found = deceit(one->text(kind)); !found.isEmpty()) return u"read aloud: "_qs + found;
        }
        for (int i = 0; i < std::min(one->childCount(), 200); ++i) {
            if (const QString found = wrongAloud(one->child(i), depth + 1); !found.isEmpty()) return found;
        }
        return {};
    }
    QString wrong()
    {
        QList<QWidget*> widgets = window().findChildren<QWidget*>();
        widgets.append(&window());
        for (const auto* widget : widgets) {
            if (const QString found = wrongWith(widget); !found.isEmpty()) return QString::fromLatin1(widget->metaObject()->className()) + u": "_qs + found;
        }
        return wrongAloud(QAccessible::queryAccessibleInterface(&window()));
    }
    /// What every label hands to the clipboard.
    QString wrongCopy()
    {
        for (auto* label : window().findChild<ui::HandoffPanel*>()->findChildren<QLabel*>()) {
            for (auto* action : label->actions()) {
                QGuiApplication::clipboard()->clear();
                action->trigger();
                const auto* copied = QGuiApplication::clipboard()->mimeData();
                if (copied && copied->hasHtml()) return u"rich text in the clipboard"_qs;
                if (const QString found = deceit(QGuiApplication::clipboard()->text()); !found.isEmpty()) return u"copied: "_qs + found;
            }
        }
        return {};
    }
    /// Times that the file was opened or read since it was asked last.
    int touched()
    {
        char buffer[4096];
        return read(watch_, buffer, sizeof buffer) > 0 ? 1 : 0;
    }

private slots:
    void count(const QUrl&) { ++opened_; }

    void initTestCase()
    {
        begin();
        QAccessible::setActive(true);
        service_ = std::make_unique<ByteServer>();
        bait_ = std::make_unique<ByteServer>();
        QFile file(baitFile());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("bait") == 4);
        file.close();
        watch_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        QVERIFY(watch_ >= 0 && inotify_add_watch(watch_, baitFile().toLocal8Bit().constData(), IN_OPEN | IN_ACCESS) >= 0);
        for (const char* scheme : schemes) QDesktopServices::setUrlHandler(QString::fromLatin1(scheme), this, "count");
        all_ = deceptions("file://" + baitFile().toStdString(), bait_->url(""));
        all_.insert(all_.begin(), {"what is true", "ACME GmbH"});
        for (std::size_t i = 0; i < all_.size(); ++i) prepare(i, all_[i].text);
        openWindow(terminal().store());
        (void)QTest::qWaitFor([&] { return rows() >= static_cast<int>(2 * all_.size()); });
        QVERIFY(rows() >= static_cast<int>(2 * all_.size()));
        title_ = window().windowTitle();
        QVERIFY(show(waiting_[0].approval));
        approvalButtons_ = buttons();
        QVERIFY(show(waiting_[0].ticket));
        // Everything there is to read stands open, and stays so.
        for (auto* heading : window().findChild<ui::HandoffPanel*>()->findChildren<QAbstractButton*>()) {
            if (heading->isCheckable() && !heading->isChecked()) heading->click();
        }
        QVERIFY(window().findChild<ui::HandoffPanel*>()->findChild<QPlainTextEdit*>());
        ticketButtons_ = buttons();
        QVERIFY2(approvalButtons_.size() >= 4 && ticketButtons_.size() >= 3, qPrintable(approvalButtons_.join(u'|')));
    }
    void cleanupTestCase()
    {
        qInfo("%zu texts; the slowest to be shown took %lld ms (%s)", all_.size() - 1, slowest_, qPrintable(slowestAt_));
        for (const char* scheme : schemes) QDesktopServices::unsetUrlHandler(QString::fromLatin1(scheme));
        close(watch_);
        end();
    }

    void what_a_person_sees_and_may_press_is_true_whatever_a_text_says_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 1; i < all_.size(); ++i) QTest::newRow(all_[i].name) << static_cast<int>(i);
    }
    void what_a_person_sees_and_may_press_is_true_whatever_a_text_says()
    {
        QFETCH(int, number);
        const auto& waits = waiting_[static_cast<std::size_t>(number)];
        QVERIFY(!waits.approval.isEmpty() && !waits.ticket.isEmpty());
        QVERIFY(show(waits.approval));
        QCOMPARE(buttons(), approvalButtons_);
        QCOMPARE(valueOf(u"Amount"_qs), u"1,240.00\u00A0EUR"_qs);
        QVERIFY(!valueOf(u"Recipient"_qs).isEmpty());
        QString found = wrong();
        QVERIFY2(found.isEmpty(), qPrintable(found));
        found = wrongCopy();
        QVERIFY2(found.isEmpty(), qPrintable(found));
        QVERIFY(show(waits.ticket));
        QCOMPARE(buttons(), ticketButtons_);
        found = wrong();
        QVERIFY2(found.isEmpty(), qPrintable(found));
        QCOMPARE(window().windowTitle(), title_);
        QVERIFY(window().width() <= 1366);
        QCOMPARE(bait_->connections, 0);
        QCOMPARE(opened_, 0);
        QCOMPARE(touched(), 0);
    }
};

QTEST_MAIN(DeceptionTest)
#include "deceptiontest.moc"
