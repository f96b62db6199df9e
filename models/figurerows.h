#pragma once

#include <vector>

#include "agentcore/statistics.h"
#include "models/figuresmodel.h"

/// The figures of a store as bars, longest or newest first.
namespace handrail::models {

/// Share of each tool's calls that failed.
std::vector<FigureRow> toolErrorRows(const Statistics& statistics);
/// Retries a run, by agent.
std::vector<FigureRow> retryRows(const Statistics& statistics);
/// The most frequent failures of each day; the id is "day/code".
std::vector<FigureRow> errorTypeRows(const Statistics& statistics);
/// Runs that ended, by state; the id is the state's word.
std::vector<FigureRow> endedRows(const Statistics& statistics);
std::vector<FigureRow> fallbackRows(const Statistics& statistics);
/// Questions to people by kind, with how they were answered.
std::vector<FigureRow> handoffRows(const Statistics& statistics);
/// How long people took to decide.
std::vector<FigureRow> decisionTimeRows(const Statistics& statistics);
/// Messages to people by the way they went.
std::vector<FigureRow> notifierRows(const Statistics& statistics);
/// Alerts that wait in the inbox: what came up over many runs. The id is the handoff's.
std::vector<FigureRow> alertRows(const std::vector<InboxRow>& inbox);

/// "12.5%", in the operator's locale.
QString percentText(double share);

}  // namespace handrail::models
