#include "agentcore/watching.h"

#include "agentcore/watch/courier.h"
#include "agentcore/watch/figures.h"
#include "agentcore/watch/logreader.h"
#include "agentcore/watch/notifierbook.h"
#include "agentcore/wire/wire.h"

namespace handrail {

Outcome<std::vector<Json>> readLog(const std::string& folder, const LogFilter& filter) { return watch::readLogLines(folder, filter); }

std::string metricsText(const Statistics& statistics) { return watch::prometheusText(statistics); }

struct NotifierTrial::Inside {
    DefinitionPtr definition;
    std::unique_ptr<Clock> clock = systemClock();
    std::unique_ptr<wire::Wire> wire = wire::systemWire();
    watch::Courier courier{*wire, *clock};
    std::vector<Result> results;
    std::size_t left = 0;
    std::function<void(std::vector<Result>)> over;

    void answer(const std::string& notifier, const std::optional<Failure>& why)
    {
        for (auto& result : results) {
            if (result.notifier != notifier || result.isSent || result.why) continue;
            result.isSent = !why;
            result.why = why;
            break;
        }
        if (--left == 0) over(results);
    }
};

NotifierTrial::NotifierTrial(DefinitionPtr definition, QObject* parent) : QObject(parent), inside_(std::make_unique<Inside>())
{
    inside_->definition = std::move(definition);
}

NotifierTrial::~NotifierTrial() = default;

void NotifierTrial::begin(std::function<void(std::vector<Result>)> over)
{
    Inside& inside = *inside_;
    inside.over = std::move(over);
    connect(&inside.courier, &watch::Courier::told, this,
            [&inside](const Notifier& notifier, const watch::Notice&, const std::optional<Failure>& why) { inside.answer(notifier.label(), why); });
    watch::Notice notice;
    notice.about = watch::Notice::About::Test;
    notice.key = "test";
    notice.agent = inside.definition->name;
    notice.title = "This is a test of " + inside.definition->name + "'s notifications";
    notice.text = "Nothing waits. If you can read this, what needs a person will reach you here.";
    notice.at = inside.clock->now();
    // Nobody waits through three tries to learn that it does not work.
    inside.courier.hurry();
    for (const auto& notifier : inside.definition->notify) {
        inside.results.push_back({notifier.label(), false, std::nullopt});
        inside.left += notifier.kind == Notifier::Kind::Desktop ? 0u : 1u;
    }
    if (inside.left == 0) {
        QMetaObject::invokeMethod(this, [&inside] { inside.over(inside.results); }, Qt::QueuedConnection);
        return;
    }
    for (const auto& notifier : inside.definition->notify) {
        if (notifier.kind != Notifier::Kind::Desktop) inside.courier.send(notifier, notice);
    }
}

std::vector<NotifierFigures> notifierFigures(const std::string& folder) { return watch::readNotifierBook(folder); }

void keepTrial(const std::string& folder, const std::vector<NotifierTrial::Result>& results, Millis now)
{
    watch::NotifierBook book(folder);
    for (const auto& result : results) {
        if (result.isSent || result.why) book.note(result.notifier, now, result.why);
    }
    book.save();
}

}  // namespace handrail
