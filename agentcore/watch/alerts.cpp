#include "agentcore/watch/alerts.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "agentcore/store/tally.h"

namespace handrail::watch {
namespace {

using decide::EventKind;

std::string percent(double share)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.0f%%", share * 100);
    return text;
}

std::string spikeKey(const std::string& agent, const Code& code) { return "alert/" + agent + "/spike/" + code; }
std::string shareKey(const std::string& agent) { return "alert/" + agent + "/share"; }
std::string runKey(const std::string& run) { return "alert/run/" + run + "/retries"; }
std::string growthKey(const std::string& agent) { return "alert/" + agent + "/retries"; }

}  // namespace

void AlertBook::advance(AgentBook& book, Millis now) const
{
    const std::int64_t part = now / (limits_.window / static_cast<Millis>(parts));
    for (std::int64_t skipped = std::max(book.part + 1, part - static_cast<std::int64_t>(parts) + 1); skipped <= part; ++skipped) {
        book.recent[static_cast<std::size_t>(skipped) % parts] = {};
    }
    book.part = std::max(book.part, part);
    if (const auto day = store::dayOf(now); day != book.day) {
        book.day = day;
        book.today = {};
    }
}

AlertBook::Share AlertBook::inWindow(const AgentBook& book) const
{
    Share sum;
    for (const auto& part : book.recent) {
        sum.calls += part.calls;
        sum.errors += part.errors;
    }
    return sum;
}

/// So large a share of failures, and so much more than the day has had before this window.
bool AlertBook::isSharp(const AgentBook& book) const
{
    const Share now = inWindow(book);
    if (now.calls < limits_.leastCalls) return false;
    const double share = static_cast<double>(now.errors) / static_cast<double>(now.calls);
    const auto callsBefore = book.today.calls - now.calls;
    const double base = callsBefore > 0 ? static_cast<double>(book.today.errors - now.errors) / static_cast<double>(callsBefore) : 0;
    return share >= limits_.share && share >= limits_.overBase * base;
}

void AlertBook::raise(const std::string& key, const RunStory& story, const decide::Event& event, const std::string& title,
                      const std::string& text, std::vector<Notice>& out)
{
    if (!open_.emplace(key, OpenAlert{story.agent, title, event.time}).second) return;
    Notice notice;
    notice.about = Notice::About::Alert;
    notice.key = key;
    notice.agent = story.agent;
    notice.title = title;
    notice.text = text;
    notice.run = event.run;
    notice.at = event.time;
    out.push_back(std::move(notice));
}

void AlertBook::resolve(const std::string& key, Millis now, std::vector<Notice>& out)
{
    const auto found = open_.find(key);
    if (found == open_.end()) return;
    Notice notice;
    notice.about = Notice::About::Resolved;
    notice.key = key + "/over";
    notice.agent = found->second.agent;
    notice.title = "Over: " + found->second.title;
    notice.at = now;
    open_.erase(found);
    out.push_back(std::move(notice));
}

void AlertBook::onCall(const RunStory& story, const decide::Event& event, std::vector<Notice>& out)
{
    AgentBook& book = agents_[story.agent];
    advance(book, event.time);
    const Code code = textOf(event.data, "code");
    Share& part = book.recent[static_cast<std::size_t>(book.part) % parts];
    for (Share* share : {&part, &book.today}) {
        ++share->calls;
        share->errors += code.empty() ? 0 : 1;
    }
    if (code.empty()) return;
    auto& times = book.failures[code];
    times.push_back(event.time);
    if (static_cast<int>(times.size()) > limits_.spike + 1) times.pop_front();
    if (static_cast<int>(times.size()) > limits_.spike && times.back() - times.front() < limits_.window) {
        raise(spikeKey(story.agent, code), story, event,
              story.agent + ": " + codeInfo(code).title + ", more than " + std::to_string(limits_.spike) + " times in five minutes",
              codeInfo(code).sentence + " (" + code + ")\n" + codeInfo(code).nextStep, out);
    }
    if (isSharp(book)) {
        const Share now = inWindow(book);
        raise(shareKey(story.agent), story, event,
              story.agent + ": " + percent(static_cast<double>(now.errors) / static_cast<double>(now.calls)) + " of its calls fail",
              std::to_string(now.errors) + " of " + std::to_string(now.calls) + " calls of the last five minutes failed.", out);
    }
}

/// Retries a run, of the latest runs against all before.
void AlertBook::onEnd(const RunStory& story, const decide::Event& event, std::vector<Notice>& out)
{
    resolve(runKey(event.run), event.time, out);
    AgentBook& book = agents_[story.agent];
    book.lastRuns.push_back(story.retries);
    if (static_cast<int>(book.lastRuns.size()) > limits_.runsCompared) {
        ++book.runsBefore;
        book.retriesBefore += book.lastRuns.front();
        book.lastRuns.pop_front();
    }
    if (book.runsBefore < limits_.runsCompared) return;
    const double before = static_cast<double>(book.retriesBefore) / static_cast<double>(book.runsBefore);
    const double latest = std::accumulate(book.lastRuns.begin(), book.lastRuns.end(), 0.0) / static_cast<double>(book.lastRuns.size());
    // Where there was next to nothing before, twice as much is still next to nothing.
    const bool hasGrown = latest >= 0.5 && latest >= limits_.retriesTimes * before;
    if (!hasGrown) return resolve(growthKey(story.agent), event.time, out);
    raise(growthKey(story.agent), story, event, story.agent + ": twice as many retries as before",
          "The latest " + std::to_string(book.lastRuns.size()) + " runs needed more than " + std::to_string(limits_.retriesTimes).substr(0, 1) +
              " times the retries of those before.", out);
}

std::vector<Notice> AlertBook::feed(const RunStory& story, const decide::Event& event)
{
    std::vector<Notice> out;
    if (event.kind == EventKind::Answered || event.kind == EventKind::Lost) onCall(story, event, out);
    if (event.kind == EventKind::Dispatched && event.attempt > 1 && story.retries > limits_.retriesOfRun) {
        raise(runKey(event.run), story, event, story.agent + ": run " + event.run + " has needed more than " + std::to_string(limits_.retriesOfRun) + " retries",
              "Look at it with: handrail show " + event.run, out);
    }
    if (event.kind == EventKind::RunEnded) onEnd(story, event, out);
    return out;
}

std::vector<Notice> AlertBook::tick(Millis now)
{
    std::vector<Notice> out;
    for (auto& [agent, book] : agents_) {
        advance(book, now);
        for (auto it = book.failures.begin(); it != book.failures.end();) {
            auto& times = it->second;
            // Over when fewer than half of what makes a spike are left.
            while (!times.empty() && times.front() + limits_.window <= now) times.pop_front();
            if (static_cast<int>(times.size()) <= limits_.spike / 2) resolve(spikeKey(agent, it->first), now, out);
            it = times.empty() ? book.failures.erase(it) : std::next(it);
        }
        const Share recent = inWindow(book);
        const bool isCalm = static_cast<double>(recent.errors) < limits_.share / 2 * static_cast<double>(std::max<std::int64_t>(recent.calls, 1));
        if (isCalm || recent.errors == 0) resolve(shareKey(agent), now, out);
    }
    return out;
}

std::optional<Millis> AlertBook::due() const
{
    std::optional<Millis> earliest;
    for (const auto& [agent, book] : agents_) {
        const bool stands = std::any_of(open_.begin(), open_.end(), [&](const auto& alert) { return alert.second.agent == agent; });
        if (!stands) continue;
        for (const auto& [code, times] : book.failures) {
            if (times.empty()) continue;
            const Millis over = times.front() + limits_.window;
            if (!earliest || over < *earliest) earliest = over;
        }
    }
    return earliest;
}

}  // namespace handrail::watch
