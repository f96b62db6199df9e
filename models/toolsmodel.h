#pragma once

#include <optional>
#include <vector>

#include <QAbstractTableModel>

#include "agentcore/agentview.h"

namespace handrail::models {

/// One tool with how its host stands and how its calls went.
struct ToolRow {
    ToolView tool;
    std::optional<HostView> host;  ///< none: not called since the program began, and not isolated
    std::int64_t calls = 0;        ///< as the counters that are looked at say
    std::int64_t errors = 0;
    Millis tookMs = 0;             ///< of all calls

    std::string id() const { return tool.agent + "/" + tool.tool; }
    bool isIsolated() const { return host && host->breaker == "isolated"; }
    bool operator==(const ToolRow& other) const;
};

/// Every tool of every agent that the store knows, one column a fact.
class ToolsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Agent, Breaker, Errors, Does, Limits, Gate, StandsIn, Host, Columns };
    /// BreakerRole: the breaker's word; RateRole: share of calls that failed, -1 without a call.
    enum Role { IdRole = Qt::UserRole + 1, BreakerRole, RateRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ToolRow> rows);
    const std::vector<ToolRow>& rows() const { return rows_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    template <typename Model>
    friend struct RowChanges;
    QString text(const ToolRow& row, int column) const;
    std::vector<ToolRow> rows_;
};

/// "○ closed", "● open", …: a glyph and a word; what was never called is told as such.
QString breakerText(const std::optional<HostView>& host);
/// What a tool's calls do, in the words of a list.
QString effectText(Effect effect);
/// "an earlier result (up to 5 min old), then list_orders"; empty when nothing stands in.
QString standInText(const ToolView& tool);
/// The origin alone, without the mark of its credential.
QString originText(const std::string& host);

}  // namespace handrail::models
