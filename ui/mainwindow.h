#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <QMainWindow>
#include <QMap>
#include <QSettings>
#include <QTimer>

#include "agentcore/types.h"
#include "ui/look.h"

class QActionGroup;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace handrail::ui {

enum class Action;
class BulkPanel;
class DecisionBar;
class HandoffPanel;
class InboxPanel;
class NoticeRow;
class RunPane;
class RunsView;
class TendingBar;
class Toast;
class ViewBar;

/// The operator's window: inbox, handoff over its decision bar, run, and the views that are added to it.
/// It shows values and says what the operator wants; whoever made it joins both to a runtime.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `now` gives wall time. `settings` must outlive the window; layout and look are kept there.
    MainWindow(std::function<Millis()> now, QSettings* settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Adds a view to the switcher, the View menu and the commands; Ctrl and its number show it. `id` names
    /// it in the settings. `hasRunPane`: beside the run pane.
    int addView(const QString& id, const QString& name, const QString& iconName, QWidget* view, bool hasRunPane = false);
    void showView(int view);
    /// Goes on where somebody stopped, once every view is there and whoever fills it.
    void showLastView();
    /// The id of the view that is shown.
    QString currentView() const;
    /// Adds a command to the menu Go and to the palette.
    void addCommand(const QString& text, const QKeySequence& keys, std::function<void()> act);
    RunsView& runs() { return *runs_; }
    RunPane& runPane() { return *run_; }
    /// What was set about the look is put in force.
    void applySettings();

    /// Asked while a person still types: why the decision would be refused.
    void setDecisionCheck(std::function<std::optional<Failure>(const Decision&)> check);
    void setInbox(std::vector<InboxRow> rows);
    /// A further page, as it was asked for by moreWanted().
    void addToInbox(std::vector<InboxRow> rows);
    void setCounts(const std::map<std::string, int>& counts);
    void setRuns(std::vector<RunSummary> runs, bool hasMore = false);
    void setHandoff(std::optional<HandoffDetail> handoff);
    /// Who sits here.
    void setUser(const std::string& user);
    /// What is to be decided together, as it was asked for by togetherWanted(), but for so many that are left out.
    void setTogether(std::vector<HandoffDetail> handoffs, int left);
    /// What has become of one of them.
    void setBulkAnswer(const HandoffId& id, const QString& text, bool isFailure);
    /// Says that something was rejected, and for a while offers to take that back.
    void offerWithdrawal(const HandoffId& id, const QString& text);
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
    /// What must be in the inbox whatever the filter says, while it waits; empty: nothing.
    HandoffId pinnedHandoff() const;

signals:
    void decisionMade(const handrail::Decision& decision);
    void bulkDecided(const std::vector<handrail::Decision>& decisions);
    void togetherWanted(const std::vector<handrail::HandoffId>& ids);
    void tendingMade(const handrail::Tending& tending);
    void withdrawalWanted(const QString& id);
    void handoffSelected(const QString& id);
    void runSelected(const QString& id);
    void filterChanged(const handrail::InboxFilter& filter);
    void moreWanted(const handrail::InboxFilter& page);
    void newestApprovalWanted();
    void openAgentRequested();
    void demoRequested();
    void quitRequested();
    void rawSaveRequested(const QString& text);
    void viewShown(const QString& id);
    /// Theme, text size or row height may be others now.
    void lookChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* makeInboxView();
    void joinTogether();
    void showTogether(bool isShown);
    void liftToast();
    void makeMenus();
    void makeHandoffMenu();
    void makeViewMenu();
    void makeActions();
    QAction* addMenuAction(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> act);
    void joinPanes();
    void tellSelected();
    void restore();
    void addChoices(const QString& title, const QString& key, const QStringList& names);
    void showRunPane();
    void showKeys();
    void showAbout();
    void showPalette();
    void addDecisions(QMenu* menu);
    void refreshDecisions();
    void chooseDecision(Action action);
    bool hasDecisionFocus() const;
    bool pressKey(QKeyEvent* event);

    std::function<Millis()> now_;
    QSettings* settings_;
    bool systemDark_ = false;
    InboxPanel* inbox_;
    HandoffPanel* handoff_;
    TendingBar* tending_;
    DecisionBar* bar_;
    BulkPanel* bulk_;
    QStackedWidget* middle_;
    HandoffId withdrawable_;
    QAction* withdrawAction_ = nullptr;
    QAction* groupAction_ = nullptr;
    RunPane* run_;
    RunsView* runs_;
    QStackedWidget* views_;
    QSplitter* panes_;
    QSplitter* outer_;
    Toast* toast_;
    NoticeRow* halted_;
    NoticeRow* failure_;
    ViewBar* tabs_;
    struct View {
        QString id;
        bool hasRunPane = false;
    };
    QList<View> known_;
    QList<QAction*> actions_;
    QList<std::pair<Action, QAction*>> decisions_;  ///< in the menu and the palette, while they are possible
    QMenu* viewMenu_ = nullptr;
    QMenu* goMenu_ = nullptr;
    QAction* viewsEnd_ = nullptr;
    QMap<QString, QActionGroup*> choices_;  ///< by the setting that they choose
    QAction* runPaneAction_ = nullptr;
    QTimer second_;
};

}  // namespace handrail::ui
