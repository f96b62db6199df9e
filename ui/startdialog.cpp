#include "ui/startdialog.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/schemaform.h"

namespace handrail::ui {

StartDialog::StartDialog(std::vector<AgentView> agents, Check check, QWidget* parent)
    : QDialog(parent), agents_(std::move(agents)), check_(std::move(check))
{
    setWindowTitle(tr("Run an agent"));
    setModal(true);
    resize(560, 560);
    choice_ = new QComboBox(this);
    choice_->setObjectName(QStringLiteral("agent"));
    choice_->setAccessibleName(tr("Agent"));
    for (const auto& agent : agents_) choice_->addItem(foreignLine(agent.name + "  " + agent.version));
    about_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    area_ = new QScrollArea(this);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    raw_ = new QPlainTextEdit(QStringLiteral("{}"), this);
    raw_->setObjectName(QStringLiteral("raw"));
    raw_->setAccessibleName(tr("Input, as JSON"));
    raw_->setTabChangesFocus(true);
    asJson_ = new QCheckBox(tr("Write the input as &JSON"), this);
    asJson_->setObjectName(QStringLiteral("asJson"));
    mistake_ = new PlainLabel({}, Tone::Danger, 0, false, this);
    mistake_->setObjectName(QStringLiteral("mistake"));
    start_ = new QPushButton(tr("Start the run"), this);
    start_->setObjectName(QStringLiteral("start"));
    start_->setProperty("tone", QStringLiteral("primary"));
    start_->setAutoDefault(false);
    makeColumn();
    connect(choice_, &QComboBox::currentIndexChanged, this, &StartDialog::choose);
    connect(asJson_, &QCheckBox::toggled, this, &StartDialog::setRaw);
    connect(raw_, &QPlainTextEdit::textChanged, this, &StartDialog::validate);
    connect(start_, &QPushButton::clicked, this, [this] {
        const auto value = input();
        if (agent() && value) Q_EMIT startWanted(*agent(), QString::fromStdString(dump(*value)));
    });
    auto* send = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(send, &QShortcut::activated, start_, &QPushButton::click);
    choose(choice_->currentIndex());
}

void StartDialog::makeColumn()
{
    auto* file = new QPushButton(tr("Open a &file…"), this);
    file->setAutoDefault(false);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space(5), space(5), space(5), space(4));
    column->setSpacing(space(3));
    auto* head = new QHBoxLayout;
    head->addWidget(choice_, 1);
    head->addWidget(file);
    column->addLayout(head);
    column->addWidget(about_);
    column->addWidget(area_, 1);
    column->addWidget(raw_, 1);
    column->addWidget(asJson_);
    column->addWidget(mistake_);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(cancel);
    foot->addWidget(start_);
    column->addLayout(foot);
    connect(file, &QPushButton::clicked, this, &StartDialog::fileWanted);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

const AgentView* StartDialog::agent() const
{
    const int chosen = choice_->currentIndex();
    return chosen >= 0 && chosen < static_cast<int>(agents_.size()) ? &agents_[static_cast<std::size_t>(chosen)] : nullptr;
}

void StartDialog::addAgent(AgentView agent)
{
    choice_->addItem(foreignLine(agent.name + "  " + agent.version));
    agents_.push_back(std::move(agent));
    choice_->setCurrentIndex(choice_->count() - 1);
    if (agents_.size() == 1) choose(0);
}

void StartDialog::choose(int)
{
    const auto* chosen = agent();
    choice_->setVisible(chosen);
    form_ = nullptr;
    if (chosen && !chosen->unreadable && SchemaForm::canShow(chosen->input)) {
        form_ = new SchemaForm(chosen->input);
        connect(form_, &SchemaForm::changed, this, &StartDialog::validate);
        area_->setWidget(form_);
    } else {
        delete area_->takeWidget();
    }
    about_->setText(!chosen ? tr("No agent is known here yet. Open the file of a definition.") : foreign(chosen->description));
    raw_->setPlainText(QStringLiteral("{}"));
    asJson_->setVisible(form_ != nullptr);
    asJson_->setChecked(chosen && !form_);
    setRaw(asJson_->isChecked());
}

void StartDialog::setRaw(bool isRaw)
{
    // What was written one way goes on the other way.
    if (form_ && isRaw) {
        if (const auto value = form_->value()) raw_->setPlainText(QString::fromStdString(dump(*value, 2)));
    } else if (form_) {
        if (const auto value = parseJson(raw_->toPlainText().toStdString()); value && !value->empty()) form_->setValue(*value);
    }
    raw_->setVisible(isRaw && agent());
    area_->setVisible(!isRaw && form_);
    validate();
}

Outcome<Json> StartDialog::input() const
{
    if (form_ && !asJson_->isChecked()) return form_->value();
    return parseJson(raw_->toPlainText().toStdString());
}

void StartDialog::validate()
{
    const bool isForm = form_ && !asJson_->isChecked();
    if (isForm) form_->clearMistakes();
    std::optional<Failure> wrong;
    const auto* chosen = agent();
    const auto value = input();
    if (chosen && chosen->unreadable) wrong = chosen->unreadable;
    else if (!value) wrong = value.failure();
    else if (chosen) wrong = check_(*chosen, *value);
    start_->setEnabled(chosen && !wrong);
    const bool isAtField = wrong && isForm && form_->showMistake(wrong->where, foreign(wrong->message));
    const bool isQuiet = !wrong || isAtField || !chosen;
    mistake_->setText(isQuiet ? QString() : foreign(wrong->message + (value ? "" : " " + wrong->where)));
    mistake_->setVisible(!isQuiet);
}

void StartDialog::showFailure(const QString& text)
{
    mistake_->setText(foreign(text.toStdString()));
    mistake_->setVisible(true);
}

}  // namespace handrail::ui
