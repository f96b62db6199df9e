#pragma once

#include <set>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// Tickets with one cause, gathered under one row. Pure.
namespace handrail::models {

/// From how many on tickets with one cause are gathered: two are read one by one.
constexpr int fewestOfGroup = 3;

/// The rows as they are shown: where enough of them have one cause, a row that stands for them takes the place
/// of the most urgent; it has an id of its own, their number as its count, the highest of their risks and the
/// soonest of their deadlines. Below an opened one its members follow. `rows` are most urgent first, and stay so.
std::vector<InboxRow> groupedRows(const std::vector<InboxRow>& rows, const std::set<std::string>& opened);

/// The id of the row that stands for a cause.
std::string groupId(const std::string& cause);
bool isGroupId(const std::string& id);
/// The cause that a row stands for; empty when it stands for itself.
std::string causeOf(const std::string& id);
/// The handoffs of one cause, in their order.
std::vector<HandoffId> membersOf(const std::vector<InboxRow>& rows, const std::string& cause);

}  // namespace handrail::models
