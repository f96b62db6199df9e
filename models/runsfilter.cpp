#include "models/runsfilter.h"

#include "models/runsmodel.h"

namespace handrail::models {

bool RunsWanted::fits(const RunSummary& run) const
{
    if (!states.empty() && states.count(run.status) == 0) return false;
    if (!agents.empty() && agents.count(run.agent) == 0) return false;
    if (!code.empty() && (!run.error || run.error->code != code)) return false;
    if (since > 0 && run.updated < since) return false;
    if (before > 0 && run.updated >= before) return false;
    if (search.isEmpty()) return true;
    const auto has = [this](const std::string& text) { return QString::fromStdString(text).contains(search, Qt::CaseInsensitive); };
    return has(run.id) || has(run.agent) || has(run.step) || has(run.user) || (run.error && (has(run.error->code) || has(run.error->message)));
}

void RunsFilter::setWanted(RunsWanted wanted)
{
    wanted_ = std::move(wanted);
    invalidateFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto* runs = qobject_cast<const RunsModel*>(sourceModel());
    return runs && wanted_.fits(runs->rows()[static_cast<std::size_t>(row)]);
}

}  // namespace handrail::models
