#include <algorithm>

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/argumentedit.h"
#include "ui/decisionform.h"
#include "ui/foreigntext.h"
#include "ui/parts.h"
#include "ui/undolist.h"

namespace handrail::ui {
namespace {

/// A part that may be long: it scrolls rather than pushing the buttons off the screen.
QScrollArea* scrolling(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    const int wanted = content->layout()->hasHeightForWidth() ? content->heightForWidth(560) : content->sizeHint().height();
    area->setFixedHeight(std::min(wanted + space(1), 220));
    return area;
}

}  // namespace

EditForm::EditForm(Action action, const HandoffDetail& handoff, std::function<std::optional<Failure>(const Decision&)> whyRefused, QWidget* parent)
    : DecisionForm(action, action == Action::Edit ? tr("Change the arguments, then approve") : tr("Change the arguments, then retry"), parent),
      handoff_(handoff.row.id), digest_(handoff.digest), whyRefused_(std::move(whyRefused)), repeat_(repeatOf(handoff)),
      edit_(new ArgumentEdit(handoff.arguments, handoff.schema))
{
    body()->addWidget(scrolling(edit_, this));
    if (action == Action::Edit && needsRepeat(handoff)) {
        auto* row = new QFormLayout;
        row->setRowWrapPolicy(QFormLayout::WrapLongRows);
        again_ = new QLineEdit(this);
        again_->setObjectName(QStringLiteral("again"));
        again_->setAccessibleName(tr("The %1 again").arg(repeat_.name));
        row->addRow(new PlainLabel(repeat_.pointer.empty() ? tr("Type the %1 “%2” to approve").arg(repeat_.name, repeat_.shown)
                                                                 : tr("Type the %1 again, as it is now").arg(repeat_.name), Tone::Text, 0, false, this), again_);
        body()->addLayout(row);
        connect(again_, &QLineEdit::textChanged, this, &EditForm::check);
    }
    connect(edit_, &ArgumentEdit::changed, this, &EditForm::check);
    check();
}

Repeat EditForm::wanted() const
{
    Repeat now = repeat_;
    if (const auto typed = edit_->textAt(repeat_.pointer)) {
        now.raw = *typed;
        now.shown = foreignLine(typed->toStdString());
    }
    return now;
}

void EditForm::check()
{
    QString mistake = edit_->mistake();
    if (mistake.isEmpty()) mistake = refusal();
    isRefused_ = !mistake.isEmpty();
    const auto count = static_cast<int>(edit_->changes().size());
    if (!mistake.isEmpty()) setHint(mistake, true);
    else if (count == 0) setHint(tr("Nothing is changed yet."), false);
    else if (again_ && !wanted().matches(again_->text())) setHint(tr("The %1 must be typed again.").arg(repeat_.name), false);
    else setHint((count == 1 ? tr("1 argument changed.") : tr("%1 arguments changed.").arg(count)) + u' ' +
                 tr("Ctrl+Enter confirms, Esc goes back."), false);
    refresh();
}

/// What the runtime would say to it, of the tool's schema above all: better heard before it is sent.
QString EditForm::refusal() const
{
    Decision decision;
    decision.handoff = handoff_;
    decision.digest = digest_;
    decision.verb = infoOf(action()).verb;
    decision.with = edit_->changes();
    if (!whyRefused_ || decision.with->empty()) return {};
    const auto refused = whyRefused_(decision);
    return refused ? foreignLine(refused->message) : QString();
}

bool EditForm::isReady() const
{
    if (isRefused_ || edit_->changes().empty()) return false;
    return !again_ || wanted().matches(again_->text());
}

void EditForm::complete(Decision& decision) const { decision.with = edit_->changes(); }

void EditForm::focusFirst()
{
    for (auto* child : edit_->findChildren<QWidget*>()) {
        if ((child->focusPolicy() & Qt::TabFocus) == 0) continue;
        child->setFocus();
        return;
    }
}

UndoForm::UndoForm(const HandoffDetail& handoff, Millis now, QWidget* parent)
    : DecisionForm(Action::Undo, tr("This would be taken back, in this order"), parent), items_(handoff.undo),
      step_(handoff.row.step), now_(now), listHolder_(new QWidget(this))
{
    auto* holder = new QVBoxLayout(listHolder_);
    holder->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(listHolder_);
    if (handoff.row.kind == HandoffKind::Escalation || handoff.row.kind == HandoffKind::Scope) {
        whole_ = new QCheckBox(tr("The whole run, not only this step"), this);
        whole_->setChecked(true);
        body()->addWidget(whole_);
        connect(whole_, &QCheckBox::toggled, this, &UndoForm::showItems);
    }
    showItems();
}

void UndoForm::showItems()
{
    std::vector<UndoItem> shown = items_;
    if (whole_ && !whole_->isChecked()) std::erase_if(shown, [this](const UndoItem& item) { return item.step != step_; });
    delete list_;
    auto* list = new UndoList(shown, now_);
    possible_ = list->possible();
    list_ = scrolling(list, listHolder_);
    listHolder_->layout()->addWidget(list_);
    if (possible_ == 0) setHint(tr("Nothing of this can be undone."), true);
    else setHint(possible_ == 1 ? tr("One call will be sent. If it fails, you are asked again.")
                                : tr("%1 calls will be sent, one after the other. A failure stops and asks again.").arg(possible_), false);
    refresh();
}

bool UndoForm::isReady() const { return possible_ > 0; }

void UndoForm::complete(Decision& decision) const { decision.undoAll = whole_ && whole_->isChecked(); }

void UndoForm::focusFirst()
{
    if (whole_) whole_->setFocus();
    else setFocus();
}

}  // namespace handrail::ui
