#include "agentcore/decide/retry.h"

#include <algorithm>
#include <cmath>

namespace handrail::decide {
namespace {

constexpr Cell retry{Verdict::Retry, 0, false};
constexpr Cell once{Verdict::Retry, 2, false};
constexpr Cell refused{Verdict::Refused, 0, false};
constexpr Cell unknown{Verdict::Unknown, 0, false};
constexpr Cell happened{Verdict::Happened, 0, false};
constexpr Cell stop{Verdict::Stop, 0, false};

std::vector<Row> makeTable()
{
    return {
        // Transport
        {"T101", refused, refused, refused, Told::Yes},
        {"T102", retry, retry, retry, Told::IfRepeated},
        {"T103", retry, retry, retry, Told::IfRepeated},
        {"T104", retry, retry, retry, Told::IfRepeated},
        {"T105", refused, refused, refused, Told::AtOnce, true},
        {"T106", retry, retry, {Verdict::Retry, 0, true}, Told::IfRepeated},
        {"T107", retry, retry, {Verdict::Retry, 0, true}, Told::IfRepeated},
        {"T108", retry, retry, unknown, Told::IfRepeated},
        {"T109", retry, retry, unknown, Told::IfRepeated},
        {"T110", retry, retry, unknown, Told::IfRepeated},
        {"T111", refused, happened, happened, Told::Yes},
        {"T112", refused, unknown, unknown, Told::Yes},
        // HTTP
        // Surely refused before any work; the credential is read anew for the one further attempt.
        {"T401", once, once, once, Told::Yes},
        {"T403", refused, refused, refused, Told::Yes, true},
        {"T407", refused, refused, refused, Told::Yes, true},
        {"T451", refused, refused, refused, Told::Yes, true},
        {"T408", retry, retry, unknown, Told::IfRepeated},
        {"T409i", retry, retry, retry, Told::IfRepeated},
        {"T422k", refused, stop, stop, Told::AtOnce},
        {"T425", once, retry, retry, Told::No},
        {"T429q", refused, refused, refused, Told::Yes},
        {"T429", retry, retry, retry, Told::IfRepeated},
        {"T4xx", refused, refused, refused, Told::Yes},
        {"T501", refused, refused, refused, Told::Yes},
        {"T505", refused, refused, refused, Told::Yes},
        {"T506", refused, refused, refused, Told::Yes},
        {"T508", refused, refused, refused, Told::Yes},
        {"T510", refused, refused, refused, Told::Yes},
        {"T511", refused, refused, refused, Told::Yes},
        {"T5xx", retry, retry, unknown, Told::IfRepeated},
        {"T202", refused, unknown, unknown, Told::IfRepeated},
        // Content
        {"T601", once, happened, happened, Told::Yes},
        {"T602", refused, unknown, unknown, Told::AtOnce},
        {"T603", once, happened, happened, Told::Yes},
        {"T605", refused, unknown, unknown, Told::Yes},
        {"T606", refused, refused, unknown, Told::Yes},
        {"T607", refused, refused, refused, Told::Yes},
        {"T608", refused, refused, refused, Told::Yes},
        {"T609", once, retry, unknown, Told::Yes},
        {"T610", once, retry, {Verdict::Retry, 2, true}, Told::Yes},
        {"T611", refused, refused, unknown, Told::Yes},
        // Database tools
        {"T701", retry, retry, unknown, Told::IfRepeated},
        {"T702", retry, retry, retry, Told::IfRepeated},
        {"T703", retry, retry, retry, Told::IfRepeated},
        {"T704", refused, refused, refused, Told::Yes},
        {"T705", refused, refused, refused, Told::Yes, true},
        // Everything that never came to a call, and the end of the list
        {"U107", refused, refused, refused, Told::Yes, true},
        {"Uxxx", refused, refused, refused, Told::Yes},
        {"W101", refused, refused, refused, Told::Yes},
        {"W109", refused, unknown, unknown, Told::Yes},
        {"X000", refused, unknown, unknown, Told::AtOnce},
    };
}

bool fits(const std::string& condition, const Code& code)
{
    if (condition.size() > code.size()) return false;
    for (std::size_t i = 0; i < condition.size(); ++i) {
        if (condition[i] != code[i] && condition[i] != 'x') return false;
    }
    // A suffixed code (T429q) has a row of its own, found earlier; else its plain status decides.
    return true;
}

const Cell& cellFor(const Row& row, Effect effect)
{
    if (effect == Effect::Read) return row.read;
    return effect == Effect::WriteKeyed ? row.keyed : row.unkeyed;
}

std::string because(Verdict verdict, const Attempted& attempted)
{
    const bool isRead = attempted.effect == Effect::Read;
    switch (verdict) {
    case Verdict::Done: return "The reply is complete and as expected.";
    case Verdict::Retry:
        if (attempted.notSent) return "Nothing was sent, so it is safe to try again.";
        return isRead ? "A read may be repeated." : "Sent again with the same idempotency key, so it cannot act twice.";
    case Verdict::Refused: return "Trying the same again cannot help.";
    case Verdict::Unknown: return "The request may have been carried out: it is not sent again before that is known.";
    case Verdict::Happened: return "It was carried out, but its reply cannot be used: it is not sent again.";
    case Verdict::Stop: return "The same key was sent with other arguments: a defect of this program, so the run stops.";
    }
    return {};
}

Verdict verdictOf(const Attempted& attempted, const Tool& tool, const Row& row, int repeats, std::string& why)
{
    const Cell& cell = cellFor(row, attempted.effect);
    // A proof that no byte left outranks every doubt.
    if (attempted.notSent && (cell.verdict == Verdict::Unknown || cell.verdict == Verdict::Happened)) return Verdict::Refused;
    if (cell.onlyUnsent && !attempted.notSent) return Verdict::Unknown;
    const bool sheds = attempted.code == "T503" && attempted.shedsLoad;
    if (cell.verdict == Verdict::Unknown && sheds) return Verdict::Retry;
    if (cell.verdict != Verdict::Retry) return cell.verdict;

    const bool inDoubt = attempted.effect == Effect::WriteKeyed && !attempted.notSent &&
                         cellFor(row, Effect::WriteBlind).verdict == Verdict::Unknown;
    const Verdict givenUp = inDoubt ? Verdict::Unknown : Verdict::Refused;
    if (attempted.sameReplyTwice) {
        why = "The same stored reply came twice for one key: sending it again cannot help.";
        return Verdict::Unknown;
    }
    if (inDoubt && attempted.keyAge > tool.keyLifetime - tool.keyLifetime / 10) {
        why = "The idempotency key is too old for the provider to know it still.";
        return Verdict::Unknown;
    }
    const int most = cell.most > 0 ? std::min(cell.most, tool.retry.attempts) : tool.retry.attempts;
    if (attempted.attempt >= most || attempted.sameCode >= repeats) {
        why = "It failed " + std::to_string(attempted.attempt) + " times; that is the limit.";
        return givenUp;
    }
    return Verdict::Retry;
}

}  // namespace

std::string word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Done: return "done";
    case Verdict::Retry: return "retry";
    case Verdict::Refused: return "refused";
    case Verdict::Unknown: return "unknown";
    case Verdict::Happened: return "happened";
    case Verdict::Stop: return "stop";
    }
    return {};
}

std::optional<Verdict> verdictFrom(const std::string& text)
{
    for (const auto verdict : {Verdict::Done, Verdict::Retry, Verdict::Refused, Verdict::Unknown,
                               Verdict::Happened, Verdict::Stop}) {
        if (word(verdict) == text) return verdict;
    }
    return std::nullopt;
}

const std::vector<Row>& retryTable()
{
    static const std::vector<Row> table = makeTable();
    return table;
}

const Row& rowFor(const Code& code)
{
    for (const Row& row : retryTable()) {
        if (fits(row.condition, code)) return row;
    }
    return retryTable().back();
}

Choice decideRetry(const Attempted& attempted, const Tool& tool, int repeats)
{
    if (attempted.code.empty()) return {Verdict::Done, "", because(Verdict::Done, attempted)};
    const Row& row = rowFor(attempted.code);
    std::string why;
    const Verdict verdict = verdictOf(attempted, tool, row, repeats, why);
    return {verdict, row.condition, why.empty() ? because(verdict, attempted) : why};
}

Millis backoff(const RetryRule& rule, int attempt, double draw, Millis floor)
{
    const double ceiling = std::min(static_cast<double>(rule.cap),
                                    static_cast<double>(rule.base) * std::pow(2.0, std::max(0, attempt - 1)));
    double wait = ceiling;
    if (rule.jitter == Jitter::Full) wait = draw * ceiling;
    if (rule.jitter == Jitter::Proportional) wait = ceiling + draw * 0.1 * ceiling;
    return std::max(static_cast<Millis>(std::llround(wait)), floor);
}

}  // namespace handrail::decide
