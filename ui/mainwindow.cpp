#include "ui/mainwindow.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/decisionbar.h"
#include "ui/foreigntext.h"
#include "ui/handoffpanel.h"
#include "ui/inboxpanel.h"
#include "ui/runpane.h"
#include "ui/runsview.h"
#include "ui/toast.h"

namespace handrail::ui {

MainWindow::MainWindow(std::function<Millis()> now, QSettings* settings, QWidget* parent)
    : QMainWindow(parent), now_(std::move(now)), settings_(settings)
{
    applySettings();
    setWindowTitle(tr("Handrail"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/handrail.svg")));
    setMinimumSize(900, 560);

    views_ = new QStackedWidget(this);
    runs_ = new RunsView(views_);
    views_->addWidget(makeInboxView());
    views_->addWidget(runs_);
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
    column->addWidget(makeTopBar());
    column->addWidget(halted_);
    column->addWidget(failure_);
    column->addWidget(outer_, 1);
    setCentralWidget(centre);
    toast_ = new Toast(centre);

    makeMenus();
    joinPanes();
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
    bar_ = new DecisionBar(now_, views_);
    auto* middle = new QWidget(views_);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(handoff_, 1);
    column->addWidget(bar_);
    panes_ = new QSplitter(Qt::Horizontal, views_);
    panes_->setHandleWidth(1);
    panes_->setChildrenCollapsible(false);
    panes_->addWidget(inbox_);
    panes_->addWidget(middle);
    panes_->setStretchFactor(1, 1);
    inbox_->setMinimumWidth(280);
    middle->setMinimumWidth(420);
    return panes_;
}

QWidget* MainWindow::makeTopBar()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("topBar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space(3), space(1), space(3), space(1));
    row->setSpacing(space(1));
    const QStringList names{tr("Inbox"), tr("Runs")};
    for (int i = 0; i < names.size(); ++i) {
        auto* tab = new QToolButton(bar);
        tab->setText(names.at(i));
        tab->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        tab->setCheckable(true);
        tab->setAutoExclusive(true);
        tab->setProperty("tab", true);
        tab->setMinimumHeight(32);
        tab->setAccessibleName(tr("Show %1").arg(names.at(i)));
        connect(tab, &QToolButton::clicked, this, [this, i] { showView(i); });
        row->addWidget(tab);
        tabs_.append(tab);
    }
    tabs_.first()->setChecked(true);
    row->addStretch(1);
    refreshIcons();
    return bar;
}

/// Icons are painted in the colours of the theme that was in force when they were made.
void MainWindow::refreshIcons()
{
    const QStringList names{QStringLiteral("approval"), QStringLiteral("run")};
    for (int i = 0; i < tabs_.size(); ++i) tabs_.at(i)->setIcon(icon(names.at(i)));
}

void MainWindow::joinPanes()
{
    connect(inbox_, &InboxPanel::selectionChanged, this, &MainWindow::handoffSelected);
    connect(inbox_, &InboxPanel::filterChanged, this, &MainWindow::filterChanged);
    connect(inbox_, &InboxPanel::opened, this, [this] { handoff_->setFocus(Qt::ShortcutFocusReason); });
    connect(inbox_, &InboxPanel::demoRequested, this, &MainWindow::demoRequested);
    connect(inbox_, &InboxPanel::agentRequested, this, &MainWindow::openAgentRequested);
    connect(runs_, &RunsView::runSelected, this, &MainWindow::runSelected);
    connect(runs_, &RunsView::agentRequested, this, &MainWindow::openAgentRequested);
    connect(runs_, &RunsView::handoffWanted, this, [this](const QString& id) { selectHandoff(id.toStdString()); });
    bar_->setQuestionCheck([this] { return handoff_->isQuestionVisible(); });
    connect(bar_, &DecisionBar::questionWanted, handoff_, &HandoffPanel::showQuestion);
    connect(handoff_, &HandoffPanel::rawSaveRequested, this, &MainWindow::rawSaveRequested);
    connect(bar_, &DecisionBar::decisionMade, this, [this](const Decision& decision) {
        bar_->setBusy(true);
        inbox_->focusList();
        Q_EMIT decisionMade(decision);
    });
}

void MainWindow::setInbox(std::vector<InboxRow> rows) { inbox_->setRows(std::move(rows)); }

void MainWindow::setCounts(const std::map<std::string, int>& counts)
{
    inbox_->setCounts(counts);
    const auto all = counts.find("all");
    const int open = all == counts.end() ? 0 : all->second;
    tabs_.first()->setText(open > 0 ? tr("Inbox %1").arg(open) : tr("Inbox"));
    setWindowTitle(open > 0 ? tr("(%1) Handrail").arg(open) : tr("Handrail"));
}

void MainWindow::setRuns(std::vector<RunSummary> runs) { runs_->setRuns(std::move(runs)); }

void MainWindow::setHandoff(std::optional<HandoffDetail> handoff)
{
    bar_->setHandoff(handoff);
    handoff_->setHandoff(std::move(handoff));
}

void MainWindow::setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines) { run_->setRun(run, std::move(lines)); }

void MainWindow::showToast(const QString& text, bool isFailure)
{
    const QString safe = foreign(text.toStdString());
    toast_->show(safe);
    if (isFailure) failure_->setText(safe);
}

void MainWindow::decisionAnswered() { bar_->setBusy(false); }

void MainWindow::setHalted(const std::optional<Failure>& why)
{
    halted_->setText(why ? tr("Handrail has stopped sending: %1 %2").arg(foreign(why->message), foreign(why->hint)) : QString());
}

void MainWindow::selectHandoff(const HandoffId& id)
{
    showView(0);
    inbox_->select(id);
    inbox_->focusList();
}

InboxFilter MainWindow::filter() const { return inbox_->filter(); }

void MainWindow::showView(int view)
{
    views_->setCurrentIndex(view);
    tabs_.at(view)->setChecked(true);
    const QString id = QString::fromStdString(view == 0 ? inbox_->selected() : runs_->selected());
    if (view == 0) Q_EMIT handoffSelected(id);
    else if (!id.isEmpty()) Q_EMIT runSelected(id);
}

bool MainWindow::hasDecisionFocus() const
{
    if (views_->currentIndex() != 0 || QApplication::activeModalWidget()) return false;
    QWidget* focus = focusWidget();
    return focus && (focus == inbox_ || inbox_->listHasFocus() || focus == handoff_ || handoff_->isAncestorOf(focus));
}

/// Keys that move and decide; they are keys of the inbox and the handoff alone, never of a text field.
bool MainWindow::pressKey(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        inbox_->move(event->key() == Qt::Key_J ? 1 : -1);
        return true;
    }
    if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Slash) {
        inbox_->focusSearch();
        return true;
    }
    if (event->text() == QStringLiteral("?")) {
        showKeys();
        return true;
    }
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier) return false;
    const bool isLetter = event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z;
    return isLetter && bar_->pressKey(event);
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
    settings_->setValue(QStringLiteral("runPane"), run_->isVisibleTo(this));
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
    run_->setVisible(showsRun);
    runPaneAction_->setChecked(showsRun);
    inbox_->setChip(settings_->value(QStringLiteral("chip"), 0).toInt());
    inbox_->focusList();
}

void MainWindow::setSystemDark(bool isDark)
{
    if (systemDark_ == isDark) return;
    systemDark_ = isDark;
    applySettings();
}

}  // namespace handrail::ui
