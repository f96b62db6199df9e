#include "agentcore/watch/repeats.h"

#include <algorithm>

namespace handrail::watch {
namespace {

using decide::EventKind;

constexpr std::size_t mostEntries = 2'000;
constexpr const char* stormKey = "storm";

std::string inMinutes(Millis span) { return std::to_string(std::max<Millis>(1, span / 60'000)) + " minutes"; }

decide::Finding findingOf(const Definition& definition, const std::string& step, const Tool& tool, const Code& code, const std::string& key)
{
    decide::Finding finding;
    finding.key = key;
    finding.agent = definition.name;
    finding.step = step;
    finding.tool = tool.name;
    finding.code = code;
    finding.risk = tool.critical ? Risk::Critical : Risk::Medium;
    finding.why = codeInfo(code).sentence + " It came up in several calls of the step \"" + step + "\", also where trying again helped.";
    finding.suggestion = codeInfo(code).nextStep;
    return finding;
}

}  // namespace

std::string Repeats::causeOf(const decide::Finding& finding)
{
    return finding.agent + "/" + finding.step + "/" + finding.tool + "/" + finding.code;
}

void Repeats::feed(const Definition& definition, const RunStory& story, const decide::Event& event)
{
    if (event.kind == EventKind::Asked) return countTicket(event);
    if (event.kind != EventKind::Answered && event.kind != EventKind::Lost) return;
    const Code code = textOf(event.data, "code");
    const std::string named = textOf(event.data, "tool");
    const auto last = story.tools.find(textOf(event.data, "purpose"));
    const Tool* tool = definition.tool(named.empty() && last != story.tools.end() ? last->second : named);
    if (code.empty() || !tool) return;
    const std::string key = definition.name + "/" + event.step + "/" + tool->name + "/" + code + " at " + tool->host;
    if (entries_.size() >= mostEntries && entries_.count(key) == 0) return;
    Entry& entry = entries_[key];
    if (entry.finding.key.empty()) entry.finding = findingOf(definition, event.step, *tool, code, key);
    entry.least = definition.escalation.repeats;
    entry.window = definition.escalation.window;
    if (!entry.times.empty() && event.time - entry.times.back() >= entry.window) {
        entry.times.clear();
        entry.inAll = entry.filed = 0;
        entry.crossedAt = 0;
    }
    entry.times.push_back(event.time);
    if (static_cast<int>(entry.times.size()) > entry.least) entry.times.pop_front();
    ++entry.inAll;
    const bool isCrossed = static_cast<int>(entry.times.size()) == entry.least && entry.times.back() - entry.times.front() < entry.window;
    if (isCrossed && entry.crossedAt == 0) entry.crossedAt = event.time;
}

void Repeats::countTicket(const decide::Event& asked)
{
    if (textOf(asked.data, "kind") != word(HandoffKind::Escalation)) return;
    tickets_.push_back(asked.time);
    if (static_cast<int>(tickets_.size()) > limits_.stormAt + 1) tickets_.pop_front();
    const bool isStorm = static_cast<int>(tickets_.size()) > limits_.stormAt && tickets_.back() - tickets_.front() < limits_.minute;
    if (storm_.crossedAt == 0 && isStorm) {
        storm_.crossedAt = asked.time;
        storm_.inAll = limits_.stormAt;
        storm_.filed = 0;
    }
    // It lasts for as long as a minute brings that many.
    if (storm_.crossedAt > 0 && isStorm) ++storm_.inAll;
    else storm_.crossedAt = 0;
}

bool Repeats::isDue(const Entry& entry, Millis now) const
{
    if (entry.crossedAt == 0 || entry.inAll == entry.filed) return false;
    return entry.filed == 0 || now - entry.filedAt >= limits_.updateEvery;
}

void Repeats::forget(Millis now)
{
    std::erase_if(entries_, [&](const auto& item) { return now - item.second.times.back() >= item.second.window; });
}

std::vector<decide::Finding> Repeats::take(Millis now)
{
    std::vector<decide::Finding> out;
    const auto file = [&](Entry& entry) {
        entry.filed = entry.inAll;
        entry.filedAt = now;
        entry.finding.count = entry.inAll;
        out.push_back(entry.finding);
    };
    for (auto& [key, entry] : entries_) {
        if (!isDue(entry, now)) continue;
        file(entry);
        out.back().title = entry.finding.tool + ": " + codeInfo(entry.finding.code).title + ", " + std::to_string(entry.inAll) + " times in " + inMinutes(entry.window);
    }
    if (isDue(storm_, now)) {
        storm_.finding.key = stormKey;
        storm_.finding.risk = Risk::High;
        file(storm_);
        out.back().title = "A storm of tickets: " + std::to_string(storm_.inAll) + " within minutes";
        out.back().why = "More than " + std::to_string(limits_.stormAt) + " runs a minute stopped and need a person. Single ones are told no more until it is over.";
        out.back().suggestion = "Look for the one cause that most of them share, and mend that first. Each run still has its own ticket.";
    }
    forget(now);
    return out;
}

std::optional<Millis> Repeats::due() const
{
    std::optional<Millis> earliest;
    const auto consider = [&](const Entry& entry) {
        if (entry.crossedAt == 0 || entry.inAll == entry.filed) return;
        const Millis instant = entry.filed == 0 ? 0 : entry.filedAt + limits_.updateEvery;
        if (!earliest || instant < *earliest) earliest = instant;
    };
    for (const auto& [key, entry] : entries_) consider(entry);
    consider(storm_);
    return earliest;
}

}  // namespace handrail::watch
