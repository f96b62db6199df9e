#include "models/inboxgroups.h"

#include <algorithm>
#include <map>

#include <QCoreApplication>

namespace handrail::models {
namespace {

// No handoff has this mark in its id.
constexpr const char* mark = "cause:";

InboxRow leadOf(const std::vector<InboxRow>& rows, const std::vector<std::size_t>& members)
{
    InboxRow lead = rows[members.front()];
    lead.title = QCoreApplication::translate("handrail::models::InboxModel", "%Ln tickets with one cause, like: %1", nullptr, static_cast<int>(members.size()))
                     .arg(QString::fromStdString(lead.title)).toStdString();
    lead.id = groupId(lead.group);
    lead.run.clear();
    lead.count = static_cast<int>(members.size());
    lead.assignee.clear();
    for (const std::size_t place : members) {
        const InboxRow& row = rows[place];
        lead.risk = std::max(lead.risk, row.risk);
        lead.created = std::min(lead.created, row.created);
        if (row.decideBy > 0) lead.decideBy = lead.decideBy > 0 ? std::min(lead.decideBy, row.decideBy) : row.decideBy;
        lead.unknown = lead.unknown && row.unknown;
    }
    return lead;
}

}  // namespace

std::string groupId(const std::string& cause) { return mark + cause; }
bool isGroupId(const std::string& id) { return id.rfind(mark, 0) == 0; }
std::string causeOf(const std::string& id) { return isGroupId(id) ? id.substr(std::string(mark).size()) : std::string(); }

std::vector<HandoffId> membersOf(const std::vector<InboxRow>& rows, const std::string& cause)
{
    std::vector<HandoffId> members;
    for (const auto& row : rows) {
        if (row.group == cause) members.push_back(row.id);
    }
    return members;
}

std::vector<InboxRow> groupedRows(const std::vector<InboxRow>& rows, const std::set<std::string>& opened)
{
    std::map<std::string, std::vector<std::size_t>> byCause;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].group.empty()) byCause[rows[i].group].push_back(i);
    }
    std::vector<InboxRow> shown;
    shown.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = byCause.find(rows[i].group);
        if (found == byCause.end() || found->second.size() < fewestOfGroup) {
            shown.push_back(rows[i]);
            continue;
        }
        if (found->second.front() != i) continue;
        shown.push_back(leadOf(rows, found->second));
        if (!opened.contains(found->first)) continue;
        for (const std::size_t member : found->second) shown.push_back(rows[member]);
    }
    return shown;
}

}  // namespace handrail::models
