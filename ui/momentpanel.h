#pragma once

#include <optional>

#include <QProgressBar>
#include <QScrollArea>

#include "agentcore/replayed.h"
#include "ui/parts.h"

class QVBoxLayout;

namespace handrail::ui {

class PlanStrip;

/// Where a run stood after one line of its journal: the line, what was decided and by which rule, state, budget, plan.
class MomentPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit MomentPanel(QWidget* parent = nullptr);

    /// `began`: the instant of the first line. `behind`: why this is not the instant that was asked for; empty: it is.
    void setMoment(const ReplayMoment& moment, const JournalLine& line, Millis began, const QString& behind = {});
    void clear();

private:
    QWidget* makeBudget();
    void setBudget(const ReplayMoment& moment);
    void setPlan(const ReplayMoment& moment);

    QWidget* body_;
    QVBoxLayout* column_;
    PlainLabel* title_;
    PlainLabel* behind_;
    PlainLabel* decision_;
    PlainLabel* rule_;
    PlainLabel* state_;
    PlainLabel* error_;
    QProgressBar* time_;
    PlainLabel* timeText_;
    PlainLabel* stepText_;
    PlainLabel* stepsText_;
    PlainLabel* retriesText_;
    PlainLabel* modelsText_;
    PlainLabel* planText_;
    QWidget* planPlace_;
    PlanStrip* plan_ = nullptr;
    std::vector<StepView> shown_;
    Section* raw_;
    PlainLabel* rawText_;
};

}  // namespace handrail::ui
