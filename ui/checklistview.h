#pragma once

#include <vector>

#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "agentcore/failure.h"
#include "ui/parts.h"

namespace handrail::ui {

/// One line of the practical checklist, as it is shown.
struct CheckRow {
    struct Gap {
        std::string where;  ///< the place in the definition
        std::string write;  ///< what to write there
        bool operator==(const Gap&) const = default;
    };
    QString question;
    QString why;
    std::vector<Gap> gaps;  ///< empty: the line passes
    QString note = {};      ///< what is known of it besides; mostly empty
    bool operator==(const CheckRow&) const = default;
};

/// The practical checklist over one definition: a score, and for each line what is missing and where to
/// write it.
class ChecklistView : public QWidget {
    Q_OBJECT
public:
    explicit ChecklistView(QWidget* parent = nullptr);

    /// The agents to choose from; the chosen one stays chosen while it is there.
    void setAgents(const QStringList& agents);
    /// The chosen one's place in the list; -1 when there is none.
    int agent() const { return agents_->currentIndex(); }
    /// What a definition says, named by `subject`; `mistakes` when it is not valid, then there are no rows.
    /// The same again changes nothing.
    void setRows(const QString& subject, std::vector<CheckRow> rows, std::vector<Failure> mistakes);

signals:
    void agentChosen();
    void fileWanted();

private:
    void rebuild();
    void addRow(const CheckRow& row);
    void addMistake(const Failure& mistake);
    void showScore();

    QComboBox* agents_;
    PlainLabel* subject_;
    PlainLabel* score_;
    QProgressBar* bar_;
    PlainLabel* empty_;
    QPushButton* file_;
    QScrollArea* area_;
    QWidget* list_ = nullptr;
    QString about_;
    std::vector<CheckRow> rows_;
    std::vector<Failure> mistakes_;
};

}  // namespace handrail::ui
