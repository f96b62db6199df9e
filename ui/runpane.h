#pragma once

#include <optional>
#include <vector>

#include <QButtonGroup>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTableView>
#include <QWidget>

#include "agentcore/types.h"
#include "models/journalmodel.h"
#include "ui/parts.h"

namespace handrail::ui {

class LogPanel;

/// The right pane: one run's state, its budget, and its journal as it grows or its log.
class RunPane : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(QWidget* parent = nullptr);

    void setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines);
    /// Lines of the structured log of a run; those of another run than the shown one are dropped.
    void setLog(const RunId& run, std::vector<Json> lines);
    /// The run whose log is looked at; empty while the journal is.
    RunId loggedRun() const;

signals:
    /// The log of the shown run is looked at now.
    void logWanted();
    void replayRequested(const QString& run);

private:
    QWidget* makeSwitch();
    QWidget* makeBudget();
    void setBudget(const RunDetail& run);

    models::JournalModel model_;
    PlainLabel* title_;
    PlainLabel* state_;
    PlainLabel* error_;
    QWidget* budget_;
    QProgressBar* time_;
    QProgressBar* steps_;
    PlainLabel* timeText_;
    PlainLabel* stepsText_;
    PlainLabel* retriesText_;
    QTableView* journal_;
    QWidget* switch_;
    QButtonGroup* sides_;
    QStackedWidget* stack_;
    LogPanel* log_;
    RunId shown_;
    PlainLabel* empty_;
};

}  // namespace handrail::ui
