#pragma once

#include <functional>
#include <map>
#include <vector>

#include <QButtonGroup>
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
/// that leaves the list, the row that takes its place is selected.
class InboxPanel : public QWidget {
    Q_OBJECT
public:
    explicit InboxPanel(std::function<Millis()> now, QWidget* parent = nullptr);

    void setRows(std::vector<InboxRow> rows);
    void setCounts(const std::map<std::string, int>& counts);
    void select(const HandoffId& id);
    /// Moves the selection by so many rows, staying within the list.
    void move(int rows);
    void selectNewestApproval();
    void focusSearch();
    void focusList();
    HandoffId selected() const;
    bool listHasFocus() const;
    const std::vector<InboxRow>& rows() const { return model_.rows(); }
    InboxFilter filter() const;
    int chip() const;
    void setChip(int chip);
    /// Repaints ages and countdowns.
    void tick();

signals:
    void selectionChanged(const QString& id);
    void filterChanged(const handrail::InboxFilter& filter);
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

    models::InboxModel model_;
    QLineEdit* search_;
    QButtonGroup* chips_;
    QListView* list_;
    QWidget* empty_;
    QLabel* emptyTitle_;
    QLabel* emptyText_;
    QPushButton* demo_;
    QPushButton* run_;
    QTimer typing_;
    HandoffId selected_;
    int total_ = 0;
    bool isMerging_ = false;
};

}  // namespace handrail::ui
