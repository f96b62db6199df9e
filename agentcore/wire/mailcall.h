#pragma once

#include <memory>

#include "agentcore/wire/wire.h"

namespace handrail::wire {

/// One mail handed to one server over SMTP, on a connection and a thread of its own: curl waits for a server's
/// last word without a loop. Deleting the call leaves that thread to end by itself, within the limit.
class MailCall : public Call {
    Q_OBJECT
public:
    MailCall(const MailRequest& request, const WireOptions& options, QObject* parent);

private:
    struct Exchange;
};

}  // namespace handrail::wire
