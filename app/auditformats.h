#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "agentcore/audittrail.h"

/// The forms in which an audit leaves: each takes entries one by one, so that its length does not matter.
namespace handrail::app {

class AuditWriter {
public:
    virtual ~AuditWriter() = default;
    /// `head`: {store, chain: {ok, lines, pruned, head: {seq, hash}, findings}, since, until, run, written}.
    virtual void begin(const Json& head) = 0;
    virtual void entry(const Json& entry) = 0;
    virtual void end() = 0;
};

/// "table", "json", "csv" or "html"; null for another word. `out` outlives the writer.
std::unique_ptr<AuditWriter> auditWriter(const std::string& format, std::ostream& out);

/// An entry as JSON, with credentials taken out.
Json shapeOf(const AuditEntry& entry);
/// What the walk over the chain has found.
Json shapeOf(const StoreCheck& check);

/// A cell of a CSV file (RFC 4180): always in quotes, hidden characters as tags, and nothing that a spreadsheet
/// would take for a formula.
std::string csvCell(const std::string& text);

}  // namespace handrail::app
