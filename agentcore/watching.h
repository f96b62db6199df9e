#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "agentcore/definition/definition.h"
#include "agentcore/statistics.h"
#include "agentcore/types.h"

/// What the watch has kept of a store, and a trial of its notifiers. All of it works beside a running program.
namespace handrail {

/// Lines of the structured log that fit, oldest first; each is one object of
/// resources/schemas/log-line.schema.json. U105 when there is no log yet.
Outcome<std::vector<Json>> readLog(const std::string& folder, const LogFilter& filter);

/// Figures in Prometheus' text form.
std::string metricsText(const Statistics& statistics);

/// Sends one message through each notifier of a definition, to try them. Lives on the thread that made it.
class NotifierTrial : public QObject {
    Q_OBJECT
public:
    struct Result {
        std::string notifier;
        bool isSent = false;
        std::optional<Failure> why;  ///< neither sent nor failed: only a console can tell the desktop
    };

    explicit NotifierTrial(DefinitionPtr definition, QObject* parent = nullptr);
    ~NotifierTrial() override;

    /// `over` is called once, later, when each has answered or failed.
    void begin(std::function<void(std::vector<Result>)> over);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// What became of messages, by notifier, as every program that used the store has noted it beside the log.
std::vector<NotifierFigures> notifierFigures(const std::string& folder);
/// Notes a trial there: whether a notifier can be reached is known from then on.
void keepTrial(const std::string& folder, const std::vector<NotifierTrial::Result>& results, Millis now);

}  // namespace handrail
