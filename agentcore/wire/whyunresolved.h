#pragma once

#include <functional>
#include <string>

#include <QObject>

namespace handrail::wire {

/// Looks a name up and gives getaddrinfo's result (EAI_NONAME, EAI_AGAIN, …); blocks.
using NameLookup = std::function<int(const std::string& host)>;
NameLookup systemLookup();

/// curl tells that a name was not found, but not why. Asks the resolver once more, off this thread, and
/// says later on the thread of `context` whether it was only for now. Nothing is said once that is gone.
void askWhyUnresolved(const std::string& url, const NameLookup& lookup, QObject* context, std::function<void(bool isTemporary)> told);

}  // namespace handrail::wire
