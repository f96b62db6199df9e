#include <QApplication>
#include <QListView>
#include <QSettings>
#include <QTest>
#include <QVBoxLayout>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/handoffs.h"
#include "tests/support/programs.h"
#endif

#include "app/console.h"
#include "app/language.h"
#include "models/inboxmodel.h"
#include "ui/bulkpanel.h"
#include "ui/runsview.h"
#include "ui/tendingbar.h"
#include "ui/toolsview.h"

using namespace handrail;
using namespace handrailtest;

/// Pictures of the window in its states, for a person to look at: gallery FOLDER. Not a test.
namespace {

struct Scene {
    const char* name;
    int theme;      ///< 1 light, 2 dark
    int textSize;   ///< 0, 1, 2
    QSize size;
};

const QList<Scene> scenes{{"light", 1, 0, {1440, 900}},      {"dark", 2, 0, {1440, 900}},
                          {"small", 1, 0, {1366, 768}},      {"small-dark", 2, 0, {1366, 768}},
                          {"large-text", 1, 1, {1440, 900}}, {"huge-text", 1, 2, {1440, 900}},
                          {"wide", 1, 0, {2560, 1440}}};

void settle()
{
    QTest::qWait(250);
}

void runAll(const Terminal& terminal)
{
    terminal.run(terminal.agent(QStringLiteral("order-status")), R"({"order_id": "1042"})");
    terminal.run(terminal.agent(QStringLiteral("pay-invoice")), R"({"invoice_id": "INV-2001"})");
    terminal.run(terminal.agent(QStringLiteral("refund-without-key")), R"({"order_id": "1043"})");
    terminal.run(terminal.agent(QStringLiteral("refund-with-key")), R"({"order_id": "1044"})");
    terminal.run(terminal.agent(QStringLiteral("search-orders")), R"({"q": "Bluebird"})");
    terminal.run(terminal.agent(QStringLiteral("delete-test-users")),
                 R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})");
    terminal.run(terminal.agent(QStringLiteral("change-note")), R"({"note_id": "7", "text": "Call the buyer before Friday."})");
    // A second payment beside one that was made, and one cause with three tickets.
    const auto first = terminal.run(terminal.agent(QStringLiteral("pay-invoice")), R"({"invoice_id": "INV-2002"})");
    const QString run = QString::fromStdString(handrail::textOf(first.out, "id"));
    terminal.say({QStringLiteral("approve"), run + QStringLiteral("-1")});
    const auto lost = terminal.agent(QStringLiteral("change-note"), [](Json& agent) { agent["tools"]["change_note"]["request"]["path"] = "/nowhere/{note_id}"; });
    for (int i = 0; i < 3; ++i) terminal.run(lost, R"({"note_id": "8", "text": "Ask for the address."})");
    // Approved and held, then paused before it left; and one that was rejected.
    const auto held = terminal.run(terminal.agent(QStringLiteral("pay-invoice"), [](Json& agent) { agent["approvals"]["hold_s"] = {{"payment", 600}}; }),
                                   R"({"invoice_id": "INV-2001"})");
    const QString paused = QString::fromStdString(handrail::textOf(held.out, "id"));
    terminal.say({QStringLiteral("approve"), paused + QStringLiteral("-1"), QStringLiteral("--no-drive")});
    terminal.say({QStringLiteral("pause-run"), paused, QStringLiteral("--reason"), QStringLiteral("The bank's page looks odd.")});
    const auto refused = terminal.run(terminal.agent(QStringLiteral("pay-invoice")), R"({"invoice_id": "INV-2001"})");
    terminal.say({QStringLiteral("reject"), QString::fromStdString(handrail::textOf(refused.out, "id")) + QStringLiteral("-1"), QStringLiteral("--reason"), QStringLiteral("wrong supplier")});
}

void paint(const Scene& scene, const QString& store, const QString& folder)
{
    QTemporaryDir own;
    QSettings settings(own.filePath(QStringLiteral("console.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("theme"), scene.theme);
    settings.setValue(QStringLiteral("textSize"), scene.textSize);
    auto runtime = Runtime::open({store.toStdString(), "the gallery", true});
    if (!runtime) qFatal("%s", runtime.failure().message.c_str());
    auto reader = (*runtime)->reader();
    app::Console console(runtime.take(), reader.take(), store.toStdString(), systemClock(), settings);
    console.begin(false);
    auto& window = console.window();
    window.resize(scene.size);
    settle();
    const auto save = [&](const QString& what) {
        window.grab().save(folder + u'/' + QString::fromLatin1(scene.name) + u'-' + what + QStringLiteral(".png"));
    };
    auto* inbox = window.findChild<QListView*>(QStringLiteral("inbox"));
    for (int row = 0; row < inbox->model()->rowCount(); ++row) {
        inbox->setCurrentIndex(inbox->model()->index(row, 0));
        settle();
        save(QStringLiteral("handoff-%1").arg(row + 1));
    }
    for (const auto& [name, picture] : {std::pair(QStringLiteral("Edit and approve…"), QStringLiteral("edit")), std::pair(QStringLiteral("Undo…"), QStringLiteral("undo"))}) {
        for (int row = 0; row < inbox->model()->rowCount(); ++row) {
            inbox->setCurrentIndex(inbox->model()->index(row, 0));
            settle();
            auto* button = window.findChild<QPushButton*>(name);
            if (!button || !button->isVisible()) continue;
            button->click();
            settle();
            save(picture);
            QTest::keyClick(window.focusWidget(), Qt::Key_Escape);
            break;
        }
    }
    if (inbox->model()->rowCount() > 2) {
        inbox->setCurrentIndex(inbox->model()->index(0, 0));
        inbox->setFocus();
        for (int i = 0; i < 2; ++i) QTest::keyClick(inbox, Qt::Key_J, Qt::ShiftModifier);
        settle();
        save(QStringLiteral("chosen"));
        QTest::keyClick(inbox, Qt::Key_Escape);
        inbox->setCurrentIndex(inbox->model()->index(0, 0));
        window.offerWithdrawal("none-1", QStringLiteral("Rejected; nothing was sent."));
        settle();
        save(QStringLiteral("offer"));
    }
    if (inbox->model()->rowCount() == 0) save(QStringLiteral("empty"));
    const QList<QPair<Qt::Key, QString>> views{{Qt::Key_2, QStringLiteral("runs")},      {Qt::Key_3, QStringLiteral("tools")},    {Qt::Key_4, QStringLiteral("dashboard")},
                                               {Qt::Key_5, QStringLiteral("checklist")}, {Qt::Key_6, QStringLiteral("settings")}};
    for (const auto& [key, name] : views) {
        QTest::keyClick(&window, key, Qt::ControlModifier);
        settle();
        save(name);
        // The newest run was rejected: what was decided there, and that it can be withdrawn.
        if (key != Qt::Key_2 || window.runs().selected().empty()) continue;
        window.runs().goToHandoff();
        settle();
        save(QStringLiteral("rejected"));
    }
    QTest::keyClick(&window, Qt::Key_O, Qt::ControlModifier);
    settle();
    if (auto* dialog = QApplication::activeModalWidget()) {
        dialog->grab().save(folder + u'/' + QString::fromLatin1(scene.name) + QStringLiteral("-start.png"));
        dialog->close();
    }
}

/// Views with more rows than anybody looks through, and with text that lies.
void paintMany(const QString& folder)
{
    QTemporaryDir own;
    QSettings settings(own.filePath(QStringLiteral("console.ini")), QSettings::IniFormat);
    ui::applyLook(*qApp, ui::Theme::Light, ui::TextSize::Normal, false);
    std::vector<RunSummary> runs;
    std::vector<models::ToolRow> tools;
    for (int i = 0; i < 10'000; ++i) {
        RunSummary run;
        run.id = "run" + std::to_string(i);
        run.agent = i % 7 == 0 ? "pay\xE2\x80\xAE<b>evil</b>" : "agent-" + std::to_string(i % 40);
        run.status = static_cast<RunStatus>(i % 8);
        run.stepsTotal = 5;
        run.updated = 1'795'000'000'000 + i;
        if (i % 8 > 3) run.error = failure("T109", "The service did not answer in time.");
        runs.push_back(run);
        models::ToolRow tool;
        tool.tool.agent = run.agent;
        tool.tool.tool = "tool_" + std::to_string(i);
        tool.tool.host = "https://host-" + std::to_string(i % 30) + ".example";
        tool.calls = i;
        tool.errors = i / 9;
        tools.push_back(tool);
    }
    ui::RunsView runsView(&settings);
    runsView.setRuns(runs, true);
    ui::ToolsView toolsView(&settings);
    toolsView.setTools(tools);
    for (QWidget* view : {static_cast<QWidget*>(&runsView), static_cast<QWidget*>(&toolsView)}) {
        view->resize(1366, 768);
        view->show();
        settle();
        view->grab().save(folder + QStringLiteral("/many-") + QString::fromLatin1(view == &runsView ? "runs.png" : "tools.png"));
    }
}

/// Several handoffs at once, and who has one, with text that lies.
void paintHostileTogether(const QString& folder)
{
    for (const auto theme : {ui::Theme::Light, ui::Theme::Dark}) {
        ui::applyLook(*qApp, theme, ui::TextSize::Normal, false);
        QWidget middle;
        auto* column = new QVBoxLayout(&middle);
        auto* bulk = new ui::BulkPanel(&middle);
        auto* tending = new ui::TendingBar([] { return samples::now; }, &middle);
        column->addWidget(bulk, 1);
        column->addWidget(tending);
        auto liar = samples::hostile();
        liar.row.assignee = liar.row.title;
        liar.row.snoozedUntil = samples::now + 60'000;
        tending->setHandoff(liar);
        auto same = samples::payment();
        same.actions = liar.actions;
        bulk->setHandoffs({liar, same}, 12);
        bulk->setAnswer(liar.row.id, QString::fromStdString(liar.row.title), true);
        bulk->setAnswer(same.row.id, QStringLiteral("Recorded."), false);
        bulk->setMore(3);
        middle.resize(900, 560);
        middle.show();
        settle();
        middle.grab().save(folder + QStringLiteral("/hostile-together-") + (theme == ui::Theme::Light ? QStringLiteral("light.png") : QStringLiteral("dark.png")));
    }
}

}  // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2) qFatal("usage: gallery FOLDER");
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    QTemporaryDir dir;
    ShopProcess shop(dir.path(), {QStringLiteral("--demo")});
    const Terminal terminal(dir.path(), shop.port());
    runAll(terminal);
    for (const auto& scene : scenes) paint(scene, terminal.store(), folder);
    paint({"empty-light", 1, 0, {1440, 900}}, dir.filePath(QStringLiteral("empty")), folder);
    paintMany(folder);
    paintHostileTogether(folder);
    app::speak(application, QLocale(QStringLiteral("de_DE")));
    paint({"german", 1, 0, {1440, 900}}, terminal.store(), folder);
    return 0;
}
