#pragma once

#include <vector>

#include <QButtonGroup>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QWidget>

#include "agentcore/types.h"
#include "models/runsfilter.h"
#include "models/runsmodel.h"
#include "ui/parts.h"
#include "ui/tables.h"

namespace handrail::ui {

/// The runs, newest first, by state and by what is typed; selecting one shows it in the run pane.
class RunsView : public QWidget {
    Q_OBJECT
public:
    explicit RunsView(QSettings* settings, QWidget* parent = nullptr);

    /// `hasMore`: the store has older ones, which are not in the list.
    void setRuns(std::vector<RunSummary> runs, bool hasMore = false);
    /// Shows these runs only, and says so in a chip that takes the condition away again.
    void showOnly(const models::RunsWanted& wanted, const QString& why);
    RunId selected() const;
    /// Asks why the selected run is to end, while it can.
    void askAbort();
    /// Asks why the selected run is to stand still, while it runs.
    void askPause();
    /// Goes to what the selected run waits for, or to what was decided last in one that has ended.
    void goToHandoff();

signals:
    void runSelected(const QString& id);
    /// A run that waits was opened: go to what it waits for.
    void handoffWanted(const QString& id);
    /// A run that has ended was opened: its last handoff may still be answered otherwise.
    void lastHandoffWanted(const QString& run);
    void agentRequested();
    void abortRequested(const QString& run, const QString& reason);
    void pauseRequested(const QString& run, const QString& reason);
    void replayRequested(const QString& run);
    /// Older runs than those in the list are wanted.
    void moreRequested();

protected:
    /// Something is always selected, so that the run pane shows what the table points at.
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeFilters();
    QWidget* makeFoot();
    void applyFilter();
    void showCounts();
    void showState();
    const RunSummary* current() const;
    using Answered = void (RunsView::*)(const QString& run, const QString& reason);
    void askWhy(const RunSummary& run, const QString& title, const QString& what, const QString& yes, Answered answered);

    QSettings* settings_;
    models::RunsModel model_;
    models::RunsFilter found_;
    models::RunsWanted only_;
    QLineEdit* search_;
    QButtonGroup* chips_;
    QPushButton* why_;
    QPushButton* waiting_;
    QPushButton* pause_;
    QPushButton* abort_;
    QPushButton* replay_;
    Table* table_;
    PlainLabel* empty_;
    QWidget* foot_;
    PlainLabel* footText_;
    QPushButton* more_;
};

}  // namespace handrail::ui
