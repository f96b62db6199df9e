#include "ui/handoffpanel.h"

#include <algorithm>

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/panelsections.h"
#include "ui/planstrip.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr qsizetype longestSentence = 400;  ///< letters of the header
constexpr qsizetype mostShown = 64 * 1024;  ///< letters of the raw view; foreign text is cut there

bool isSame(const HandoffDetail& a, const HandoffDetail& b)
{
    return a.row == b.row && a.digest == b.digest && a.plan == b.plan && a.failing == b.failing && a.why == b.why &&
           a.actions == b.actions && a.log.size() == b.log.size() && a.undo.size() == b.undo.size() && a.error == b.error &&
           a.undone == b.undone && a.notUndone == b.notUndone && a.undoUnknown == b.undoUnknown &&
           a.decidedAt == b.decidedAt && a.approvers == b.approvers && a.holdUntil == b.holdUntil && a.isInPause == b.isInPause && a.agentWords == b.agentWords && a.suggestion == b.suggestion &&
           a.last == b.last && a.exposure == b.exposure;
}

QString decidedText(const HandoffDetail& handoff)
{
    const QString verb = handoff.decidedVerb ? QString::fromStdString(word(*handoff.decidedVerb)) : QString();
    QString text = HandoffPanel::tr("Decided: %1 by %2, %3").arg(verb, foreignLine(handoff.decidedBy), instantText(handoff.decidedAt));
    if (!handoff.decidedReason.empty()) text += QStringLiteral("\n“") + foreign(handoff.decidedReason) + QStringLiteral("”");
    return text;
}

void fillRaw(Section* section, const HandoffDetail& handoff, HandoffPanel* panel)
{
    auto* text = new QPlainTextEdit(foreign(rawOf(handoff, mostShown).toStdString()), section);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setAccessibleName(HandoffPanel::tr("Raw data"));
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setFixedHeight(260);
    auto* save = new QPushButton(HandoffPanel::tr("Save the whole…"), section);
    save->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setTip(save, HandoffPanel::tr("Writes all of it into a file of your choice, uncut."));
    QObject::connect(save, &QPushButton::clicked, panel, [panel, &handoff] { emit panel->rawSaveRequested(rawOf(handoff)); });
    section->add(text);
    section->add(save);
}

Section* rawSection(const HandoffDetail& handoff, HandoffPanel* panel, QWidget* parent)
{
    auto* section = new Section(HandoffPanel::tr("Raw"), parent);
    section->fillWhenOpened([section, &handoff, panel] { fillRaw(section, handoff, panel); });
    section->setSummary(HandoffPanel::tr("journal lines and JSON"));
    return section;
}

}  // namespace

HandoffPanel::HandoffPanel(std::function<Millis()> now, QWidget* parent) : QScrollArea(parent), now_(std::move(now))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Handoff"));
    auto* stage = new Page;
    stage->setLayout(new QVBoxLayout);
    stage->layout()->setContentsMargins(0, 0, 0, 0);
    setWidget(stage);
    rebuild();
}

void HandoffPanel::setHandoff(std::optional<HandoffDetail> handoff)
{
    if (handoff && handoff_ && isSame(*handoff, *handoff_)) return;
    const bool isSameOne = handoff && handoff_ && handoff->row.id == handoff_->row.id;
    const int scroll = isSameOne ? verticalScrollBar()->value() : 0;
    const QString step = isSameOne && strip_ ? strip_->selected() : QString();
    handoff_ = std::move(handoff);
    rebuild();
    if (strip_ && !step.isEmpty()) {
        const QSignalBlocker quiet(this);
        strip_->select(step);
    }
    // The new content gets its height only now, and with it the bar its range.
    for (auto* one : {page_, widget()}) one->layout()->activate();
    const int width = viewport()->width();
    widget()->resize(width, std::max(viewport()->height(), widget()->heightForWidth(width)));
    verticalScrollBar()->setValue(scroll);
}

void HandoffPanel::rebuild()
{
    header_ = question_ = nullptr;
    countdown_ = age_ = nullptr;
    strip_ = nullptr;
    // The old page may be in the middle of a signal that led here. Taken out of the window it would be styled anew as a
    // whole before it goes; so it goes where it stands, and the new one is made where it will stand.
    if (page_) {
        widget()->layout()->removeWidget(page_);
        page_->hide();
        page_->deleteLater();
    }
    page_ = new QWidget(widget());
    if (handoff_) buildContent();
    else buildEmpty();
    widget()->layout()->addWidget(page_);
    page_->show();
    tick();
}

void HandoffPanel::buildEmpty()
{
    auto* column = new QVBoxLayout(page_);
    column->setSpacing(space(2));
    column->addStretch(2);
    auto* glyph = new PlainLabel(QStringLiteral("✓"), Tone::Good, 18, false, page_);
    auto* title = new PlainLabel(tr("Nothing waits for you"), Tone::Text, 5, true, page_);
    auto* hint = new PlainLabel(tr("When an agent needs a decision, it stands in the list at the left. Start a run to see one."),
                                Tone::Muted, 0, false, page_);
    for (auto* label : {glyph, title}) label->setOneLine(true);
    column->addWidget(glyph, 0, Qt::AlignHCenter);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addWidget(hint, 0, Qt::AlignHCenter);
    column->addStretch(3);
}

QWidget* HandoffPanel::buildHeader(QWidget* parent)
{
    auto* header = new QWidget(parent);
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, space(2));
    column->setSpacing(space(2));
    auto* top = new QHBoxLayout;
    top->setSpacing(space(4));
    // A sentence, whatever came: what belongs to the question stands below, each value by itself.
    QString sentence = foreignLine(handoff_->row.title);
    if (sentence.size() > longestSentence) sentence = sentence.left(longestSentence) + u'…';
    auto* title = new PlainLabel(sentence, Tone::Text, 6, true, header);
    title->setObjectName(QStringLiteral("question"));
    top->addWidget(title, 1);
    countdown_ = new PlainLabel({}, Tone::Text, 3, true, header);
    countdown_->setOneLine(true);
    top->addWidget(countdown_, 0, Qt::AlignTop | Qt::AlignRight);
    column->addLayout(top);
    age_ = new PlainLabel({}, Tone::Muted, 0, false, header);
    column->addWidget(age_);
    column->addWidget(badgeRow(*handoff_, header));
    if (handoff_->decidedVerb) {
        auto* box = new ui::Box(Tone::Accent, header);
        box->rows()->addWidget(new PlainLabel(decidedText(*handoff_), Tone::Text, 0, false, box));
        column->addWidget(box);
    }
    return header;
}

void HandoffPanel::addSection(Section* section, bool openAtFirst)
{
    if (!section) return;
    section->setOpen(folds_.value(section->title(), openAtFirst));
    connect(section, &Section::folded, this, [this](const QString& title, bool open) { folds_[title] = open; });
    page_->layout()->addWidget(section);
}

void HandoffPanel::buildContent()
{
    const HandoffDetail& handoff = *handoff_;
    QWidget* page = page_;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space(5), space(3), space(5), space(3));
    column->setSpacing(0);
    header_ = buildHeader(page);
    column->addWidget(header_);
    auto* question = questionSection(handoff, page);
    question_ = question;
    addSection(question, true);
    addSection(whySection(handoff, page), true);
    addSection(doubtSection(handoff, now_(), page), true);
    if (!handoff.plan.empty()) {
        auto* plan = new Section(tr("Plan"), page);
        strip_ = new PlanStrip(handoff.plan, handoff.row.step, plan);
        connect(strip_, &PlanStrip::stepSelected, this, &HandoffPanel::stepSelected);
        plan->add(strip_);
        plan->setSummary(planSummary(handoff.plan));
        addSection(plan, true);
    }
    // Folded, its heading still names the steps; the plan above says how they went.
    addSection(executedSection(handoff, page), false);
    addSection(failingSection(handoff, page), true);
    addSection(logSection(handoff, page), false);
    addSection(suggestionSection(handoff, page), true);
    const bool isAboutUndo = !handoff.undone.empty() || !handoff.notUndone.empty() || !handoff.undoUnknown.empty();
    addSection(undoSection(handoff, now_(), page), isAboutUndo || handoff.row.kind == HandoffKind::Review);
    addSection(inputSection(handoff, page), false);
    addSection(rawSection(handoff, this, page), false);
    column->addStretch(1);
}

void HandoffPanel::tick()
{
    if (!handoff_ || !countdown_) return;
    const Millis now = now_();
    const auto& row = handoff_->row;
    const bool counts = row.decideBy > 0 && row.state == HandoffState::Open;
    countdown_->setVisible(counts);
    if (counts) {
        const Millis left = row.decideBy - now;
        countdown_->setText(countdownText(left));
        countdown_->setTone(left < 60'000 ? Tone::Danger : left < 300'000 ? Tone::Warning : Tone::Text);
        countdown_->setAccessibleName(tr("Decide by %1").arg(instantText(row.decideBy)));
        setTip(countdown_, tr("Decide by %1. Silence is never consent: after that it has run out.").arg(instantText(row.decideBy)));
    }
    const QString agent = foreignLine(row.agent);
    age_->setText(tr("%1 · run %2 · asked %3").arg(agent, foreignLine(row.run), agoText(now - row.created)));
    setTip(age_, instantText(row.created));
}

int HandoffPanel::questionBottom() const
{
    const QWidget* last = question_ ? question_ : header_;
    return last->mapTo(widget(), QPoint(0, last->height())).y();
}

bool HandoffPanel::isQuestionVisible() const
{
    if (!handoff_ || !header_) return true;
    if (question_ && !question_->isOpen()) return false;
    const int top = verticalScrollBar()->value();
    // What is taller than the window counts as seen when its beginning is.
    const int wanted = std::min(questionBottom(), viewport()->height());
    return top <= header_->y() && top + viewport()->height() >= wanted;
}

void HandoffPanel::showQuestion()
{
    if (question_) {
        question_->setOpen(true);
        folds_.remove(question_->title());
    }
    verticalScrollBar()->setValue(0);
}

}  // namespace handrail::ui
