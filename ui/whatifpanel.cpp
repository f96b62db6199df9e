#include "ui/whatifpanel.h"

#include <algorithm>

#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/plaindelegate.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

/// What is not the same stands out; its glyph and word say so without colour.
class ComparedDelegate : public PlainDelegate {
public:
    using PlainDelegate::PlainDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        PlainDelegate::initStyleOption(option, index);
        const bool differs = index.data(models::WhatIfModel::DiffersRole).toBool();
        option->palette.setColor(QPalette::Text, differs ? look().text : look().muted);
        if (differs && index.column() == models::WhatIfModel::Mark) option->palette.setColor(QPalette::Text, look().warning);
        if (differs && index.column() == models::WhatIfModel::Mark) option->font.setBold(true);
    }
};

std::map<int, QString> marksOf(const models::WhatIfModel& model, models::WhatIfModel::Column side)
{
    std::map<int, QString> marks;
    int place = -1;
    for (const auto& row : model.rows()) {
        if (!(side == models::WhatIfModel::Was ? row.journal : row.now)) continue;
        ++place;
        if (const QString glyph = models::markGlyph(row); !glyph.isEmpty()) marks[place] = glyph;
    }
    return marks;
}

}  // namespace

WhatIfPanel::WhatIfPanel(QWidget* parent) : QWidget(parent), model_(this)
{
    form_ = new WhatIfForm(this);
    form_->setObjectName(QStringLiteral("whatIfForm"));
    auto* side = new QScrollArea(this);
    auto* page = new Page(side);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(space(4), space(2), space(3), space(3));
    rows->setSpacing(space(2));
    summary_ = new PlainLabel({}, Tone::Text, 0, true, page);
    summary_->setObjectName(QStringLiteral("whatIfSummary"));
    then_ = new PlainLabel({}, Tone::Text, 0, false, page);
    then_->setObjectName(QStringLiteral("whatIfThen"));
    known_ = new PlainLabel({}, Tone::Muted, 0, false, page);
    rows->addWidget(form_);
    rows->addWidget(summary_);
    rows->addWidget(then_);
    rows->addWidget(known_);
    rows->addStretch(1);
    side->setWidget(page);
    side->setWidgetResizable(true);
    side->setFrameShape(QFrame::NoFrame);
    side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->setMinimumWidth(space(80));
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(side);
    splitter->addWidget(makeResult());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({space(95), space(200)});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    setFocusProxy(form_);
    connect(form_, &WhatIfForm::tried, this, &WhatIfPanel::tried);
    connect(form_, &WhatIfForm::definitionWanted, this, &WhatIfPanel::definitionWanted);
    setRun(Json::object(), {});
}

QWidget* WhatIfPanel::makeResult()
{
    auto* box = new QWidget(this);
    result_ = new QWidget(box);
    wasLine_ = new TimeLine(tr("Time line as it was"), result_);
    wasLine_->setObjectName(QStringLiteral("wasLine"));
    nowLine_ = new TimeLine(tr("Time line as it would be"), result_);
    nowLine_->setObjectName(QStringLiteral("nowLine"));
    table_ = new Table(&model_, tr("The lines side by side"), result_);
    table_->setObjectName(QStringLiteral("whatIfLines"));
    table_->setItemDelegate(new ComparedDelegate(table_));
    table_->setWidths({-1, 16, -1});
    empty_ = new PlainLabel(tr("Choose what is to be other and press Try. What the journal cannot answer is not guessed: the line then ends there and says so."), Tone::Muted, 0, false, box);
    auto* rows = new QVBoxLayout(result_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space(1));
    rows->addWidget(new PlainLabel(tr("As it was"), Tone::Muted, -1, true, result_));
    rows->addWidget(wasLine_);
    rows->addWidget(new PlainLabel(tr("As it would be"), Tone::Muted, -1, true, result_));
    rows->addWidget(nowLine_);
    rows->addWidget(table_, 1);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(space(3), space(2), space(4), 0);
    column->addWidget(empty_, 0, Qt::AlignTop);
    column->addWidget(result_, 1);
    connect(wasLine_, &TimeLine::valueChanged, this, [this](int place) { goTo(model_.rowOf(models::WhatIfModel::Was, place)); });
    connect(nowLine_, &TimeLine::valueChanged, this, [this](int place) { goTo(model_.rowOf(models::WhatIfModel::Now, place)); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) { goTo(index.row()); });
    return box;
}

/// The row, and on both lines what stands in it.
void WhatIfPanel::goTo(int row)
{
    if (isGoing_ || row < 0) return;
    isGoing_ = true;
    table_->selectRow(row);
    wasLine_->setValue(std::max(0, model_.placeOf(models::WhatIfModel::Was, row)));
    nowLine_->setValue(std::max(0, model_.placeOf(models::WhatIfModel::Now, row)));
    isGoing_ = false;
}

void WhatIfPanel::setRun(const Json& definition, std::vector<JournalLine> lines)
{
    was_ = lines;
    form_->setRun(definition, std::move(lines));
    model_.setLines({}, true);
    for (auto* label : {summary_, then_, known_}) label->hide();
    showLines();
}

void WhatIfPanel::showLines()
{
    const bool isShown = model_.rowCount() > 0;
    result_->setVisible(isShown);
    empty_->setVisible(!isShown);
    std::vector<JournalLine> was;
    std::vector<JournalLine> now;
    for (const auto& row : model_.rows()) {
        if (row.journal) was.push_back(*row.journal);
        if (row.now) now.push_back(*row.now);
    }
    wasLine_->setLines(was, now);
    nowLine_->setLines(now, was);
    wasLine_->setMarks(marksOf(model_, models::WhatIfModel::Was));
    nowLine_->setMarks(marksOf(model_, models::WhatIfModel::Now));
}

void WhatIfPanel::setResult(const WhatIf& told)
{
    model_.setLines(told.lines, told.stopped.empty());
    showLines();
    showSummary(told);
    const auto& rows = model_.rows();
    const auto first = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.mark != "same"; });
    if (!rows.empty()) goTo(first == rows.end() ? 0 : static_cast<int>(first - rows.begin()));
    table_->scrollTo(table_->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void WhatIfPanel::showSummary(const WhatIf& told)
{
    const int differences = model_.differences();
    summary_->show();
    summary_->setText(differences == 0 ? tr("= No line would be other.") : tr("≠ %n lines would be other.", nullptr, differences));
    const auto& run = told.moment.run.summary;
    QString then = tr("Then: %1").arg(models::stateText(run.status));
    if (run.error) then += QStringLiteral(" · ") + foreignLine(run.error->code + ": " + run.error->message);
    then_->setText(then);
    then_->show();
    QStringList words;
    if (!told.stopped.empty()) words.append(tr("? It is not known how it goes on. %1").arg(foreign(told.stopped)));
    for (const auto& one : told.assumed) words.append(tr("Assumed: %1").arg(foreign(one)));
    known_->setText(words.join(u'\n'));
    known_->setVisible(!words.isEmpty());
}

}  // namespace handrail::ui
