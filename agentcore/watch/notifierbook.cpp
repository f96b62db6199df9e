#include "agentcore/watch/notifierbook.h"

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

NotifierBook::NotifierBook(std::string folder) : folder_(std::move(folder))
{
    for (auto& figures : readNotifierBook(folder_)) notifiers_[figures.notifier] = figures;
}

void NotifierBook::note(const std::string& notifier, Millis now, const std::optional<Failure>& why)
{
    if (notifiers_.size() >= mostNotifiers && notifiers_.count(notifier) == 0) return;
    NotifierFigures& figures = notifiers_[notifier];
    figures.notifier = notifier;
    ++(why ? figures.failed : figures.sent);
    (why ? figures.lastFailed : figures.lastSent) = now;
    if (why) figures.lastError = withoutCredentials(why->code + ": " + why->message);
    isChanged_ = true;
}

void NotifierBook::save()
{
    if (!std::exchange(isChanged_, false)) return;
    Json rows = Json::array();
    for (const auto& [name, figures] : notifiers_) {
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
