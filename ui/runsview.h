#pragma once

#include <vector>

#include <QTableView>
#include <QWidget>

#include "agentcore/types.h"
#include "models/runsmodel.h"
#include "ui/parts.h"

namespace handrail::ui {

/// All runs; selecting one shows it in the run pane.
class RunsView : public QWidget {
    Q_OBJECT
public:
    explicit RunsView(QWidget* parent = nullptr);

    void setRuns(std::vector<RunSummary> runs);
    RunId selected() const;

signals:
    void runSelected(const QString& id);
    /// Double click on a run that waits: go to what it waits for.
    void handoffWanted(const QString& id);
    void agentRequested();

protected:
    /// Something is always selected, so that the run pane shows what the table points at.
    void showEvent(QShowEvent* event) override;

private:
    models::RunsModel model_;
    QTableView* table_;
    PlainLabel* empty_;
};

}  // namespace handrail::ui
