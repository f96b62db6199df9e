#pragma once

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// What is said and asked about a model's proposals.
namespace handrail::decide {

/// A proposal on its way into the run's plan.
struct Offer {
    Proposed proposed;
    Json confidence;              ///< null: the model gave none
    std::optional<Failure> doubt; ///< why a person has to look at it, beside the mode
    Mode mode = Mode::Autonomous; ///< of the run, this proposal considered
    bool mayRun = true;           ///< false: only with a person's changes (M104, M106)
};

/// The data of the Proposed event.
Json proposedData(const Offer& offer);

/// The data of an Asked event that puts it to a person.
Json proposalRequest(const Definition& definition, const RunState& state, Millis now, const Offer& offer);

/// For a planner that cannot go on by itself; with a question, for one that asks something.
Json plannerTicket(const Definition& definition, const RunState& state, Millis now, const Failure& why, const std::string& question);

/// The id of the next proposed step: none that the run has already.
std::string nextStepId(const Definition& definition, const RunState& state);

/// What a person may do with a proposal or a planner's ticket.
std::vector<Verb> proposalVerbs(const HandoffRecord& handoff);
std::vector<Verb> plannerVerbs(const HandoffRecord& handoff, bool canUndo);

}  // namespace handrail::decide
