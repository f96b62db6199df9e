#include "tests/bench/filled.h"

#include <array>

#include "tests/bench/stage.h"

namespace bench {
namespace {

using namespace handrail;

constexpr int realRuns = 100;
constexpr int rowsOfCommit = 1'000;
constexpr Millis begun = 1'750'000'000'000;

// Without a generator, so that the same number is the same handoff in every process.
std::uint64_t mixed(std::uint64_t number)
{
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9ULL;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBULL;
    return number ^ (number >> 31);
}

std::string titleOf(std::uint64_t chance, HandoffKind kind, int number)
{
    static constexpr std::array names{"ACME GmbH", "Müller & Söhne", "Globex", "Initech", "Umbrella Labs", "Hooli", "Stark Freight", "Wayne Logistics"};
    static constexpr std::array ends{"the payment gateway timed out 3 times", "the server did not know the account", "the reply was no JSON", "the budget ran out"};
    const std::string name = std::string(names[chance % names.size()]) + " branch " + std::to_string(chance / 64 % 5'000);
    const std::string amount = std::to_string(chance / 8 % 9'000 + 10);
    switch (kind) {
    case HandoffKind::Approval: return "Pay " + amount + ".00 EUR to " + name + "?";
    case HandoffKind::Review: return "Look at order " + std::to_string(number) + " of " + name;
    case HandoffKind::Scope: return "Delete " + amount + " records of " + name + "?";
    default: return "Refund " + std::to_string(number) + " for " + name + " stopped: " + ends[chance / 1'024 % ends.size()];
    }
}

}  // namespace

InboxRow madeHandoff(int number)
{
    const std::uint64_t chance = mixed(static_cast<std::uint64_t>(number) + 1);
    InboxRow row;
    row.kind = chance % 3 == 0 ? HandoffKind::Approval : chance % 50 == 1 ? HandoffKind::Scope : chance % 5 == 2 ? HandoffKind::Review : HandoffKind::Escalation;
    // As the runtime makes them.
    for (std::uint64_t bits = chance; row.run.size() < 10; bits >>= 5) row.run += "0123456789abcdefghjkmnpqrstvwxyz"[bits & 31];
    row.id = row.run + "-1";
    row.title = titleOf(chance >> 8, row.kind, number);
    row.agent = "agent" + std::to_string(chance / 7 % 12);
    row.step = "s1";
    row.tool = "shop.tool" + std::to_string(chance / 11 % 30);
    row.risk = static_cast<Risk>(chance / 13 % 40 == 0 ? 3 : chance / 13 % 3);
    row.unknown = row.kind == HandoffKind::Escalation && chance / 17 % 200 == 0;
    row.created = begun + number * 50LL;
    row.decideBy = chance / 19 % 3 == 0 ? 0 : begun + static_cast<Millis>(chance / 23 % 90'000'000'000ULL) + 31'536'000'000;
    if (chance / 29 % 10'000 == 0) row.assignee = "ann";
    if (chance / 31 % 5'000 == 0) row.snoozedUntil = row.created + 4'000'000'000'000;
    return row;
}

void fillInbox(const std::string& folder, int handoffs)
{
    {
        Stage stage(folder);
        park(stage, std::min(realRuns, handoffs));
    }
    auto store = store::openStore(folder, {"the bench", "b", {}, {}, false}).take();
    for (int number = realRuns; number < handoffs;) {
        store::Batch batch;
        for (int i = 0; i < rowsOfCommit && number < handoffs; ++i) batch.handoffs.push_back(madeHandoff(number++));
        if (store->commit(batch).how != store::Committed::Committed) qFatal("the inbox could not be filled");
        for (int i = 0; i < rowsOfCommit / 100; ++i) store->rest();
    }
}

}  // namespace bench
