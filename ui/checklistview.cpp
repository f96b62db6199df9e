#include "ui/checklistview.h"

#include <algorithm>

#include <QHBoxLayout>

#include "ui/foreigntext.h"

namespace handrail::ui {
namespace {

constexpr std::size_t mostGaps = 30;  ///< of one line; the rest is counted
constexpr int readable = 900;         ///< pixels that a line of text may be wide

}  // namespace

ChecklistView::ChecklistView(QWidget* parent) : QWidget(parent)
{
    agents_ = new QComboBox(this);
    agents_->setObjectName(QStringLiteral("checkAgent"));
    agents_->setAccessibleName(tr("Agent"));
    agents_->setMinimumWidth(space(50));
    file_ = new QPushButton(tr("Check a file…"), this);
    file_->setObjectName(QStringLiteral("checkFile"));
    score_ = new PlainLabel({}, Tone::Text, 2, true, this);
    score_->setObjectName(QStringLiteral("score"));
    subject_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setRange(0, 100);
    bar_->setAccessibleName(tr("Score, of a hundred"));
    bar_->setMaximumWidth(readable);
    empty_ = new PlainLabel(tr("No agent yet. Run one, or check the file of a definition before it is run."), Tone::Muted, 0, false, this);
    area_ = new QScrollArea(this);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    auto* head = new QHBoxLayout;
    head->setSpacing(space(2));
    head->addWidget(new PlainLabel(tr("Checklist"), Tone::Text, 4, true, this), 1);
    head->addWidget(agents_);
    head->addWidget(file_);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(space(4), space(3), space(4), space(2));
    top->setSpacing(space(2));
    top->addLayout(head);
    top->addWidget(subject_);
    top->addWidget(score_);
    top->addWidget(bar_);
    top->addWidget(empty_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(top);
    column->addWidget(area_, 1);
    column->addStretch(0);
    setFocusProxy(agents_);
    connect(agents_, &QComboBox::activated, this, &ChecklistView::agentChosen);
    connect(file_, &QPushButton::clicked, this, &ChecklistView::fileWanted);
    setAgents({});
    rebuild();
}

void ChecklistView::setAgents(const QStringList& agents)
{
    QStringList known;
    for (int i = 0; i < agents_->count(); ++i) known.append(agents_->itemText(i));
    QStringList wanted;
    for (const auto& agent : agents) wanted.append(foreignLine(agent.toStdString()));
    empty_->setVisible(wanted.isEmpty());
    agents_->setVisible(!wanted.isEmpty());
    if (known == wanted) return;
    const QString chosen = agents_->currentText();
    agents_->clear();
    agents_->addItems(wanted);
    if (!wanted.isEmpty()) agents_->setCurrentIndex(std::max(0, static_cast<int>(wanted.indexOf(chosen))));
}

void ChecklistView::setRows(const QString& subject, std::vector<CheckRow> rows, std::vector<Failure> mistakes)
{
    // To build it anew would fold everything back and jump to the top.
    if (subject == about_ && rows == rows_ && mistakes == mistakes_) return;
    about_ = subject;
    rows_ = std::move(rows);
    mistakes_ = std::move(mistakes);
    rebuild();
}

void ChecklistView::rebuild()
{
    subject_->setText(foreignLine(about_.toStdString()));
    subject_->setVisible(!about_.isEmpty());
    list_ = new Page(area_);
    auto* column = new QVBoxLayout(list_);
    column->setContentsMargins(space(4), space(2), space(4), space(4));
    column->setSpacing(space(1));
    for (const auto& mistake : mistakes_) addMistake(mistake);
    // What is missing comes first.
    for (const bool passes : {false, true}) {
        for (const auto& row : rows_) {
            if (row.gaps.empty() == passes) addRow(row);
        }
    }
    column->addStretch(1);
    area_->setWidget(list_);
    area_->setVisible(!rows_.empty() || !mistakes_.empty());
    showScore();
}

void ChecklistView::showScore()
{
    const auto& rows = rows_;
    const bool isValid = mistakes_.empty();
    const bool isShown = !rows.empty() || !isValid;
    score_->setVisible(isShown);
    bar_->setVisible(!rows.empty());
    if (!isValid) {
        score_->setText(tr("✗ This definition is not valid"));
        score_->setTone(Tone::Danger);
        return;
    }
    if (rows.empty()) return;
    const auto passing = std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.gaps.empty(); });
    const int score = static_cast<int>(100 * passing / static_cast<std::ptrdiff_t>(rows.size()));
    bar_->setValue(score);
    score_->setTone(score == 100 ? Tone::Good : Tone::Text);
    score_->setText(tr("%1 of 100: %2 of %3 questions are answered").arg(QString::number(score), QString::number(passing), QString::number(rows.size())));
}

void ChecklistView::addRow(const CheckRow& row)
{
    const bool passes = row.gaps.empty();
    auto* section = new Section((passes ? QStringLiteral("✓  ") : QStringLiteral("✗  ")) + row.question, list_);
    section->setSummary(passes ? tr("yes") : tr("%n places", nullptr, static_cast<int>(row.gaps.size())));
    section->setMaximumWidth(readable);
    section->add(new PlainLabel(row.why, Tone::Muted, 0, false, section));
    if (!row.note.isEmpty()) section->add(new PlainLabel(row.note, Tone::Text, 0, false, section));
    for (std::size_t i = 0; i < std::min(mostGaps, row.gaps.size()); ++i) {
        auto* box = new Box(Tone::Warning, section);
        box->rows()->addWidget(new PlainLabel(foreign(row.gaps[i].write), Tone::Text, 0, false, box));
        auto* where = new PlainLabel(foreignLine(row.gaps[i].where), Tone::Muted, -1, false, box);
        where->setMonospace(true);
        box->rows()->addWidget(where);
        section->add(box);
    }
    if (row.gaps.size() > mostGaps) section->add(new PlainLabel(tr("and %n more", nullptr, static_cast<int>(row.gaps.size() - mostGaps)), Tone::Muted, 0, false, section));
    section->setOpen(!passes);
    list_->layout()->addWidget(section);
}

void ChecklistView::addMistake(const Failure& mistake)
{
    auto* box = new Box(Tone::Danger, list_);
    box->setMaximumWidth(readable);
    box->rows()->addWidget(new PlainLabel(foreign(mistake.code + ": " + mistake.message), Tone::Text, 0, true, box));
    if (!mistake.where.empty()) {
        auto* where = new PlainLabel(foreignLine(mistake.where), Tone::Muted, -1, false, box);
        where->setMonospace(true);
        box->rows()->addWidget(where);
    }
    if (!mistake.hint.empty()) box->rows()->addWidget(new PlainLabel(foreign(mistake.hint), Tone::Muted, 0, false, box));
    list_->layout()->addWidget(box);
}

}  // namespace handrail::ui
