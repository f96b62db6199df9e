#include "ui/planstrip.h"

#include <algorithm>

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/argumenttable.h"
#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

/// One step of the strip.
class Chip : public QAbstractButton {
public:
    Chip(const StepView& step, bool isAsked, QWidget* parent)
        : QAbstractButton(parent), mark_(markOf(step.status)), isAsked_(isAsked)
    {
        const QString title = foreignLine(step.title.empty() ? step.id : step.title);
        const bool isSeveral = step.records > 1;
        setText(isSeveral ? QStringLiteral("%1 %2/%3").arg(title.left(400)).arg(step.recordsDone).arg(step.records) : title);
        setAccessibleName(tr("%1: %2").arg(text(), mark_.word));
        setTip(this, tr("%1: %2. Click for its detail.").arg(title, mark_.word));
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(textFont(0, isAsked_));
        const int wide = std::min(metrics.horizontalAdvance(text()), 260);
        return {wide + space(10), std::max(26, metrics.height() + space(2))};
    }
    QSize minimumSizeHint() const override { return {space(16), sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        const bool isQuiet = mark_.tone == Tone::Muted || mark_.tone == Tone::Good;
        painter.setPen(isChecked() ? look().accent : isQuiet ? look().border : colourOf(mark_.tone));
        painter.setBrush(isChecked() ? look().accentSoft : isQuiet ? look().raised : softColourOf(mark_.tone));
        painter.drawRoundedRect(area, 5, 5);
        painter.setFont(textFont(0, true));
        painter.setPen(colourOf(mark_.tone));
        painter.drawText(QRect(space(2), 0, space(4), height()), Qt::AlignCenter, mark_.glyph);
        painter.setFont(textFont(0, isAsked_));
        painter.setPen(mark_.glyph == QStringLiteral("○") ? look().muted : look().text);
        const QRect words(space(7), 0, width() - space(9), height());
        painter.drawText(words, Qt::AlignVCenter, painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, words.width()));
        if (hasFocus()) paintFocusRing(painter, QRectF(rect()), 5);
    }

private:
    static QString tr(const char* text) { return PlanStrip::tr(text); }

    Mark mark_;
    bool isAsked_;
};

}  // namespace

QString planSummary(const std::vector<StepView>& plan)
{
    const auto count = [&](StepStatus status) {
        return static_cast<int>(std::count_if(plan.begin(), plan.end(), [&](const auto& step) { return step.status == status; }));
    };
    QStringList parts{PlanStrip::tr("%1 of %2 done").arg(count(StepStatus::Done)).arg(plan.size())};
    for (const auto status : {StepStatus::Failed, StepStatus::Unknown, StepStatus::Skipped, StepStatus::Undone}) {
        if (const int found = count(status)) parts.append(PlanStrip::tr("%1 %2").arg(found).arg(markOf(status).word));
    }
    return parts.join(QStringLiteral(", "));
}

QString stepFacts(const StepView& step)
{
    QStringList parts;
    if (step.tookMs > 0) parts.append(spanText(step.tookMs));
    const auto calls = static_cast<int>(step.attempts.size());
    if (calls > 0) parts.append(calls == 1 ? PlanStrip::tr("1 attempt") : PlanStrip::tr("%1 attempts").arg(calls));
    if (!step.key.empty()) parts.append(PlanStrip::tr("key %1").arg(shortKey(step.key)));
    return parts.join(QStringLiteral(" · "));
}

PlanStrip::PlanStrip(std::vector<StepView> plan, const std::string& at, QWidget* parent)
    : QWidget(parent), plan_(std::move(plan)), chips_(new QButtonGroup(this)), column_(new QVBoxLayout(this))
{
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space(2));
    auto* strip = new QWidget(this);
    auto* flow = new FlowLayout(space(1) + 2, strip);
    chips_->setExclusive(false);
    for (std::size_t i = 0; i < plan_.size(); ++i) {
        auto* chip = new Chip(plan_[i], plan_[i].id == at, strip);
        chips_->addButton(chip, static_cast<int>(i));
        flow->addWidget(chip);
    }
    column_->addWidget(strip);
    connect(chips_, &QButtonGroup::idClicked, this, &PlanStrip::toggle);
}

void PlanStrip::select(const QString& step)
{
    for (std::size_t i = 0; i < plan_.size(); ++i) {
        if (QString::fromStdString(plan_[i].id) == step && step != selected_) toggle(static_cast<int>(i));
    }
}

void PlanStrip::toggle(int index)
{
    const auto& step = plan_[static_cast<std::size_t>(index)];
    const QString id = QString::fromStdString(step.id);
    const bool isNew = id != selected_;
    selected_ = isNew ? id : QString();
    for (auto* chip : chips_->buttons()) chip->setChecked(isNew && chips_->id(chip) == index);
    delete detail_;
    detail_ = nullptr;
    if (!isNew) return;
    showDetail(step);
    emit stepSelected(id);
}

void PlanStrip::showDetail(const StepView& step)
{
    auto* box = new Box(Tone::Text, this);
    detail_ = box;
    const Mark mark = markOf(step.status);
    auto* title = new PlainLabel(tr("%1 %2").arg(mark.glyph, foreignLine(step.title.empty() ? step.id : step.title)),
                                 Tone::Text, 0, true, box);
    QStringList facts{mark.word, foreignLine(step.tool)};
    if (const QString more = stepFacts(step); !more.isEmpty()) facts.append(more);
    box->rows()->addWidget(title);
    box->rows()->addWidget(new PlainLabel(facts.join(QStringLiteral(" · ")), Tone::Muted, 0, false, box));
    if (step.error) box->rows()->addWidget(new PlainLabel(foreign(step.error->message), Tone::Danger, 0, false, box));
    if (step.arguments.is_null()) {
        box->rows()->addWidget(new PlainLabel(tr("Its arguments are not known before the steps ahead of it are done."),
                                              Tone::Muted, 0, false, box));
    } else {
        box->rows()->addWidget(new ArgumentTable(step.arguments, {}, box));
    }
    if (!step.result.is_null()) {
        box->rows()->addWidget(valueWidget(tr("Result: %1").arg(foreignLine(dump(step.result))), {}, false, box));
    }
    column_->addWidget(box);
    box->show();
}

}  // namespace handrail::ui
