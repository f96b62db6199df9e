#pragma once

#include <optional>
#include <vector>

#include <QProgressBar>
#include <QTableView>
#include <QWidget>

#include "agentcore/types.h"
#include "models/journalmodel.h"
#include "ui/parts.h"

namespace handrail::ui {

/// The right pane: one run's state, its budget and its journal as it grows.
class RunPane : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(QWidget* parent = nullptr);

    void setRun(const std::optional<RunDetail>& run, std::vector<JournalLine> lines);

private:
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
    PlainLabel* empty_;
};

}  // namespace handrail::ui
