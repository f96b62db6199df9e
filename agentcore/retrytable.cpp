#include "agentcore/retrytable.h"

#include <array>

namespace handrail {
namespace {

constexpr std::array<std::pair<Verdict, const char*>, 7> verdictWords{{
    {Verdict::Done, "done"},       {Verdict::Retry, "retry"},       {Verdict::Poll, "poll"}, {Verdict::Refused, "refused"},
    {Verdict::Unknown, "unknown"}, {Verdict::Happened, "happened"}, {Verdict::Stop, "stop"},
}};

constexpr Cell retry{Verdict::Retry, 0, false};
constexpr Cell once{Verdict::Retry, 2, false};
constexpr Cell poll{Verdict::Poll, 0, false};
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
        // Only a key can be in flight, and then somebody's call with it is at work.
        {"T409i", refused, retry, refused, Told::IfRepeated},
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
        {"T202", poll, poll, poll, Told::IfRepeated},
        // Content
        {"T601", once, happened, happened, Told::Yes},
        {"T602", refused, unknown, unknown, Told::AtOnce},
        {"T603", once, happened, happened, Told::Yes},
        {"T605", refused, unknown, unknown, Told::Yes},
        // A read goes by the status that the error itself names.
        {"T606", refused, refused, refused, Told::Yes},
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
        // A model's service that has no room; what else a model gets wrong is not a matter of waiting
        {"M112", retry, retry, retry, Told::IfRepeated},
        // Everything that never came to a call, and the end of the list
        {"W111", refused, refused, refused, Told::Yes},
        {"W115", refused, refused, refused, Told::Yes},
        {"W116", refused, refused, refused, Told::Yes},
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


}  // namespace

std::string word(Verdict verdict)
{
    for (const auto& [candidate, text] : verdictWords) {
        if (candidate == verdict) return text;
    }
    return {};
}

template <>
std::optional<Verdict> fromWord(const std::string& text)
{
    for (const auto& [verdict, candidate] : verdictWords) {
        if (text == candidate) return verdict;
    }
    return std::nullopt;
}

std::string word(Told told)
{
    switch (told) {
    case Told::No: return "no";
    case Told::Yes: return "yes";
    case Told::AtOnce: return "at once";
    case Told::IfRepeated: return "if repeated";
    }
    return {};
}

const Cell& Row::cell(Effect effect) const
{
    if (effect == Effect::Read) return read;
    return effect == Effect::WriteKeyed ? keyed : unkeyed;
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

std::optional<std::string> objectionTo(const Code& code, Effect effect, Verdict verdict)
{
    const Row& row = rowFor(code);
    if (row.isSecurity && verdict == Verdict::Retry) return "it is a matter of security and is never tried again";
    if (effect == Effect::Read) {
        if (verdict == Verdict::Unknown) return "a read leaves nothing in doubt";
        return std::nullopt;
    }
    if (verdict == Verdict::Unknown) return std::nullopt;
    if (verdict == Verdict::Refused && row.unkeyed.leavesDoubt()) return "the call may have acted, so it cannot count as refused";
    if (verdict == Verdict::Retry && row.cell(effect).verdict != Verdict::Retry) {
        if (row.cell(effect).leavesDoubt()) return "the call may have acted, so it is not sent again";
        if (effect != Effect::WriteKeyed) return "without an idempotency key nothing is sent again";
        if (row.keyed.verdict == Verdict::Stop) return "the key stands for another call";
    }
    return std::nullopt;
}

}  // namespace handrail
