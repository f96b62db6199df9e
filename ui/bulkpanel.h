#pragma once

#include <map>
#include <vector>

#include <QWidget>

#include "agentcore/types.h"

class QLineEdit;
class QPushButton;
class QTableWidget;

namespace handrail::ui {

enum class Action;
class FlowLayout;
class PlainLabel;

/// Several handoffs and one decision over exactly those that are listed. The list is held still from the moment
/// it is shown: what changes or comes meanwhile is not decided on. Each is decided by its own id and digest, and
/// each gets its own answer here.
class BulkPanel : public QWidget {
    Q_OBJECT
public:
    explicit BulkPanel(QWidget* parent = nullptr);

    /// What is to be decided together; the answers of the last decision go. `left`: so many more were meant and
    /// are not in the list, which is kept to what a person can look through.
    void setHandoffs(std::vector<HandoffDetail> handoffs, int left = 0);
    /// So many more of the same cause have come since; they are not in the list.
    void setMore(int more);
    /// What has become of one of them, in a sentence.
    void setAnswer(const HandoffId& id, const QString& text, bool isFailure);
    /// A decision was made here, and its answers are still to be read.
    bool isAnswered() const { return isDecided_; }
    /// The digest over ids and digests of all that are listed, in their order: 64 hex digits.
    std::string digest() const;

signals:
    /// One for each listed handoff, all with the same `bulk`.
    void decisionsMade(const std::vector<handrail::Decision>& decisions);
    void closed();
    /// The list is to be read anew, with what has come since.
    void refreshWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill(int left);
    void refresh();
    bool isRisky() const;
    QString blockedBy(Action action) const;
    void decide(Action action);
    Decision decisionOn(const HandoffDetail& handoff, Action action) const;

    std::vector<HandoffDetail> handoffs_;
    std::map<HandoffId, int> rows_;
    std::map<Action, QPushButton*> buttons_;
    bool isDecided_ = false;
    PlainLabel* title_;
    PlainLabel* note_;
    PlainLabel* more_;
    QPushButton* again_;
    QTableWidget* list_;
    QLineEdit* reason_;
    PlainLabel* countHint_;
    QLineEdit* count_;
    QPushButton* close_;
};

}  // namespace handrail::ui
