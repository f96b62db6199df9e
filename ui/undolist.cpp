#include "ui/undolist.h"

#include <QGridLayout>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

QString untilText(Millis until, Millis now)
{
    if (until == 0) return UndoList::tr("no time limit");
    if (until <= now) return UndoList::tr("too late since %1").arg(instantText(until));
    return UndoList::tr("until %1 (%2)").arg(instantText(until), countdownText(until - now));
}

}  // namespace

UndoList::UndoList(const std::vector<UndoItem>& items, Millis now, QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space(3));
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& item : items) {
        const bool isLost = !item.lost.empty() || (item.until > 0 && item.until <= now);
        if (!isLost) ++possible_;
        auto* mark = new PlainLabel(isLost ? QStringLiteral("✗") : QStringLiteral("%1.").arg(possible_),
                                    isLost ? Tone::Danger : Tone::Muted, 0, true, this);
        mark->setAlignment(Qt::AlignTop);
        mark->setAccessibleName(isLost ? tr("stays as it is") : tr("%1.").arg(possible_));
        grid->addWidget(mark, row, 0, Qt::AlignTop);
        grid->addWidget(new PlainLabel(foreignLine(item.title.empty() ? item.step : item.title), Tone::Text, 0, true, this), row++, 1);
        if (!item.tool.empty()) {
            auto* call = new PlainLabel(foreignLine(item.tool) + u' ' + foreignLine(item.with.is_null() ? "" : dump(item.with)),
                                        Tone::Text, 0, false, this);
            call->setMonospace(true);
            grid->addWidget(call, row++, 1);
        }
        // A little air between one item and the next.
        grid->setRowMinimumHeight(row + 1, space(1));
        const QString fate = !item.lost.empty() ? tr("Stays as it is: %1").arg(foreign(item.lost)) : untilText(item.until, now);
        grid->addWidget(new PlainLabel(fate, isLost ? Tone::Danger : Tone::Muted, 0, false, this), row, 1);
        row += 2;
    }
}

}  // namespace handrail::ui
