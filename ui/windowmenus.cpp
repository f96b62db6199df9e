#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QMenuBar>

#include "ui/aboutbox.h"
#include "ui/actionbutton.h"
#include "ui/commandpalette.h"
#include "ui/decisionbar.h"
#include "ui/handoffpanel.h"
#include "ui/inboxpanel.h"
#include "ui/mainwindow.h"
#include "ui/parts.h"
#include "ui/runpane.h"
#include "ui/runsview.h"
#include "ui/tables.h"
#include "ui/tendingbar.h"
#include "ui/viewbar.h"

namespace handrail::ui {

QAction* MainWindow::addMenuAction(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> act)
{
    auto* action = menu->addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(act));
    actions_.append(action);
    return action;
}

void MainWindow::makeMenus()
{
    auto* file = menuBar()->addMenu(tr("&File"));
    addMenuAction(file, tr("&Run an agent…"), QKeySequence(Qt::CTRL | Qt::Key_O), [this] { Q_EMIT openAgentRequested(); });
    addMenuAction(file, tr("Start the &demo"), {}, [this] { Q_EMIT demoRequested(); });
    file->addSeparator();
    addMenuAction(file, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { Q_EMIT quitRequested(); });
    makeViewMenu();
    makeHandoffMenu();
    auto* go = goMenu_ = menuBar()->addMenu(tr("&Go"));
    addMenuAction(go, tr("&Next handoff"), QKeySequence(Qt::CTRL | Qt::Key_Down), [this] { inbox_->move(1); });
    addMenuAction(go, tr("&Previous handoff"), QKeySequence(Qt::CTRL | Qt::Key_Up), [this] { inbox_->move(-1); });
    addMenuAction(go, tr("Newest &approval"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J), [this] { Q_EMIT newestApprovalWanted(); });
    addMenuAction(go, tr("&Search the inbox"), QKeySequence(Qt::CTRL | Qt::Key_F), [this] {
        showView(0);
        inbox_->focusSearch();
    });
    auto* help = menuBar()->addMenu(tr("&Help"));
    addMenuAction(help, tr("&Keys"), {}, [this] { showKeys(); });
    addMenuAction(help, tr("&Commands"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showPalette(); });
    help->addSeparator();
    addMenuAction(help, tr("&About Handrail"), {}, [this] { showAbout(); });
}

/// Each button of the decision bar, for the menu and the palette.
void MainWindow::addDecisions(QMenu* menu)
{
    for (const auto& known : allActions()) {
        auto* action = addMenuAction(menu, known.label, {}, [this, one = known.action] { chooseDecision(one); });
        action->setToolTip(known.what);
        decisions_.append({known.action, action});
    }
    menu->addSeparator();
}

void MainWindow::refreshDecisions()
{
    // What is not seen in a menu cannot be begun, in the palette neither.
    for (const auto& [action, entry] : decisions_) entry->setVisible(bar_->canBegin(action));
}

/// From another view the handoff is shown first, and the second press decides.
void MainWindow::chooseDecision(Action action)
{
    const bool isSeen = views_->currentIndex() == 0 && middle_->currentIndex() == 0;
    showView(0);
    if (isSeen) bar_->choose(action);
}

/// What is done with a handoff, for the mouse and for the palette.
void MainWindow::makeHandoffMenu()
{
    auto* menu = menuBar()->addMenu(tr("Han&doff"));
    const auto onOne = [this](void (TendingBar::*act)()) {
        return [this, act] {
            showView(0);
            if (middle_->currentIndex() == 0 && tending_->isReady()) (tending_->*act)();
        };
    };
    addMenuAction(menu, tr("&Take it"), {}, onOne(&TendingBar::take));
    addMenuAction(menu, tr("&Hand it to…"), {}, onOne(&TendingBar::hand));
    addMenuAction(menu, tr("&Give it back"), {}, onOne(&TendingBar::giveBack));
    addMenuAction(menu, tr("&Snooze it…"), {}, onOne(&TendingBar::snooze));
    menu->addSeparator();
    // Never first: a menu that opens stands on its first entry, and Enter must not approve.
    addDecisions(menu);
    addMenuAction(menu, tr("&Choose it, to decide several together"), {}, [this] {
        showView(0);
        inbox_->toggleMark();
    });
    addMenuAction(menu, tr("Choose &none"), {}, [this] { inbox_->clearMarks(); });
    groupAction_ = addMenuAction(menu, tr("Gather tickets with one ca&use"), {}, [this] {
        settings_->setValue(QStringLiteral("grouped"), groupAction_->isChecked());
        inbox_->setGrouped(groupAction_->isChecked());
    });
    groupAction_->setCheckable(true);
    menu->addSeparator();
    withdrawAction_ = addMenuAction(menu, tr("Take the last &rejection back"), QKeySequence(Qt::CTRL | Qt::Key_Z), [this] {
        withdrawAction_->setEnabled(false);
        if (!withdrawable_.empty()) Q_EMIT withdrawalWanted(QString::fromStdString(withdrawable_));
        withdrawable_.clear();
    });
    withdrawAction_->setEnabled(false);
}

void MainWindow::addCommand(const QString& text, const QKeySequence& keys, std::function<void()> act)
{
    addMenuAction(goMenu_, text, keys, std::move(act));
}

void MainWindow::makeViewMenu()
{
    viewMenu_ = menuBar()->addMenu(tr("&View"));
    viewsEnd_ = viewMenu_->addSeparator();
    runPaneAction_ = addMenuAction(viewMenu_, tr("Run &pane"), QKeySequence(Qt::Key_F9), [this] { showRunPane(); });
    runPaneAction_->setCheckable(true);
    viewMenu_->addSeparator();
    addChoices(tr("&Theme"), QStringLiteral("theme"), {tr("Theme: as the desktop"), tr("Theme: light"), tr("Theme: dark")});
    addChoices(tr("Text &size"), QStringLiteral("textSize"), {tr("Text: normal"), tr("Text: large"), tr("Text: very large")});
}

void MainWindow::addChoices(const QString& title, const QString& key, const QStringList& names)
{
    auto* menu = viewMenu_->addMenu(title);
    auto* group = choices_[key] = new QActionGroup(this);
    for (int i = 0; i < names.size(); ++i) {
        auto* action = addMenuAction(menu, names.at(i), {}, [this, key, i] {
            settings_->setValue(key, i);
            applySettings();
        });
        action->setCheckable(true);
        action->setChecked(settings_->value(key, 0).toInt() == i);
        group->addAction(action);
    }
}

void MainWindow::applySettings()
{
    const auto theme = static_cast<Theme>(std::clamp(settings_->value(QStringLiteral("theme"), 0).toInt(), 0, 2));
    const auto size = static_cast<TextSize>(std::clamp(settings_->value(QStringLiteral("textSize"), 0).toInt(), 0, 2));
    setComfortableRows(settings_->value(QStringLiteral("comfortable"), false).toBool());
    applyLook(*qApp, theme, size, systemDark_);
    tabs_->refreshIcons();
    for (auto group = choices_.cbegin(); group != choices_.cend(); ++group) {
        const auto actions = group.value()->actions();
        actions.at(std::clamp(settings_->value(group.key(), 0).toInt(), 0, static_cast<int>(actions.size()) - 1))->setChecked(true);
    }
    Q_EMIT lookChanged();
}

void MainWindow::showPalette()
{
    auto* palette = new CommandPalette(actions_, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void MainWindow::showKeys()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keys"));
    auto* grid = new QGridLayout(dialog);
    grid->setContentsMargins(space(6), space(5), space(6), space(5));
    grid->setHorizontalSpacing(space(6));
    grid->setVerticalSpacing(space(2));
    int row = 0;
    const auto add = [&](const QString& key, const QString& what) {
        auto* keyLabel = new PlainLabel(key, Tone::Accent, 0, true, dialog);
        keyLabel->setOneLine(true);
        auto* whatLabel = new PlainLabel(what, Tone::Text, 0, false, dialog);
        whatLabel->setOneLine(true);
        grid->addWidget(keyLabel, row, 0);
        grid->addWidget(whatLabel, row++, 1);
    };
    add(tr("J, K or arrows"), tr("move through the inbox"));
    add(tr("Enter"), tr("open the handoff (it never approves)"));
    add(QStringLiteral("/"), tr("search"));
    for (const auto& key : DecisionBar::keys()) add(key.key, key.what);
    add(QStringLiteral("T, H, Z"), tr("take the handoff, hand it to somebody, snooze it"));
    add(tr("X, Shift+J, Shift+K"), tr("choose several, to decide them together; Esc chooses none"));
    add(tr("→, ←"), tr("open or close a row for tickets with one cause"));
    add(tr("Ctrl+Z"), tr("take the last rejection back, while nothing was done"));
    add(tr("Ctrl+K"), tr("all commands"));
    add(tr("Ctrl+Shift+J"), tr("the newest approval"));
    add(tr("F9"), tr("show or hide the run"));
    add(tr("Ctrl+1 to Ctrl+9"), tr("the views, in their order"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    grid->addWidget(buttons, row, 0, 1, 2);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* about = new AboutBox(windowIcon(), this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

}  // namespace handrail::ui
