#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <QMainWindow>
#include <QSettings>
#include <QTimer>

#include "agentcore/types.h"
#include "ui/look.h"

class QActionGroup;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace handrail::ui {

class DecisionBar;
class HandoffPanel;
class InboxPanel;
class NoticeRow;
class RunPane;
class RunsView;
class Toast;

/// The operator's window: inbox, handoff over its decision bar, run. It shows values and says what the
/// operator wants; whoever made it joins both to a runtime.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `now` gives wall time. `settings` must outlive the window; layout and look are kept there.
    MainWindow(std::function<Millis()> now, QSettings* settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void setInbox(std::vector<InboxRow> rows);
    void setCounts(const std::map<std::string, int>& counts);
    void setRuns(std::vector<RunSummary> runs);
    void setHandoff(std::optional<HandoffDetail> handoff);
    void setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines);
    /// The decision that was made has been taken or refused: the bar may be used again.
    void decisionAnswered();
    /// What has just happened; a failure also stays as a row until it is dismissed.
    void showToast(const QString& text, bool isFailure);
    /// The store has stopped for good (or goes on again).
    void setHalted(const std::optional<Failure>& why);
    void selectHandoff(const HandoffId& id);
    void setSystemDark(bool isDark);
    InboxFilter filter() const;

signals:
    void decisionMade(const handrail::Decision& decision);
    void handoffSelected(const QString& id);
    void runSelected(const QString& id);
    void filterChanged(const handrail::InboxFilter& filter);
    void openAgentRequested();
    void demoRequested();
    void quitRequested();
    void rawSaveRequested(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* makeTopBar();
    QWidget* makeInboxView();
    void makeMenus();
    void makeViewMenu();
    void makeActions();
    QAction* addMenuAction(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> act);
    void joinPanes();
    void restore();
    void applySettings();
    void refreshIcons();
    void showView(int view);
    void showKeys();
    void showAbout();
    void showPalette();
    bool hasDecisionFocus() const;
    bool pressKey(QKeyEvent* event);

    std::function<Millis()> now_;
    QSettings* settings_;
    bool systemDark_ = false;
    InboxPanel* inbox_;
    HandoffPanel* handoff_;
    DecisionBar* bar_;
    RunPane* run_;
    RunsView* runs_;
    QStackedWidget* views_;
    QSplitter* panes_;
    QSplitter* outer_;
    Toast* toast_;
    NoticeRow* halted_;
    NoticeRow* failure_;
    QList<QToolButton*> tabs_;
    QList<QAction*> actions_;
    QAction* runPaneAction_ = nullptr;
    QTimer second_;
};

}  // namespace handrail::ui
