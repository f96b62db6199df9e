#include "agentcore/watch/courier.h"

#include <QTimer>

#include "agentcore/tools/pattern.h"
#include "agentcore/tools/secrets.h"
#include "agentcore/watch/message.h"

namespace handrail::watch {
namespace {

constexpr int mostUnderWay = 4;
constexpr std::size_t mostQueued = 200;
constexpr Millis limit = 10'000;
constexpr std::size_t mostReply = 64 * 1024;
constexpr int pauses[] = {2'000, 10'000};  ///< milliseconds before the second and the third try
constexpr int mostAttempts = 3;

/// An answer that says "not like this" stays so; anything else may pass.
bool mayPass(const wire::Reply& reply)
{
    if (reply.code == "U107" || reply.code == "T105" || reply.code == "T401") return false;
    // Only a mail server's refusal is told by its number; there 4xx means what 5xx means over HTTP.
    const bool isMailRefusal = reply.status >= 400 && reply.code == "T" + std::to_string(reply.status);
    if (isMailRefusal) return reply.status < 500;
    return !reply.code.empty() || reply.status >= 500 || reply.status == 429 || reply.status == 408;
}

std::optional<Failure> failureOf(const wire::Reply& reply)
{
    const bool isGood = reply.code.empty() && (reply.status == 0 || (reply.status >= 200 && reply.status < 300));
    if (isGood) return std::nullopt;
    const Code code = reply.code.empty() ? Code("T" + std::to_string(reply.status)) : reply.code;
    const std::string said = tools::shortened(reply.body, 200);
    std::string message = reply.note;
    if (message.empty()) message = "The server answered " + std::to_string(reply.status) + (said.empty() ? "." : ": " + said);
    return failure(code, message, {}, "Check the address and the server, then try it with: handrail notify --test AGENT");
}

}  // namespace

Courier::Courier(wire::Wire& wire, const Clock& clock, QObject* parent) : QObject(parent), wire_(wire), clock_(clock) {}

Courier::~Courier() = default;

void Courier::send(const Notifier& notifier, const Notice& notice)
{
    ++count_;
    const std::string id = sha256(notice.key + std::to_string(clock_.now()) + "/" + std::to_string(count_)).substr(0, 24);
    Parcel parcel{notifier, notice, id, 0};
    if (queue_.size() >= mostQueued) return end(parcel, failure("W116", "Too many notifications wait; this one was not sent."));
    queue_.push_back(std::move(parcel));
    QMetaObject::invokeMethod(this, &Courier::next, Qt::QueuedConnection);
}

void Courier::hurry()
{
    isHurrying_ = true;
    if (isIdle()) QMetaObject::invokeMethod(this, &Courier::idle, Qt::QueuedConnection);
}

void Courier::next()
{
    while (underWay_ < mostUnderWay && !queue_.empty()) {
        Parcel parcel = std::move(queue_.front());
        queue_.pop_front();
        attempt(std::move(parcel));
    }
}

Outcome<wire::Call*> Courier::call(const Parcel& parcel)
{
    const Notifier& notifier = parcel.notifier;
    tools::Secrets secrets;
    auto target = tools::withSecrets(notifier.kind == Notifier::Kind::Webhook ? notifier.url : notifier.password, secrets);
    if (!target) return target.failure();
    if (notifier.kind == Notifier::Kind::Email) {
        wire::MailRequest mail;
        mail.server = notifier.smtp;
        mail.from = notifier.from;
        mail.to = notifier.to;
        mail.user = notifier.user;
        mail.password = *target;
        mail.message = mailText(parcel.notice, notifier.from, notifier.to, parcel.id);
        mail.allowPrivate = notifier.allowPrivate;
        mail.limit = limit;
        return wire_.mail(mail, this);
    }
    wire::HttpRequest request;
    request.method = "POST";
    request.url = *target;
    request.headers = {{"Content-Type", "application/json"}, {"User-Agent", std::string("handrail/") + HANDRAIL_VERSION}};
    request.body = dump(webhookBody(notifier.style, parcel.notice));
    request.isWrite = true;
    request.allowPrivate = notifier.allowPrivate;
    request.limit = limit;
    request.mostBytes = mostReply;
    return wire_.http(request, this);
}

void Courier::attempt(Parcel parcel)
{
    ++parcel.attempt;
    auto made = call(parcel);
    if (!made) return end(parcel, made.failure());
    ++underWay_;
    wire::Call* under = *made;
    connect(under, &wire::Call::finished, this, [this, under, parcel = std::move(parcel)](const wire::Reply& reply) {
        under->deleteLater();
        --underWay_;
        finished(parcel, reply);
    });
}

void Courier::finished(Parcel parcel, const wire::Reply& reply)
{
    const auto why = failureOf(reply);
    const bool isTriedAgain = why && !isHurrying_ && parcel.attempt < mostAttempts && mayPass(reply);
    if (!isTriedAgain) return end(parcel, why);
    ++waiting_;
    const int pause = pauses[parcel.attempt - 1];
    QTimer::singleShot(pause, this, [this, parcel = std::move(parcel)]() mutable {
        --waiting_;
        attempt(std::move(parcel));
    });
    next();
}

void Courier::end(const Parcel& parcel, const std::optional<Failure>& why)
{
    Q_EMIT told(parcel.notifier, parcel.notice, why);
    next();
    if (isIdle()) Q_EMIT idle();
}

}  // namespace handrail::watch
