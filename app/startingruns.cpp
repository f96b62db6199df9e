#include "app/commandline.h"
#include "app/consoleviews.h"

/// Starting a run and trying a notifier: what the views ask of a definition itself.
namespace handrail::app {
namespace {

std::optional<Failure> whyNot(const AgentView& agent, const Json& input)
{
    const auto parsed = parseDefinition(agent.text, agent.name);
    if (!parsed.definition) return parsed.mistakes.front();
    return checkInput(*parsed.definition, input);
}

}  // namespace

void ConsoleViews::startRun()
{
    refreshAgents();
    starting_ = new ui::StartDialog(agents_, whyNot, &window_);
    starting_->setAttribute(Qt::WA_DeleteOnClose);
    connect(starting_, &ui::StartDialog::startWanted, this, &ConsoleViews::start);
    connect(starting_, &ui::StartDialog::fileWanted, this, [this] {
        const auto file = askFile(tr("Run an agent"));
        if (!file || !starting_) return;
        const auto parsed = parseDefinition(file->second, file->first);
        if (parsed.definition) return starting_->addAgent(viewOf(*parsed.definition, file->second));
        const Failure& first = parsed.mistakes.front();
        starting_->showFailure(QString::fromStdString(first.code + ": " + first.message + " (" + first.where + ") " + first.hint));
    });
    starting_->open();
}

void ConsoleViews::start(const AgentView& agent, const QString& input)
{
    auto parsed = parseJson(input.toStdString());
    if (!parsed) return starting_->showFailure(QString::fromStdString(parsed.failure().message));
    StartRequest request;
    request.definition = agent.text;
    request.path = agent.name;
    request.input = parsed.take();
    request.user = currentUser();
    runtime_.start(request, this, [this](Outcome<RunId> run) {
        if (run) {
            window_.showToast(tr("Started."), false);
            if (starting_) starting_->accept();
        } else if (starting_) {
            starting_->showFailure(QString::fromStdString(run.failure().message + " " + run.failure().where + " " + run.failure().hint));
        }
    });
}

void ConsoleViews::testNotifier(const QString& agent, int place)
{
    const auto* known = agentNamed(agent.toStdString());
    if (!known) return;
    const auto parsed = parseDefinition(known->text, known->name);
    if (!parsed.definition || place < 0 || place >= static_cast<int>(parsed.definition->notify.size())) return;
    auto alone = std::make_shared<Definition>(*parsed.definition);
    alone->notify = {parsed.definition->notify[static_cast<std::size_t>(place)]};
    auto* trial = new NotifierTrial(alone, this);
    trial->begin([this, trial, agent, place](const std::vector<NotifierTrial::Result>& results) {
        keepTrial(folder_, results, clock_.now());
        if (!results.empty()) showTested(agent, place, results.front());
        trial->deleteLater();
    });
}

void ConsoleViews::showTested(const QString& agent, int place, const NotifierTrial::Result& result)
{
    if (result.isSent) return settingsView_->showTest(agent, place, tr("Sent. It should be there now."), true);
    if (result.why) return settingsView_->showTest(agent, place, QString::fromStdString(result.why->code + ": " + result.why->message + " " + result.why->hint), false);
    Q_EMIT desktopTestWanted();
    settingsView_->showTest(agent, place, tr("Told the desktop. If nothing came up, it shows no notifications."), true);
}

}  // namespace handrail::app
