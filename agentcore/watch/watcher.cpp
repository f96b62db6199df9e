#include "agentcore/watch/watcher.h"

#include <algorithm>
#include <ctime>

#include "agentcore/watch/logreader.h"

namespace handrail::watch {
namespace {

constexpr int gather = 50;               ///< milliseconds in which commits are gathered into one look
constexpr int linesAtOnce = 1'000;
constexpr Seq mostMadeUpFor = 10'000;    ///< journal lines that a new log begins with
constexpr std::size_t mostKnown = 4'096; ///< runs whose story is kept
constexpr Seq linesLookedBack = 2'000;   ///< for what had come up before this process began
constexpr Millis tooOld = 300'000;       ///< what happened longer ago is no news
constexpr Millis troubleEvery = 60'000;
constexpr Millis longestSleep = 60'000;

std::string identityOf(const Notifier& notifier)
{
    return notifier.label() + "\n" + notifier.url + "\n" + notifier.smtp + "\n" + canonical(Json(notifier.to)) + std::to_string(notifier.quietFrom * 1440 + notifier.quietTo);
}

InboxRow rowOf(const Notice& notice)
{
    InboxRow row;
    row.id = notice.handoff;
    row.run = notice.run;
    row.agent = notice.agent;
    row.kind = HandoffKind::Escalation;
    row.title = notice.title + (notice.times > 1 ? " (" + std::to_string(notice.times) + " times)" : "");
    row.risk = notice.isCritical ? Risk::Critical : Risk::Medium;
    row.created = notice.at;
    return row;
}

}  // namespace

Watcher::Watcher(Doors doors, QObject* parent)
    : QObject(parent), doors_(std::move(doors)), courier_(*doors_.wire, *doors_.clock), book_(doors_.folder)
{
    for (auto* timer : {&soon_, &later_}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &Watcher::look);
    }
    soon_.setInterval(gather);
    connect(&courier_, &Courier::told, this, &Watcher::onTold);
    connect(&courier_, &Courier::idle, this, [this] {
        if (isEnding_) Q_EMIT finished();
    });
    openLog();
    lookBack();
}

Watcher::~Watcher() = default;

void Watcher::openLog()
{
    auto log = LogFile::open(doors_.folder, doors_.log);
    auto last = doors_.store->lastSeq();
    position_ = last ? *last : 0;
    if (!log) {
        QMetaObject::invokeMethod(this, [this, why = log.failure()] { Q_EMIT troubled(why); }, Qt::QueuedConnection);
        return;
    }
    log_ = log.take();
    const Seq newest = position_;
    position_ = log_->lastSeq();
    if (log_->isNew() && newest > mostMadeUpFor) position_ = newest;
    // The store was put back, or another one lies here now: its log goes on from its own end.
    if (position_ > newest) position_ = newest;
    if (!log_->isNew()) return;
    Json opened = watchLine(doors_.clock->now(), "info", "log_opened", {}, Json::object());
    opened["seq"] = position_;
    log_->write(opened);
    (void)log_->flush();
}

/// What came up before counts, too; what was filed by then is not filed again.
void Watcher::lookBack()
{
    const auto events = doors_.store->eventsAfter(std::max<Seq>(0, position_ - linesLookedBack), static_cast<int>(linesLookedBack));
    if (!events) return;
    for (const auto& event : *events) {
        if (event.seq > position_) break;
        hear(event);
        count(event);
        leave(event);
    }
    for (const auto& finding : repeats_.take(doors_.clock->now())) {
        const auto row = doors_.store->handoff(decide::findingId(finding.key));
        const bool isUnfiled = row && !*row;
        // Later, when somebody listens.
        if (isUnfiled) QMetaObject::invokeMethod(this, [this, finding] { file(finding); }, Qt::QueuedConnection);
    }
}

/// Only failures and tickets are counted, and only where the definition says how.
void Watcher::count(const decide::Event& event)
{
    const bool isFailure = !textOf(event.data, "code").empty() && (event.kind == decide::EventKind::Answered || event.kind == decide::EventKind::Lost);
    if (!isFailure && event.kind != decide::EventKind::Asked) return;
    const Known& run = known(event);
    if (run.definition.empty()) return;
    const auto definition = definitionBy(run.definition);
    if (definition) repeats_.feed(*definition, run.story, event);
}

DefinitionPtr Watcher::definitionBy(const std::string& digest)
{
    auto definition = definitions_.get(digest, [this](const std::string& wanted) { return doors_.store->definition(wanted); });
    return definition ? *definition : nullptr;
}

void Watcher::file(const decide::Finding& finding)
{
    const std::string cause = Repeats::causeOf(finding);
    const auto isOpen = doors_.store->isCauseOpen(cause);
    // Runs that stopped because of it have tickets of their own; one more would say the same.
    if (isOpen && *isOpen) {
        Q_EMIT countedUp(cause, finding.count);
        return;
    }
    Q_EMIT found(finding);
    if (log_) {
        Json line = watchLine(doors_.clock->now(), "error", "finding", finding.title, {{"handoff", decide::findingId(finding.key)}, {"count", finding.count}});
        if (!finding.code.empty()) line["error_type"] = finding.code;
        if (!finding.agent.empty()) line["agent"] = finding.agent;
        log_->write(line);
    }
    if (finding.agent.empty()) return;  // a storm is told by the rules of each notifier
    Notice notice;
    notice.about = Notice::About::Alert;
    notice.key = finding.key;
    notice.agent = finding.agent;
    notice.handoff = decide::findingId(finding.key);
    notice.title = finding.title;
    notice.text = finding.why + "\n" + finding.suggestion;
    notice.isCritical = finding.risk == Risk::Critical;
    notice.at = doors_.clock->now();
    tell(definitionOf_[finding.agent], notice);
}

void Watcher::wake()
{
    if (!soon_.isActive()) soon_.start();
}

void Watcher::look()
{
    soon_.stop();
    if (doors_.looking) doors_.looking();
    for (;;) {
        auto events = doors_.store->eventsAfter(position_, linesAtOnce);
        if (!events) {
            Q_EMIT troubled(events.failure());
            break;
        }
        for (const auto& event : *events) take(event);
        if (static_cast<int>(events->size()) < linesAtOnce) break;
    }
    const Millis now = doors_.clock->now();
    for (const auto& finding : repeats_.take(now)) file(finding);
    for (const auto& over : alerts_.tick(now)) tell(definitionOf_[over.agent], over);
    speak();
    flush();
    scheduleLater();
}

/// The run's story up to this event: kept, or read again.
Watcher::Known& Watcher::known(const decide::Event& event)
{
    const auto found = runs_.find(event.run);
    if (found != runs_.end()) {
        uses_.splice(uses_.end(), uses_, found->second.use);
        return found->second;
    }
    if (runs_.size() >= mostKnown) {
        runs_.erase(uses_.front());
        uses_.pop_front();
    }
    Known& fresh = runs_[event.run];
    fresh.use = uses_.insert(uses_.end(), event.run);
    if (event.kind == decide::EventKind::RunStarted || event.run.empty()) return fresh;
    const auto events = doors_.store->events(event.run, 0, -1);
    if (!events) return fresh;
    for (const auto& before : *events) {
        if (before.seq >= event.seq) break;
        follow(fresh.story, before);
        if (before.kind == decide::EventKind::RunStarted) fresh.definition = textOf(before.data, "definition");
    }
    return fresh;
}

Watcher::Known& Watcher::hear(const decide::Event& event)
{
    Known& run = known(event);
    follow(run.story, event);
    if (event.kind == decide::EventKind::RunStarted) run.definition = textOf(event.data, "definition");
    if (!run.definition.empty()) definitionOf_[run.story.agent] = run.definition;
    return run;
}

/// A run that has ended is heard of again only when somebody opens it.
void Watcher::leave(const decide::Event& event)
{
    const auto found = runs_.find(event.run);
    if (event.kind != decide::EventKind::RunEnded || found == runs_.end()) return;
    uses_.erase(found->second.use);
    runs_.erase(found);
}

void Watcher::take(const decide::Event& event)
{
    position_ = event.seq;
    const Known& run = hear(event);
    if (log_) {
        if (auto line = logLine(run.story, event)) log_->write(*line);
    }
    count(event);
    for (const auto& notice : alerts_.feed(run.story, event)) tell(run.definition, notice);
    if (event.kind == decide::EventKind::Asked) tell(run.definition, noticeOf(run.story, event));
    leave(event);
}

/// Old news, and questions that were answered meanwhile, are nobody's business any more.
bool Watcher::isWorthTelling(const Notice& notice)
{
    if (doors_.clock->now() - notice.at > tooOld) return false;
    if (notice.handoff.empty()) return true;
    const auto row = doors_.store->handoff(notice.handoff);
    return !row || !*row || (*row)->state == HandoffState::Open;
}

void Watcher::tell(const std::string& digest, const Notice& notice)
{
    if (log_ && (notice.about == Notice::About::Alert || notice.about == Notice::About::Resolved)) {
        const bool isAlert = notice.about == Notice::About::Alert;
        Json line = watchLine(notice.at, isAlert ? "error" : "info", isAlert ? "alert" : "alert_over", notice.title, {{"key", notice.key}});
        line["agent"] = notice.agent;
        if (!notice.run.empty()) line["workflow_id"] = notice.run;
        log_->write(line);
    }
    if (digest.empty() || !isWorthTelling(notice)) return;
    const auto definition = definitionBy(digest);
    if (!definition) return;
    for (const auto& notifier : definition->notify) {
        Voice& voice = voices_[identityOf(notifier)];
        voice.notifier = notifier;
        voice.fresh.push_back(notice);
    }
}

/// By the machine's own time zone.
bool Watcher::isQuiet(const Notifier& notifier) const
{
    const std::time_t seconds = doors_.clock->now() / 1000;
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return isQuietAt(parts.tm_hour * 60 + parts.tm_min, notifier.quietFrom, notifier.quietTo);
}

void Watcher::speak()
{
    const Millis now = doors_.clock->now();
    for (auto& [identity, voice] : voices_) {
        const auto notices = voice.rules.admit(std::exchange(voice.fresh, {}), now, isQuiet(voice.notifier));
        if (voice.notifier.kind != Notifier::Kind::Desktop) {
            for (const auto& notice : notices) courier_.send(voice.notifier, notice);
            continue;
        }
        std::vector<InboxRow> rows;
        for (const auto& notice : notices) rows.push_back(rowOf(notice));
        if (!rows.empty()) Q_EMIT desktopTold(rows);
    }
}

void Watcher::onTold(const Notifier& notifier, const Notice& notice, const std::optional<Failure>& why)
{
    const Millis now = doors_.clock->now();
    book_.note(notifier.label(), now, why);
    book_.save();
    if (!log_) return;
    Json line = watchLine(now, why ? "error" : "info", why ? "notification_failed" : "notification_sent", why ? why->message : std::string(),
                          {{"notifier", notifier.label()}, {"about", word(notice.about)}, {"key", notice.key}});
    if (why) line["error_type"] = why->code;
    if (!notice.run.empty()) line["workflow_id"] = notice.run;
    if (!notice.agent.empty()) line["agent"] = notice.agent;
    if (!notice.handoff.empty()) line["context"]["handoff"] = notice.handoff;
    log_->write(line);
    flush();
}

void Watcher::flush()
{
    const auto why = log_ ? log_->flush() : std::nullopt;
    const Millis now = doors_.clock->now();
    if (!why || (troubledAt_ > 0 && now - troubledAt_ < troubleEvery)) return;
    troubledAt_ = now;
    Q_EMIT troubled(*why);
}

/// Alerts and storms end, and quiet hours, without anything happening.
void Watcher::scheduleLater()
{
    std::optional<Millis> due = alerts_.due();
    const Millis now = doors_.clock->now();
    if (const auto later = repeats_.due(); later && (!due || *later < *due)) due = later;
    for (const auto& [identity, voice] : voices_) {
        for (const auto& instant : {voice.rules.due(), voice.rules.isHolding() ? std::optional(now + longestSleep) : std::nullopt}) {
            if (instant && (!due || *instant < *due)) due = instant;
        }
    }
    if (!due) return later_.stop();
    later_.start(static_cast<int>(std::clamp<Millis>(*due - now, 100, longestSleep)));
}

void Watcher::finish()
{
    isEnding_ = true;
    look();
    later_.stop();
    courier_.hurry();
}

}  // namespace handrail::watch
