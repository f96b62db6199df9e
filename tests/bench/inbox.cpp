#include "tests/bench/inbox.h"

#include <cstdio>
#include <functional>
#include <random>
#include <vector>

#include <QDir>
#include <QTemporaryDir>

#include "agentcore/reader.h"
#include "tests/bench/filled.h"
#include "tests/bench/measuring.h"

namespace bench {
namespace {

using namespace handrail;

constexpr int page = 100;
constexpr Millis now = 1'800'000'000'000;

template <typename T>
T sure(Outcome<T> outcome)
{
    if (!outcome) qFatal("%s", outcome.failure().message.c_str());
    return outcome.take();
}

class InboxBench {
public:
    InboxBench(const std::string& folder, bool asJson) : reader_(sure(openReader(folder))), asJson_(asJson) {}

    bool run(int handoffs)
    {
        const double before = residentMiB();
        measurePages(handoffs);
        measureSearch();
        const double more = residentMiB() - before;
        if (asJson_) std::printf("%s\n", dump({{"handoffs", handoffs}, {"figures", list_}, {"mib_more", more}}, 2).c_str());
        else std::printf("memory after all of it: %.1f MiB more than before\n", more);
        return isMet_;
    }

private:
    /// The same thing many times, each time with another chance.
    void measure(const char* id, const char* what, int times, double target, const std::function<std::size_t(std::mt19937&)>& once)
    {
        std::mt19937 random{1};
        once(random);
        std::vector<double> took;
        std::size_t rows = 0;
        for (int i = 0; i < times; ++i) {
            const auto began = std::chrono::steady_clock::now();
            rows += once(random);
            took.push_back(millisSince(began));
        }
        const auto at = [&](double share) { return percentile(took, share); };
        const bool isMet = at(0.99) <= target;
        isMet_ = isMet_ && isMet;
        list_.push_back({{"id", id}, {"what", what}, {"p50_ms", at(0.5)}, {"p99_ms", at(0.99)}, {"most_ms", at(1)}, {"met", isMet}});
        if (!asJson_) {
            std::printf("%-3s %-44s p50 %7.3f  p99 %7.3f  most %7.3f ms  (%.0f rows)  target at most %.0f: %s\n", id, what, at(0.5), at(0.99), at(1),
                        static_cast<double>(rows) / times, target, isMet ? "met" : "MISSED");
            std::fflush(stdout);
        }
    }

    void measurePages(int handoffs)
    {
        const auto asked = [&](const char* what, const std::function<void(InboxFilter&)>& narrow) {
            InboxFilter filter;
            narrow(filter);
            filter.limit = page;
            filter.now = now;
            measure("G7", what, 2'000, 1, [&, filter](std::mt19937&) { return sure(reader_->inbox(filter)).size(); });
        };
        asked("first page", [](InboxFilter&) {});
        asked("filter: approvals", [](InboxFilter& filter) { filter.kind = HandoffKind::Approval; });
        asked("filter: scope", [](InboxFilter& filter) { filter.kind = HandoffKind::Scope; });
        asked("filter: unknown outcomes", [](InboxFilter& filter) { filter.unknownOnly = true; });
        asked("filter: mine", [](InboxFilter& filter) { filter.assignee = "ann"; });
        asked("filter: snoozed", [](InboxFilter& filter) { filter.snoozedOnly = true; });
        const auto deep = [&](std::optional<HandoffKind> kind) {
            return [&, kind](std::mt19937& random) {
                InboxFilter filter;
                filter.kind = kind;
                filter.limit = page;
                filter.now = now;
                const InboxRow row = madeHandoff(100 + static_cast<int>(random() % static_cast<unsigned>(handoffs - 100)));
                filter.after = InboxPlace{row.risk, row.decideBy, row.created, row.id};
                return sure(reader_->inbox(filter)).size();
            };
        };
        measure("G7", "a page from anywhere", 2'000, 1, deep(std::nullopt));
        measure("G7", "a page of reviews from anywhere", 2'000, 1, deep(HandoffKind::Review));
        measure("G7", "counts", 2'000, 1, [&](std::mt19937&) { return sure(reader_->counts(now, "ann")).size(); });
        std::vector<HandoffId> real;
        for (const auto& run : sure(reader_->runs(100))) real.push_back(run.id + "-1");
        measure("G7", "detail", 2'000, 1, [&](std::mt19937& random) { return std::size_t(sure(reader_->handoff(real[random() % real.size()])).has_value()); });
    }

    void measureSearch()
    {
        const auto typed = [&](const char* what, std::vector<std::string> texts, std::optional<HandoffKind> kind = {}) {
            // As it is typed: after each letter.
            std::vector<std::string> all;
            for (const auto& text : texts) {
                for (std::size_t i = 1; i <= text.size(); ++i) all.push_back(text.substr(0, i));
            }
            std::size_t turn = 0;
            measure("G8", what, static_cast<int>(all.size()) * 20, 10, [&, kind](std::mt19937&) {
                InboxFilter filter;
                filter.search = all[turn++ % all.size()];
                filter.kind = kind;
                filter.limit = page;
                filter.now = now;
                return sure(reader_->inbox(filter)).size();
            });
        };
        typed("typed: words that are everywhere", {"refund", "payment", "timed", "branch"});
        typed("typed: a name", {"Wayne Logistics", "muller", "Umbrella"});
        typed("typed: a rare number", {"4711", "987654", "branch 1234"});
        typed("typed: an id", {madeHandoff(500).id, madeHandoff(123'456).id, madeHandoff(999).id.substr(0, 5) + "-1"});
        typed("typed: several words", {"refund gateway globex", "pay 77 hooli", "agent7 tool3 stark"});
        typed("typed: what is nowhere", {"zebra", "refund zebra"});
        typed("typed: under a filter", {"delete records", "wayne"}, HandoffKind::Scope);
        typed("typed: under a filter where it never is", {"refund 17"}, HandoffKind::Scope);
        typed("typed: words that never meet", {"delete gateway"});
    }

    std::unique_ptr<Reader> reader_;
    bool asJson_;
    bool isMet_ = true;
    Json list_ = Json::array();
};

}  // namespace

int measureInbox(int handoffs, const std::string& kept, bool asJson)
{
    const QTemporaryDir dir;
    const std::string folder = kept.empty() ? dir.filePath(QStringLiteral("store")).toStdString() : kept;
    if (!QDir(QString::fromStdString(folder)).exists()) {
        const auto began = std::chrono::steady_clock::now();
        fillInbox(folder, handoffs);
        std::fprintf(stderr, "filled with %d handoffs in %.0f s\n", handoffs, millisSince(began) / 1000);
    }
    return InboxBench(folder, asJson).run(handoffs) ? 0 : 1;
}

}  // namespace bench
