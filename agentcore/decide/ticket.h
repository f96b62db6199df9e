#pragma once

#include <string>
#include <vector>

#include "agentcore/decide/quorum.h"
#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// What a handoff says: the words of a question or a ticket, made from typed values and the catalogue.
namespace handrail::decide {

/// The id of the run's next handoff, after so many that are asked but not folded yet.
HandoffId nextHandoffId(const RunState& state, int asked = 0);

/// How much harm a call of this tool can do.
Risk riskOf(const Tool& tool);
/// "1,240.00 EUR to ACME GmbH", as far as the definition names those roles.
std::string typedText(const Tool& tool, const Json& params);

/// The data of an Asked event for an approval of records [from, …) of the step at work.
Json approvalRequest(const Definition& definition, const RunState& state, Millis now, int from, const Quorum& quorum, const Failure* because);

/// Records that a run has changed with a tool within the scope's window, and that stand.
int recordsLately(const Definition& definition, const RunState& state, const Tool& tool, Millis now);

/// The same for "go on with the rest?" after the first record, or when the window is full.
Json scopeRequest(const Definition& definition, const RunState& state, Millis now);

/// For a step that has been done and may be taken back.
Json reviewRequest(const Definition& definition, const RunState& state, Millis now);

/// For a compensation with a gate: undoing it acts on the world too, and asks first.
Json undoRequest(const Definition& definition, const RunState& state, Millis now, const EffectDone& effect, const Json& params);
/// What a yes to that binds.
std::string undoDigest(const Definition& definition, const RunState& state, const EffectDone& effect, const Json& params);

/// What a ticket is about.
struct Trouble {
    HandoffId id;
    Code code;
    std::string message;
    bool unknown = false;
};

/// For a failure that needs a person.
Json ticket(const Definition& definition, const RunState& state, Millis now, const Trouble& trouble);

/// For the first failure of a critical operation that will be tried again: told at once, decided by nobody.
Json earlyTicket(const Definition& definition, const RunState& state, Millis now, const Code& code,
                 const std::string& message);

/// For a run that a person paused, so that it is not forgotten; it waits without a term.
Json pauseTicket(const Definition& definition, const RunState& state, const HandoffId& id, const Pause& pause);

/// What an undo that stops has done and left, as a sentence with a blank before it; empty without an undo.
std::string remainder(const Definition& definition, const RunState& state);

/// The approval whose call is held back at this moment; empty when none is.
HandoffId heldHandoff(const RunState& state);
/// Whether a yes was given whose call is still held back, so that it can be taken back.
bool canBeStopped(const RunState& state, const HandoffRecord& handoff);

/// What a person may say to a handoff now, in the order of the decision bar.
std::vector<Verb> possibleVerbs(const Definition& definition, const RunState& state, const HandoffRecord& handoff);

/// Effects that an undo would take back, newest first: of one step, or of the whole run (step < 0).
std::vector<UndoItem> undoList(const Definition& definition, const RunState& state, int step);
std::vector<int> undoable(const Definition& definition, const RunState& state, int step);

}  // namespace handrail::decide
