#include "ui/panelsections.h"

#include <algorithm>

#include <QCoreApplication>
#include <QGridLayout>

#include "models/journalmodel.h"
#include "ui/argumenttable.h"
#include "ui/attemptline.h"
#include "ui/foreigntext.h"
#include "ui/planstrip.h"
#include "ui/undolist.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

QString say(const char* text) { return QCoreApplication::translate("handrail::ui::HandoffPanel", text); }

PlainLabel* line(const QString& text, Tone tone, QWidget* parent) { return new PlainLabel(text, tone, 0, false, parent); }

QString calledText(const HandoffDetail& handoff)
{
    if (handoff.server.empty()) return foreignLine(handoff.row.tool);
    return say("%1 at %2").arg(foreignLine(handoff.row.tool), foreignLine(handoff.server));
}

QString shortTitle(const StepView& step)
{
    return shortened(foreignLine(step.title.empty() ? step.id : step.title), 120);
}

void addAttempts(Section* section, const std::vector<AttemptView>& attempts)
{
    section->add(new AttemptLine(attempts, section));
    auto* list = new QWidget(section);
    auto* rows = new QGridLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setVerticalSpacing(2);
    rows->setHorizontalSpacing(space(3));
    rows->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& attempt : attempts) {
        const bool isGood = attempt.code.empty();
        auto* mark = new PlainLabel(isGood ? QStringLiteral("✓") : QStringLiteral("✗"), isGood ? Tone::Good : Tone::Danger, 0, true, list);
        mark->setAccessibleName(isGood ? say("answered") : say("failed"));
        mark->setAlignment(Qt::AlignTop);
        rows->addWidget(mark, row, 0, Qt::AlignTop);
        auto* words = line(attemptText(attempt), Tone::Text, list);
        setTip(words, say("Began %1").arg(instantText(attempt.began)));
        rows->addWidget(words, row++, 1);
        if (!attempt.note.empty()) rows->addWidget(line(foreign(attempt.note), Tone::Muted, list), row++, 1);
    }
    section->add(list);
}

void addNames(Box* box, const QString& title, const std::vector<std::string>& names, Tone tone, const std::vector<StepView>& plan)
{
    if (names.empty()) return;
    QStringList words;
    for (const auto& name : names) {
        const auto step = std::find_if(plan.begin(), plan.end(), [&](const StepView& one) { return one.id == name; });
        words.append(step == plan.end() ? foreignLine(name) : shortTitle(*step));
    }
    box->rows()->addWidget(new PlainLabel(title, tone, 0, true, box));
    box->rows()->addWidget(new PlainLabel(words.join(QStringLiteral(", ")), Tone::Text, 0, false, box));
}

/// When the last request that acts left; 0 when none is known.
Millis sentAt(const StepView& step)
{
    Millis last = 0;
    for (const auto& attempt : step.attempts) {
        if (attempt.purpose != "verify" && attempt.purpose != "before" && attempt.purpose != "look") last = std::max(last, attempt.began);
    }
    return last;
}

void addBadge(QLayout* row, const Mark& mark, const QString& tip)
{
    auto* badge = new Badge(mark.glyph, mark.word, mark.tone);
    if (!tip.isEmpty()) setTip(badge, tip);
    row->addWidget(badge);
}

/// What came of a step, in a line: names and values of an object, how many of a list.
QString resultLine(const Json& result)
{
    constexpr qsizetype longest = 90;
    const auto part = [](const Json& value) {
        if (value.is_array()) return recordsText(value.size());
        return value.is_object() ? QStringLiteral("…") : valueText(value);
    };
    QString text;
    if (!result.is_object()) text = part(result);
    for (auto member = result.begin(); result.is_object() && member != result.end() && text.size() < longest; ++member) {
        text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + say("%1: %2").arg(foreignLine(member.key()), part(*member));
    }
    return shortened(text, longest);
}

/// When the last one was, and whether this is the same again.
QString lastText(const LastCall& last, const Json& arguments)
{
    const QString when = say("%1, run %2").arg(instantText(last.at), foreignLine(last.run));
    return last.params == arguments ? say("%1: the same arguments").arg(when) : when;
}

}  // namespace

bool isForGood(const HandoffDetail& handoff)
{
    return handoff.undoNote.find("cannot be undone") != std::string::npos;
}

QWidget* badgeRow(const HandoffDetail& handoff, QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* flow = new FlowLayout(space(1) + 2, row);
    addBadge(flow, markOf(handoff.row.kind), {});
    if (handoff.needs > 1) {
        addBadge(flow, {QStringLiteral("⚇"), say("%1 people must agree").arg(handoff.needs), Tone::Warning},
                 say("Neither the one who asked nor the one who edited it last can be one of them."));
    }
    addBadge(flow, markOf(handoff.row.risk), say("How much harm a wrong decision could do."));
    if (handoff.row.unknown) {
        addBadge(flow, {QStringLiteral(":unknown"), say("Outcome unknown"), Tone::Doubt},
                 say("A call was sent and never answered: nobody here knows whether it took effect."));
    }
    if (isForGood(handoff)) {
        addBadge(flow, {QStringLiteral("⚠"), say("Cannot be undone"), Tone::Danger}, say("There is no way back after this."));
    }
    // A pause calls nothing.
    if (!handoff.isPause) addBadge(flow, markOf(handoff.effect), say("What the call does to the world, as the definition says."));
    const auto helped = std::find_if(handoff.plan.begin(), handoff.plan.end(), [](const StepView& step) { return !step.fallback.empty(); });
    if (helped != handoff.plan.end()) {
        addBadge(flow, {QStringLiteral("⇄"), say("Fallback used"), Tone::Warning},
                 say("“%1” went by %2.").arg(shortTitle(*helped), foreignLine(helped->fallback)));
    }
    if (handoff.mode == "advisory" || handoff.mode == "stopped") {
        const bool isStopped = handoff.mode == "stopped";
        addBadge(flow, {QStringLiteral("◔"), isStopped ? say("Stopped") : say("Advisory"), Tone::Warning},
                 isStopped ? say("The agent plans nothing more before a person has said how to go on.")
                           : say("The agent proposes, and a person decides about each step."));
    }
    if (handoff.isBackup) {
        addBadge(flow, {QStringLiteral("⇄"), say("Backup model"), Tone::Warning},
                 say("“%1” proposed it: the first model had given nothing usable.").arg(foreignLine(handoff.model)));
    }
    if (handoff.row.count > 1) {
        addBadge(flow, {QStringLiteral("×"), say("%1 times").arg(handoff.row.count), Tone::Muted},
                 say("The same has come up this often; it is still one ticket."));
    }
    return row;
}

/// "3,120.00 so far, with this 3,160.00 of 5,000.00 EUR".
static QString exposureText(const Json& exposure)
{
    const auto amount = [&](const char* name) { return grouped(foreignLine(textOf(exposure, name))); };
    return say("%1 so far, %2 asked for now, of %3 %4").arg(amount("used"), amount("asked"), amount("limit"), foreignLine(textOf(exposure, "currency")));
}

Section* questionSection(const HandoffDetail& handoff, QWidget* parent)
{
    const auto kind = handoff.row.kind;
    const bool isReview = kind == HandoffKind::Review;
    if (kind == HandoffKind::Escalation) return nullptr;
    auto* section = new Section(isReview ? say("What was done") : say("If you approve"), parent);
    auto* box = new Box(Tone::Text, section);
    const bool isCompared = !isReview && handoff.last && handoff.arguments.is_object();
    auto* table = new ArgumentTable(handoff.arguments, handoff.typed, box, isCompared ? &handoff.last->params : nullptr);
    if (isCompared) table->addFact(say("Last such call"), lastText(*handoff.last, handoff.arguments));
    table->addFact(isReview ? say("Was called") : say("Calls"), calledText(handoff), false, hasMixedScripts(handoff.server));
    table->addFact(say("Request"), foreignLine(handoff.request), true, hasMixedScripts(handoff.request));
    box->rows()->addWidget(table);
    if (!handoff.exposure.is_null()) table->addFact(say("Within a day"), exposureText(handoff.exposure));
    if (!handoff.undoNote.empty()) {
        const QString glyph = isForGood(handoff) ? QStringLiteral("⚠ ") : QStringLiteral("↺ ");
        box->rows()->addWidget(line(glyph + foreign(handoff.undoNote), isForGood(handoff) ? Tone::Danger : Tone::Text, box));
    }
    section->add(box);
    return section;
}

Section* whySection(const HandoffDetail& handoff, QWidget* parent)
{
    auto* section = new Section(say("Why you are asked"), parent);
    if (!handoff.why.empty()) section->add(line(foreign(handoff.why), Tone::Text, section));
    if (handoff.error && !handoff.error->message.empty() && handoff.error->message != handoff.why) {
        const QString words = say("%1  (%2)").arg(foreign(handoff.error->message), foreignLine(handoff.error->code));
        section->add(line(words, Tone::Muted, section));
    } else if (handoff.error && !handoff.error->code.empty()) {
        section->add(line(say("Code %1").arg(foreignLine(handoff.error->code)), Tone::Muted, section));
    }
    return section;
}

Section* doubtSection(const HandoffDetail& handoff, Millis now, QWidget* parent)
{
    if (!handoff.row.unknown) return nullptr;
    auto* section = new Section(say("Did it happen?"), parent);
    auto* box = new Box(Tone::Doubt, section);
    box->rows()->addWidget(new PlainLabel(QStringLiteral("? ") + say("Nobody here knows whether this call took effect."),
                                          Tone::Doubt, 0, true, box));
    if (!handoff.lookFor.empty()) box->rows()->addWidget(line(foreign(handoff.lookFor), Tone::Text, box));
    auto* table = new ArgumentTable(handoff.arguments, handoff.typed, box);
    table->addFact(say("Request"), handoff.request.empty() ? calledText(handoff) : foreignLine(handoff.request), true);
    if (const Millis sent = sentAt(handoff.failing); sent > 0) {
        table->addFact(say("Sent"), say("%1 (%2)").arg(instantText(sent), agoText(now - sent)));
    }
    table->addFact(say("Key"), foreignLine(handoff.failing.key), true);
    box->rows()->addWidget(table);
    section->add(box);
    return section;
}

Section* executedSection(const HandoffDetail& handoff, QWidget* parent)
{
    std::vector<const StepView*> done;
    for (const auto& step : handoff.plan) {
        const bool hasActed = step.status == StepStatus::Done || step.status == StepStatus::Undone || step.recordsDone > 0;
        if (hasActed) done.push_back(&step);
    }
    if (done.empty()) return nullptr;
    auto* section = new Section(say("Executed steps"), parent);
    auto* list = new QWidget(section);
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space(3));
    grid->setVerticalSpacing(space(1));
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 3);
    int row = 0;
    for (const auto* step : done) {
        const Mark mark = markOf(step->status);
        auto* glyph = new PlainLabel(mark.glyph, mark.tone, 0, true, list);
        glyph->setAccessibleName(mark.word);
        grid->addWidget(glyph, row, 0, Qt::AlignTop);
        auto* title = line(shortTitle(*step), Tone::Text, list);
        title->setAlignment(Qt::AlignTop);
        grid->addWidget(title, row, 1);
        QStringList facts;
        if (const QString known = stepFacts(*step); !known.isEmpty()) facts.append(known);
        if (!step->fallback.empty()) facts.append(say("by %1").arg(foreignLine(step->fallback)));
        if (!step->result.is_null()) facts.append(resultLine(step->result));
        auto* words = line(facts.join(QStringLiteral(" · ")), Tone::Muted, list);
        words->setAlignment(Qt::AlignTop);
        if (!step->key.empty()) setTip(words, say("Idempotency key %1").arg(foreignLine(step->key)));
        grid->addWidget(words, row++, 2);
    }
    section->add(list);
    QStringList titles;
    for (const auto* step : done) titles.append(shortTitle(*step));
    section->setSummary(titles.join(QStringLiteral(" · ")));
    return section;
}

Section* failingSection(const HandoffDetail& handoff, QWidget* parent)
{
    const StepView& step = handoff.failing;
    if (step.id.empty() && step.attempts.empty()) return nullptr;
    auto* section = new Section(say("Failing step"), parent);
    const QString title = foreignLine(step.title.empty() ? step.id : step.title);
    const QString facts = stepFacts(step);
    section->setSummary(facts.isEmpty() ? title : say("%1 · %2").arg(title, facts));
    const auto& error = step.error ? step.error : handoff.error;
    // What the section above has said already is not said twice.
    if (error && !(handoff.error && *error == *handoff.error)) {
        const CodeInfo known = codeInfo(error->code);
        const QString words = foreign(error->message.empty() ? known.sentence : error->message);
        section->add(line(say("✗ %1  (%2)").arg(words, foreignLine(error->code)), Tone::Danger, section));
    }
    if (!step.attempts.empty()) addAttempts(section, step.attempts);
    return section;
}

namespace {

void fillLog(Section* section, const HandoffDetail& handoff, std::size_t count)
{
    QStringList words;
    for (auto i = handoff.log.size() - count; i < handoff.log.size(); ++i) {
        const auto& entry = handoff.log[i];
        words.append(QStringLiteral("%1  %2  %3").arg(models::timeText(entry), models::eventText(entry), shortened(models::whatOf(entry), 160)));
    }
    section->add(line(words.join(u'\n'), Tone::Muted, section));
    if (!handoff.trace.empty()) section->add(line(say("Trace %1").arg(foreignLine(handoff.trace)), Tone::Muted, section));
}

}  // namespace

Section* logSection(const HandoffDetail& handoff, QWidget* parent)
{
    if (handoff.row.kind != HandoffKind::Escalation || handoff.log.empty()) return nullptr;
    const std::size_t count = std::min<std::size_t>(12, handoff.log.size());
    auto* section = new Section(say("The log around it"), parent);
    section->fillWhenOpened([section, &handoff, count] { fillLog(section, handoff, count); });
    section->setSummary(say("%1 lines of the journal").arg(count));
    return section;
}

Section* suggestionSection(const HandoffDetail& handoff, QWidget* parent)
{
    if (handoff.suggestion.empty() && handoff.agentWords.empty()) return nullptr;
    auto* section = new Section(say("Suggestion"), parent);
    if (!handoff.suggestion.empty()) section->add(line(foreign(handoff.suggestion), Tone::Text, section));
    if (!handoff.agentWords.empty()) {
        auto* box = new Box(Tone::Muted, section);
        box->setObjectName(QStringLiteral("agentWords"));
        box->rows()->addWidget(new PlainLabel(say("The agent's words"), Tone::Muted, -1, true, box));
        auto* words = line(QStringLiteral("“") + foreign(handoff.agentWords) + QStringLiteral("”"), Tone::Text, box);
        words->setItalic(true);
        box->rows()->addWidget(words);
        section->add(box);
    }
    return section;
}

Section* undoSection(const HandoffDetail& handoff, Millis now, QWidget* parent)
{
    const bool isAbout = !handoff.undone.empty() || !handoff.notUndone.empty() || !handoff.undoUnknown.empty();
    if (!isAbout && handoff.undo.empty()) return nullptr;
    auto* section = new Section(say("Undo"), parent);
    if (isAbout) {
        auto* box = new Box(handoff.undoUnknown.empty() ? Tone::Warning : Tone::Doubt, section);
        addNames(box, QStringLiteral("↺ ") + say("Undone"), handoff.undone, Tone::Good, handoff.plan);
        addNames(box, QStringLiteral("✗ ") + say("Not undone"), handoff.notUndone, Tone::Danger, handoff.plan);
        addNames(box, QStringLiteral("? ") + say("Unknown"), handoff.undoUnknown, Tone::Doubt, handoff.plan);
        section->add(box);
    }
    if (!handoff.undo.empty()) {
        auto* list = new UndoList(handoff.undo, now, section);
        const auto all = static_cast<int>(handoff.undo.size());
        section->setSummary(say("%1 of %2 could be undone").arg(list->possible()).arg(all));
        section->add(list);
    }
    return section;
}

Section* inputSection(const HandoffDetail& handoff, QWidget* parent)
{
    if (handoff.userInput.is_null()) return nullptr;
    auto* section = new Section(say("User input"), parent);
    section->add(new ArgumentTable(handoff.userInput, {}, section));
    return section;
}

QString rawOf(const HandoffDetail& handoff, qsizetype enough)
{
    QString text = say("Arguments") + u'\n' + QString::fromStdString(dump(handoff.arguments, 2)) + QStringLiteral("\n\n");
    if (text.size() < enough) text += say("User input") + u'\n' + QString::fromStdString(dump(handoff.userInput, 2)) + QStringLiteral("\n\n");
    text += say("Journal") + u'\n';
    for (const auto& entry : handoff.log) {
        if (text.size() >= enough) break;
        text += QStringLiteral("%1  %2  %3  ").arg(entry.seq, 4).arg(instantText(entry.time), QString::fromStdString(entry.event));
        text += QString::fromStdString(entry.step) + QStringLiteral("  ") + QString::fromStdString(dump(entry.data)) + u'\n';
    }
    return text + u'\n' + say("Digest") + u' ' + QString::fromStdString(handoff.digest) + u'\n';
}

}  // namespace handrail::ui
