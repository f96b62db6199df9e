#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <QButtonGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTimer>
#include <QWidget>

#include "agentcore/types.h"
#include "models/inboxmodel.h"

namespace handrail::ui {

/// The left pane: search, filters with counts, and what waits. The selection follows its handoff; when
/// that leaves the list, the row that takes its place is selected. Tickets with one cause are gathered under
/// a row; that row, or rows that were marked, are decided together.
class InboxPanel : public QWidget {
    Q_OBJECT
public:
    explicit InboxPanel(std::function<Millis()> now, QWidget* parent = nullptr);

    /// What the store has for filter().
    void setRows(std::vector<InboxRow> rows);
    /// What comes behind that, as it was asked for by moreWanted().
    void addRows(std::vector<InboxRow> rows);
    void setCounts(const std::map<std::string, int>& counts);
    /// Shows a handoff whatever is filtered, gathered or not loaded yet; false when it does not wait any more.
    bool select(const HandoffId& id);
    /// What must be among the rows even if the filter leaves it out; empty: nothing.
    const HandoffId& pinned() const { return pinned_; }
    /// Moves the selection by so many rows, staying within the list.
    void move(int rows);
    void focusSearch();
    void focusList();
    HandoffId selected() const;
    bool listHasFocus() const;
    /// Whose handoffs are "mine".
    void setUser(const std::string& user) { user_ = user; }
    /// Whether tickets with one cause are gathered under one row.
    void setGrouped(bool isGrouped);
    /// Marks the current row or takes its mark away; a row for a cause opens and marks all below it.
    void toggleMark();
    /// Marks the current row, goes on to the next and marks that, too.
    void extendMarks(int rows);
    void clearMarks();
    /// What is to be decided together: what is marked, or what the current row stands for; else empty.
    std::vector<HandoffId> together() const;
    /// Tells it once more, as it is now.
    void retell();
    InboxFilter filter() const;
    int chip() const;
    void setChip(int chip);
    /// Repaints ages and countdowns.
    void tick();

signals:
    /// Another row is selected: a handoff, one that stands for several, or none.
    void selectionChanged();
    /// These are to be decided together from now on; empty: no longer several.
    void togetherChanged(const std::vector<handrail::HandoffId>& ids);
    /// So many of the same cause have come since the ones that were told; those do not change by themselves.
    void togetherGrew(int more);
    /// An operator chose another row, not the store.
    void looked();
    void filterChanged(const handrail::InboxFilter& filter);
    /// The end of the list is near, and the store has more than was asked for.
    void moreWanted(const handrail::InboxFilter& page);
    void opened();
    void demoRequested();
    void agentRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeChips();
    QWidget* makeEmpty();
    void showEmpty();
    void onCurrent(const QModelIndex& index);
    void arrange();
    std::pair<HandoffId, int> anchor() const;
    void askAnew(const HandoffId& pinned = {});
    bool isFull() const { return static_cast<int>(all_.size()) >= limit_; }
    void askMore();
    void showMore();
    void tellTogether();
    void setOpened(bool isOpened);
    bool pressListKey(const QKeyEvent& event);

    std::function<Millis()> now_;
    std::string user_;
    std::vector<InboxRow> all_;  ///< as the store has them, not gathered
    std::set<std::string> opened_;  ///< causes whose members are shown
    std::vector<HandoffId> together_;  ///< as last told
    int limit_;  ///< so many rows are asked for
    HandoffId pinned_;
    bool isGrouped_ = true;
    models::InboxModel model_;
    QLineEdit* search_;
    QButtonGroup* chips_;
    QListView* list_;
    QWidget* foot_;
    QLabel* more_;
    QWidget* empty_;
    QLabel* emptyTitle_;
    QLabel* emptyText_;
    QPushButton* demo_;
    QPushButton* run_;
    QTimer typing_;
    QTimer asking_;
    HandoffId selected_;
    bool isOther_ = false;  ///< the next rows are others, as an operator has asked
    bool isMerging_ = false;
    bool isByStore_ = false;
};

}  // namespace handrail::ui
