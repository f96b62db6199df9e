#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <QObject>

#include "agentcore/definition/definition.h"
#include "agentcore/watch/notice.h"
#include "agentcore/wire/wire.h"

namespace handrail::watch {

/// Carries notices to webhooks and mail servers, a few at a time, each tried three times. What becomes of one
/// is told and stops nothing. A notice that arrives twice does no harm, so one in doubt is sent again.
/// One thread, the one of its wire.
class Courier : public QObject {
    Q_OBJECT
public:
    /// Both must outlive it.
    Courier(wire::Wire& wire, const Clock& clock, QObject* parent = nullptr);
    ~Courier() override;

    void send(const Notifier& notifier, const Notice& notice);
    /// Nothing is tried again from now on; what is under way is heard out.
    void hurry();
    bool isIdle() const { return queue_.empty() && underWay_ == 0 && waiting_ == 0; }

signals:
    /// Once for each notice: it arrived, or why it did not.
    void told(const handrail::Notifier& notifier, const handrail::watch::Notice& notice, const std::optional<handrail::Failure>& why);
    /// Nothing is under way or waits any more.
    void idle();

private:
    struct Parcel {
        Notifier notifier;
        Notice notice;
        std::string id;
        int attempt = 0;
    };
    void next();
    void attempt(Parcel parcel);
    void finished(Parcel parcel, const wire::Reply& reply);
    void end(const Parcel& parcel, const std::optional<Failure>& why);
    Outcome<wire::Call*> call(const Parcel& parcel);

    wire::Wire& wire_;
    const Clock& clock_;
    std::deque<Parcel> queue_;
    int underWay_ = 0;
    int waiting_ = 0;  ///< to be tried again
    bool isHurrying_ = false;
    std::uint64_t count_ = 0;
};

}  // namespace handrail::watch
