#include "agentcore/decide/retry.h"

#include <algorithm>
#include <cmath>

namespace handrail::decide {
namespace {

std::string_view because(Verdict verdict, const Attempted& attempted)
{
    const bool isRead = attempted.effect == Effect::Read;
    switch (verdict) {
    case Verdict::Done: return "The reply is complete and as expected.";
    case Verdict::Retry:
        if (attempted.notSent) return "Nothing was sent, so it is safe to try again.";
        return isRead ? "A read may be repeated." : "Sent again with the same idempotency key, so it cannot act twice.";
    case Verdict::Poll: return "It was taken up and is not done yet: its state is asked for, it is not sent again.";
    case Verdict::Refused: return "Trying the same again cannot help.";
    case Verdict::Unknown: return "The request may have been carried out: it is not sent again before that is known.";
    case Verdict::Happened: return "It was carried out, but its reply cannot be used: it is not sent again.";
    case Verdict::Stop: return "The same key was sent with other arguments: a defect of this program, so the run stops.";
    }
    return {};
}

/// The row's cell, or what the definition says of this code instead: never laxer for a write.
Cell cellOf(const Attempted& attempted, const Tool& tool, const Row& row)
{
    const auto own = tool.retry.on.find(attempted.code);
    // What a definition says of a read is not said of what its server calls a write.
    const bool isSaidToWrite = attempted.effect != Effect::Read && !tool.isWrite();
    if (own == tool.retry.on.end() || isSaidToWrite) return row.cell(attempted.effect);
    Cell cell = row.cell(attempted.effect);
    if (cell.verdict != own->second) cell = {own->second, 0, false};
    return cell;
}

Choice again(const Attempted& attempted, const Tool& tool, const Row& row, const Cell& cell, int repeats)
{
    const Verdict givenUp = mayHaveActed(attempted) ? Verdict::Unknown : Verdict::Refused;
    if (attempted.sameReplyTwice) {
        return {Verdict::Unknown, row.condition, "The same stored reply came twice for one key: sending it again cannot help."};
    }
    if (givenUp == Verdict::Unknown && attempted.effect == Effect::WriteKeyed &&
        isKeyTooOld(tool, attempted.keyAge)) {
        return {Verdict::Unknown, row.condition, "The idempotency key is too old for the provider to know it still."};
    }
    const int most = cell.most > 0 ? std::min(cell.most, tool.retry.attempts) : tool.retry.attempts;
    if (attempted.attempt >= most || attempted.sameCode >= repeats) {
        return {givenUp, row.condition, "It has failed as often as it may."};
    }
    return {Verdict::Retry, row.condition, because(Verdict::Retry, attempted)};
}

}  // namespace

bool mayHaveActed(const Attempted& attempted)
{
    if (attempted.effect == Effect::Read || attempted.notSent) return false;
    // A key that is in flight is at work somewhere; that nothing came of it is nobody's word.
    const bool isInFlight = attempted.code == "T409i" && attempted.effect == Effect::WriteKeyed;
    return attempted.unanswered || isInFlight || rowFor(attempted.code).unkeyed.leavesDoubt();
}

Choice decideRetry(const Attempted& attempted, const Tool& tool, int repeats)
{
    if (attempted.code.empty()) return {Verdict::Done, {}, because(Verdict::Done, attempted)};
    const bool hasInner = (attempted.code == "T606" || attempted.code == "T611") && !attempted.inner.empty();
    const bool goesByInner = attempted.effect == Effect::Read && hasInner;
    const Row& row = rowFor(goesByInner ? attempted.inner : attempted.code);
    const Cell cell = cellOf(attempted, tool, row);
    const auto chosen = [&](Verdict verdict) { return Choice{verdict, row.condition, because(verdict, attempted)}; };

    // A proof that no byte left outranks every doubt.
    const bool isDoubt = cell.verdict == Verdict::Unknown || cell.verdict == Verdict::Happened;
    if (attempted.notSent && isDoubt) return chosen(Verdict::Refused);
    if (cell.onlyUnsent && !attempted.notSent) return chosen(Verdict::Unknown);
    // Sent and not answered is in doubt, whatever else is wrong: no code says that it was refused.
    const bool isKeyedRetry = attempted.effect == Effect::WriteKeyed && cell.verdict == Verdict::Retry;
    if (attempted.effect != Effect::Read && attempted.unanswered && !isKeyedRetry && cell.verdict != Verdict::Stop &&
        cell.verdict != Verdict::Happened) {
        return chosen(Verdict::Unknown);
    }
    if (cell.verdict == Verdict::Poll && !attempted.canPoll) {
        return chosen(attempted.effect == Effect::Read ? Verdict::Refused : Verdict::Unknown);
    }
    const bool sheds = attempted.code == "T503" && attempted.shedsLoad && cell.verdict == Verdict::Unknown;
    if (cell.verdict != Verdict::Retry && !sheds) return chosen(cell.verdict);
    return again(attempted, tool, row, cell, repeats);
}

bool isKeyTooOld(const Tool& tool, Millis age) { return age > tool.keyLifetime - tool.keyLifetime / 10; }

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
