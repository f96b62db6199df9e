#pragma once

#include <string>
#include <vector>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// What a handoff says: the words of a question or a ticket, made from typed values and the catalogue.
namespace handrail::decide {

/// The id of the run's next handoff.
HandoffId nextHandoffId(const RunState& state);

/// The data of an Asked event for an approval of records [from, …) of the step at work.
Json approvalRequest(const Definition& definition, const RunState& state, Millis now, int from, const Failure* because);

/// The same for "go on with the rest?" after the first record.
Json scopeRequest(const Definition& definition, const RunState& state, Millis now);

/// For a step that has been done and may be taken back.
Json reviewRequest(const Definition& definition, const RunState& state, Millis now);

/// For a failure that needs a person.
Json ticket(const Definition& definition, const RunState& state, Millis now, const Code& code,
            const std::string& message, bool unknown);

/// For the first failure of a critical operation that will be tried again: told at once, decided by nobody.
Json earlyTicket(const Definition& definition, const RunState& state, Millis now, const Code& code,
                 const std::string& message);

/// What a person may say to a handoff now, in the order of the decision bar.
std::vector<Verb> possibleVerbs(const Definition& definition, const RunState& state, const HandoffRecord& handoff);

/// Effects that an undo would take back, newest first: of one step, or of the whole run (step < 0).
std::vector<UndoItem> undoList(const Definition& definition, const RunState& state, int step);
std::vector<int> undoable(const Definition& definition, const RunState& state, int step);

}  // namespace handrail::decide
