#include "agentcore/types.h"

#include <algorithm>
#include <array>

namespace handrail {
namespace {

template <typename T, std::size_t N>
using Words = std::array<std::pair<T, const char*>, N>;

constexpr Words<Effect, 4> effects{{{Effect::Read, "read"},
                                    {Effect::WriteKeyed, "write_keyed"},
                                    {Effect::WriteVerifiable, "write_verifiable"},
                                    {Effect::WriteBlind, "write_blind"}}};
constexpr Words<RunStatus, 8> runStatuses{{{RunStatus::Running, "running"},
                                           {RunStatus::WaitingApproval, "waiting_approval"},
                                           {RunStatus::Escalated, "escalated"},
                                           {RunStatus::Completed, "completed"},
                                           {RunStatus::Failed, "failed"},
                                           {RunStatus::TimedOut, "timed_out"},
                                           {RunStatus::Aborted, "aborted"},
                                           {RunStatus::Stopped, "stopped"}}};
constexpr Words<HandoffKind, 5> kinds{{{HandoffKind::Approval, "approval"},
                                       {HandoffKind::Escalation, "escalation"},
                                       {HandoffKind::Review, "review"},
                                       {HandoffKind::Scope, "scope"},
                                       {HandoffKind::Proposal, "proposal"}}};
constexpr Words<HandoffState, 5> handoffStates{{{HandoffState::Open, "open"},
                                                {HandoffState::Decided, "decided"},
                                                {HandoffState::Expired, "expired"},
                                                {HandoffState::Withdrawn, "withdrawn"},
                                                {HandoffState::Superseded, "superseded"}}};
constexpr Words<Verb, 11> verbs{{{Verb::Approve, "approve"},
                                 {Verb::Edit, "edit"},
                                 {Verb::Reject, "reject"},
                                 {Verb::Retry, "retry"},
                                 {Verb::Skip, "skip"},
                                 {Verb::Fallback, "fallback"},
                                 {Verb::Answer, "answer"},
                                 {Verb::Undo, "undo"},
                                 {Verb::Keep, "keep"},
                                 {Verb::Abort, "abort"},
                                 {Verb::Settle, "settle"}}};
constexpr Words<Settlement, 3> settlements{{{Settlement::Happened, "happened"},
                                            {Settlement::NotHappened, "not_happened"},
                                            {Settlement::CannotTell, "cannot_tell"}}};
constexpr Words<StepStatus, 8> stepStatuses{{{StepStatus::Planned, "planned"},
                                             {StepStatus::Running, "running"},
                                             {StepStatus::Waiting, "waiting"},
                                             {StepStatus::Done, "done"},
                                             {StepStatus::Failed, "failed"},
                                             {StepStatus::Skipped, "skipped"},
                                             {StepStatus::Undone, "undone"},
                                             {StepStatus::Unknown, "unknown"}}};
constexpr Words<Risk, 4> risks{
    {{Risk::Low, "low"}, {Risk::Medium, "medium"}, {Risk::High, "high"}, {Risk::Critical, "critical"}}};

template <typename T, std::size_t N>
std::string wordIn(const Words<T, N>& words, T value)
{
    for (const auto& [candidate, text] : words) {
        if (candidate == value) return text;
    }
    return {};
}

template <typename T, std::size_t N>
std::optional<T> valueIn(const Words<T, N>& words, const std::string& word)
{
    for (const auto& [value, text] : words) {
        if (word == text) return value;
    }
    return std::nullopt;
}

}  // namespace

std::string word(Effect value) { return wordIn(effects, value); }
std::string word(RunStatus value) { return wordIn(runStatuses, value); }
std::string word(HandoffKind value) { return wordIn(kinds, value); }
std::string word(HandoffState value) { return wordIn(handoffStates, value); }
std::string word(Verb value) { return wordIn(verbs, value); }
std::string word(Settlement value) { return wordIn(settlements, value); }
std::string word(StepStatus value) { return wordIn(stepStatuses, value); }
std::string word(Risk value) { return wordIn(risks, value); }

template <>
std::optional<Effect> fromWord(const std::string& word) { return valueIn(effects, word); }
template <>
std::optional<RunStatus> fromWord(const std::string& word) { return valueIn(runStatuses, word); }
template <>
std::optional<HandoffKind> fromWord(const std::string& word) { return valueIn(kinds, word); }
template <>
std::optional<HandoffState> fromWord(const std::string& word) { return valueIn(handoffStates, word); }
template <>
std::optional<Verb> fromWord(const std::string& word) { return valueIn(verbs, word); }
template <>
std::optional<Settlement> fromWord(const std::string& word) { return valueIn(settlements, word); }
template <>
std::optional<StepStatus> fromWord(const std::string& word) { return valueIn(stepStatuses, word); }
template <>
std::optional<Risk> fromWord(const std::string& word) { return valueIn(risks, word); }

bool isFinding(const HandoffId& id) { return id.starts_with("watch-"); }

Millis latestSnooze(const InboxRow& row)
{
    if (row.decideBy == 0) return 0;
    // Whoever comes back to it needs time to read: a fifth of what there was, and a minute at most.
    constexpr Millis mostToRead = 60'000;
    return row.decideBy - std::min(mostToRead, std::max<Millis>(0, row.decideBy - row.created) / 5);
}

}  // namespace handrail
