#pragma once

#include <functional>
#include <optional>

#include <QHash>
#include <QScrollArea>

#include "agentcore/types.h"

namespace handrail::ui {

class PlainLabel;
class PlanStrip;
class Section;

/// The middle pane: everything about one handoff, in the order in which a woken operator needs it.
/// Shows only; decisions are made in the DecisionBar below it.
class HandoffPanel : public QScrollArea {
    Q_OBJECT
public:
    /// `now` gives wall time; nothing here reads a clock.
    explicit HandoffPanel(std::function<Millis()> now, QWidget* parent = nullptr);

    /// Shows a handoff, or the empty state. The same id again keeps scroll position and folded sections.
    void setHandoff(std::optional<HandoffDetail> handoff);
    /// The id of what is shown; empty for none.
    HandoffId shown() const { return handoff_ ? handoff_->row.id : HandoffId(); }
    /// Repaints countdown and ages; called once a second.
    void tick();
    /// Whether what would be decided on (header and arguments) is in view.
    bool isQuestionVisible() const;
    void showQuestion();

signals:
    void stepSelected(const QString& step);
    void rawSaveRequested(const QString& text);

private:
    void rebuild();
    void buildEmpty();
    void buildContent();
    QWidget* buildHeader(QWidget* parent);
    void addSection(Section* section, bool openAtFirst);
    int questionBottom() const;

    std::function<Millis()> now_;
    std::optional<HandoffDetail> handoff_;
    QHash<QString, bool> folds_;  ///< by title: what the operator opened or closed
    QWidget* page_ = nullptr;  ///< all that is said of the one handoff
    QWidget* header_ = nullptr;
    Section* question_ = nullptr;
    PlainLabel* countdown_ = nullptr;
    PlainLabel* age_ = nullptr;
    PlanStrip* strip_ = nullptr;
};

}  // namespace handrail::ui
