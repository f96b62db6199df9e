#pragma once

#include <set>
#include <string>

#include <QSortFilterProxyModel>

#include "agentcore/types.h"

namespace handrail::models {

/// Which runs a list shows; an empty member asks nothing.
struct RunsWanted {
    std::set<RunStatus> states;
    QString search;               ///< in the run's id, agent, step, failure and user, whatever its case
    std::set<std::string> agents;
    Code code;                    ///< of the failure that it stopped with
    Millis since = 0;             ///< last changed at or after this instant,
    Millis before = 0;            ///< and before this one

    bool isEmpty() const { return states.empty() && search.isEmpty() && agents.empty() && code.empty() && since == 0 && before == 0; }
    bool fits(const RunSummary& run) const;
};

/// The runs of a RunsModel that are wanted.
class RunsFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWanted(RunsWanted wanted);
    const RunsWanted& wanted() const { return wanted_; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    RunsWanted wanted_;
};

}  // namespace handrail::models
