#pragma once

#include <string>

namespace bench {

/// G7 and G8 in the store: fills an inbox (or takes one that is kept in a folder), then times pages, filters, deep
/// pages, details, counts and searches. 0 when every target is met.
int measureInbox(int handoffs, const std::string& kept, bool asJson);

}  // namespace bench
