#pragma once

#include <deque>
#include <functional>
#include <vector>

#include <QPointer>

#include "agentcore/clock.h"
#include "agentcore/store/store.h"
#include "agentcore/wire/wire.h"

/// Doubles at the doors: a clock that a test moves, a wire that a test scripts, a store that can fail.
namespace handrailtest {

class ManualClock : public handrail::Clock {
public:
    handrail::Millis now() const override { return at; }
    handrail::Millis monotonic() const override { return at; }
    handrail::Millis boot() const override { return at; }
    std::string bootId() const override { return "boot"; }

    handrail::Millis at = 1'700'000'000'000;
};

/// Answers each request with the next scripted reply; without one it stays silent for ever.
class ScriptedWire : public handrail::wire::Wire {
public:
    handrail::wire::Call* http(const handrail::wire::HttpRequest& request, QObject* parent) override
    {
        requests.push_back(request);
        if (onRequest) onRequest();
        return replied(parent);
    }
    handrail::wire::Call* command(const handrail::wire::CommandRequest&, QObject* parent) override
    {
        return new handrail::wire::Call(parent);
    }
    handrail::wire::Call* mail(const handrail::wire::MailRequest& request, QObject* parent) override
    {
        mails.push_back(request);
        return replied(parent);
    }

    void answer(int status, const std::string& body)
    {
        handrail::wire::Reply reply;
        reply.phase = handrail::wire::SendPhase::Answered;
        reply.status = status;
        reply.body = body;
        replies.push_back(reply);
    }
    void fail(const std::string& code, handrail::wire::SendPhase phase)
    {
        handrail::wire::Reply reply;
        reply.phase = phase;
        reply.code = code;
        reply.note = code;
        replies.push_back(reply);
    }

    /// Lets the nth call that was left without an answer have one after all.
    void speak(int n, int status, const std::string& body)
    {
        handrail::wire::Reply reply;
        reply.phase = handrail::wire::SendPhase::Answered;
        reply.status = status;
        reply.body = body;
        auto* call = silent[static_cast<std::size_t>(n)].data();
        QMetaObject::invokeMethod(call, [call, reply] { Q_EMIT call->finished(reply); }, Qt::QueuedConnection);
    }

    std::vector<QPointer<handrail::wire::Call>> silent;
    std::deque<handrail::wire::Reply> replies;
    std::vector<handrail::wire::HttpRequest> requests;
    std::vector<handrail::wire::MailRequest> mails;
    std::function<void()> onRequest;

private:
    handrail::wire::Call* replied(QObject* parent)
    {
        auto* call = new handrail::wire::Call(parent);
        if (replies.empty()) {
            silent.push_back(call);
            return call;
        }
        const auto reply = replies.front();
        replies.pop_front();
        QMetaObject::invokeMethod(call, [call, reply] { Q_EMIT call->finished(reply); }, Qt::QueuedConnection);
        return call;
    }
};

/// A real store whose commits are counted and can be made to fail.
class WatchedStore : public handrail::store::Store {
public:
    explicit WatchedStore(std::unique_ptr<handrail::store::Store> inner) : inner_(std::move(inner)) {}

    handrail::store::CommitResult commit(handrail::store::Batch& batch) override
    {
        if (failNext) {
            return {handrail::store::Committed::Down, handrail::failure("R101", "The disk is full.")};
        }
        if (std::exchange(conflictNext, false)) {
            return {handrail::store::Committed::Conflict, handrail::failure("A105", "This was decided already.")};
        }
        ++commits;
        for (const auto& event : batch.events) {
            // A failure without a name of its own is a defect, whatever the test is about.
            if (handrail::textOf(event.data, "code") == "X000") qFatal("X000 in the journal: %s", handrail::dump(event.data).c_str());
        }
        if (onCommit) onCommit(batch);
        return inner_->commit(batch);
    }
    void rest() override { inner_->rest(); }
    handrail::Outcome<handrail::store::Pruned> prune(const handrail::store::Pruning& pruning) override { return inner_->prune(pruning); }
    handrail::store::Anchor anchor() const override { return inner_->anchor(); }
    handrail::Outcome<std::vector<handrail::decide::Event>> events(const handrail::RunId& run) override { return inner_->events(run); }
    handrail::Outcome<std::optional<handrail::decide::IntentRow>> intent(const std::string& key) override { return inner_->intent(key); }
    handrail::Outcome<std::optional<handrail::decide::CachedResult>> cached(const std::string& key) override { return inner_->cached(key); }
    handrail::Outcome<std::vector<handrail::decide::ExposedRow>> exposed(const std::string& agent, const std::string& gate, const std::string& currency,
                                                                         handrail::Millis since) override
    {
        return inner_->exposed(agent, gate, currency, since);
    }
    handrail::Outcome<std::vector<handrail::decide::Claim>> claims(const std::string& resource) override { return inner_->claims(resource); }
    handrail::Outcome<std::vector<handrail::decide::IntentRow>> openIntents(const handrail::RunId& run) override { return inner_->openIntents(run); }
    handrail::Outcome<std::optional<std::string>> definition(const std::string& digest) override { return inner_->definition(digest); }
    handrail::Outcome<std::optional<handrail::store::RunRow>> run(const handrail::RunId& id) override { return inner_->run(id); }
    handrail::Outcome<std::vector<handrail::RunId>> dueRuns(handrail::Millis now, int limit) override { return inner_->dueRuns(now, limit); }
    handrail::Outcome<std::optional<handrail::Millis>> nextDue() override { return inner_->nextDue(); }
    handrail::Outcome<std::vector<handrail::RunId>> liveRuns() override { return inner_->liveRuns(); }
    handrail::Outcome<std::optional<handrail::RunId>> runOfHandoff(const handrail::HandoffId& id) override { return inner_->runOfHandoff(id); }

    handrail::Outcome<std::vector<handrail::store::IsolatedHost>> isolatedHosts() override { return inner_->isolatedHosts(); }

    handrail::Outcome<std::string> note(const std::string& name) override { return inner_->note(name); }
    handrail::Outcome<handrail::Millis> lastTime() override { return inner_->lastTime(); }
    handrail::Outcome<std::vector<handrail::RunId>> waitingRuns() override { return inner_->waitingRuns(); }
    handrail::Outcome<std::optional<handrail::InboxRow>> handoff(const handrail::HandoffId& id) override { return inner_->handoff(id); }

    int commits = 0;
    bool failNext = false;
    bool conflictNext = false;
    std::function<void(const handrail::store::Batch&)> onCommit;

private:
    std::unique_ptr<handrail::store::Store> inner_;
};

}  // namespace handrailtest
