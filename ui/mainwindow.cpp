#include "ui/mainwindow.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "models/inboxgroups.h"
#include "models/words.h"
#include "ui/bulkpanel.h"
#include "ui/decisionbar.h"
#include "ui/foreigntext.h"
#include "ui/handoffpanel.h"
#include "ui/inboxpanel.h"
#include "ui/runpane.h"
#include "ui/runsview.h"
#include "ui/tendingbar.h"
#include "ui/toast.h"
#include "ui/viewbar.h"

namespace handrail::ui {

MainWindow::MainWindow(std::function<Millis()> now, QSettings* settings, QWidget* parent)
    : QMainWindow(parent), now_(std::move(now)), settings_(settings)
{
    setWindowTitle(tr("Handrail"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/handrail.svg")));
    setMinimumSize(900, 560);

    tabs_ = new ViewBar(this);
    applySettings();
    views_ = new QStackedWidget(this);
    runs_ = new RunsView(settings_, views_);
    run_ = new RunPane(this);
    outer_ = new QSplitter(Qt::Horizontal, this);
    outer_->setHandleWidth(1);
    outer_->setChildrenCollapsible(false);
    outer_->addWidget(views_);
    outer_->addWidget(run_);
    outer_->setStretchFactor(0, 1);

    halted_ = new NoticeRow(Tone::Danger, false, this);
    failure_ = new NoticeRow(Tone::Danger, true, this);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tabs_);
    column->addWidget(halted_);
    column->addWidget(failure_);
    column->addWidget(outer_, 1);
    setCentralWidget(centre);
    toast_ = new Toast(centre);

    makeMenus();
    addView(QStringLiteral("inbox"), tr("Inbox"), QStringLiteral("approval"), makeInboxView(), true);
    addView(QStringLiteral("runs"), tr("Runs"), QStringLiteral("run"), runs_, true);
    joinPanes();
    joinTogether();
    restore();
    qApp->installEventFilter(this);
    second_.setInterval(1000);
    connect(&second_, &QTimer::timeout, this, [this] {
        inbox_->tick();
        handoff_->tick();
        bar_->tick();
    });
    second_.start();
}

MainWindow::~MainWindow() { qApp->removeEventFilter(this); }

QWidget* MainWindow::makeInboxView()
{
    inbox_ = new InboxPanel(now_, views_);
    handoff_ = new HandoffPanel(now_, views_);
    tending_ = new TendingBar(now_, views_);
    bar_ = new DecisionBar(now_, views_);
    bulk_ = new BulkPanel(views_);
    auto* middle = new QWidget(views_);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(handoff_, 1);
    column->addWidget(tending_);
    column->addWidget(bar_);
    middle_ = new QStackedWidget(views_);
    middle_->addWidget(middle);
    middle_->addWidget(bulk_);
    panes_ = new QSplitter(Qt::Horizontal, views_);
    panes_->setHandleWidth(1);
    panes_->setChildrenCollapsible(false);
    panes_->addWidget(inbox_);
    panes_->addWidget(middle_);
    panes_->setStretchFactor(1, 1);
    inbox_->setMinimumWidth(280);
    middle_->setMinimumWidth(420);
    return panes_;
}

int MainWindow::addView(const QString& id, const QString& name, const QString& iconName, QWidget* view, bool hasRunPane)
{
    const int number = tabs_->add(name, iconName);
    known_.append({id, hasRunPane});
    views_->addWidget(view);
    auto* action = new QAction(name, this);
    if (number < 9) action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number)));
    connect(action, &QAction::triggered, this, [this, number] { showView(number); });
    viewMenu_->insertAction(viewsEnd_, action);
    actions_.append(action);
    return number;
}

void MainWindow::joinPanes()
{
    connect(tabs_, &ViewBar::chosen, this, &MainWindow::showView);
    connect(inbox_, &InboxPanel::selectionChanged, this, &MainWindow::tellSelected);
    connect(inbox_, &InboxPanel::filterChanged, this, &MainWindow::filterChanged);
    connect(inbox_, &InboxPanel::moreWanted, this, &MainWindow::moreWanted);
    connect(inbox_, &InboxPanel::opened, this, [this] { handoff_->setFocus(Qt::ShortcutFocusReason); });
    connect(inbox_, &InboxPanel::demoRequested, this, &MainWindow::demoRequested);
    connect(inbox_, &InboxPanel::agentRequested, this, &MainWindow::openAgentRequested);
    connect(runs_, &RunsView::runSelected, this, &MainWindow::runSelected);
    connect(runs_, &RunsView::agentRequested, this, &MainWindow::openAgentRequested);
    connect(runs_, &RunsView::handoffWanted, this, [this](const QString& id) { selectHandoff(id.toStdString()); });
    connect(bar_, &DecisionBar::refreshed, this, &MainWindow::refreshDecisions);
    refreshDecisions();
    bar_->setQuestionCheck([this] { return handoff_->isQuestionVisible(); });
    connect(bar_, &DecisionBar::questionWanted, handoff_, &HandoffPanel::showQuestion);
    connect(handoff_, &HandoffPanel::rawSaveRequested, this, &MainWindow::rawSaveRequested);
    connect(bar_, &DecisionBar::decisionMade, this, [this](const Decision& decision) {
        bar_->setBusy(true);
        inbox_->focusList();
        Q_EMIT decisionMade(decision);
    });
}

/// Several at once: the panel in the middle stands for the handoff until its answers were read.
void MainWindow::joinTogether()
{
    connect(inbox_, &InboxPanel::togetherChanged, this, [this](const std::vector<HandoffId>& ids) {
        if (bulk_->isAnswered() && middle_->currentWidget() == bulk_) return;
        if (ids.empty()) showTogether(false);
        else Q_EMIT togetherWanted(ids);
    });
    connect(inbox_, &InboxPanel::togetherGrew, bulk_, &BulkPanel::setMore);
    connect(inbox_, &InboxPanel::looked, this, [this] {
        if (middle_->currentWidget() == bulk_ && bulk_->isAnswered()) showTogether(false);
    });
    connect(bulk_, &BulkPanel::refreshWanted, inbox_, &InboxPanel::retell);
    connect(bulk_, &BulkPanel::closed, this, [this] {
        showTogether(false);
        inbox_->clearMarks();
        inbox_->retell();
        inbox_->focusList();
    });
    connect(bulk_, &BulkPanel::decisionsMade, this, &MainWindow::bulkDecided);
    connect(tending_, &TendingBar::tendingMade, this, &MainWindow::tendingMade);
    connect(toast_, &Toast::taken, withdrawAction_, &QAction::trigger);
}

void MainWindow::showTogether(bool isShown)
{
    if (!isShown) bulk_->setHandoffs({});
    middle_->setCurrentIndex(isShown ? 1 : 0);
}

void MainWindow::setTogether(std::vector<HandoffDetail> handoffs, int left)
{
    if (handoffs.empty()) return showTogether(false);
    bulk_->setHandoffs(std::move(handoffs), left);
    showTogether(true);
}

void MainWindow::setBulkAnswer(const HandoffId& id, const QString& text, bool isFailure) { bulk_->setAnswer(id, text, isFailure); }

void MainWindow::setUser(const std::string& user)
{
    inbox_->setUser(user);
    tending_->setUser(user);
}

void MainWindow::offerWithdrawal(const HandoffId& id, const QString& text)
{
    withdrawable_ = id;
    withdrawAction_->setEnabled(true);
    liftToast();
    toast_->offer(text, tr("Take it back (Ctrl+Z)"));
}

void MainWindow::setDecisionCheck(std::function<std::optional<Failure>(const Decision&)> check) { bar_->setDecisionCheck(std::move(check)); }

void MainWindow::setInbox(std::vector<InboxRow> rows) { inbox_->setRows(std::move(rows)); }

void MainWindow::addToInbox(std::vector<InboxRow> rows) { inbox_->addRows(std::move(rows)); }

void MainWindow::setCounts(const std::map<std::string, int>& counts)
{
    inbox_->setCounts(counts);
    const int open = models::countOf(counts, "all");
    tabs_->setFigure(0, open > 0 ? QLocale().toString(open) : QString());
    setWindowTitle(open > 0 ? tr("(%1) Handrail").arg(QLocale().toString(open)) : tr("Handrail"));
}

void MainWindow::setRuns(std::vector<RunSummary> runs, bool hasMore) { runs_->setRuns(std::move(runs), hasMore); }

void MainWindow::setHandoff(std::optional<HandoffDetail> handoff)
{
    bar_->setHandoff(handoff);
    tending_->setHandoff(handoff);
    handoff_->setHandoff(std::move(handoff));
}

void MainWindow::setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines) { run_->setRun(run, std::move(lines)); }

void MainWindow::showToast(const QString& text, bool isFailure)
{
    const QString safe = foreign(text.toStdString());
    liftToast();
    toast_->show(safe);
    if (isFailure) failure_->setText(safe);
}

/// Above the bars of the inbox, which are as high as their text is large.
void MainWindow::liftToast()
{
    const bool hasBars = views_->currentIndex() == 0 && middle_->currentWidget() != bulk_;
    toast_->setLift(hasBars ? bar_->height() + (tending_->isVisible() ? tending_->height() : 0) + space(2) : 0);
}

void MainWindow::decisionAnswered() { bar_->setBusy(false); }

void MainWindow::setHalted(const std::optional<Failure>& why)
{
    halted_->setText(why ? tr("Handrail has stopped sending: %1 %2").arg(foreign(why->message), foreign(why->hint)) : QString());
}

void MainWindow::selectHandoff(const HandoffId& id)
{
    showView(0);
    if (!inbox_->select(id)) showToast(tr("This no longer waits for anybody."), false);
    inbox_->focusList();
}

InboxFilter MainWindow::filter() const { return inbox_->filter(); }

HandoffId MainWindow::pinnedHandoff() const { return inbox_->pinned(); }

void MainWindow::showView(int view)
{
    views_->setCurrentIndex(view);
    tabs_->setCurrent(view);
    showRunPane();
    // It is filled first: what has nothing in it yet takes no key. A list that selects something then tells of that itself.
    const bool hasRun = !runs_->selected().empty();
    Q_EMIT viewShown(known_.at(view).id);
    if (view == 0) inbox_->focusList();
    else views_->currentWidget()->setFocus(Qt::ShortcutFocusReason);
    if (view == 0) tellSelected();
    else if (view == 1 && hasRun) Q_EMIT runSelected(QString::fromStdString(runs_->selected()));
}

void MainWindow::tellSelected()
{
    const bool isGroup = models::isGroupId(inbox_->selected());
    Q_EMIT handoffSelected(isGroup ? QString() : QString::fromStdString(inbox_->selected()));
    // A row that stands for many is of no one run.
    if (isGroup && views_->currentIndex() == 0) Q_EMIT runSelected({});
}

void MainWindow::showLastView()
{
    const QString last = settings_->value(QStringLiteral("view")).toString();
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const auto& one) { return one.id == last; });
    if (found != known_.end() && found != known_.begin()) showView(static_cast<int>(found - known_.begin()));
}

QString MainWindow::currentView() const { return known_.at(views_->currentIndex()).id; }

void MainWindow::showRunPane() { run_->setVisible(runPaneAction_->isChecked() && known_.at(views_->currentIndex()).hasRunPane); }

bool MainWindow::hasDecisionFocus() const
{
    if (views_->currentIndex() != 0 || QApplication::activeModalWidget()) return false;
    QWidget* focus = focusWidget();
    return focus && (focus == inbox_ || inbox_->listHasFocus() || focus == handoff_ || handoff_->isAncestorOf(focus));
}

/// Keys that move and decide; they are keys of the inbox and the handoff alone, never of a text field.
bool MainWindow::pressKey(QKeyEvent* event)
{
    if (!settings_->value(QStringLiteral("singleKeys"), true).toBool()) return false;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        inbox_->move(event->key() == Qt::Key_J ? 1 : -1);
        return true;
    }
    if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Slash) {
        inbox_->focusSearch();
        return true;
    }
    const bool isStep = event->key() == Qt::Key_J || event->key() == Qt::Key_K;
    if (modifiers == Qt::ShiftModifier && isStep) {
        inbox_->extendMarks(event->key() == Qt::Key_J ? 1 : -1);
        return true;
    }
    if (modifiers == Qt::NoModifier && event->key() == Qt::Key_X) {
        if (!event->isAutoRepeat()) inbox_->toggleMark();
        return true;
    }
    if (event->text() == QStringLiteral("?")) {
        showKeys();
        return true;
    }
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier) return false;
    const bool isLetter = event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z;
    // While several are decided together, no key decides the one that stands behind them.
    if (!isLetter || middle_->currentWidget() == bulk_) return false;
    return tending_->pressKey(*event) || bar_->pressKey(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QMainWindow::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    const bool isOurs = widget && widget->window() == this && widget == focusWidget();
    if (isOurs && hasDecisionFocus() && pressKey(static_cast<QKeyEvent*>(event))) return true;
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    settings_->setValue(QStringLiteral("geometry"), saveGeometry());
    settings_->setValue(QStringLiteral("panes"), panes_->saveState());
    settings_->setValue(QStringLiteral("outer"), outer_->saveState());
    settings_->setValue(QStringLiteral("runPane"), runPaneAction_->isChecked());
    settings_->setValue(QStringLiteral("view"), currentView());
    settings_->setValue(QStringLiteral("chip"), inbox_->chip());
    QMainWindow::closeEvent(event);
}

void MainWindow::restore()
{
    if (!restoreGeometry(settings_->value(QStringLiteral("geometry")).toByteArray())) {
        // Room for the frame is left, so that the decision bar is never below the screen's edge.
        const QSize room = screen()->availableGeometry().size() - QSize(16, 48);
        resize(QSize(1440, 900).boundedTo(room));
    }
    if (!panes_->restoreState(settings_->value(QStringLiteral("panes")).toByteArray())) panes_->setSizes({360, 720});
    if (!outer_->restoreState(settings_->value(QStringLiteral("outer")).toByteArray())) outer_->setSizes({1080, 340});
    const bool showsRun = settings_->value(QStringLiteral("runPane"), true).toBool();
    runPaneAction_->setChecked(showsRun);
    showRunPane();
    groupAction_->setChecked(settings_->value(QStringLiteral("grouped"), true).toBool());
    inbox_->setGrouped(groupAction_->isChecked());
    inbox_->setChip(settings_->value(QStringLiteral("chip"), 0).toInt());
    if (views_->currentIndex() == 0) inbox_->focusList();
}

void MainWindow::setSystemDark(bool isDark)
{
    if (systemDark_ == isDark) return;
    systemDark_ = isDark;
    applySettings();
}

}  // namespace handrail::ui
