#include "ui/bulkpanel.h"

#include <algorithm>

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "agentcore/json.h"
#include "ui/actionbutton.h"
#include "ui/foreigntext.h"
#include "ui/repeat.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

/// What can be decided over a list: nothing that needs a form for each.
constexpr Action together[] = {Action::Approve, Action::Retry, Action::GoOn, Action::Skip, Action::Fallback, Action::Keep, Action::Reject, Action::Abort};

enum Column { TitleColumn, RiskColumn, DeadlineColumn, AnswerColumn, columns };

QTableWidgetItem* bulkCell(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(foreignToolTip(text.toStdString()));
    return item;
}

}  // namespace

BulkPanel::BulkPanel(QWidget* parent)
    : QWidget(parent), title_(new PlainLabel({}, Tone::Text, 6, true, this)), note_(new PlainLabel({}, Tone::Muted, 0, false, this)),
      more_(new PlainLabel({}, Tone::Warning, 0, false, this)), again_(new QPushButton(tr("Show them, too"), this)), list_(new QTableWidget(this)),
      reason_(new QLineEdit(this)), countHint_(new PlainLabel({}, Tone::Warning, 0, false, this)), count_(new QLineEdit(this)), close_(new QPushButton(tr("Close"), this))
{
    setAccessibleName(tr("Decide together"));
    setObjectName(QStringLiteral("bulk"));
    list_->setObjectName(QStringLiteral("bulk list"));
    reason_->setObjectName(QStringLiteral("bulk reason"));
    reason_->setPlaceholderText(tr("Why (needed to reject or to end; kept with each)"));
    reason_->setAccessibleName(tr("Reason"));
    count_->setObjectName(QStringLiteral("bulk count"));
    count_->setAccessibleName(tr("Their number"));
    again_->setObjectName(QStringLiteral("bulk again"));
    close_->setObjectName(QStringLiteral("bulk close"));
    list_->setAccessibleName(tr("What is decided together"));
    list_->setColumnCount(columns);
    list_->setHorizontalHeaderLabels({tr("What"), tr("Risk"), tr("Decide by"), tr("What became of it")});
    list_->verticalHeader()->hide();
    list_->setShowGrid(false);
    list_->setWordWrap(false);
    list_->setTabKeyNavigation(false);
    list_->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (const int one : {TitleColumn, AnswerColumn}) list_->horizontalHeader()->setSectionResizeMode(one, QHeaderView::Stretch);
    list_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* buttons = new QWidget(this);
    auto* flow = new FlowLayout(space(2), buttons);
    flow->setContentsMargins(0, 0, 0, 0);
    for (const Action action : together) {
        auto* button = buttons_[action] = new ActionButton(action, buttons, false);
        button->setObjectName(QStringLiteral("bulk ") + QString::fromStdString(word(infoOf(action).verb)));
        connect(button, &QPushButton::clicked, this, [this, action] { decide(action); });
        if (action == Action::Reject) flow->setTail(flow->count(), space(6) + 1);
        flow->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(4), space(5), space(3));
    column->setSpacing(space(3));
    auto* growth = new QHBoxLayout;
    growth->addWidget(more_, 1);
    growth->addWidget(again_);
    column->addWidget(title_);
    column->addWidget(note_);
    column->addLayout(growth);
    column->addWidget(list_, 1);
    column->addWidget(reason_);
    column->addWidget(countHint_);
    column->addWidget(count_);
    column->addWidget(buttons);
    column->addWidget(close_, 0, Qt::AlignLeft);
    connect(reason_, &QLineEdit::textChanged, this, &BulkPanel::refresh);
    connect(count_, &QLineEdit::textChanged, this, &BulkPanel::refresh);
    connect(close_, &QPushButton::clicked, this, &BulkPanel::closed);
    connect(again_, &QPushButton::clicked, this, &BulkPanel::refreshWanted);
    setMore(0);
}

void BulkPanel::setHandoffs(std::vector<HandoffDetail> handoffs, int left)
{
    handoffs_ = std::move(handoffs);
    isDecided_ = false;
    reason_->clear();
    count_->clear();
    setMore(0);
    fill(left);
    refresh();
}

void BulkPanel::setMore(int more)
{
    more_->setText(more > 0 ? tr("%n more with this cause came since. They are not in this list, so nothing here decides them.", nullptr, more) : QString());
    more_->setVisible(more > 0);
    again_->setVisible(more > 0);
}

void BulkPanel::fill(int left)
{
    rows_.clear();
    list_->setRowCount(static_cast<int>(handoffs_.size()));
    for (std::size_t i = 0; i < handoffs_.size(); ++i) {
        const InboxRow& row = handoffs_[i].row;
        const int at = static_cast<int>(i);
        rows_[row.id] = at;
        list_->setItem(at, TitleColumn, bulkCell(foreignLine(row.title)));
        const Mark risk = markOf(row.risk);
        list_->setItem(at, RiskColumn, bulkCell(risk.glyph + u' ' + risk.word));
        list_->setItem(at, DeadlineColumn, bulkCell(row.decideBy > 0 ? instantText(row.decideBy) : QString()));
        list_->setItem(at, AnswerColumn, bulkCell({}));
    }
    list_->verticalHeader()->setDefaultSectionSize(std::max(28, list_->fontMetrics().height() + space(2)));
    // With large text the list scrolls sideways before a title is only its first letters.
    list_->horizontalHeader()->setMinimumSectionSize(18 * list_->fontMetrics().averageCharWidth());
    for (const int one : {RiskColumn, DeadlineColumn}) list_->resizeColumnToContents(one);
    title_->setText(tr("Decide %n together", nullptr, static_cast<int>(handoffs_.size())));
    note_->setText(tr("One decision over exactly these. Each is held against what is shown here when it is recorded; what has changed meanwhile is refused and stays open. Offered is what is possible for every one of them.") +
                   (left > 0 ? u' ' + tr("%n more are not in this list: decide these first, then the next ones stand here.", nullptr, left) : QString()));
}

bool BulkPanel::isRisky() const { return std::any_of(handoffs_.begin(), handoffs_.end(), needsRepeat); }

QString BulkPanel::blockedBy(Action action) const
{
    if (isDecided_) return tr("This was decided; its answers stand in the list.");
    const bool needsReason = action == Action::Reject || action == Action::Abort;
    if (needsReason && reason_->text().trimmed().isEmpty()) return tr("Say why first.");
    const bool needsCount = action == Action::Approve && isRisky();
    if (needsCount && count_->text().trimmed() != QString::number(handoffs_.size())) return tr("Type their number first.");
    return {};
}

void BulkPanel::refresh()
{
    bool canApprove = false;
    for (const auto& [action, button] : buttons_) {
        const auto isPossible = [action = action](const HandoffDetail& handoff) { return isFor(action, handoff); };
        const bool can = !handoffs_.empty() && std::all_of(handoffs_.begin(), handoffs_.end(), isPossible);
        const QString blocked = blockedBy(action);
        button->setVisible(can);
        button->setEnabled(blocked.isEmpty());
        const QString what = blocked.isEmpty() ? infoOf(action).what : blocked;
        setTip(button, what);
        button->setAccessibleDescription(what);
        if (action == Action::Approve) canApprove = can;
    }
    const bool asksCount = canApprove && isRisky() && !isDecided_;
    countHint_->setText(tr("⚠ Some are of high risk. To approve, type how many there are."));
    countHint_->setVisible(asksCount);
    count_->setVisible(asksCount);
    reason_->setEnabled(!isDecided_);
    close_->setVisible(isDecided_);
}

std::string BulkPanel::digest() const
{
    Json list = Json::array();
    for (const auto& handoff : handoffs_) list.push_back({handoff.row.id, handoff.digest});
    return sha256(dump(list));
}

Decision BulkPanel::decisionOn(const HandoffDetail& handoff, Action action) const
{
    Decision decision;
    decision.handoff = handoff.row.id;
    decision.digest = handoff.digest;
    decision.verb = infoOf(action).verb;
    decision.reason = reason_->text().trimmed().toStdString();
    decision.bulk = {{"digest", digest()}, {"of", handoffs_.size()}};
    return decision;
}

void BulkPanel::decide(Action action)
{
    if (!blockedBy(action).isEmpty()) return;
    std::vector<Decision> decisions;
    for (const auto& handoff : handoffs_) decisions.push_back(decisionOn(handoff, action));
    // Before anybody hears of it: the second click of a double click must find it decided.
    isDecided_ = true;
    for (const auto& [id, row] : rows_) list_->item(row, AnswerColumn)->setText(tr("on its way…"));
    refresh();
    Q_EMIT decisionsMade(decisions);
}

void BulkPanel::setAnswer(const HandoffId& id, const QString& text, bool isFailure)
{
    const auto found = rows_.find(id);
    if (found == rows_.end()) return;
    auto* item = list_->item(found->second, AnswerColumn);
    const QString shown = (isFailure ? QStringLiteral("✕ ") : QStringLiteral("✓ ")) + foreignLine(text.toStdString());
    item->setText(shown);
    item->setToolTip(foreignToolTip(text.toStdString()));
    item->setForeground(isFailure ? look().danger : look().good);
}

void BulkPanel::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), look().surface); }

void BulkPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) Q_EMIT closed();
    else QWidget::keyPressEvent(event);
}

}  // namespace handrail::ui
