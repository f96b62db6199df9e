#pragma once

#include <string>
#include <vector>

#include "agentcore/types.h"

namespace bench {

/// An inbox of a large house in a new store: so many open handoffs of every kind, the oldest hundred of them those of
/// real runs. Titles are of a vocabulary in which a few words are everywhere and most are rare.
void fillInbox(const std::string& folder, int handoffs);

/// One more handoff as fillInbox() makes them, of a run that is nowhere.
handrail::InboxRow madeHandoff(int number);

}  // namespace bench
