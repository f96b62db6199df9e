#include "agentcore/watch/notifierbook.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "agentcore/json.h"
#include "agentcore/redact.h"

namespace handrail::watch {
namespace {

constexpr std::size_t mostNotifiers = 500;

std::string bookPath(const std::string& folder) { return folder + "/log/notifiers.json"; }

}  // namespace

std::vector<NotifierFigures> readNotifierBook(const std::string& folder)
{
    std::ifstream file(bookPath(folder), std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    const auto parsed = parseJson(content.str());
    std::vector<NotifierFigures> figures;
    if (!parsed || !parsed->is_array()) return figures;
    for (const auto& row : *parsed) {
        if (!row.is_object()) continue;
        figures.push_back({textOf(row, "notifier"), numberOf(row, "sent"), numberOf(row, "failed"), numberOf(row, "last_sent"),
                           numberOf(row, "last_failed"), textOf(row, "last_error")});
    }
    return figures;
}

void NotifierBook::note(const std::string& notifier, Millis now, const std::optional<Failure>& why)
{
    if (noted_.size() >= mostNotifiers && noted_.count(notifier) == 0) return;
    NotifierFigures& figures = noted_[notifier];
    figures.notifier = notifier;
    ++(why ? figures.failed : figures.sent);
    (why ? figures.lastFailed : figures.lastSent) = now;
    if (why) figures.lastError = withoutCredentials(why->code + ": " + why->message);
}

void NotifierBook::save()
{
    if (noted_.empty()) return;
    std::map<std::string, NotifierFigures> all;
    for (auto& figures : readNotifierBook(folder_)) all[figures.notifier] = figures;
    for (const auto& [name, more] : std::exchange(noted_, {})) {
        if (all.size() >= mostNotifiers && all.count(name) == 0) continue;
        NotifierFigures& figures = all[name];
        figures.notifier = name;
        figures.sent += more.sent;
        figures.failed += more.failed;
        figures.lastSent = std::max(figures.lastSent, more.lastSent);
        if (more.lastFailed >= figures.lastFailed && more.failed > 0) figures.lastError = more.lastError;
        figures.lastFailed = std::max(figures.lastFailed, more.lastFailed);
    }
    Json rows = Json::array();
    for (const auto& [name, figures] : all) {
        rows.push_back({{"notifier", name}, {"sent", figures.sent}, {"failed", figures.failed}, {"last_sent", figures.lastSent},
                        {"last_failed", figures.lastFailed}, {"last_error", figures.lastError}});
    }
    const std::string fresh = bookPath(folder_) + ".new";
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return;
    const std::string text = dump(rows);
    const bool isWhole = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    close(descriptor);
    if (isWhole) (void)std::rename(fresh.c_str(), bookPath(folder_).c_str());
    else unlink(fresh.c_str());
}

}  // namespace handrail::watch
