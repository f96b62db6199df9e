#pragma once

#include <map>
#include <string>

#include "agentcore/decide/runstate.h"
#include "agentcore/definition/definition.h"

/// What MCP servers tell of their tools, and what of it was agreed to. It stands in the journal: an answer
/// tells the digest of the definition that its call was made under, and a refused one (T607) the new one
/// that is offered. A person who retries after that has agreed to it.
namespace handrail::decide {

/// Whether the server is to be asked first what it tells of this tool, so that nothing is approved or
/// sent without that. Once a run and tool; a session that knows it sends nothing for it.
bool needsLook(const RunState& state, const Tool& tool);

/// The digest that consent binds; empty where there is none.
std::string pinOf(const RunState& state, const Tool& tool);

/// Whether the server says of a tool that the definition calls a read that it changes something. It then
/// counts as a write without a key. This is the only thing that an annotation can do: a tool gets stricter.
bool isSaidToWrite(const RunState& state, const Tool& tool);

/// Takes in what an answer told; and what a decision agreed to.
void foldPin(RunState& state, const std::string& tool, const Json& answer);
void foldAgreement(RunState& state, const HandoffRecord& handoff);

/// The definitions that an event makes the agreed ones, by tool, for other runs to start from.
std::map<std::string, Json> agreedBy(const RunState& state, const Event& event);

}  // namespace handrail::decide
