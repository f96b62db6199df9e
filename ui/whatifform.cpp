#include "ui/whatifform.h"

#include <algorithm>

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr const char* limits[] = {"run_s", "step_s", "steps", "age_s", "tokens"};
constexpr Verb verbChoices[] = {Verb::Approve, Verb::Reject, Verb::Edit, Verb::Retry, Verb::Skip, Verb::Fallback,
                          Verb::Answer,  Verb::Undo,   Verb::Keep, Verb::Abort, Verb::Settle};

Failure unfit(const QString& why) { return failure("U102", why.toStdString(), {}, WhatIfForm::tr("Change the field and try again.").toStdString()); }

/// What was typed for a value: the same sort as the one before where that can be, else JSON, else text.
Json typedAs(const Json& before, const QString& text)
{
    if (before.is_string()) return text.toStdString();
    auto parsed = parseJson(text.toStdString());
    return parsed ? parsed.take() : Json(text.toStdString());
}

QString choiceOf(const JournalLine& line, const char* member)
{
    QString text = WhatIfForm::tr("line %1").arg(line.seq);
    if (!line.step.empty()) text += QStringLiteral(" · ") + foreignLine(line.step) + (line.attempt > 0 ? QStringLiteral(" #%1").arg(line.attempt) : QString());
    if (const auto told = textOf(line.data, member); !told.empty()) text += QStringLiteral(" · ") + foreignLine(told);
    return text;
}

QComboBox* makeChoice(const QString& name, const QString& accessibleName, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

QLineEdit* makeLine(const QString& name, const QString& accessibleName, QWidget* parent)
{
    auto* line = new QLineEdit(parent);
    line->setObjectName(name);
    line->setAccessibleName(accessibleName);
    return line;
}

bool isModelReply(const JournalLine& line) { return line.data.contains("proposal") || !textOf(line.data, "model").empty(); }

}  // namespace

WhatIfForm::WhatIfForm(QWidget* parent) : QWidget(parent)
{
    kind_ = makeChoice(QStringLiteral("whatIfKind"), tr("What to change"), this);
    pages_ = new QStackedWidget(this);
    try_ = new QPushButton(this);
    try_->setObjectName(QStringLiteral("whatIfTry"));
    try_->setProperty("tone", QStringLiteral("primary"));
    mistake_ = new PlainLabel({}, Tone::Danger, 0, false, this);
    mistake_->setObjectName(QStringLiteral("whatIfMistake"));
    mistake_->hide();
    addArgumentPage();
    addLimitPage();
    addReplyPage();
    addInjectionPage();
    addDecisionPage();
    addDefinitionPage();
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(try_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(2));
    column->addWidget(new PlainLabel(tr("What if"), Tone::Text, 0, true, this));
    column->addWidget(kind_);
    column->addWidget(pages_);
    column->addWidget(mistake_);
    column->addLayout(foot);
    connect(kind_, &QComboBox::currentIndexChanged, this, &WhatIfForm::showPage);
    connect(try_, &QPushButton::clicked, this, &WhatIfForm::go);
    for (auto* label : findChildren<QLabel*>()) label->setTextFormat(Qt::PlainText);
    for (auto* line : findChildren<QLineEdit*>()) connect(line, &QLineEdit::returnPressed, this, &WhatIfForm::go);
    showPage(0);
}

QFormLayout* WhatIfForm::addPage(const QString& name)
{
    kind_->addItem(name);
    auto* page = new QWidget(pages_);
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(space(2));
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    pages_->addWidget(page);
    return form;
}

void WhatIfForm::addArgumentPage()
{
    auto* form = addPage(tr("an argument had been other"));
    step_ = makeChoice(QStringLiteral("whatIfStep"), tr("Step"), this);
    argument_ = makeChoice(QStringLiteral("whatIfArgument"), tr("Argument"), this);
    argument_->setEditable(true);
    value_ = makeLine(QStringLiteral("whatIfValue"), tr("Value"), this);
    form->addRow(tr("Step"), step_);
    form->addRow(tr("Argument"), argument_);
    form->addRow(tr("Value"), value_);
    connect(step_, &QComboBox::currentIndexChanged, this, &WhatIfForm::fillArguments);
    connect(argument_, &QComboBox::currentTextChanged, this, &WhatIfForm::fillArgument);
}

void WhatIfForm::addLimitPage()
{
    auto* form = addPage(tr("a limit had been other"));
    limit_ = makeChoice(QStringLiteral("whatIfLimit"), tr("Limit"), this);
    const QStringList names{tr("running time of the run, in seconds"), tr("running time of a step, in seconds"), tr("number of steps"), tr("age of the run, in seconds"), tr("tokens of models")};
    limit_->addItems(names);
    limitValue_ = makeLine(QStringLiteral("whatIfLimitValue"), tr("Value of the limit"), this);
    form->addRow(tr("Limit"), limit_);
    form->addRow(tr("Value"), limitValue_);
    connect(limit_, &QComboBox::currentIndexChanged, this, &WhatIfForm::fillLimit);
}

void WhatIfForm::addReplyPage()
{
    auto* form = addPage(tr("a reply had been other"));
    reply_ = makeChoice(QStringLiteral("whatIfReply"), tr("Reply"), this);
    code_ = makeChoice(QStringLiteral("whatIfCode"), tr("How it ended"), this);
    code_->addItem(tr("it succeeded, with this result"), QString());
    for (const auto& code : allCodes()) {
        if (code.front() == 'T') code_->addItem(tr("%1 %2", "a failure's code and title").arg(QString::fromStdString(code), QString::fromStdString(codeInfo(code).title)), QString::fromStdString(code));
    }
    result_ = new QPlainTextEdit(this);
    result_->setObjectName(QStringLiteral("whatIfResult"));
    result_->setAccessibleName(tr("Result, as JSON"));
    result_->setTabChangesFocus(true);
    result_->setFixedHeight(result_->fontMetrics().lineSpacing() * 4 + space(3));
    form->addRow(tr("Reply"), reply_);
    form->addRow(tr("It ended"), code_);
    form->addRow(tr("Result"), result_);
    connect(reply_, &QComboBox::currentIndexChanged, this, &WhatIfForm::fillReply);
    connect(code_, &QComboBox::currentIndexChanged, this, [this] { result_->setEnabled(code_->currentIndex() == 0); });
}

void WhatIfForm::addInjectionPage()
{
    auto* form = addPage(tr("a call had failed on purpose"));
    call_ = makeChoice(QStringLiteral("whatIfCall"), tr("Call"), this);
    injection_ = makeChoice(QStringLiteral("whatIfInjection"), tr("Failure"), this);
    injection_->addItem(tr("no answer in time"), QStringLiteral("timeout"));
    injection_->addItem(tr("HTTP 500"), QStringLiteral("http_500"));
    injection_->addItem(tr("no connection"), QStringLiteral("connection"));
    form->addRow(tr("Call"), call_);
    form->addRow(tr("Failure"), injection_);
}

void WhatIfForm::addDecisionPage()
{
    auto* form = addPage(tr("a person had decided otherwise"));
    decision_ = makeChoice(QStringLiteral("whatIfDecision"), tr("Decision"), this);
    verb_ = makeChoice(QStringLiteral("whatIfVerb"), tr("Decided instead"), this);
    for (const auto verb : verbChoices) verb_->addItem(QString::fromStdString(word(verb)), QString::fromStdString(word(verb)));
    reason_ = makeLine(QStringLiteral("whatIfReason"), tr("Reason"), this);
    said_ = makeLine(QStringLiteral("whatIfSaid"), tr("What was said"), this);
    saidLabel_ = new PlainLabel({}, Tone::Text, 0, false, this);
    form->addRow(tr("Decision"), decision_);
    form->addRow(tr("Instead"), verb_);
    form->addRow(tr("Reason"), reason_);
    form->addRow(saidLabel_, said_);
    connect(verb_, &QComboBox::currentIndexChanged, this, &WhatIfForm::fillDecision);
    connect(decision_, &QComboBox::currentIndexChanged, this, &WhatIfForm::fillDecision);
    fillDecision();
}

void WhatIfForm::addDefinitionPage()
{
    auto* form = addPage(tr("the whole definition had been other"));
    form->addRow(new PlainLabel(tr("The same replies and decisions, under the definition in a file that you choose."), Tone::Muted, 0, false, this));
}

void WhatIfForm::showPage(int page)
{
    pages_->setCurrentIndex(page);
    // Only as high as the page that is shown: the room below belongs to the answer.
    for (int i = 0; i < pages_->count(); ++i) pages_->widget(i)->setSizePolicy(QSizePolicy::Preferred, i == page ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    pages_->adjustSize();
    const bool isFile = page == pages_->count() - 1;
    try_->setText(isFile ? tr("Choose a file…") : tr("Try"));
    const bool hasAny[] = {step_->count() > 0, true, reply_->count() > 0, call_->count() > 0, decision_->count() > 0, true};
    const QString lacks[] = {tr("The definition has no step: what a model proposed is changed as its reply."), {}, tr("The journal has no reply."), tr("The journal has no call."), tr("Nobody has decided anything in this run."), {}};
    pages_->setVisible(hasAny[page]);
    try_->setEnabled(hasAny[page] && !isBusy_);
    mistake_->setTone(hasAny[page] ? Tone::Danger : Tone::Muted);
    mistake_->setText(lacks[page]);
    mistake_->setVisible(!hasAny[page]);
}

void WhatIfForm::setBusy(bool isBusy)
{
    isBusy_ = isBusy;
    showPage(std::max(0, kind_->currentIndex()));
}

void WhatIfForm::setRun(const Json& definition, std::vector<JournalLine> lines)
{
    definition_ = definition;
    lines_ = std::move(lines);
    for (auto* box : {step_, reply_, call_, decision_}) box->clear();
    if (definition_.contains("plan") && definition_["plan"].is_array()) {
        for (const auto& step : definition_["plan"]) step_->addItem(foreignLine(textOf(step, "id")), QString::fromStdString(textOf(step, "id")));
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto& line = lines_[i];
        if (line.event == "answered") reply_->addItem(choiceOf(line, "code"), static_cast<int>(i));
        if (line.event == "answered" && !isModelReply(line)) call_->addItem(choiceOf(line, "tool"), static_cast<int>(i));
        if (line.event == "decided") decision_->addItem(choiceOf(line, "verb"), static_cast<int>(i));
    }
    fillArguments();
    fillLimit();
    fillReply();
    fillDecision();
    showPage(std::max(0, kind_->currentIndex()));
}

const JournalLine* WhatIfForm::chosen(const QComboBox* box) const
{
    const auto place = static_cast<std::size_t>(box->currentData().toInt());
    return box->currentIndex() >= 0 && place < lines_.size() ? &lines_[place] : nullptr;
}

void WhatIfForm::fillArguments()
{
    const QSignalBlocker quiet(argument_);
    argument_->clear();
    if (step_->currentIndex() >= 0) {
        const Json with = definition_["plan"][static_cast<std::size_t>(step_->currentIndex())].value("with", Json::object());
        for (const auto& [name, value] : with.items()) argument_->addItem(QString::fromStdString(name));
    }
    fillArgument();
}

void WhatIfForm::fillArgument()
{
    value_->clear();
    if (step_->currentIndex() < 0) return;
    const Json with = definition_["plan"][static_cast<std::size_t>(step_->currentIndex())].value("with", Json::object());
    const auto found = with.find(argument_->currentText().toStdString());
    if (found != with.end()) value_->setText(rawText(*found));
}

void WhatIfForm::fillLimit()
{
    const Json written = definition_.is_object() ? definition_.value("limits", Json::object()) : Json::object();
    const auto found = written.find(limits[std::max(0, limit_->currentIndex())]);
    limitValue_->setText(found == written.end() ? QString() : rawText(*found));
    limitValue_->setPlaceholderText(tr("as usual"));
}

void WhatIfForm::fillReply()
{
    const auto* line = chosen(reply_);
    result_->clear();
    if (!line) return;
    const Json result = line->data.value(isModelReply(*line) ? "proposal" : "result", Json());
    result_->setPlainText(result.is_null() ? QString() : foreign(dump(result, 2)));
    code_->setCurrentIndex(std::max(0, code_->findData(QString::fromStdString(textOf(line->data, "code")))));
}

void WhatIfForm::fillDecision()
{
    const auto verb = fromWord<Verb>(verb_->currentData().toString().toStdString());
    const bool hasArguments = verb == Verb::Edit || verb == Verb::Retry;
    const bool isShown = hasArguments || verb == Verb::Answer || verb == Verb::Settle;
    said_->setVisible(isShown);
    saidLabel_->setVisible(isShown);
    saidLabel_->setText(hasArguments ? tr("Arguments") : verb == Verb::Settle ? tr("Settled") : tr("Answer"));
    said_->setPlaceholderText(hasArguments ? tr("all of them, as JSON") : verb == Verb::Settle ? tr("happened, not_happened or cannot_tell") : QString());
}

Outcome<Json> WhatIfForm::argumentChange() const
{
    const std::string name = argument_->currentText().toStdString();
    if (name.empty()) return unfit(tr("Name the argument."));
    const Json with = definition_["plan"][static_cast<std::size_t>(step_->currentIndex())].value("with", Json::object());
    return Json{{"argument", {{"step", step_->currentData().toString().toStdString()}, {"with", {{name, typedAs(with.value(name, Json()), value_->text())}}}}}};
}

Outcome<Json> WhatIfForm::limitChange() const
{
    auto value = parseJson(limitValue_->text().trimmed().toStdString());
    if (!value || !value->is_number()) return unfit(tr("A limit is a number."));
    return Json{{"limit", {{limits[limit_->currentIndex()], value.take()}}}};
}

Outcome<Json> WhatIfForm::replyChange() const
{
    const auto* line = chosen(reply_);
    const std::string code = code_->currentData().toString().toStdString();
    Json reply = {{"seq", line->seq}, {"code", code}};
    if (!code.empty()) return Json{{"reply", reply}};
    auto result = parseJson(result_->toPlainText().toStdString());
    if (!result) return unfit(tr("The result is no JSON: %1").arg(QString::fromStdString(result.failure().message)));
    reply[isModelReply(*line) ? "proposal" : "result"] = result.take();
    reply["phase"] = "answered";
    return Json{{"reply", reply}};
}

/// The reply that a failure on purpose leaves in a journal.
Json WhatIfForm::injectionChange() const
{
    const std::string kind = injection_->currentData().toString().toStdString();
    const char* code = kind == "timeout" ? "T109" : kind == "http_500" ? "T500" : "T103";
    const char* phase = kind == "timeout" ? "maybe_sent" : kind == "http_500" ? "answered" : "not_sent";
    return {{"reply", {{"seq", chosen(call_)->seq}, {"code", code}, {"phase", phase}, {"message", codeInfo(code).sentence}, {"injected", true}, {"injection", kind}}}};
}

Outcome<Json> WhatIfForm::decisionChange() const
{
    const std::string verb = verb_->currentData().toString().toStdString();
    Json decision = {{"handoff", textOf(chosen(decision_)->data, "handoff")}, {"verb", verb}};
    if (!reason_->text().trimmed().isEmpty()) decision["reason"] = reason_->text().trimmed().toStdString();
    const QString said = said_->text().trimmed();
    if (said_->isHidden() || said.isEmpty()) return Json{{"decision", decision}};
    if (verb == word(Verb::Answer)) decision["text"] = said.toStdString();
    if (verb == word(Verb::Settle)) decision["settlement"] = said.toStdString();
    if (verb == word(Verb::Edit) || verb == word(Verb::Retry)) {
        auto arguments = parseJson(said.toStdString());
        if (!arguments || !arguments->is_object()) return unfit(tr("Arguments are a JSON object."));
        decision["arguments"] = arguments.take();
    }
    return Json{{"decision", decision}};
}

Outcome<Json> WhatIfForm::change() const
{
    switch (pages_->currentIndex()) {
    case 0: return argumentChange();
    case 1: return limitChange();
    case 2: return replyChange();
    case 3: return injectionChange();
    default: return decisionChange();
    }
}

void WhatIfForm::go()
{
    if (!try_->isEnabled()) return;
    if (kind_->currentIndex() == pages_->count() - 1) return Q_EMIT definitionWanted();
    const auto made = change();
    mistake_->setTone(Tone::Danger);
    mistake_->setVisible(!made);
    if (made) Q_EMIT tried(*made);
    else mistake_->setText(foreign(made.failure().code + ": " + made.failure().message + " " + made.failure().hint));
}

}  // namespace handrail::ui
