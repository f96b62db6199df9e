#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/statistics.h"
#include "agentcore/types.h"

namespace handrail {

/// Read-only view of one store: its own connection, no lock taken, never a write. A Reader belongs to
/// the thread that made it; the window has one, the command line another. Each call is one short
/// query; absence is std::nullopt, a store that cannot be read is R103 or R102.
class Reader {
public:
    virtual ~Reader() = default;
    /// Newest first.
    virtual Outcome<std::vector<RunSummary>> runs(int limit = 500, int offset = 0) const = 0;
    virtual Outcome<std::optional<RunDetail>> run(const RunId& id) const = 0;
    /// Most urgent first: critical, then soonest deadline, then oldest.
    virtual Outcome<std::vector<InboxRow>> inbox(const InboxFilter& filter = {}) const = 0;
    /// Open handoffs by kind word, plus "all" and "unknown". With an instant, what is put off beyond it counts as
    /// "snoozed" and nowhere else; with a name, "mine" is what that person has.
    virtual Outcome<std::map<std::string, int>> counts(Millis now = 0, const std::string& who = {}) const = 0;
    virtual Outcome<std::optional<HandoffDetail>> handoff(const HandoffId& id) const = 0;
    /// Why a decision would be refused as things stand: U102 does not fit the tool, A102, A105 and so on; nothing is
    /// changed. For whoever still types; the runtime decides again when it is made.
    virtual std::optional<Failure> refusalOf(const Decision& decision, Millis now) const = 0;
    /// Journal lines of a run with seq > `after`, oldest first.
    virtual Outcome<std::vector<JournalLine>> journal(const RunId& id, Seq after = 0, int limit = 10000) const = 0;
    /// Figures from the day (UTC) of an instant on; 0: from the beginning. They reach to the last commit.
    virtual Outcome<Statistics> statistics(Millis since = 0) const = 0;
};

/// Opens a reader on a store, with or without a runtime on it. U105 when there is no store in that folder.
Outcome<std::unique_ptr<Reader>> openReader(const std::string& folder);

}  // namespace handrail
