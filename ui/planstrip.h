#pragma once

#include <QWidget>

#include "agentcore/types.h"

class QButtonGroup;
class QVBoxLayout;

namespace handrail::ui {

/// The plan as a strip of steps, each with its state; a click shows that step below.
class PlanStrip : public QWidget {
    Q_OBJECT
public:
    PlanStrip(std::vector<StepView> plan, const std::string& at, QWidget* parent = nullptr);
    void select(const QString& step);
    QString selected() const { return selected_; }

signals:
    void stepSelected(const QString& step);

private:
    void toggle(int index);
    void showDetail(const StepView& step);

    std::vector<StepView> plan_;
    QButtonGroup* chips_;
    QVBoxLayout* column_;
    QWidget* detail_ = nullptr;
    QString selected_;
};

/// "3 of 6 done, 1 failed", for a heading.
QString planSummary(const std::vector<StepView>& plan);

/// What a step did, in one line: how long, attempts, key, result.
QString stepFacts(const StepView& step);

}  // namespace handrail::ui
